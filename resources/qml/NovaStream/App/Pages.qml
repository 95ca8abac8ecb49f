pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Browse

// The rail and the pages beside it. The page on top has the focus; those below keep their place.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property string rowId: _home.rowId
    readonly property var _files: ({
        "title": "../Title/TitlePage.qml",
        "search": "../Search/SearchPage.qml",
        "library": "../Library/LibraryPage.qml",
        "transfers": "../Transfers/TransfersPage.qml",
        "settings": "../Settings/SettingsPage.qml",
        "shortcuts": "../Shortcuts/ShortcutsPage.qml"
    })
    readonly property list<string> _names: Object.keys(_files)

    signal backAsked()

    function focusPage() {
        const place = root._names.indexOf(root.app.page);
        const page = place < 0 ? _home : _others.itemAt(place);
        page.forceActiveFocus();
    }

    Component.onCompleted: focusPage()

    Keys.onLeftPressed: event => {
        event.accepted = event.modifiers === Qt.NoModifier;
        if (event.accepted)
            _rail.enter();
    }
    Keys.onEscapePressed: _rail.activeFocus ? root.focusPage() : root.backAsked()

    Connections {
        target: root.app
        function onPageChanged() {
            root.focusPage();
        }
    }
    HomePage {
        id: _home

        anchors.fill: parent
        app: root.app
        shown: root.app.page === "home"
        focus: true
    }
    Repeater {
        id: _others

        model: root._names

        Loader {
            required property string modelData

            anchors.fill: parent
            active: root.app.openPages.includes(modelData)
            onActiveChanged: if (active) setSource(root._files[modelData], { "app": root.app })
            onLoaded: if (root.app.page === modelData) root.focusPage()
        }
    }
    Rail {
        id: _rail

        anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
        app: root.app
        onLeaving: root.focusPage()
    }
    Banner {
        anchors { top: parent.top; topMargin: Theme.space3; horizontalCenter: parent.horizontalCenter }
        text: root.app.messages.banner
        onDismissed: {
            root.app.messages.dismissBanner();
            root.focusPage();
        }
    }
    Notice {
        anchors { bottom: parent.bottom; bottomMargin: Theme.space4 }
        anchors.horizontalCenter: parent.horizontalCenter
        messages: root.app.messages
        onLeaving: root.focusPage()
    }
}
