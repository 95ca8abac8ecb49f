import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The best title to go on with: its picture to the window's edge, its words on a scrim.
FocusScope {
    id: root

    required property HomeViewModel home
    // Of the page: the first row's cards are to be seen below the hero by half at least.
    required property real available

    signal played(contentId: string, episodeId: string)
    signal opened(contentId: string)

    implicitHeight: Math.min(Theme.heroHeight, Math.max(256, available - 180))
    Accessible.role: Accessible.Grouping
    Accessible.name: home.heroTitle
    Keys.onRightPressed: event => {
        event.accepted = _play.activeFocus;
        if (_play.activeFocus)
            _details.forceActiveFocus();
    }
    Keys.onLeftPressed: event => {
        event.accepted = _details.activeFocus;
        if (_details.activeFocus)
            _play.forceActiveFocus();
    }

    Item {
        id: _stage

        anchors { fill: parent; leftMargin: parent.width * 0.22 }

        Art {
            anchors.fill: parent
            radius: 0
            showTitle: false
            source: root.home.heroArt
            title: root.home.heroTitle
            readonly property string wanted: root.home.heroArt === "" ? root.home.heroArtUrl : ""
            onWantedChanged: root.home.wantArt(wanted)
            Component.onCompleted: root.home.wantArt(wanted)
        }
        Rectangle {
            anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
            width: parent.width * 0.6
            gradient: Gradient {
                orientation: Gradient.Horizontal
                GradientStop { position: 0; color: Theme.background }
                GradientStop { position: 0.3; color: Qt.alpha(Theme.background, 0.95) }
                GradientStop { position: 0.6; color: Qt.alpha(Theme.background, 0.8) }
                GradientStop { position: 1; color: Qt.alpha(Theme.background, 0) }
            }
        }
        Rectangle {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            height: parent.height * 0.5
            gradient: Gradient {
                GradientStop { position: 0; color: Qt.alpha(Theme.background, 0) }
                GradientStop { position: 1; color: Theme.background }
            }
        }
    }
    Column {
        anchors { left: parent.left; bottom: parent.bottom }
        anchors { leftMargin: Theme.railWidth + Theme.pageMargin; bottomMargin: Theme.space4 }
        width: Math.min(520, parent.width * 0.46)
        spacing: Theme.space2

        Label {
            width: parent.width
            text: root.home.heroKicker
            color: Theme.accentInk
            font.pixelSize: Theme.fontTiny
            font.weight: Font.DemiBold
            font.features: Theme.tabular
        }
        Label {
            width: parent.width
            text: root.home.heroTitle
            font.pixelSize: Theme.fontDisplay
            font.weight: Font.Bold
            font.letterSpacing: -0.8
            fontSizeMode: Text.HorizontalFit
            minimumPixelSize: Theme.fontTitle
            Accessible.role: Accessible.Heading
        }
        FactsLine {
            width: parent.width
            facts: root.home.heroFacts
            rating: root.home.heroRating
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.home.heroOverview
            color: Theme.textDim
            wrapMode: Text.Wrap
            elide: Text.ElideRight
            maximumLineCount: 2
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
                text: root.home.heroPlay
                contentId: root.home.heroId
                episodeId: root.home.heroEpisodeId
                hint: root.home.heroTitle
                onClicked: root.played(root.home.heroId, root.home.heroEpisodeId)
            }
            Button {
                id: _details

                icon: "info"
                text: qsTr("Details")
                contentId: root.home.heroId
                episodeId: root.home.heroEpisodeId
                hint: root.home.heroTitle
                onClicked: root.opened(root.home.heroId)
            }
        }
    }
}
