pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// One title: its header, and beneath it either its episodes or its sources.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property TitleViewModel title: app.title
    readonly property bool shown: app.page === "title"
    readonly property bool _sources: title.view === "sources"
    readonly property int _left: Theme.railWidth + Theme.pageMargin - 16
    readonly property bool _noting: title.state !== "ready"
        || (_sources && (title.sourcesState !== "ready" || _list.count === 0))

    function _scrollTo(y: real) {
        const last = Math.max(_list.originY, _list.originY + _list.contentHeight
                              + _list.bottomMargin - _list.height);
        _scroll.to = Math.max(_list.originY, Math.min(last, y));
        _scroll.restart();
    }

    function _focusHeader() {
        _list.headerItem.forceActiveFocus();
        _scrollTo(_list.originY);
    }

    // The header grows while something plays: it is not left cut when its button has the focus.
    function _settle() {
        const header = _list.headerItem;
        if (header && header.focus && _list.contentY - _list.originY < header.height / 2)
            _list.contentY = _list.originY;
    }

    function _focusItem(index: int) {
        if (_list.count === 0 && _list.footerItem && _noting) {
            _list.footerItem.forceActiveFocus();
            _scrollTo(_list.footerItem.y);
        } else if (index >= 0 && index < _list.count) {
            _list.currentIndex = index;
            _list.currentItem.forceActiveFocus();
        }
    }

    function _reveal(item: Item) {
        const air = Theme.space6 * 2;
        if (item.y - air < _list.contentY)
            _scrollTo(item.y - air);
        else if (item.y + item.height + air > _list.contentY + _list.height)
            _scrollTo(item.y + item.height + air - _list.height);
    }

    // Not two bindings: for a moment one list's items would meet the other's delegate.
    function _fill() {
        _list.model = null;
        _list.delegate = root._sources ? _source : _episode;
        _list.model = root._sources ? root.title.sources : root.title.episodes;
        _list.currentIndex = -1;
        if (_list.headerItem)
            _list.headerItem.focus = true;
    }

    focus: true
    on_SourcesChanged: _fill()
    Component.onCompleted: _fill()
    opacity: shown ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.Pane
    Accessible.name: title.title
    Keys.onEscapePressed: event => {
        event.accepted = root._sources && root.title.hasEpisodes;
        if (event.accepted) {
            root._focusHeader();
            root.title.showEpisodes();
        }
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

    ListView {
        id: _list

        // Rows reach a little over the margin, so that their words stand under the title.
        anchors { fill: parent; leftMargin: root._left; rightMargin: Theme.pageMargin - 16 }
        focus: true
        keyNavigationEnabled: false
        highlightFollowsCurrentItem: false
        currentIndex: -1
        onVisibleChanged: if (visible) Qt.callLater(root._settle)
        onOriginYChanged: if (!visible) Qt.callLater(root._settle)
        cacheBuffer: 300
        spacing: 4
        bottomMargin: Theme.space6
        boundsBehavior: Flickable.StopAtBounds
        Keys.onDownPressed: root._focusItem(
            !headerItem.activeFocus ? currentIndex + 1
            : currentIndex >= 0 ? currentIndex : root._sources ? 0 : root.title.currentIndex)
        Keys.onUpPressed: {
            if (headerItem.activeFocus)
                return;
            if (currentIndex > 0 && !footerItem.activeFocus)
                root._focusItem(currentIndex - 1);
            else
                root._focusHeader();
        }
        header: FocusScope {
            focus: true
            width: _list.width
            height: _header.implicitHeight

            TitleHeader {
                id: _header

                x: -root._left
                width: root.width
                height: implicitHeight
                focus: true
                title: root.title
                onBackAsked: root.app.back()
            }
        }
        footer: FocusScope {
            width: _list.width
            height: root._noting ? 300 : _problems.height
            enabled: root._noting

            SourceProblems {
                id: _problems

                anchors { left: parent.left; leftMargin: 16; bottom: parent.bottom }
                anchors { right: parent.right; rightMargin: 16 }
                problems: root._sources ? root.title.sourcesProblems : []
            }
            ListNote {
                anchors { left: parent.left; leftMargin: 16; right: parent.right; rightMargin: 16 }
                focus: true
                visible: root._noting
                loading: root.title.state === "loading"
                    || (root.title.state === "ready" && root.title.sourcesState === "loading")
                note: root.title.state === "failed" ? root.title.problem : root.title.sourcesNote
                onRetried: root.title.state === "failed" ? root.title.retry() : root.title.retrySources()
            }
        }
    }
    Component {
        id: _episode

        EpisodeRow {
            required property string id

            contentId: root.title.contentId
            episodeId: id
            spaceActivates: false
            width: _list.width
            height: implicitHeight
            onClicked: root.title.playEpisode(id)
            onArtWanted: url => root.title.wantArt(url)
            onActiveFocusChanged: if (activeFocus) {
                _list.currentIndex = index;
                root._reveal(this);
            }
        }
    }
    Component {
        id: _source

        SourceRow {
            required property string url

            width: _list.width
            height: implicitHeight
            onClicked: root.title.playSource(url)
            onPointedChanged: root.title.sources.point(url, pointed)
            onActiveFocusChanged: if (activeFocus) {
                _list.currentIndex = index;
                root._reveal(this);
            }
        }
    }
    NumberAnimation {
        id: _scroll
        target: _list
        property: "contentY"
        duration: Theme.durationPage
        easing.type: Easing.OutCubic
    }
}
