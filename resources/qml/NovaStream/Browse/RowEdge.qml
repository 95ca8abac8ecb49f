import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// An arrow at the end of a row for the pointer; keys do not need it.
Rectangle {
    id: root

    required property bool forward
    required property bool shown

    signal clicked()

    width: Theme.pageMargin
    opacity: shown ? 1 : 0
    visible: opacity > 0
    gradient: Gradient {
        orientation: Gradient.Horizontal
        GradientStop { position: root.forward ? 0 : 1; color: "transparent" }
        GradientStop { position: root.forward ? 1 : 0; color: Theme.background }
    }
    Accessible.ignored: true

    Behavior on opacity {
        NumberAnimation { duration: Theme.durationFocus }
    }

    Icon {
        anchors.centerIn: parent
        name: root.forward ? "chevron-right" : "chevron-left"
        size: 28
    }
    HoverHandler {
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        onTapped: root.clicked()
    }
}
