import QtQuick
import NovaStream.Theme

// How much of something is done, from 0 to 1.
Rectangle {
    id: root

    required property real share
    required property string name

    implicitHeight: 4
    radius: 2
    color: Look.trackMissing
    Accessible.role: Accessible.ProgressBar
    Accessible.name: qsTr("%1, %2 percent").arg(name).arg(Math.round(100 * share))

    Rectangle {
        width: Math.max(parent.radius * 2, parent.width * Math.min(1, root.share))
        height: parent.height
        radius: parent.radius
        color: Look.accent
        Behavior on width { NumberAnimation { duration: Theme.durationFocus } }
    }
}
