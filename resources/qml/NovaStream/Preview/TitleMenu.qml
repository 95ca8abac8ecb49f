pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// What can be done with a title, beside it. Up and down choose, Enter does it, Esc leaves.
FocusScope {
    id: root

    required property BrowseViewModel browse
    required property point at

    focus: true
    Accessible.role: Accessible.PopupMenu
    Accessible.name: qsTr("Menu")
    Keys.onEscapePressed: root.browse.close()
    Keys.onLeftPressed: root.browse.close()
    Keys.onRightPressed: event => event.accepted = true

    MouseArea {
        anchors.fill: parent
        acceptedButtons: Qt.LeftButton | Qt.RightButton
        onClicked: root.browse.close()
        onWheel: wheel => wheel.accepted = true
    }
    Rectangle {
        id: _box

        x: Math.max(8, Math.min(root.width - width - 16, root.at.x))
        y: Math.max(8, Math.min(root.height - height - 16, root.at.y))
        width: 304
        height: _list.contentHeight + Theme.space2 * 2
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised
        border.width: 1
        border.color: Theme.outline
        antialiasing: true

        ListView {
            id: _list

            anchors { fill: parent; margins: Theme.space2 }
            focus: true
            model: root.browse.menu
            keyNavigationEnabled: true
            keyNavigationWraps: true
            interactive: false
            Keys.onTabPressed: incrementCurrentIndex()
            Keys.onBacktabPressed: decrementCurrentIndex()
            delegate: Pressable {
                id: _line

                required property int index
                required property string id
                required property string label
                required property string icon
                required property string keys

                width: _list.width
                height: Theme.controlHeight
                focus: true
                activeFocusOnTab: false
                showRing: false
                name: label
                hint: keys
                Accessible.role: Accessible.MenuItem
                onHoveredChanged: if (hovered) _list.currentIndex = index
                onClicked: root.browse.choose(id)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radius
                    color: Theme.accent
                    visible: _line.activeFocus
                    antialiasing: true
                }
                Icon {
                    id: _icon

                    x: 12
                    anchors.verticalCenter: parent.verticalCenter
                    name: _line.icon
                    filled: _line.icon === "play"
                    color: _line.activeFocus ? Theme.accentText : Theme.textDim
                }
                Label {
                    anchors { left: _icon.right; leftMargin: 12; verticalCenter: parent.verticalCenter }
                    text: _line.label
                    color: _line.activeFocus ? Theme.accentText : Theme.text
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                Label {
                    anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
                    text: _line.keys
                    color: _line.activeFocus ? Theme.accentText : Theme.textDim
                    font.pixelSize: Theme.fontTiny
                    Accessible.ignored: true
                }
            }
        }
    }
}
