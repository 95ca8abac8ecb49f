pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls
import NovaStream.Browse

// Search as one types: the field, and beneath it recent queries, results, or why there are none.
Page {
    id: root

    required property AppViewModel app
    readonly property SearchViewModel search: app.search
    readonly property int _left: Theme.railWidth + Theme.pageMargin
    readonly property bool _recalls: search.state === "idle" && search.recent.length > 0
    readonly property Item _below: search.state === "ready" ? _results
                                 : _recalls ? _recent
                                 : search.state === "failed" ? _nothing : null

    shown: app.page === "search"
    name: qsTr("Search")
    focus: true
    // What was found without a query, as in a folder, is there to be chosen from.
    function _begin() {
        if (search.state === "ready" && search.query === "")
            Qt.callLater(() => _results.forceActiveFocus());
        else
            _field.begin();
    }

    onShownChanged: if (shown && (search.state !== "ready" || search.query === "")) _begin()
    Component.onCompleted: _begin()

    Connections {
        target: root.app
        function onSearchFocusRequested() {
            _field.begin();
        }
    }
    SearchField {
        id: _field

        x: root._left
        y: Theme.space5
        width: Math.min(720, root.width - x - Theme.pageMargin)
        focus: true
        query: root.search.query
        busy: root.search.busy
        onEdited: text => root.search.setQuery(text)
        onEntered: {
            if (root._below)
                root._below.forceActiveFocus();
            else
                root.search.retry();
        }
        Keys.onDownPressed: if (root._below) root._below.forceActiveFocus()
    }
    Item {
        id: _body

        anchors { fill: parent; topMargin: _field.y + _field.height + Theme.space4 }

        Results {
            id: _results

            anchors { fill: parent; leftMargin: root._left; rightMargin: Theme.pageMargin }
            visible: root.search.state === "ready"
            search: root.search
            onOpened: contentId => {
                root.search.remember();
                root.app.openTitle(contentId);
            }
            onLeftAbove: _field.begin()
            Keys.onEscapePressed: _field.begin()
        }
        RecentSearches {
            id: _recent

            anchors { fill: parent; leftMargin: root._left }
            anchors.rightMargin: Math.max(Theme.pageMargin, root.width - root._left - 720)
            visible: root._recalls
            enabled: visible
            recent: root.search.recent
            onChosen: text => {
                root.search.setQuery(text);
                root.search.retry();
                _field.begin();
            }
            onForgotten: {
                root.search.forget();
                _field.begin();
            }
        }
        Loader {
            x: root._left
            active: root.search.state === "searching"
            sourceComponent: SkeletonRow {
                headed: true
            }
        }
        Nothing {
            id: _nothing

            readonly property bool _failed: root.search.state === "failed"

            anchors { fill: parent; leftMargin: Theme.railWidth; bottomMargin: Math.min(96, parent.height * 0.2) }
            visible: _failed || root.search.state === "none"
                     || (root.search.state === "idle" && !root._recalls)
            warns: _failed
            icon: _failed ? "circle-alert" : root.search.state === "none" ? "search-x" : "search"
            title: _failed ? qsTr("The search did not work")
                 : root.search.state === "none" ? root.search.sentence : qsTr("What would you like to watch?")
            sentence: _failed ? root.search.sentence
                    : root.search.state === "none" ? qsTr("Try fewer words or the original title. A TMDB token in Settings makes more titles known.")
                    : qsTr("Every catalogue and server that is switched on is searched as you type.")
            action: _failed ? qsTr("Try again") : ""
            onActed: root.search.retry()
        }
    }
    Keys.onUpPressed: event => {
        event.accepted = !_field.activeFocus;
        if (event.accepted)
            _field.begin();
    }
}
