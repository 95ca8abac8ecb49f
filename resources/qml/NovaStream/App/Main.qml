pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

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

    // The title that the focus is on, or one of its episodes.
    function subject(): Pressable {
        for (let item = root.activeFocusItem; item; item = item.parent) {
            const found = item as Pressable;
            if (found && found.contentId !== "")
                return found;
        }
        return null;
    }

    function actOn(action: string) {
        const found = root.subject();
        if (!found)
            return;
        const at = found.mapToItem(_pages, found.width / 2, Math.min(found.height / 2, 96));
        _overlay.at = Qt.point(at.x, at.y);
        root.app.actOn(action, found.contentId, found.episodeId);
    }

    // What a key does wherever the focus is; false for a key that means nothing here.
    function takeKey(event: var): bool {
        const typing = (root.activeFocusItem as TextInput) !== null;
        const action = root.app.keyAction(event.key, event.modifiers, event.text,
                                          event.nativeScanCode, event.isAutoRepeat, typing);
        if (action === "" || (root.app.playerActive && action !== "quit"))
            return false;
        if (root.app.overlay !== "" && action !== "quit") {
            if (action === "library" || action === "watched")
                root.app.browse.choose(action);
            else if (action === "back" || action === root.app.overlay)
                root.app.browse.close();
            return true;
        }
        if (action.startsWith("room:")) {
            root.app.openRoom(action.slice(5));
            return true;
        }
        switch (action) {
        case "quit": root.app.quit(); break;
        case "back": root.goBack(); break;
        case "undo": root.app.messages.undo(); break;
        case "refresh": root.app.refresh(root.app.page === "home" ? _pages.rowId : ""); break;
        case "fullscreen": root.toggleFullScreen(); break;
        default: root.actOn(action);
        }
        return true;
    }

    // Python gives it its place. Pages are laid out for 720x440 at least and shrink below that.
    readonly property real _fit: Math.min(1, width / 720, height / 440)

    width: 1280
    height: 720
    minimumWidth: 480
    minimumHeight: 320
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
    Connections {
        target: MenuCalls
        function onMenuAsked() {
            root.actOn("menu");
        }
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
            event.accepted = root.takeKey(event);
        }

        Pages {
            id: _pages

            width: parent.width / root._fit
            height: parent.height / root._fit
            scale: root._fit
            transformOrigin: Item.TopLeft
            app: root.app
            visible: !root.app.playerActive
            focus: visible
            onVisibleChanged: if (visible) forceActiveFocus()
            onBackAsked: root.goBack()
        }
        Overlay {
            id: _overlay

            width: _pages.width
            height: _pages.height
            scale: root._fit
            transformOrigin: Item.TopLeft
            app: root.app
            visible: !root.app.playerActive
            onClosed: _pages.focusPage()
        }
        Loader {
            id: _player

            anchors.fill: parent
            active: root.app.playerActive
            focus: active
            onActiveChanged: if (active) setSource("PlayerLayer.qml", { "player": root.app.player })
        }
    }
    DropArea {
        anchors.fill: parent
        onDropped: drop => {
            const targets = drop.hasUrls ? drop.urls.map(url => url.toString()) : [drop.text];
            drop.accept(Qt.CopyAction);
            root.app.dropTargets(targets);
        }
    }
}
