import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Back, the title and the episode, on their scrim at the top.
Item {
    id: root

    required property PlayerViewModel player

    implicitHeight: 128

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop { position: 0; color: "#D908090C" }
            GradientStop { position: 0.35; color: "#8C08090C" }
            GradientStop { position: 0.7; color: "#2E08090C" }
            GradientStop { position: 1; color: "#0008090C" }
        }
    }
    PlayerButton {
        id: _back

        anchors { left: parent.left; top: parent.top; leftMargin: Look.sideMargin - 10; topMargin: 20 }
        name: qsTr("Back")
        icon: "chevron-left"
        iconSize: 28
        tipBelow: true
        onClicked: root.player.close()
    }
    Column {
        anchors { left: _back.right; right: _info.left; leftMargin: 12; rightMargin: 24 }
        anchors.verticalCenter: _back.verticalCenter
        spacing: 2

        Label {
            width: parent.width
            text: root.player.title
            color: Look.text
            font.pixelSize: Theme.fontLead
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.player.subtitle
            color: Look.textDim
            font.pixelSize: Theme.fontBody
        }
    }
    PlayerButton {
        id: _info

        anchors { right: _keys.left; top: parent.top; topMargin: 20; rightMargin: 2 }
        name: qsTr("What is playing")
        keys: root.player.keyOf("info")
        icon: "info"
        tipBelow: true
        onClicked: root.player.togglePanel("info")
    }
    PlayerButton {
        id: _keys

        anchors { right: parent.right; top: parent.top; rightMargin: Look.sideMargin - 10; topMargin: 20 }
        name: qsTr("Shortcuts")
        keys: root.player.keyOf("shortcuts")
        icon: "keyboard"
        tipBelow: true
        onClicked: root.player.togglePanel("shortcuts")
    }
}
