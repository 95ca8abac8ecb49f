import QtQuick
import NovaStream.Theme

// A thin bar, 0 to 1. It takes no focus; what it belongs to says the number.
Item {
    id: root

    required property real value
    property color track: "#59FFFFFF"
    property color fill: Theme.dark ? Theme.accent : "#8B7CF6"

    implicitHeight: 4
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: root.track
    }
    Rectangle {
        width: Math.max(parent.height, parent.width * Math.max(0, Math.min(1, root.value)))
        height: parent.height
        radius: height / 2
        color: root.fill
        visible: root.value > 0
    }
}
