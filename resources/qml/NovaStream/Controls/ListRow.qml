import QtQuick
import NovaStream.Theme

// A wide line of a list that can be chosen: lit under focus and pointer, ringed with focus.
Pressable {
    id: root

    readonly property color ground: activeFocus || hovered ? Theme.surface : Theme.background

    activeFocusOnTab: false
    showRing: false
    controlRadius: Theme.radiusLarge

    Rectangle {
        anchors.fill: parent
        radius: root.controlRadius
        color: root.ground
        visible: root.activeFocus || root.hovered
        antialiasing: true
    }
    FocusRing {
        shown: root.activeFocus
        controlRadius: root.controlRadius
        gap: -Theme.ringWidth
    }
}
