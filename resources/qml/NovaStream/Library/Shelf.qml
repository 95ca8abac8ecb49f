pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Browse

// The titles of one shelf as posters.
GridView {
    id: root

    required property LibraryViewModel library

    signal opened(contentId: string)

    readonly property int _columns: Math.max(1, Math.floor((width + 12) / 160))

    cellWidth: _columns < 2 ? 160 : 148 + Math.min(24, (width - _columns * 148) / (_columns - 1)) - 0.01
    cellHeight: 222 + 56 + Theme.space2
    topMargin: Theme.space3
    bottomMargin: Theme.space6
    model: library.cards
    boundsBehavior: Flickable.StopAtBounds
    keyNavigationEnabled: false
    activeFocusOnTab: count > 0
    highlightMoveDuration: Theme.durationPage
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Titles")
    Keys.onPressed: event => {
        const step = event.key === Qt.Key_Down ? _columns : event.key === Qt.Key_Up ? -_columns : 0;
        if (step === 0 || event.modifiers !== Qt.NoModifier)
            return;
        const last = Math.floor((count - 1) / _columns) === Math.floor(currentIndex / _columns);
        const next = currentIndex + step;
        event.accepted = next >= 0 && !(step > 0 && last);
        if (event.accepted)
            currentIndex = Math.min(count - 1, next);
    }
    Keys.onLeftPressed: event => {
        event.accepted = event.modifiers === Qt.NoModifier && currentIndex % _columns > 0;
        if (event.accepted)
            currentIndex -= 1;
    }
    Keys.onRightPressed: if (currentIndex + 1 < count) currentIndex += 1
    delegate: FocusScope {
        id: _cell

        required property int index
        required property string title
        required property string detail
        required property string art
        required property string artUrl
        required property real progress
        required property string spoken
        required property string contentId
        required property string episodeId

        width: root.cellWidth
        height: root.cellHeight
        z: _card.activeFocus ? 1 : 0

        TitleCard {
            id: _card

            focus: true
            index: _cell.index
            title: _cell.title
            detail: _cell.detail
            art: _cell.art
            artUrl: _cell.artUrl
            progress: _cell.progress
            spoken: _cell.spoken
            contentId: _cell.contentId
            episodeId: _cell.episodeId
            showDetail: true
            onActiveFocusChanged: if (activeFocus) root.currentIndex = _cell.index
            onClicked: root.opened(contentId)
            onArtWanted: url => root.library.wantArt(url)
        }
    }
}
