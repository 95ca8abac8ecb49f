import QtQuick
import NovaStream.Core

// The mouse on the bare picture: click pauses, double click fills the screen, held it plays at twice
// the speed, wheel is volume, with Shift it seeks. In the mini player it moves the window.
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
        id: _area

        property real _turned: 0
        property bool _held: false
        property point _from

        function _letGo() {
            if (_held)
                root.player.holdSpeed(false);
            _held = false;
        }

        anchors.fill: parent
        acceptedButtons: Qt.LeftButton
        cursorShape: root.player.controlsShown ? Qt.ArrowCursor : Qt.BlankCursor
        pressAndHoldInterval: 600

        onPressed: mouse => _from = Qt.point(mouse.x, mouse.y)
        onPositionChanged: mouse => {
            const far = Math.abs(mouse.x - _from.x) + Math.abs(mouse.y - _from.y);
            if (root.player.mini && !_held && pressed && far > 8)
                root.Window.window.startSystemMove();
        }
        onPressAndHold: {
            _held = true;
            root.player.holdSpeed(true);
        }
        onReleased: _letGo()
        onCanceled: _letGo()
        onClicked: {
            root.player.noteInput();
            if (root.player.panel !== "")
                root.player.closePanel();
            else
                _single.restart();
        }
        onDoubleClicked: {
            _single.stop();
            if (root.player.mini)
                root.player.toggleMini();
            else
                root.player.toggleFullscreen();
        }
        onWheel: wheel => {
            // Some systems turn the wheel sideways while Shift is held.
            _turned += (wheel.angleDelta.y || wheel.angleDelta.x) / 120;
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
