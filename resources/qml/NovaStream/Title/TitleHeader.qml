pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The top of a title's page: backdrop, facts, what can be done, and the seasons.
FocusScope {
    id: root

    required property TitleViewModel title
    readonly property bool _waiting: title.title === "" && title.state === "loading"

    signal backAsked()

    function _row(): list<Item> {
        return [_play, _sources, _library, _back, ..._skips.items()].filter(item => item.visible);
    }

    function _step(by: int, event: var) {
        const items = root._row();
        const next = items.findIndex(item => item.activeFocus) + by;
        event.accepted = next >= 0 && next < items.length && !_seasons.activeFocus;
        if (event.accepted)
            items[next].forceActiveFocus();
    }

    implicitHeight: 424 + (_seasons.visible || _listTitle.visible ? 64 : 0)
    Keys.onRightPressed: event => _step(1, event)
    Keys.onLeftPressed: event => _step(-1, event)
    Keys.onDownPressed: event => {
        event.accepted = _seasons.visible && !_seasons.activeFocus && !_skips.activeFocus;
        if (event.accepted)
            _seasons.forceActiveFocus();
    }
    Keys.onUpPressed: event => {
        event.accepted = _seasons.activeFocus || _skips.activeFocus;
        if (event.accepted)
            _play.forceActiveFocus();
    }

    TitleBackdrop {
        anchors { right: parent.right; top: parent.top }
        width: parent.width * 0.72
        height: 424
        title: root.title
        waiting: root._waiting
    }
    Column {
        x: Theme.railWidth + Theme.pageMargin
        y: 424 - height
        width: Math.min(560, parent.width * 0.5)
        spacing: Theme.space2
        visible: !root._waiting

        Rectangle {
            visible: root.title.collection !== ""
            width: _collection.implicitWidth + 20
            height: 26
            radius: Theme.radiusSmall
            color: Theme.accentSoft

            Label {
                id: _collection

                anchors.centerIn: parent
                text: root.title.collection
                color: Theme.accentInk
                font.pixelSize: Theme.fontTiny
                font.weight: Font.Bold
            }
        }
        Label {
            width: parent.width
            text: root.title.title
            font.pixelSize: Theme.fontDisplay
            font.weight: Font.Bold
            font.letterSpacing: -0.8
            wrapMode: Text.Wrap
            maximumLineCount: 2
            lineHeight: 1.1
            elide: Text.ElideRight
            Accessible.role: Accessible.Heading
        }
        FactsLine {
            width: parent.width
            facts: root.title.facts
            rating: root.title.rating
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.title.overview
            color: Theme.textDim
            wrapMode: Text.Wrap
            maximumLineCount: root.title.note === "" ? 4 : 3
            elide: Text.ElideRight
        }
        ProgrammeNote {
            width: parent.width
            text: root.title.note
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.title.credit
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
        }
        Item {
            width: 1
            height: Theme.space2
        }
        Row {
            spacing: Theme.space3

            Button {
                id: _play

                focus: true
                kind: root.title.playHopeless ? "secondary" : "primary"
                icon: "play"
                text: root.title.playLabel
                hint: root.title.playHopeless ? qsTr("No source answers") : root.title.title
                contentId: root.title.contentId
                onClicked: root.title.play()
            }
            Button {
                id: _sources

                readonly property bool back: root.title.view === "sources" && root.title.hasEpisodes

                visible: root.title.state === "ready" && root.title.hasEpisodes
                icon: back ? "list" : "layers"
                text: back ? qsTr("Episodes") : qsTr("Sources")
                onClicked: back ? root.title.showEpisodes()
                                : root.title.showSources(root.title.playEpisodeId)
            }
            Button {
                id: _library

                kind: "quiet"
                icon: root.title.saved ? "bookmark-check" : "bookmark"
                text: root.title.saved ? qsTr("In your library") : qsTr("Library")
                hint: root.title.saved ? qsTr("Takes it out") : qsTr("Adds it")
                contentId: root.title.contentId
                onClicked: root.title.toggleLibrary()
            }
            Button {
                id: _back

                kind: "quiet"
                icon: "chevron-left"
                text: qsTr("Back")
                onClicked: root.backAsked()
            }
        }
        ProgressBar {
            width: _play.width
            value: root.title.playProgress
            visible: value > 0
            track: Theme.surfaceHover
        }
    }
    WaitingHeader {
        x: Theme.railWidth + Theme.pageMargin
        y: 160
        visible: root._waiting
    }
    Segmented {
        id: _seasons

        x: Theme.railWidth + Theme.pageMargin
        y: 424 + Theme.space3
        visible: root.title.view === "episodes" && root.title.seasons.length > 1
        name: qsTr("Season")
        options: root.title.seasons
        currentIndex: root.title.seasonIndex
        onChosen: index => root.title.chooseSeason(index)
    }
    SkipsLine {
        id: _skips

        anchors { right: parent.right; rightMargin: Theme.pageMargin }
        y: 424 + Theme.space3
        visible: root.title.view === "episodes" && root.title.hasEpisodes && fits
        skips: root.title.skips
        room: root.width - Theme.pageMargin - Theme.space3
            - (_seasons.visible ? _seasons.x + _seasons.width : _listTitle.x + _listTitle.width)
    }
    Label {
        id: _listTitle

        x: Theme.railWidth + Theme.pageMargin
        y: 424 + Theme.space4
        visible: root.title.state === "ready" && !_seasons.visible
        text: root.title.view === "sources" ? root.title.sourcesTitle
                                            : root.title.seasons.join("") || qsTr("Episodes")
        font.pixelSize: Theme.fontLead
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Label {
        anchors { left: _listTitle.right; leftMargin: Theme.space3; baseline: _listTitle.baseline }
        visible: text !== "" && _listTitle.visible && root.title.view === "sources"
        text: root.title.sourcesAsking
        color: Theme.textDim
        font.pixelSize: Theme.fontTiny
    }
}
