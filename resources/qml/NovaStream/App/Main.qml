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
    Shortcut {
        sequences: ["Ctrl+Q"]
        onActivated: root.app.quit()
    }
    Shortcut {
        enabled: !root.app.playerActive
        sequences: ["F5"]
        onActivated: root.app.refresh()
    }
    Shortcut {
        enabled: !root.app.playerActive
        sequences: ["F11"]
        onActivated: root.toggleFullScreen()
    }
    Shortcut {
        enabled: !root.app.playerActive
        sequences: ["Ctrl+,"]
        onActivated: root.app.openSettings()
    }
    Shortcut {
        enabled: !root.app.playerActive
        sequences: ["Alt+Left", "Back"]
        onActivated: root.goBack()
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
