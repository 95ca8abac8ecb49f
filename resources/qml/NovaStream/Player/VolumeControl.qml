import QtQuick
import NovaStream.Controls
import NovaStream.Core

// Mute, and how loud: to 100 % as it is, above that amplified with a limiter.
Row {
    id: root

    required property PlayerViewModel player
    property bool narrow: false
    property bool slider: true
    readonly property real _most: 150
    readonly property real _level: player.muted || player.silent ? 0 : player.volume
    readonly property bool _loud: _level > 100

    spacing: 4

    PlayerButton {
        name: root.player.silent ? qsTr("No sound device") : root.player.muted ? qsTr("Sound on") : qsTr("Mute")
        keys: root.player.keyOf("mute")
        icon: root._level <= 0 ? "volume-x" : root._level < 50 ? "volume-1" : "volume-2"
        onClicked: root.player.toggleMute()
    }
    Item {
        id: _slider

        readonly property real value: root.player.volume
        readonly property real minimumValue: 0
        readonly property real maximumValue: root._most
        readonly property real stepSize: 5

        function _set(x: real) {
            root.player.setVolume(Math.round(Math.max(0, Math.min(1, x / width)) * root._most));
        }

        visible: root.slider
        width: root.narrow ? 72 : 108
        height: 44
        activeFocusOnTab: true
        Accessible.role: Accessible.Slider
        Accessible.name: qsTr("Volume")
        Accessible.focusable: true
        Accessible.onIncreaseAction: root.player.changeVolume(stepSize)
        Accessible.onDecreaseAction: root.player.changeVolume(-stepSize)
        Keys.onLeftPressed: root.player.changeVolume(-stepSize)
        Keys.onRightPressed: root.player.changeVolume(stepSize)

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width
            height: 4
            radius: 2
            color: Look.trackMissing
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: parent.width * Math.min(1, root._level / root._most)
            height: 4
            radius: 2
            color: root._loud ? Look.loud : Look.text
        }
        Rectangle {
            x: Math.round(parent.width * 100 / root._most) - 1
            anchors.verticalCenter: parent.verticalCenter
            width: 2
            height: 8
            color: Look.textDim
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            x: parent.width * Math.min(1, root._level / root._most) - 6
            width: 12
            height: 12
            radius: 6
            antialiasing: true
            color: Look.text
            visible: _mouse.containsMouse || _slider.activeFocus
        }
        FocusRing {
            shown: _slider.activeFocus
            controlRadius: 8
            gap: 0
        }
        MouseArea {
            id: _mouse

            anchors.fill: parent
            hoverEnabled: true
            preventStealing: true
            cursorShape: Qt.PointingHandCursor
            onPressed: mouse => _slider._set(mouse.x)
            onPositionChanged: mouse => {
                if (pressed)
                    _slider._set(mouse.x);
            }
        }
    }
}
