pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// All settings on one page, saved as they change. Up and down walk through every control.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property SettingsViewModel settings: app.settings
    readonly property bool shown: app.page === "settings"

    // The next control inside this page, or null at its ends.
    function _neighbour(forward: bool): Item {
        const from = root.Window.activeFocusItem;
        const next = from ? from.nextItemInFocusChain(forward) : null;
        for (let item = next; item; item = item.parent)
            if (item === _column)
                return root._isBehind(from, next) === forward ? next : null;
        return null;
    }

    function _isBehind(from: Item, next: Item): bool {
        const a = from.mapToItem(_column, 0, 0), b = next.mapToItem(_column, 0, 0);
        return b.y > a.y || (b.y === a.y && b.x > a.x);
    }

    function _walk(forward: bool) {
        const next = root._neighbour(forward);
        if (next) {
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
        } else { // a report below the last control
            const last = Math.max(0, _page.contentHeight - _page.height);
            _scroll.to = Math.max(0, Math.min(last, _page.contentY + (forward ? 160 : -160)));
            _scroll.restart();
        }
    }

    // The page itself is nothing to press, and an arrow that is meant to look around must change
    // nothing: one begins at the categories.
    function _enter() {
        if (root.Window.activeFocusItem === root)
            _categories.forceActiveFocus();
    }

    // The first control after the list of categories; the page scrolls back to its top.
    function _enterLines() {
        const first = _page.nextItemInFocusChain(true);
        for (let item = first; item; item = item.parent)
            if (item === _column) {
                first.forceActiveFocus(Qt.TabFocusReason);
                return;
            }
        _categories.forceActiveFocus();
    }

    function _reveal(item: Item) {
        let inside = item;
        while (inside && inside !== _column)
            inside = inside.parent;
        if (!inside)
            return;
        const y = item.mapToItem(_column, 0, 0).y;
        const last = Math.max(0, _page.contentHeight - _page.height);
        const top = y - 140, bottom = y + item.height + 80 - _page.height;
        if (top < _page.contentY)
            _scroll.to = Math.max(0, top);
        else if (bottom > _page.contentY)
            _scroll.to = Math.min(last, bottom);
        else
            return;
        _scroll.restart();
    }

    focus: true
    opacity: shown ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Settings")
    onActiveFocusChanged: if (activeFocus) Qt.callLater(root._enter)
    Component.onCompleted: Qt.callLater(root._enter)
    Keys.onDownPressed: root._walk(true)
    Keys.onUpPressed: root._walk(false)
    Keys.onLeftPressed: event => {
        event.accepted = event.modifiers === Qt.NoModifier && !_categories.activeFocus;
        if (event.accepted)
            _categories.forceActiveFocus();
    }

    transform: Translate {
        y: root.shown ? 0 : Theme.slide

        Behavior on y {
            NumberAnimation { duration: Theme.durationPage; easing.type: Easing.OutCubic }
        }
    }
    Behavior on opacity {
        NumberAnimation { duration: Theme.durationPage; easing.type: Easing.OutCubic }
    }

    Connections {
        target: root.settings
        function onCategoryChanged() {
            _page.contentY = 0;
        }
    }
    Connections {
        target: root.Window.window
        function onActiveFocusItemChanged() {
            if (root.shown && root.Window.activeFocusItem)
                root._reveal(root.Window.activeFocusItem);
        }
    }
    Label {
        id: _heading

        x: Theme.railWidth + Theme.pageMargin
        y: Theme.space6
        text: qsTr("Settings")
        font.pixelSize: Theme.fontHeadline
        font.weight: Font.Bold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
    }
    CategoryList {
        id: _categories

        x: _heading.x - 12 - Theme.space2
        anchors { top: _heading.bottom; topMargin: Theme.space3; bottom: parent.bottom }
        width: 176 + Theme.space3
        settings: root.settings
        onEntered: root._enterLines()
    }
    Flickable {
        id: _page

        anchors { fill: parent; topMargin: _heading.y; leftMargin: _categories.x + _categories.width - Theme.space2 }
        contentHeight: _column.height + Theme.space6 * 2
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: _column

            x: Theme.space5
            width: Math.min(820, _page.width - x - Theme.pageMargin)

            Label {
                width: parent.width
                topPadding: visible ? Theme.space2 : 0
                visible: text !== ""
                text: root.settings.problem
                color: Theme.danger
                wrapMode: Text.Wrap
                Accessible.role: Accessible.AlertMessage
            }
            Repeater {
                model: root.settings.items

                SettingRow {
                    required property string id
                    required property int index

                    width: _column.width
                    height: implicitHeight
                    settings: root.settings
                    id_: id
                }
            }
            Loader {
                id: _doctor

                active: root.settings.examining
                visible: active
                sourceComponent: Doctor {
                    width: _column.width
                    settings: root.settings
                    onExamined: {
                        // What is wrong stands first.
                        _scroll.to = Math.max(0, Math.min(_doctor.y, _page.contentHeight - _page.height));
                        _scroll.restart();
                    }
                }
            }
        }
    }
    NumberAnimation {
        id: _scroll
        target: _page
        property: "contentY"
        duration: Theme.durationPage
        easing.type: Easing.OutCubic
    }
}
