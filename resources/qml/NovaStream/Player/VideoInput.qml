import QtQuick
import NovaStream.Core

// What the mouse does on the bare picture: click pauses, double click fills the screen, wheel is volume.
Item {
    id: root

    required property PlayerViewModel player

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Video")
    Accessible.focusable: true

    Timer {
        id: _single

        interval: 200
        onTriggered: root.player.togglePause()
    }
    MouseArea {
        property real _turned: 0

        anchors.fill: parent
        acceptedButtons: Qt.LeftButton
        cursorShape: root.player.controlsShown ? Qt.ArrowCursor : Qt.BlankCursor

        onClicked: {
            root.player.noteInput();
            if (root.player.panel !== "")
                root.player.closePanel();
            else
                _single.restart();
        }
        onDoubleClicked: {
            _single.stop();
            root.player.toggleFullscreen();
        }
        onWheel: wheel => {
            _turned += wheel.angleDelta.y / 120;
            const steps = Math.trunc(_turned);
            if (steps === 0)
                return;
            _turned -= steps;
            if (wheel.modifiers & Qt.ShiftModifier)
                root.player.seekBy(5 * steps);
            else
                root.player.changeVolume(5 * steps);
        }
    }
}
