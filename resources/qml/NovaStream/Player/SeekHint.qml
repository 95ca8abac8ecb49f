import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Over the seek bar at the pointer: the time there and its chapter.
Rectangle {
    id: root

    required property PlayerViewModel player
    required property real share
    readonly property string _chapter: visible ? _chapterAt(share) : ""

    width: _time.implicitWidth + 20
    height: 30
    radius: Theme.radiusSmall
    color: Look.control

    function _clock(seconds: real): string {
        const whole = Math.max(0, Math.floor(seconds));
        const pad = number => String(number).padStart(2, "0");
        const hours = Math.floor(whole / 3600);
        const minutes = Math.floor(whole / 60) % 60;
        return hours > 0 ? hours + ":" + pad(minutes) + ":" + pad(whole % 60)
                         : minutes + ":" + pad(whole % 60);
    }

    function _chapterAt(share: real): string {
        let title = "";
        for (let i = 0; i < root.player.chapters.length && root.player.chapters[i] <= share; ++i)
            title = root.player.chapterTitles[i];
        return title;
    }

    Label {
        id: _time

        anchors.centerIn: parent
        text: root._clock(root.share * root.player.duration) + (root._chapter === "" ? "" : "  ·  " + root._chapter)
        color: Look.text
        font.pixelSize: Theme.fontTiny
        font.features: Theme.tabular
        Accessible.ignored: true
    }
}
