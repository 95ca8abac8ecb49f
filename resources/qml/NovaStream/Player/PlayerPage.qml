pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// The player. Nothing is drawn where the video is: it lies below the whole scene.
FocusScope {
    id: root

    required property PlayerViewModel player
    readonly property bool controlFocused: activeFocus && !_video.activeFocus
    readonly property bool modal: player.error !== "" || player.ended
    readonly property bool typing: Window.activeFocusItem instanceof TextInput
        || Window.activeFocusItem instanceof TextEdit
    readonly property bool _full: player.controlsShown && !player.mini

    focus: true
    Accessible.role: Accessible.Pane
    Accessible.name: player.title === "" ? qsTr("Player") : player.title

    function _toVideo() {
        _video.forceActiveFocus(Qt.OtherFocusReason);
    }

    function _walk(event: var) {
        if (!root.controlFocused || root.player.panel !== "")
            return;
        const forward = event.key === Qt.Key_Right || event.key === Qt.Key_Down;
        if (forward || event.key === Qt.Key_Left || event.key === Qt.Key_Up) {
            const from = root.Window.activeFocusItem;
            const next = from ? from.nextItemInFocusChain(forward) : null;
            if (next)
                next.forceActiveFocus(Qt.TabFocusReason);
            event.accepted = true;
        }
    }

    Component.onCompleted: player.attachWindow(Window.window)
    onControlFocusedChanged: player.setControlFocused(controlFocused)
    onTypingChanged: player.setTyping(typing)
    onModalChanged: if (modal && player.mini) player.toggleMini()

    Keys.onShortcutOverride: event => {
        event.accepted = root.player.wantsKey(event.key, event.modifiers, event.text, event.nativeScanCode);
    }
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Tab || event.key === Qt.Key_Backtab)
            root.player.noteInput();
        event.accepted = root.player.pressKey(event.key, event.modifiers, event.text,
                                              event.nativeScanCode, event.isAutoRepeat);
        if (!event.accepted)
            root._walk(event);
    }

    Keys.onReleased: event => root.player.releaseKey(event.key, event.isAutoRepeat)

    Connections {
        target: root.Window.window

        function onActiveChanged() {
            root.player.releaseHeld();
        }
    }
    Connections {
        target: root.player

        function onFocusReleased() {
            if (!root.modal)
                root._toVideo();
        }
        function onPanelChanged() {
            if (root.player.panel !== "")
                return;
            if (root.modal)
                _message.forceActiveFocus(Qt.OtherFocusReason);
            else
                root._toVideo();
        }
    }
    HoverHandler {
        id: _pointer

        property point _last

        cursorShape: root.player.controlsShown ? Qt.ArrowCursor : Qt.BlankCursor
        onPointChanged: {
            const at = point.position;
            if (Math.abs(at.x - _last.x) + Math.abs(at.y - _last.y) < 3)
                return;
            _last = at;
            root.player.noteInput();
        }
    }
    Backdrop {
        anchors.fill: parent
        visible: !root.player.hasPicture || root.modal
        source: root.player.backdrop
        dimmed: root.modal
    }
    VideoInput {
        id: _video

        anchors.fill: parent
        focus: true
        player: root.player
    }
    Loader {
        id: _message

        anchors.fill: parent
        active: root.modal
        sourceComponent: PlayerMessage { player: root.player }
        onLoaded: forceActiveFocus(Qt.OtherFocusReason)
        onActiveChanged: if (!active) root._toVideo()
    }
    TitleBar {
        id: _title

        width: parent.width
        player: root.player
        opacity: root._full ? 1 : 0
        visible: root._full || (opacity > 0 && !root.player.mini)
        Behavior on opacity { NumberAnimation { duration: Theme.durationPage } }
    }
    ControlsBar {
        id: _bar
        objectName: "controls"

        anchors.bottom: parent.bottom
        // beside a panel, where that leaves it room
        width: parent.width - (parent.width - _panels.covered >= 620 ? _panels.covered : 0)
        player: root.player
        opacity: root._full && !root.modal ? 1 : 0
        visible: (opacity > 0 && !root.player.mini) || (root._full && !root.modal)
        Behavior on opacity { NumberAnimation { duration: Theme.durationPage } }
    }
    Loader {
        anchors.fill: parent
        active: root.player.mini
        visible: root.player.controlsShown
        sourceComponent: MiniControls { player: root.player }
    }
    Waiting {
        objectName: "waiting"

        anchors.horizontalCenter: parent.horizontalCenter
        // In the middle; in a low window above the controls.
        y: Math.round(Math.max(64, Math.min(parent.height / 2 - 44, parent.height - 124 - implicitHeight)))
        scale: root.player.mini ? 0.6 : 1
        transformOrigin: Item.Top
        player: root.player
    }
    NoticeToast {
        anchors.horizontalCenter: parent.horizontalCenter
        y: root.player.mini ? 44 : 88
        scale: root.player.mini ? 0.8 : 1
        transformOrigin: Item.Top
        player: root.player
    }
    FitCard {
        anchors.right: parent.right
        anchors.rightMargin: root.player.mini ? 12 : Look.sideMargin
        y: root.player.mini ? 44 : 88
        scale: root.player.mini ? 0.6 : 1
        transformOrigin: Item.TopRight
        player: root.player
    }
    Column {
        anchors { right: parent.right; bottom: parent.bottom }
        anchors.rightMargin: root.player.mini ? 12 : Look.sideMargin
        anchors.bottomMargin: root.player.mini ? 16 : Look.barHeight - 16
        scale: root.player.mini ? 0.6 : 1
        transformOrigin: Item.BottomRight
        spacing: 12

        SkipPill {
            anchors.right: parent.right
            player: root.player
        }
        NextUpCard {
            anchors.right: parent.right
            player: root.player
        }
    }
    PanelHost {
        id: _panels

        anchors.fill: parent
        player: root.player
    }
}
