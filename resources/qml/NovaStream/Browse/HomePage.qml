pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// The home page: the hero, and rows beneath it. Down and up move between them.
FocusScope {
    id: root

    required property AppViewModel app
    required property bool shown
    readonly property HomeViewModel home: app.home
    // The row that has the focus, or nothing for the hero.
    property string rowId: ""

    function _focusRow(index: int) {
        if (index < 0) {
            _list.currentIndex = -1;
            _list.headerItem.forceActiveFocus();
            _scrollTo(_list.originY);
        } else if (index < _list.count) {
            _list.currentIndex = index;
            _list.currentItem.forceActiveFocus();
            _settle();
        }
    }

    // The first row stays below the hero if it has room there; the others come to the top.
    function _settle() {
        const row = _list.currentItem;
        if (_list.currentIndex === 0 && row && row.y + row.height - 40 <= _list.originY + _list.height)
            _scrollTo(_list.originY);
        else if (row)
            _scrollTo(row.y - Theme.space3);
    }

    // After another page, or when rows came above: no row is left cut in two over the focus.
    function _settleAgain() {
        const row = _list.currentItem;
        if (row && row.activeFocus && row.y < _list.contentY + _list.height
                && row.y + row.height > _list.contentY)
            _settle();
    }

    // Scrolls no further than is needed to show a row with air around it.
    function _reveal(row: Item) {
        if (!row)
            return;
        const top = row.y - Theme.space4;
        const bottom = row.y + row.height + Theme.space6;
        if (top < _list.contentY)
            _scrollTo(top);
        else if (bottom > _list.contentY + _list.height)
            _scrollTo(bottom - _list.height);
    }

    function _scrollTo(y: real) {
        const last = Math.max(_list.originY, _list.originY + _list.contentHeight
                              + _list.bottomMargin - _list.height);
        _scroll.to = Math.max(_list.originY, Math.min(last, y));
        _scroll.restart();
    }

    opacity: shown ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Home")

    Behavior on opacity {
        NumberAnimation { duration: Theme.durationPage; easing.type: Easing.OutCubic }
    }

    ListView {
        id: _list

        anchors.fill: parent
        visible: root.home.state === "ready"
        focus: visible
        model: root.home.rows
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        currentIndex: -1
        onCountChanged: Qt.callLater(root._settleAgain)
        onVisibleChanged: if (visible) Qt.callLater(root._settleAgain)
        cacheBuffer: 300
        spacing: Theme.space2
        bottomMargin: Theme.space6
        boundsBehavior: Flickable.StopAtBounds
        Keys.onDownPressed: root._focusRow(_list.currentIndex + 1)
        Keys.onUpPressed: if (_list.currentIndex >= 0) root._focusRow(_list.currentIndex - 1)
        header: Hero {
            focus: true
            width: _list.width
            height: implicitHeight + Theme.space3
            home: root.home
            available: _list.height
            onActiveFocusChanged: if (activeFocus) {
                _list.currentIndex = -1;
                root.rowId = "";
            }
            onPlayed: (contentId, episodeId) => root.app.play(contentId, episodeId)
            onOpened: contentId => root.app.openTitle(contentId)
        }
        delegate: HomeRow {
            id: _row

            required property string id

            rowId: id
            width: _list.width
            height: implicitHeight
            onActiveFocusChanged: if (activeFocus) {
                _list.currentIndex = _row.index;
                root.rowId = _row.rowId;
                root._reveal(_row);
            }
            onOpened: (contentId, episodeId) => wide
                ? root.app.play(contentId, episodeId) : root.app.openTitle(contentId)
            onArtWanted: url => root.home.wantArt(url)
            onRetried: root.home.refresh(_row.rowId)
            onEndNeared: root.home.more(_row.rowId)
        }
    }
    NumberAnimation {
        id: _scroll
        target: _list
        property: "contentY"
        duration: Theme.durationPage
        easing.type: Easing.OutCubic
    }
    Loader {
        anchors.fill: parent
        active: root.home.state === "loading"
        sourceComponent: SkeletonHome {}
    }
    Loader {
        anchors { fill: parent; leftMargin: Theme.railWidth }
        active: root.home.state === "empty"
        focus: active
        sourceComponent: EmptyHome {
            focus: true
            onSettingsAsked: root.app.openSettings()
            onRetried: root.home.refresh()
        }
    }
}
