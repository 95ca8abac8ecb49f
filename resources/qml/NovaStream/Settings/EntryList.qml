pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The entries of a list setting, each with its way out, and a field for one more.
Column {
    id: root

    required property SettingsViewModel settings
    required property string key
    required property string label
    required property list<string> entries
    required property string example

    spacing: Theme.space2

    Repeater {
        model: root.entries

        Rectangle {
            id: _entry

            required property string modelData
            required property int index

            width: root.width
            height: Theme.controlHeight
            radius: Theme.radius
            color: Theme.surfaceRaised

            Label {
                anchors { left: parent.left; leftMargin: Theme.space3; right: _remove.left }
                anchors.verticalCenter: parent.verticalCenter
                text: _entry.modelData
                elide: Text.ElideMiddle
            }
            IconButton {
                id: _remove

                anchors { right: parent.right; rightMargin: 4; verticalCenter: parent.verticalCenter }
                size: 36
                iconSize: 18
                icon: "x"
                name: qsTr("Remove %1").arg(_entry.modelData)
                onClicked: root.settings.remove(root.key, _entry.index)
            }
        }
    }
    TextField {
        width: root.width
        name: qsTr("Add to %1").arg(root.label)
        placeholder: root.example
        text: ""
        onAccepted: text => {
            root.settings.add(root.key, text);
            input.clear();
        }
    }
}
