pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// Every key, in two columns: browsing and the player.
Page {
    id: root

    required property AppViewModel app
    readonly property ShortcutsViewModel shortcuts: app.shortcuts

    function _scrollBy(by: real) {
        const from = _scroll.running ? _scroll.to : _page.contentY;
        _scroll.to = Math.max(0, Math.min(_page.contentHeight - _page.height, from + by));
        _scroll.restart();
    }

    shown: app.page === "shortcuts"
    name: qsTr("Shortcuts")
    focus: true

    NumberAnimation {
        id: _scroll

        target: _page
        property: "contentY"
        duration: Theme.durationPage
        easing.type: Easing.OutCubic
    }
    Flickable {
        id: _page

        anchors.fill: parent
        contentHeight: _columns.y + _columns.height + Theme.space6
        boundsBehavior: Flickable.StopAtBounds
        focus: true
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: root.name
        Keys.onDownPressed: root._scrollBy(_page.height * 0.4)
        Keys.onUpPressed: root._scrollBy(-_page.height * 0.4)

        Label {
            id: _heading

            x: Theme.railWidth + Theme.pageMargin
            y: Theme.space6
            text: root.name
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            font.letterSpacing: -0.4
            Accessible.role: Accessible.Heading
        }
        Grid {
            id: _columns

            readonly property real each: columns > 1 ? (width - spacing) / 2 : width

            x: _heading.x
            y: _heading.y + _heading.height + Theme.space4
            width: Math.min(1120, root.width - x - Theme.pageMargin)
            columns: width < 720 ? 1 : 2
            spacing: Theme.space4

            KeyList {
                width: _columns.each
                title: qsTr("Browsing")
                lines: root.shortcuts.browsing
            }
            KeyList {
                width: _columns.each
                title: qsTr("Player")
                lines: root.shortcuts.player
            }
        }
    }
}
