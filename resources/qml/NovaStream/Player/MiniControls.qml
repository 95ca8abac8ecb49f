import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// The mini player's few controls: play, on top, back to the window, leave; a line for the position.
Item {
    id: root

    required property PlayerViewModel player

    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Mini player")

    Rectangle {
        anchors.fill: parent
        color: "#8008090C"
    }
    Row {
        anchors { right: parent.right; top: parent.top; margins: 4 }

        PlayerButton {
            size: 36
            iconSize: 18
            name: root.player.onTop ? qsTr("On top of other windows") : qsTr("Keep on top")
            keys: root.player.keyOf("on_top")
            icon: "pin"
            lit: root.player.onTop
            tipBelow: true
            onClicked: root.player.toggleOnTop()
        }
        PlayerButton {
            size: 36
            iconSize: 18
            name: qsTr("Back to the window")
            keys: root.player.keyOf("mini")
            icon: "maximize"
            tipBelow: true
            onClicked: root.player.toggleMini()
        }
        PlayerButton {
            size: 36
            iconSize: 18
            name: qsTr("Stop and leave")
            icon: "x"
            tipBelow: true
            onClicked: root.player.close()
        }
    }
    // Drag it to make the mini player smaller or larger; its shape stays.
    MouseArea {
        width: 24
        height: 24
        cursorShape: Qt.SizeFDiagCursor
        preventStealing: true
        onPositionChanged: mouse => {
            if (pressed)
                root.player.resizeMini(root.Window.width - mouse.x);
        }
        Icon {
            x: 2
            y: 2
            name: "chevron-left"
            size: 16
            rotation: 45
            color: Look.textDim
        }
    }
    Row {
        anchors.centerIn: parent
        spacing: 8

        PlayerButton {
            anchors.verticalCenter: parent.verticalCenter
            name: qsTr("Back 10 seconds")
            keys: root.player.keyOf("seek_back_10")
            icon: "rotate-ccw"
            onClicked: root.player.seekBy(-10)
        }
        PlayerButton {
            size: 52
            filled: true
            name: root.player.paused ? qsTr("Play") : qsTr("Pause")
            keys: root.player.keyOf("pause")
            icon: root.player.paused ? "play" : "pause"
            onClicked: root.player.togglePause()
        }
        PlayerButton {
            anchors.verticalCenter: parent.verticalCenter
            name: qsTr("Forward 10 seconds")
            keys: root.player.keyOf("seek_forward_10")
            icon: "rotate-cw"
            onClicked: root.player.seekBy(10)
        }
    }
    Label {
        anchors { left: parent.left; bottom: parent.bottom; leftMargin: 12; bottomMargin: 12 }
        text: root.player.duration > 0 ? root.player.positionText + " / " + root.player.durationText : ""
        color: Look.text
        font.pixelSize: Theme.fontTiny
        font.features: Theme.tabular
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: 3
        color: Look.trackMissing

        Rectangle {
            width: root.player.duration > 0 ? parent.width * root.player.position / root.player.duration : 0
            height: parent.height
            color: Look.accent
        }
    }
}
