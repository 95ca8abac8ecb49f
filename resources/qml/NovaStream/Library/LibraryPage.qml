pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// What a person keeps: watching, planned and finished titles, and the history.
Page {
    id: root

    required property AppViewModel app
    readonly property LibraryViewModel library: app.library
    readonly property int _left: Theme.railWidth + Theme.pageMargin
    readonly property bool _ready: library.state === "ready"
    readonly property Item _list: library.historic ? _history : _shelf
    readonly property bool _filled: library.filled // a list counts only once it is laid out

    function _enter() {
        if (!root._filled)
            return;
        _shelf.forceLayout();
        _history.forceLayout();
        root._list.forceActiveFocus();
    }

    shown: app.page === "library"
    name: qsTr("Library")
    focus: true
    // The last entry takes the focus with it.
    on_FilledChanged: if (!_filled) _shelves.focus = true

    Label {
        id: _heading

        x: root._left
        y: Theme.space6
        text: qsTr("Library")
        font.pixelSize: Theme.fontHeadline
        font.weight: Font.Bold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
    }
    Segmented {
        id: _shelves

        x: root._left
        y: _heading.y + _heading.height + Theme.space3
        focus: true
        visible: root._ready
        name: qsTr("Shelf")
        options: root.library.shelves
        currentIndex: root.library.shelf
        onChosen: index => root.library.choose(index)
        Keys.onDownPressed: root._enter()
    }
    Item {
        anchors { fill: parent; topMargin: _shelves.y + _shelves.height + Theme.space2 }

        Shelf {
            id: _shelf

            anchors { fill: parent; leftMargin: root._left; rightMargin: Theme.pageMargin }
            visible: root._ready && !root.library.historic
            enabled: visible
            clip: contentY > -topMargin
            library: root.library
            onOpened: contentId => root.app.openTitle(contentId)
        }
        ListView {
            id: _history

            anchors { fill: parent; leftMargin: root._left - 16; rightMargin: Theme.pageMargin - 16 }
            topMargin: Theme.space2
            bottomMargin: Theme.space6
            visible: root._ready && root.library.historic
            enabled: visible
            clip: true
            activeFocusOnTab: count > 0
            spacing: 4
            model: root.library.history
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: Theme.durationPage
            Accessible.role: Accessible.List
            Accessible.name: qsTr("History")
            delegate: HistoryRow {
                required contentId
                required episodeId

                width: _history.width
                height: implicitHeight
                focus: true
                onClicked: root.app.openTitle(contentId)
                onActiveFocusChanged: if (activeFocus) _history.currentIndex = index
                onArtWanted: url => root.library.wantArt(url)
                onForgotten: root.library.forget(contentId, episodeId)
            }
        }
        Loader {
            x: root._left
            y: Theme.space3
            active: root.library.state === "loading"
            sourceComponent: Row {
                spacing: Theme.space3

                Repeater {
                    model: 6

                    Skeleton {
                        width: 148
                        height: 222
                    }
                }
            }
        }
        Nothing {
            anchors { fill: parent; leftMargin: Theme.railWidth; bottomMargin: Math.min(96, parent.height * 0.2) }
            visible: root.library.state === "failed" || (root._ready && !root._filled)
            warns: root.library.state === "failed"
            icon: warns ? "circle-alert" : root.library.historic ? "history" : "bookmark"
            title: warns ? qsTr("The library cannot be read") : qsTr("Nothing here yet")
            sentence: root.library.sentence
            action: warns ? qsTr("Try again") : ""
            onActed: root.library.open()
        }
    }
    Keys.onUpPressed: event => {
        event.accepted = !_shelves.activeFocus && root._ready;
        if (event.accepted)
            _shelves.forceActiveFocus();
    }
}
