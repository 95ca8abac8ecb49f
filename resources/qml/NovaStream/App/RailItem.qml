import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One room on the rail.
IconButton {
    id: root

    required property string text
    required property bool open
    required property bool current

    name: text
    height: 48
    showRing: false
    restColor: "transparent"
    hoverColor: "transparent"
    iconSize: 0

    Rectangle {
        anchors.fill: parent
        anchors.leftMargin: Theme.space2 + 2
        anchors.rightMargin: Theme.space2 + 2
        radius: Theme.radius
        color: root.activeFocus ? Theme.accent : root.hovered ? Theme.surfaceHover : "transparent"
        antialiasing: true
    }
    Rectangle {
        x: 0
        anchors.verticalCenter: parent.verticalCenter
        visible: root.current
        width: 3
        height: 24
        radius: 1.5
        color: Theme.accent
    }
    Icon {
        x: (Theme.railWidth - width) / 2
        anchors.verticalCenter: parent.verticalCenter
        name: root.icon
        size: 24
        color: root.activeFocus ? Theme.accentText : root.current ? Theme.text : Theme.textDim
    }
    Label {
        x: Theme.railWidth
        anchors.verticalCenter: parent.verticalCenter
        text: root.text
        opacity: root.open ? 1 : 0
        color: root.activeFocus ? Theme.accentText : root.current ? Theme.text : Theme.textDim
        font.weight: Font.DemiBold
        Accessible.ignored: true

        Behavior on opacity {
            NumberAnimation { duration: Theme.durationFocus }
        }
    }
}
