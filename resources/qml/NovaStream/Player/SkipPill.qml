import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// "Skip intro  S". The line at its foot shrinks while it waits; when it goes by itself, it fills.
Item {
    id: root

    required property PlayerViewModel player
    readonly property bool _auto: player.skipAutoIn >= 0
    readonly property real _autoSeconds: 3
    readonly property string _keyName: player.keyOf("skip")
    readonly property int _step: Theme.reducedMotion ? 0 : 220

    width: _row.implicitWidth + 44
    height: 44
    visible: opacity > 0
    opacity: 0
    enabled: player.skipVisible
    activeFocusOnTab: enabled
    Accessible.role: Accessible.Button
    Accessible.name: player.skipText
    Accessible.description: _keyName === "" ? "" : qsTr("Press %1").arg(_keyName)
    Accessible.focusable: enabled
    Accessible.ignored: !enabled
    Accessible.onPressAction: player.skipSegment()

    Keys.onReturnPressed: player.skipSegment()
    Keys.onEnterPressed: player.skipSegment()

    // It comes softly and goes at once: each step of an animation draws the video once more, just
    // when the decoder needs the processor for the place that was jumped to.
    states: State {
        name: "shown"
        when: root.player.skipVisible
        PropertyChanges { root.opacity: 1 }
    }
    transitions: Transition {
        to: "shown"
        NumberAnimation { property: "opacity"; duration: Theme.durationPage }
    }

    Connections {
        target: root.player

        function onSkipVisibleChanged() {
            if (root.player.skipVisible)
                root.Accessible.announce(root._keyName === "" ? root.player.skipText
                    : qsTr("%1, press %2").arg(root.player.skipText).arg(root._keyName));
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        antialiasing: true
        color: _hover.hovered ? Look.controlHover : Look.control
        border.width: 1
        border.color: Look.edge
        scale: _tap.pressed ? 0.97 : 1
    }
    Rectangle {
        readonly property real _share: root._auto ? 1 - root.player.skipAutoIn / root._autoSeconds : 0

        visible: root._auto
        height: parent.height
        width: height + (parent.width - height) * Math.max(0, Math.min(1, _share))
        radius: height / 2
        antialiasing: true
        color: Look.accentFill

        Behavior on width {
            enabled: root._auto
            NumberAnimation { duration: root._step }
        }
    }
    Row {
        id: _row

        anchors.centerIn: parent
        spacing: 12

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "fast-forward"
            color: Look.text
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: root.player.skipText
            color: Look.text
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            visible: _key.text !== ""
            width: Math.max(22, _key.implicitWidth + 12)
            height: 22
            radius: 5
            color: Look.hover

            Label {
                id: _key

                anchors.centerIn: parent
                text: root._auto ? qsTr("Esc to stay") : root._keyName
                color: Look.text
                font.pixelSize: Theme.fontTiny
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
        }
    }
    Rectangle {
        visible: !root._auto && root.player.skipRemaining < 1
        anchors { left: parent.left; bottom: parent.bottom; leftMargin: 22; bottomMargin: 4 }
        width: (parent.width - 44) * root.player.skipRemaining
        height: 2
        radius: 1
        color: Look.accent
    }
    FocusRing {
        shown: root.activeFocus
        controlRadius: root.height / 2
        gap: 1
    }
    HoverHandler {
        id: _hover
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        id: _tap
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.player.skipSegment()
    }
}
