pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Every key of the player, in two columns over the dimmed picture; in one where two have no room.
FocusScope {
    id: root

    required property PlayerViewModel player

    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Keyboard shortcuts")

    Component.onCompleted: forceActiveFocus(Qt.PopupFocusReason)

    Rectangle {
        anchors.fill: parent
        color: "#B308090C"
    }
    MouseArea {
        anchors.fill: parent
        onClicked: root.player.closePanel()
        onWheel: wheel => wheel.accepted = true
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(1060, root.width - 48)
        height: Math.min(_title.height + _grid.contentHeight + 72, root.height - 48)
        radius: Theme.radiusLarge
        color: Look.panel
        border.width: 1
        border.color: Look.edge

        MouseArea {
            anchors.fill: parent
        }
        Label {
            id: _title

            anchors { left: parent.left; top: parent.top; leftMargin: 32; topMargin: 24 }
            text: qsTr("Keyboard shortcuts")
            color: Look.text
            font.pixelSize: Theme.fontTitle
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        PlayerButton {
            anchors { right: parent.right; verticalCenter: _title.verticalCenter; rightMargin: 20 }
            name: qsTr("Close")
            keys: "Esc"
            icon: "x"
            onClicked: root.player.closePanel()
        }
        GridView {
            id: _grid

            anchors { left: parent.left; right: parent.right; top: _title.bottom; bottom: parent.bottom }
            anchors { leftMargin: 32; rightMargin: 16; topMargin: 16; bottomMargin: 20 }
            focus: true
            activeFocusOnTab: true
            clip: true
            cellWidth: width < 720 ? width : width / 2
            cellHeight: 26
            flow: GridView.FlowLeftToRight
            boundsBehavior: Flickable.StopAtBounds
            model: root.player.rowsOf("shortcuts")
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Keyboard shortcuts")

            Keys.onUpPressed: flick(0, 900)
            Keys.onDownPressed: flick(0, -900)

            delegate: Item {
                id: _line

                required property string name
                required property string note

                width: GridView.view.cellWidth
                height: GridView.view.cellHeight
                Accessible.role: Accessible.ListItem
                Accessible.name: name + ", " + note

                Label {
                    id: _keys

                    anchors.verticalCenter: parent.verticalCenter
                    width: 192
                    elide: Text.ElideRight
                    text: _line.name
                    color: Look.accentSoft
                    font.pixelSize: Theme.fontTiny
                    font.weight: Font.DemiBold
                    Accessible.ignored: true
                }
                Label {
                    anchors { left: _keys.right; right: parent.right; leftMargin: 8; rightMargin: 16 }
                    anchors.verticalCenter: parent.verticalCenter
                    text: _line.note
                    color: Look.text
                    font.pixelSize: Theme.fontTiny
                    Accessible.ignored: true
                }
            }
        }
    }
}
