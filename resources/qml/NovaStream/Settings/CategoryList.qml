pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// What settings there are. Up and down choose, right or Enter goes into them.
ListView {
    id: root

    required property SettingsViewModel settings

    signal entered()

    model: settings.categories
    currentIndex: settings.category
    interactive: contentHeight > height
    clip: interactive
    topMargin: Theme.space2 // for the ring
    bottomMargin: Theme.space3
    boundsBehavior: Flickable.StopAtBounds
    highlightMoveDuration: Theme.durationPage
    keyNavigationEnabled: false
    spacing: 4
    activeFocusOnTab: true
    Accessible.role: Accessible.List
    Accessible.name: qsTr("Categories")
    Keys.onDownPressed: root.settings.chooseCategory(root.settings.category + 1)
    Keys.onUpPressed: root.settings.chooseCategory(root.settings.category - 1)
    Keys.onRightPressed: root.entered()

    delegate: Pressable {
        id: _entry

        required property int index
        required property string id
        required property string icon
        readonly property bool current: index === root.settings.category

        x: Theme.space2
        width: root.width - x * 2
        height: Theme.controlHeight
        focus: true
        activeFocusOnTab: false
        name: id
        Accessible.role: Accessible.RadioButton
        Accessible.checked: current
        onClicked: {
            root.settings.chooseCategory(index);
            root.entered();
        }

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: _entry.current ? Theme.accentSoft : _entry.hovered ? Theme.surface : "transparent"
            antialiasing: true
        }
        Icon {
            id: _icon

            x: 12
            anchors.verticalCenter: parent.verticalCenter
            name: _entry.icon
            color: _entry.current ? Theme.accentInk : Theme.textDim
        }
        Label {
            anchors { left: _icon.right; leftMargin: 12; verticalCenter: parent.verticalCenter }
            text: _entry.id
            color: _entry.current ? Theme.text : Theme.textDim
            font.weight: Font.Medium
            Accessible.ignored: true
        }
    }
}
