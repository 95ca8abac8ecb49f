import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// A title's wide picture, fading to the left and below.
Item {
    id: root

    required property TitleViewModel title
    required property bool waiting

    Art {
        readonly property string wanted: root.title.backdrop === "" ? root.title.backdropUrl : ""

        anchors.fill: parent
        radius: 0
        showTitle: false
        visible: !root.waiting
        source: root.title.backdrop
        title: root.title.title
        onWantedChanged: root.title.wantArt(wanted)
        Component.onCompleted: root.title.wantArt(wanted)
    }
    Rectangle {
        anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
        width: parent.width * 0.7
        gradient: Gradient {
            orientation: Gradient.Horizontal
            GradientStop { position: 0; color: Theme.background }
            GradientStop { position: 0.3; color: Qt.alpha(Theme.background, 0.95) }
            GradientStop { position: 0.58; color: Qt.alpha(Theme.background, 0.8) }
            GradientStop { position: 1; color: Qt.alpha(Theme.background, 0) }
        }
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: parent.height * 0.55
        gradient: Gradient {
            GradientStop { position: 0; color: Qt.alpha(Theme.background, 0) }
            GradientStop { position: 1; color: Theme.background }
        }
    }
}
