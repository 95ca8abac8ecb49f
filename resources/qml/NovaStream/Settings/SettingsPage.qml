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
            if (item === root)
                return root._isBehind(from, next) === forward ? next : null;
        return null;
    }

    function _isBehind(from: Item, next: Item): bool {
        const a = from.mapToItem(_column, 0, 0), b = next.mapToItem(_column, 0, 0);
        return b.y > a.y || (b.y === a.y && b.x > a.x);
    }

    function _walk(forward: bool) {
        const next = root._neighbour(forward);
        if (next)
            next.forceActiveFocus(forward ? Qt.TabFocusReason : Qt.BacktabFocusReason);
    }

    // The page itself is nothing to press: its first control takes the focus, once it is there.
    function _enter() {
        if (root.Window.activeFocusItem === root)
            root.nextItemInFocusChain(true).forceActiveFocus();
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
        target: root.Window.window
        function onActiveFocusItemChanged() {
            if (root.shown && root.Window.activeFocusItem)
                root._reveal(root.Window.activeFocusItem);
        }
    }
    Flickable {
        id: _page

        anchors.fill: parent
        contentHeight: _column.height + Theme.space6
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: _column

            x: Theme.railWidth + Theme.pageMargin
            width: Math.min(860, _page.width - x - Theme.pageMargin)

            Item {
                width: 1
                height: Theme.space6
            }
            Label {
                text: qsTr("Settings")
                font.pixelSize: Theme.fontHeadline
                font.weight: Font.Bold
                font.letterSpacing: -0.4
                Accessible.role: Accessible.Heading
            }
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
            Doctor {
                width: _column.width
                settings: root.settings
                onExamined: {
                    _scroll.to = Math.max(0, _page.contentHeight - _page.height);
                    _scroll.restart();
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
