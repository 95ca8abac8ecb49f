pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// One row: its header, and cards that scroll sideways. Left and right choose, Enter opens.
FocusScope {
    id: root

    required property int index
    required property string rowId
    required property string title
    required property bool wide
    required property string note
    required property string problem
    required property bool waiting
    required property CardsModel cards

    signal opened(contentId: string, episodeId: string)
    signal artWanted(url: string)
    signal retried()
    signal endNeared()

    // Asked of the model as well: the list counts nothing until it is complete.
    readonly property bool _empty: _list.count === 0 && (!cards || cards.rowCount() === 0)

    function _page(forward: bool) {
        const step = (forward ? 1 : -1) * (_list.width - 200);
        const end = _list.originX + _list.contentWidth - _list.width + _list.rightMargin;
        _glide.to = Math.max(_list.originX - _list.leftMargin, Math.min(end, _list.contentX + step));
        _glide.restart();
    }

    implicitHeight: 32 + 14 + (_empty && !waiting ? 88 : wide ? 209 : 278)
    Accessible.role: Accessible.List
    Accessible.name: title
    Keys.onUpPressed: event => {
        event.accepted = _header.retryable && !_header.activeFocus;
        if (event.accepted)
            _header.forceActiveFocus();
    }
    Keys.onDownPressed: event => {
        event.accepted = _header.activeFocus && !root._empty;
        if (event.accepted)
            _list.forceActiveFocus();
    }

    HoverHandler {
        id: _hover
    }
    RowHeader {
        id: _header

        anchors { left: parent.left; right: parent.right }
        anchors { leftMargin: Theme.railWidth + Theme.pageMargin; rightMargin: Theme.pageMargin }
        title: root.title
        note: root.note
        problem: root._empty ? "" : root.problem
        onRetried: root.retried()
    }
    ListView {
        id: _list

        anchors { top: _header.bottom; topMargin: 14; left: parent.left; right: parent.right }
        height: root.wide ? 209 : 278
        focus: !root._empty
        activeFocusOnTab: !root._empty
        model: root.cards
        orientation: ListView.Horizontal
        spacing: Theme.space3
        leftMargin: Theme.railWidth + Theme.pageMargin
        rightMargin: Theme.pageMargin
        boundsBehavior: Flickable.StopAtBounds
        reuseItems: true
        cacheBuffer: 320
        highlightMoveDuration: Theme.durationPage
        highlightRangeMode: ListView.ApplyRange
        preferredHighlightBegin: leftMargin
        preferredHighlightEnd: width - Theme.pageMargin - (root.wide ? 272 : 148)
        visible: !root._empty
        onCurrentIndexChanged: if (activeFocus && currentIndex >= count - 10)
            root.endNeared()
        onAtXEndChanged: if (atXEnd && contentX > originX)
            root.endNeared()
        delegate: TitleCard {
            id: _card

            focus: true
            wide: root.wide
            onClicked: {
                ListView.view.currentIndex = index;
                root.opened(contentId, episodeId);
            }
            onArtWanted: url => root.artWanted(url)
        }
    }
    NumberAnimation {
        id: _glide
        target: _list
        property: "contentX"
        duration: Theme.durationPage
        easing.type: Easing.OutCubic
    }
    Loader {
        anchors { top: _header.bottom; topMargin: 14 }
        x: Theme.railWidth + Theme.pageMargin
        active: root._empty
        sourceComponent: root.waiting ? _skeleton : _problem
        focus: root._empty
        width: root.width - x - Theme.pageMargin
    }
    Component {
        id: _skeleton

        SkeletonRow {
            wide: root.wide
        }
    }
    Component {
        id: _problem

        RowProblem {
            focus: true
            problem: root.problem
            row: root.title
            onRetried: root.retried()
        }
    }
    RowEdge {
        anchors { left: parent.left; leftMargin: Theme.railWidth; top: _list.top }
        height: root.wide ? 153 : 222
        forward: false
        shown: _hover.hovered && !_list.atXBeginning && !root._empty
        onClicked: root._page(false)
    }
    RowEdge {
        anchors { right: parent.right; top: _list.top }
        height: root.wide ? 153 : 222
        forward: true
        shown: _hover.hovered && !_list.atXEnd && !root._empty
        onClicked: root._page(true)
    }
}
