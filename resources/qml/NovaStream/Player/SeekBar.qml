pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Where it is, what is loaded (three shades for a torrent), chapters, and what can be skipped.
Item {
    id: root

    required property PlayerViewModel player
    // Read by screen readers, as a slider's.
    readonly property real value: player.position
    readonly property real minimumValue: 0
    readonly property real maximumValue: player.duration
    readonly property real stepSize: 5
    readonly property bool dragging: _mouse.pressed
    readonly property real _pointed: Math.max(0, Math.min(1, _mouse.mouseX / Math.max(1, width)))
    readonly property real _played: player.duration > 0 ? player.position / player.duration : 0
    readonly property real _shown: dragging ? _pointed : _played
    // Read once a change: each read of the player's list makes a new one.
    readonly property list<real> _runs: player.pieceRuns
    readonly property list<color> _shades: [Look.trackMissing, Look.trackRequested, Look.trackReady, Look.trackNowhere]
    readonly property bool _wide: _mouse.containsMouse || dragging || activeFocus

    implicitHeight: 28
    activeFocusOnTab: true
    enabled: player.duration > 0
    Accessible.role: Accessible.Slider
    Accessible.name: qsTr("Position")
    Accessible.description: player.positionText + " / " + player.durationText
    Accessible.focusable: true
    Accessible.onIncreaseAction: player.seekBy(stepSize)
    Accessible.onDecreaseAction: player.seekBy(-stepSize)

    Keys.onLeftPressed: player.seekBy(-stepSize)
    Keys.onRightPressed: player.seekBy(stepSize)

    Item {
        id: _track

        anchors.verticalCenter: parent.verticalCenter
        width: parent.width
        height: root._wide ? 8 : 4

        Behavior on height {
            NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
        }

        Rectangle {
            anchors.fill: parent
            radius: height / 2
            color: Look.trackMissing
        }
        Rectangle {
            visible: root._runs.length === 0
            width: parent.width * Math.max(root.player.buffered, root._shown)
            height: parent.height
            radius: height / 2
            color: Look.trackRequested
        }
        Repeater {
            model: root.visible ? root._runs.length / 3 : 0

            Rectangle {
                id: _run

                required property int index
                readonly property real from: root._runs[3 * index] ?? 0
                readonly property real to: root._runs[3 * index + 1] ?? 0
                readonly property int shade: root._runs[3 * index + 2] ?? 1

                x: Math.round(_track.width * from)
                width: Math.round(_track.width * to) - x
                height: _track.height
                radius: from <= 0 || to >= 1 ? height / 2 : 0
                color: root._shades[shade]

                // What nobody has is a gap with a thin line, to be told apart without colours too.
                Rectangle {
                    anchors.verticalCenter: parent.verticalCenter
                    visible: _run.shade === 3
                    width: parent.width
                    height: 2
                    color: Look.danger
                }
            }
        }
        Repeater {
            model: root.player.skipMarks.length / 2

            Rectangle {
                required property int index

                x: _track.width * (root.player.skipMarks[2 * index] ?? 0)
                width: Math.max(4, _track.width * (root.player.skipMarks[2 * index + 1] ?? 0) - x)
                height: _track.height
                color: Look.accentSoft
                opacity: 0.75
            }
        }
        Rectangle {
            visible: root._shown > 0
            width: Math.max(parent.height, parent.width * root._shown)
            height: parent.height
            radius: height / 2
            color: Look.accent
        }
        LoopMarks {
            anchors.fill: parent
            player: root.player
        }
        Repeater {
            model: root.player.chapters

            Rectangle {
                required property real modelData

                visible: modelData > 0
                x: Math.round(_track.width * modelData) - 1
                width: 2
                height: _track.height
                color: "#B3000000"
            }
        }
    }
    Rectangle {
        x: root.width * root._shown - width / 2
        anchors.verticalCenter: parent.verticalCenter
        width: 16
        height: 16
        radius: 8
        antialiasing: true
        color: Look.text
        scale: root._wide ? 1 : 0

        Behavior on scale {
            NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
        }
    }
    SeekHint {
        x: Math.max(0, Math.min(root.width - width, root.width * root._pointed - width / 2))
        y: -height - 4
        player: root.player
        share: root._pointed
        visible: _mouse.containsMouse || root.dragging
    }
    FocusRing {
        shown: root.activeFocus
        controlRadius: 8
        gap: 0
    }
    MouseArea {
        id: _mouse

        anchors.fill: parent
        hoverEnabled: true
        preventStealing: true
        cursorShape: Qt.PointingHandCursor
        onReleased: root.player.seekFraction(root._pointed)
    }
}
