pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Browse

// What was found: a row for each kind of title.
ListView {
    id: root

    required property SearchViewModel search

    signal opened(contentId: string)

    function _go(index: int) {
        currentIndex = index;
        currentItem.forceActiveFocus();
    }

    keyNavigationEnabled: false
    highlightFollowsCurrentItem: true
    highlightMoveDuration: Theme.durationPage
    preferredHighlightBegin: Theme.space3
    preferredHighlightEnd: height - Theme.space3
    highlightRangeMode: ListView.ApplyRange
    model: search.rows
    spacing: Theme.space2
    bottomMargin: Theme.space6
    boundsBehavior: Flickable.StopAtBounds
    clip: true
    Keys.onDownPressed: if (currentIndex + 1 < count) _go(currentIndex + 1)
    Keys.onUpPressed: event => {
        event.accepted = currentIndex > 0;
        if (event.accepted)
            _go(currentIndex - 1);
    }
    delegate: HomeRow {
        id: _row

        required property string id

        rowId: id
        width: root.width
        height: implicitHeight
        focus: true
        onActiveFocusChanged: if (activeFocus) root.currentIndex = _row.index
        onOpened: contentId => root.opened(contentId)
        onArtWanted: url => root.search.wantArt(url)
    }
}
