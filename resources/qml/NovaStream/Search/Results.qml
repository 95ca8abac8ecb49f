pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// What was found: posters in lines, grouped by the kind of title.
FocusScope {
    id: root

    required property SearchViewModel search
    readonly property int _columns: Math.max(1, Math.floor((width + 12) / 160))
    // The lines end where the page does, with a gap of 12 to 24.
    readonly property real _cellWidth: _columns < 2 ? 160
        : 148 + Math.min(24, (width - _columns * 148) / (_columns - 1))

    signal opened(contentId: string)
    signal leftAbove()

    function _enter(group: int, column: int, last: bool): bool {
        const item = _groups.itemAt(group) as ResultGroup;
        if (!item)
            return false;
        item.enter(column, last);
        return true;
    }

    function _left(group: int, down: bool, column: int) {
        if (!root._enter(group + (down ? 1 : -1), column, !down) && !down)
            root.leftAbove();
    }

    function _reveal(top: real, bottom: real) {
        const end = Math.max(0, _page.contentHeight - _page.height);
        const shown = _scroll.running ? _scroll.to : _page.contentY;
        const wanted = top - Theme.space3 < shown ? top - Theme.space3
                     : bottom + Theme.space3 > shown + _page.height ? bottom + Theme.space3 - _page.height : shown;
        _scroll.to = Math.max(0, Math.min(end, wanted));
        if (_scroll.to !== _page.contentY)
            _scroll.restart();
    }

    Flickable {
        id: _page

        anchors { fill: parent; leftMargin: -Theme.space3; rightMargin: -Theme.space3 }
        contentHeight: _lines.height + Theme.space6
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: _lines

            x: Theme.space3
            width: root.width
            spacing: Theme.space2

            Repeater {
                id: _groups

                model: root.search.rows

                ResultGroup {
                    id: _group

                    required property int index

                    width: root.width
                    focus: index === 0
                    columns: root._columns
                    cellWidth: root._cellWidth
                    onOpened: contentId => root.opened(contentId)
                    onArtWanted: url => root.search.wantArt(url)
                    onReached: (top, bottom) => root._reveal(_group.y + top, _group.y + bottom)
                    onLeaving: (down, column) => root._left(index, down, column)
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
