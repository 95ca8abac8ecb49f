import QtQuick
import NovaStream.Theme

// Where something will be. It breathes slowly, and stands still with reduced motion.
Rectangle {
    id: root

    property bool running: visible

    color: Theme.surfaceRaised
    radius: Theme.radius
    antialiasing: true
    Accessible.ignored: true

    SequentialAnimation on opacity {
        running: root.running && !Theme.reducedMotion
        loops: Animation.Infinite
        NumberAnimation { from: 1; to: 0.5; duration: 900; easing.type: Easing.InOutSine }
        NumberAnimation { from: 0.5; to: 1; duration: 900; easing.type: Easing.InOutSine }
    }
}
