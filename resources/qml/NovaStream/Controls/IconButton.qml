import QtQuick
import NovaStream.Theme

// A round button with an icon only; `name` is what a screen reader says.
Pressable {
    id: root

    required property string icon
    property int iconSize: 24
    property int size: 44
    property color color: Theme.text
    property color hoverColor: Theme.surfaceHover
    property color restColor: "transparent"

    implicitWidth: size
    implicitHeight: size
    controlRadius: size / 2

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        antialiasing: true
        color: root.hovered || root.pressed ? root.hoverColor : root.restColor

        Behavior on color {
            ColorAnimation { duration: Theme.durationFocus }
        }
    }
    Icon {
        anchors.centerIn: parent
        name: root.iconSize > 0 ? root.icon : ""
        size: root.iconSize
        color: root.color
        scale: root.pressed ? 0.92 : 1
    }
}
