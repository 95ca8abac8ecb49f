import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Over the seek bar at the pointer: a small picture of what is there, the time and the chapter.
Rectangle {
    id: root

    required property PlayerViewModel player
    required property real share
    readonly property string _chapter: visible ? _chapterAt(share) : ""

    // What a jump there would wait for; asked anew when pieces come.
    readonly property string _wait: visible && player.pieceRuns.length >= 0 ? player.waitAt(share) : ""
    readonly property bool _pictured: player.preview !== ""

    width: Math.max(_words.implicitWidth + 20, _pictured ? _picture.width + 8 : 0)
    height: _pictured ? _picture.height + 34 : 30
    radius: Theme.radiusSmall
    color: Look.control

    onShareChanged: if (visible) player.pointAt(share)
    onVisibleChanged: {
        if (visible)
            player.pointAt(share);
        else
            player.pointAway();
    }

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

    Image {
        id: _picture

        anchors { top: parent.top; horizontalCenter: parent.horizontalCenter; topMargin: 4 }
        width: 224
        height: implicitWidth > 0 ? Math.round(width * implicitHeight / implicitWidth) : 126
        visible: root._pictured
        source: root.player.preview
        fillMode: Image.PreserveAspectFit
        retainWhileLoading: true
        Accessible.ignored: true
    }
    Row {
        id: _words

        anchors { bottom: parent.bottom; horizontalCenter: parent.horizontalCenter; bottomMargin: 6 }
        spacing: 8

        Label {
            text: root._clock(root.share * root.player.duration) + (root._chapter === "" ? "" : "  ·  " + root._chapter)
            color: Look.text
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
            Accessible.ignored: true
        }
        Label {
            objectName: "wait"
            visible: text !== ""
            text: root._wait
            color: Look.textDim
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
            Accessible.ignored: true
        }
    }
}
