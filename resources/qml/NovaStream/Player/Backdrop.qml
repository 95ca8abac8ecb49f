import QtQuick
import NovaStream.Theme

// The title's picture, dimmed, while there is no video yet.
Rectangle {
    id: root

    required property url source
    property bool dimmed: false

    color: "#0A0B0E"

    Image {
        anchors.fill: parent
        source: root.source
        asynchronous: true
        fillMode: Image.PreserveAspectCrop
        sourceSize.width: 1280
        opacity: status === Image.Ready ? (root.dimmed ? 0.2 : 0.4) : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.durationPage }
        }
    }
}
