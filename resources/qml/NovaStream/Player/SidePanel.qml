pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// A panel at the right edge. Arrows move, Enter chooses, Esc closes (the page's keys see to that).
FocusScope {
    id: root

    required property PlayerViewModel player
    required property string panel
    required property string title
    property string hint: ""
    property string empty: ""
    property string foot: ""
    readonly property PanelRowsModel rows: player.rowsOf(panel)

    signal footPressed()

    Accessible.role: Accessible.Pane
    Accessible.name: title

    Component.onCompleted: {
        _list.currentIndex = root.player.currentRow(root.panel);
        _list.positionViewAtIndex(_list.currentIndex, ListView.Contain);
        forceActiveFocus(Qt.PopupFocusReason);
    }

    Rectangle {
        anchors.fill: parent
        color: Look.panel

        Rectangle {
            width: 1
            height: parent.height
            color: Look.edge
        }
    }
    // Keeps clicks and the wheel from the video below.
    MouseArea {
        anchors.fill: parent
        onWheel: wheel => wheel.accepted = true
    }
    Label {
        id: _title

        anchors { left: parent.left; top: parent.top; leftMargin: 24; topMargin: 24 }
        text: root.title
        color: Look.text
        font.pixelSize: Theme.fontTitle
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    PlayerButton {
        anchors { right: parent.right; verticalCenter: _title.verticalCenter; rightMargin: 16 }
        name: qsTr("Close")
        keys: "Esc"
        icon: "x"
        onClicked: root.player.closePanel()
    }
    Label {
        id: _hint

        anchors { left: _title.left; right: parent.right; top: _title.bottom; rightMargin: 24 }
        anchors.topMargin: visible ? 8 : 0
        visible: text !== ""
        height: visible ? implicitHeight : 0
        text: root.hint
        color: Look.textDim
        font.pixelSize: Theme.fontTiny
        wrapMode: Text.Wrap
    }
    Label {
        anchors { left: _title.left; right: parent.right; top: _hint.bottom; rightMargin: 24; topMargin: 24 }
        visible: _list.count === 0
        text: root.empty
        color: Look.textDim
        wrapMode: Text.Wrap
    }
    ListView {
        id: _list

        anchors { left: parent.left; right: parent.right; top: _hint.bottom; bottom: _foot.top }
        anchors { leftMargin: 12; rightMargin: 12; topMargin: 16; bottomMargin: 12 }
        focus: true
        clip: true
        spacing: 2
        model: root.rows
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: Theme.durationFocus
        activeFocusOnTab: true
        Accessible.role: Accessible.List
        Accessible.name: root.title

        section.property: "section"
        section.delegate: Label {
            required property string section

            width: ListView.view.width
            height: section === "" ? 0 : implicitHeight
            visible: section !== ""
            text: section
            color: Look.textDim
            font.pixelSize: Theme.fontTiny
            font.weight: Font.DemiBold
            leftPadding: 12
            topPadding: 18
            bottomPadding: 6
            Accessible.role: Accessible.Heading
            Accessible.name: section
        }

        KeyNavigation.down: _foot.visible && currentIndex === count - 1 ? _foot : null
        Keys.onReturnPressed: root._choose()
        Keys.onEnterPressed: root._choose()

        delegate: PanelRow {
            width: ListView.view.width
            selected: ListView.isCurrentItem && ListView.view.activeFocus
            onChosen: root.player.choose(key)
            onPointedChanged: root.rows.point(key, pointed)
        }
    }

    WideButton {
        id: _foot

        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        anchors { leftMargin: 24; rightMargin: 24; bottomMargin: visible ? 20 : 0 }
        height: visible ? implicitHeight : 0
        visible: root.foot !== ""
        text: root.foot
        KeyNavigation.up: _list
        onClicked: root.footPressed()
    }

    function _choose() {
        const row = _list.currentItem as PanelRow;
        if (row)
            root.player.choose(row.key);
    }
}
