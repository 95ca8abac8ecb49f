pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// Keys and what they do.
Rectangle {
    id: root

    required property string title
    required property ShortcutsModel lines

    height: _column.height + Theme.space4 * 2
    radius: Theme.radiusLarge
    color: Theme.surface
    antialiasing: true

    Column {
        id: _column

        x: Theme.space4
        y: Theme.space4
        width: parent.width - x * 2

        Label {
            height: 36
            text: root.title
            font.pixelSize: Theme.fontLead
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Repeater {
            model: root.lines

            Item {
                id: _line

                required property string keys
                required property string meaning

                width: _column.width
                height: 36
                Accessible.role: Accessible.ListItem
                Accessible.name: keys + ", " + meaning

                Label {
                    anchors.verticalCenter: parent.verticalCenter
                    width: parent.width - _keys.width - Theme.space3
                    text: _line.meaning
                    color: Theme.textDim
                    Accessible.ignored: true
                }
                Row {
                    id: _keys

                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    spacing: 6

                    Repeater {
                        model: _line.keys.split("  ")

                        Rectangle {
                            id: _key

                            required property string modelData

                            width: Math.max(28, _text.implicitWidth + 16)
                            height: 26
                            radius: Theme.radiusSmall
                            color: Theme.surfaceRaised
                            border.width: 1
                            border.color: Theme.outline

                            Label {
                                id: _text

                                anchors.centerIn: parent
                                text: _key.modelData
                                font.pixelSize: Theme.fontTiny
                                font.weight: Font.Medium
                                Accessible.ignored: true
                            }
                        }
                    }
                }
            }
        }
    }
}
