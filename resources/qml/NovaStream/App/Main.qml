pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

Window {
    id: root

    required property AppViewModel app

    function toggleFullScreen() {
        if (root.visibility === Window.FullScreen)
            root.showNormal();
        else
            root.showFullScreen();
    }

    function goBack() {
        if (root.app.page === "home" && root.visibility === Window.FullScreen)
            root.showNormal();
        else
            root.app.back();
    }

    // What a key does wherever the focus is; false for a key that means nothing here.
    function takeKey(key: int, modifiers: int): bool {
        const control = modifiers === Qt.ControlModifier, alt = modifiers === Qt.AltModifier;
        if (control && key === Qt.Key_Q)
            root.app.quit();
        else if (root.app.playerActive)
            return false;
        else if (key === Qt.Key_F5)
            root.app.refresh();
        else if (key === Qt.Key_F11)
            root.toggleFullScreen();
        else if (control && key === Qt.Key_Comma)
            root.app.openSettings();
        else if (key === Qt.Key_Back || (alt && key === Qt.Key_Left))
            root.goBack();
        else
            return false;
        return true;
    }

    width: 1280
    height: 720
    minimumWidth: 800
    minimumHeight: 520
    visible: true
    title: "NovaStream"
    // Below the player page there is nothing but this: the video is drawn over it.
    color: app.playerActive ? "black" : Theme.background

    Binding {
        target: Theme
        property: "dark"
        value: root.app.dark
    }
    Binding {
        target: Theme
        property: "reducedMotion"
        value: root.app.reducedMotion
    }
    // A shortcut, since rows would take this key for themselves.
    Shortcut {
        enabled: !root.app.playerActive
        sequences: ["Alt+Left"]
        onActivated: root.goBack()
    }
    // Keys that nothing below has taken. Not `Shortcut`: that wants the window to be the active
    // one, which it never is on a screen without a window manager.
    FocusScope {
        id: _scene

        anchors.fill: parent
        focus: true
        Keys.onPressed: event => {
            event.accepted = root.takeKey(event.key, event.modifiers);
        }

        Pages {
            anchors.fill: parent
            app: root.app
            visible: !root.app.playerActive
            focus: visible
            onVisibleChanged: if (visible) forceActiveFocus()
            onBackAsked: root.goBack()
            onFullScreenAsked: root.toggleFullScreen()
        }
        Loader {
            id: _player

            anchors.fill: parent
            active: root.app.playerActive
            focus: active
            onActiveChanged: if (active) setSource("PlayerLayer.qml", { "player": root.app.player })
        }
    }
}
