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
        return [_play, _sources, _library, _back].filter(item => item.visible);
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
        event.accepted = _seasons.visible && !_seasons.activeFocus;
        if (event.accepted)
            _seasons.forceActiveFocus();
    }
    Keys.onUpPressed: event => {
        event.accepted = _seasons.activeFocus;
        if (event.accepted)
            _play.forceActiveFocus();
    }

    Item {
        anchors { right: parent.right; top: parent.top }
        width: parent.width * 0.72
        height: 424

        Art {
            readonly property string wanted: root.title.backdrop === "" ? root.title.backdropUrl : ""

            anchors.fill: parent
            radius: 0
            showTitle: false
            visible: !root._waiting
            source: root.title.backdrop
            title: root.title.title
            onWantedChanged: root.title.wantArt(wanted)
            Component.onCompleted: root.title.wantArt(wanted)
        }
        Rectangle {
            anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
            width: parent.width * 0.7
            gradient: Gradient {
                orientation: Gradient.Horizontal
                GradientStop { position: 0; color: Theme.background }
                GradientStop { position: 0.3; color: Qt.alpha(Theme.background, 0.95) }
                GradientStop { position: 0.58; color: Qt.alpha(Theme.background, 0.8) }
                GradientStop { position: 1; color: Qt.alpha(Theme.background, 0) }
            }
        }
        Rectangle {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: parent.height * 0.55
            gradient: Gradient {
                GradientStop { position: 0; color: Qt.alpha(Theme.background, 0) }
                GradientStop { position: 1; color: Theme.background }
            }
        }
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
            maximumLineCount: 4
            elide: Text.ElideRight
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
                kind: "primary"
                icon: "play"
                text: root.title.playLabel
                hint: root.title.title
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
    Column {
        x: Theme.railWidth + Theme.pageMargin
        y: 160
        spacing: Theme.space3
        visible: root._waiting

        Skeleton { width: 420; height: 48 }
        Skeleton { width: 260; height: 16; radius: 8 }
        Skeleton { width: 560; height: 60 }
        Skeleton { width: 180; height: Theme.controlHeight }
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
