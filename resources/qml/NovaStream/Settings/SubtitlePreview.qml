pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme

// How subtitles look with the settings as they are now, over a picture in miniature.
Rectangle {
    id: root

    required property var look
    readonly property real part: height / 720
    readonly property real edge: look.box ? 0 : Math.max(1, look.outline * 2 * part)

    implicitHeight: 150
    radius: Theme.radius
    clip: true
    gradient: Gradient {
        GradientStop { position: 0; color: "#3A4A66" }
        GradientStop { position: 1; color: "#8FA3B8" }
    }
    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Preview of subtitles")

    Rectangle {
        anchors { fill: _text; margins: -6 }
        visible: root.look.box
        color: "#B0000000"
    }
    Repeater {
        model: root.look.box ? 0 : 8

        Line {
            required property int index

            x: _text.x + root.edge * Math.cos(index * Math.PI / 4)
            y: _text.y + root.edge * Math.sin(index * Math.PI / 4)
            color: root.look.outlineColour
        }
    }
    Line {
        id: _text

        anchors.horizontalCenter: parent.horizontalCenter
        y: Math.max(0, (parent.height - height) * Math.min(100, root.look.position) / 100 - 6)
        color: root.look.colour
    }

    component Line: Text {
        text: qsTr("This is how lines look.")
        font.family: root.look.font
        font.bold: root.look.bold
        // Twice the size of the picture in miniature: a line has to be read here.
        font.pixelSize: Math.max(8, root.look.size * root.part * 2)
        Accessible.ignored: true
    }
}
