pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// The way between rooms: icons, and their names while it has the focus or the pointer.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property bool open: activeFocus || _hover.hovered
    readonly property var _rooms: [
        { "room": "home", "icon": "house", "text": qsTr("Home") },
        { "room": "search", "icon": "search", "text": qsTr("Search") },
        { "room": "library", "icon": "library", "text": qsTr("Library") },
        { "room": "transfers", "icon": "download", "text": qsTr("Transfers") },
        { "room": "settings", "icon": "settings", "text": qsTr("Settings") },
        { "room": "shortcuts", "icon": "keyboard", "text": qsTr("Shortcuts") }
    ]

    signal leaving()

    // The focus begins at the room that one is in.
    function enter() {
        const here = root._rooms.findIndex(room => room.room === root.app.room);
        _items.itemAt(Math.max(0, here)).forceActiveFocus();
    }

    function _step(from: int, by: int) {
        const item = _items.itemAt(from + by);
        if (item)
            item.forceActiveFocus();
    }

    width: open ? 208 : Theme.railWidth
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Rooms")
    Keys.onRightPressed: root.leaving()

    Behavior on width {
        NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
    }

    HoverHandler {
        id: _hover
    }
    // Cards that scroll sideways pass out of sight before they reach the icons.
    Rectangle {
        anchors { top: parent.top; bottom: parent.bottom; left: parent.left }
        width: Theme.railWidth + Theme.space3
        gradient: Gradient {
            orientation: Gradient.Horizontal
            GradientStop { position: 0; color: Theme.background }
            GradientStop { position: 0.7; color: Theme.background }
            GradientStop { position: 1; color: Qt.alpha(Theme.background, 0) }
        }
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.surface
        opacity: root.open ? 1 : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.durationFocus }
        }
        Rectangle {
            anchors { top: parent.top; bottom: parent.bottom; left: parent.right }
            width: 32
            opacity: 0.6
            gradient: Gradient {
                orientation: Gradient.Horizontal
                GradientStop { position: 0; color: Theme.shadow }
                GradientStop { position: 1; color: "transparent" }
            }
        }
    }
    Image {
        x: (Theme.railWidth - width) / 2
        y: Theme.space4
        width: 32
        height: 32
        sourceSize: Qt.size(64, 64)
        source: "../../../icons/app/novastream-64.png"
        Accessible.ignored: true
    }
    Repeater {
        id: _items

        model: root._rooms

        RailItem {
            id: _item

            required property int index
            required property var modelData
            // Four rooms to be in, at the middle; two to look things up, at the bottom.
            readonly property int _main: 4
            readonly property real _top: Math.max(64, Math.min((root.height - _main * 56) / 2,
                                                                root.height - Theme.space4 - 6 * 56))

            y: index < _main ? _top + index * 56 + 4
                             : root.height - Theme.space4 - (6 - index) * 56 + 8
            width: root.width
            focus: index === 0
            icon: modelData.icon
            text: modelData.text
            open: root.open
            current: root.app.room === modelData.room
            Keys.onDownPressed: root._step(index, 1)
            Keys.onUpPressed: root._step(index, -1)
            onClicked: {
                root.app.openRoom(modelData.room);
                root.leaving();
            }
        }
    }
}
