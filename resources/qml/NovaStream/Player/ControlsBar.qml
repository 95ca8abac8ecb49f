import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// The controls on their scrim at the bottom.
Item {
    id: root

    required property PlayerViewModel player
    readonly property bool _narrow: width < 900
    readonly property bool _tight: width < 620
    readonly property bool _roomy: !_narrow || !player.hasEpisodes && !_tight

    implicitHeight: Look.barHeight
    Accessible.role: Accessible.ToolBar
    Accessible.name: qsTr("Playback controls")

    function takeFocus() {
        _play.forceActiveFocus(Qt.TabFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        gradient: Gradient {
            GradientStop { position: 0; color: "#0008090C" }
            GradientStop { position: 0.25; color: "#3308090C" }
            GradientStop { position: 0.6; color: "#A608090C" }
            GradientStop { position: 1; color: "#EB08090C" }
        }
    }
    Item {
        id: _line

        anchors { left: parent.left; right: parent.right; bottom: _buttons.top }
        anchors { leftMargin: Look.sideMargin; rightMargin: Look.sideMargin; bottomMargin: 4 }
        height: 28

        Label {
            id: _position

            anchors.verticalCenter: parent.verticalCenter
            width: Math.max(48, _wide.advanceWidth)
            text: root.player.duration > 0 ? root.player.positionText : ""
            color: Look.text
            font.features: Theme.tabular
            font.weight: Font.Medium
            Accessible.name: qsTr("Position") + " " + text
        }
        SeekBar {
            anchors { left: _position.right; right: _left.left; leftMargin: 12; rightMargin: 12 }
            anchors.verticalCenter: parent.verticalCenter
            player: root.player
        }
        Label {
            id: _left

            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            width: _position.width + 8
            horizontalAlignment: Text.AlignRight
            text: root.player.duration > 0 ? root.player.remainingText : ""
            color: Look.textDim
            font.features: Theme.tabular
            font.weight: Font.Medium
            Accessible.name: qsTr("Remaining") + " " + text
        }
        TextMetrics {
            id: _wide

            font: _position.font
            text: root.player.durationText
        }
    }
    Item {
        id: _buttons

        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        anchors { leftMargin: Look.sideMargin - 10; rightMargin: Look.sideMargin - 10; bottomMargin: 20 }
        height: 56

        VolumeControl {
            id: _volume

            anchors { left: parent.left; verticalCenter: parent.verticalCenter }
            player: root.player
            narrow: root._narrow
            slider: !root._tight
        }
        Label {
            anchors { left: _volume.right; right: _centre.left; leftMargin: 20; rightMargin: 16 }
            anchors.verticalCenter: parent.verticalCenter
            visible: !root._narrow
            text: root.player.torrentText !== "" ? root.player.torrentText : root.player.sourceText
            color: Look.textDim
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
        }
        Row {
            id: _centre

            // in the middle of the window, unless the tools at the right need that place
            x: Math.round(Math.max(_volume.width + 4, Math.min((parent.width - width) / 2, _tools.x - width - 4)))
            anchors.verticalCenter: parent.verticalCenter
            spacing: root._narrow ? 4 : 8

            PlayerButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.player.hasEpisodes && !root._tight
                enabled: root.player.hasPrevious
                name: qsTr("Previous episode")
                keys: root.player.keyOf("episode_previous")
                icon: "skip-back"
                onClicked: root.player.previousEpisode()
            }
            PlayerButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root._roomy
                name: qsTr("Back 10 seconds")
                keys: root.player.keyOf("seek_back_10")
                icon: "rotate-ccw"
                iconSize: 28
                glyph: "10"
                onClicked: root.player.seekBy(-10)
            }
            PlayerButton {
                id: _play
                objectName: "play"

                size: 56
                filled: true
                name: root.player.paused ? qsTr("Play") : qsTr("Pause")
                keys: root.player.keyOf("pause")
                icon: root.player.paused ? "play" : "pause"
                onClicked: root.player.togglePause()
            }
            PlayerButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root._roomy
                name: qsTr("Forward 10 seconds")
                keys: root.player.keyOf("seek_forward_10")
                icon: "rotate-cw"
                iconSize: 28
                glyph: "10"
                onClicked: root.player.seekBy(10)
            }
            PlayerButton {
                anchors.verticalCenter: parent.verticalCenter
                visible: root.player.hasEpisodes && !root._tight
                enabled: root.player.hasNext
                name: qsTr("Next episode")
                keys: root.player.keyOf("episode_next")
                icon: "skip-forward"
                onClicked: root.player.nextEpisode()
            }
        }
        ToolButtons {
            id: _tools

            anchors { right: parent.right; verticalCenter: parent.verticalCenter }
            player: root.player
            narrow: root._narrow
        }
    }
}
