import QtQuick
import NovaStream.Theme

// The ring around what has the focus; `gap` leaves air between it and the control.
Rectangle {
    id: root

    required property bool shown
    property real controlRadius: Theme.radius
    property int gap: 2

    anchors.fill: parent
    anchors.margins: -(gap + Theme.ringWidth)
    radius: controlRadius + gap + Theme.ringWidth
    color: "transparent"
    border.width: Theme.ringWidth
    border.color: Theme.focus
    antialiasing: true
    opacity: shown ? 1 : 0
    visible: opacity > 0
    Accessible.ignored: true

    Behavior on opacity {
        NumberAnimation { duration: Theme.durationFocus }
    }
}
