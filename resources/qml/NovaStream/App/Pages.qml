pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Browse

// The rail and the pages beside it. The page on top has the focus; those below keep their place.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property Item _top: app.page === "title" ? _title
                               : app.page === "settings" ? _settings : _home

    signal backAsked()
    signal fullScreenAsked()

    function focusPage() {
        _top.forceActiveFocus();
    }

    on_TopChanged: focusPage()
    Component.onCompleted: focusPage()

    Keys.onLeftPressed: event => {
        event.accepted = event.modifiers === Qt.NoModifier;
        if (event.accepted)
            _rail.forceActiveFocus();
    }
    Keys.onEscapePressed: _rail.activeFocus ? root.focusPage() : root.backAsked()
    Keys.onPressed: event => {
        if (event.key === Qt.Key_Backspace) {
            event.accepted = true;
            root.backAsked();
        } else if (event.key === Qt.Key_F && event.modifiers === Qt.NoModifier) {
            event.accepted = true;
            root.fullScreenAsked();
        }
    }

    HomePage {
        id: _home

        anchors.fill: parent
        app: root.app
        shown: root.app.page === "home"
        focus: true
    }
    Loader {
        id: _title

        anchors.fill: parent
        active: root.app.titleOpen
        onActiveChanged: if (active) setSource("../Title/TitlePage.qml", { "app": root.app })
        onLoaded: if (root._top === _title) root.focusPage()
    }
    Loader {
        id: _settings

        anchors.fill: parent
        active: root.app.settingsOpen
        onActiveChanged: if (active) setSource("../Settings/SettingsPage.qml", { "app": root.app })
        onLoaded: if (root._top === _settings) root.focusPage()
    }
    Rail {
        id: _rail

        anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
        app: root.app
        onLeaving: root.focusPage()
    }
    Banner {
        anchors { top: parent.top; topMargin: Theme.space3; horizontalCenter: parent.horizontalCenter }
        text: root.app.banner
        onDismissed: {
            root.app.dismissBanner();
            root.focusPage();
        }
    }
}
