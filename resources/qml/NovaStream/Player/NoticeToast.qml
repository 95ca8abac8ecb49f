import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// A short message at the top of the picture; it comes, is read out, and goes.
Rectangle {
    id: root

    required property PlayerViewModel player
    readonly property real _most: Math.min(600, (parent ? parent.width : 600) / scale - 60)
    property bool _shown: false

    width: Math.min(_text.implicitWidth, _most) + 36
    height: 40
    radius: 20
    antialiasing: true
    color: Look.control
    border.width: 1
    border.color: Look.edge
    visible: opacity > 0
    opacity: 0
    Accessible.role: Accessible.Notification
    Accessible.name: player.noticeText
    Accessible.ignored: !visible

    function _show() {
        if (root.player.noticeNumber === 0 || root.player.noticeText === "")
            return;
        root._shown = true;
        _gone.interval = root.player.noticeSeconds * 1000;
        _gone.restart();
        root.Accessible.announce(root.player.noticeText);
    }

    // It is there at once and goes softly, see SkipPill.
    states: State {
        name: "shown"
        when: root._shown && root.player.noticeText !== ""
        PropertyChanges { root.opacity: 1 }
    }
    transitions: Transition {
        from: "shown"
        NumberAnimation { property: "opacity"; duration: Theme.durationFocus }
    }

    Connections {
        target: root.player

        function onNoticeNumberChanged() {
            root._show();
        }
    }
    Timer {
        id: _gone
        onTriggered: root._shown = false
    }
    Label {
        id: _text

        anchors.centerIn: parent
        width: Math.min(implicitWidth, root._most)
        elide: Text.ElideRight
        text: root.player.noticeText
        color: Look.text
        font.weight: Font.Medium
        font.features: Theme.tabular
        Accessible.ignored: true
    }
}
