pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls
import NovaStream.Browse

// The titles of one kind as posters, line beneath line; arrows move as the eye does.
FocusScope {
    id: root

    required property string title
    required property string note
    required property CardsModel cards
    required property int columns
    required property real cellWidth
    readonly property int count: _cells.count
    readonly property int _top: 46
    readonly property int _cellHeight: 222 + 56
    // The place that has the focus, or had it last.
    property int place: 0

    signal opened(contentId: string)
    signal artWanted(url: string)
    // The lines from `top` to `bottom` of this group hold what has the focus now.
    signal reached(top: real, bottom: real)
    signal leaving(down: bool, column: int)

    // Takes the focus in a column of the first line, or of the last one.
    function enter(column: int, last: bool) {
        const line = last ? Math.floor((count - 1) / columns) * columns : 0;
        _go(Math.min(count - 1, line + column));
    }

    function _go(to: int) {
        const cell = _cells.itemAt(to);
        if (cell)
            cell.forceActiveFocus();
    }

    // Gives the focus to a card when the one that had it is gone.
    function _settle() {
        for (let at = 0; activeFocus && at < count; ++at)
            if (_cells.itemAt(at).activeFocus)
                return;
        if (activeFocus)
            _go(Math.min(place, count - 1));
    }

    function _step(down: bool) {
        const line = Math.floor(place / columns);
        const next = down ? place + columns : place - columns;
        if (down ? line === Math.floor((count - 1) / columns) : line === 0)
            root.leaving(down, place % columns);
        else
            _go(Math.min(count - 1, next));
    }

    implicitHeight: _top + Math.ceil(count / columns) * _cellHeight
    activeFocusOnTab: count > 0
    Accessible.role: Accessible.List
    Accessible.name: title
    onActiveFocusChanged: Qt.callLater(_settle)
    Keys.onDownPressed: root._step(true)
    Keys.onUpPressed: root._step(false)
    Keys.onLeftPressed: event => {
        event.accepted = event.modifiers === Qt.NoModifier && place % columns > 0;
        if (event.accepted)
            _go(place - 1);
    }
    Keys.onRightPressed: if (place % columns < columns - 1) _go(place + 1)

    Label {
        id: _title

        height: 32
        text: root.title
        font.pixelSize: Theme.fontLead
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Label {
        anchors { left: _title.right; leftMargin: Theme.space3; baseline: _title.baseline }
        text: root.note
        color: Theme.textDim
        font.pixelSize: Theme.fontTiny
    }
    Repeater {
        id: _cells

        model: root.cards
        onItemRemoved: Qt.callLater(root._settle)

        // Cards come one after the other, in places that are theirs from the start.
        FocusScope {
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

            x: (index % root.columns) * root.cellWidth
            y: root._top + Math.floor(index / root.columns) * root._cellHeight
            z: activeFocus ? 1 : 0
            width: 148
            height: root._cellHeight
            focus: index === root.place
            onIndexChanged: if (activeFocus) root.place = index
            onActiveFocusChanged: if (activeFocus) {
                root.place = index;
                root.reached(index < root.columns ? 0 : y, y + height);
            }

            Loader {
                asynchronous: true
                focus: true
                sourceComponent: TitleCard {
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
                    onClicked: root.opened(contentId)
                    onArtWanted: url => root.artWanted(url)
                }
            }
        }
    }
}
