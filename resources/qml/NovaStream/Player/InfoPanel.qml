pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Facts about what plays (`info`), or how it goes (`stats`); it lies over the picture and takes no keys.
// Where it has no room for all its lines, the wheel moves them.
Rectangle {
    id: root

    required property PlayerViewModel player
    required property string panel
    property real most: 600
    property real widest: 600
    readonly property string _title: panel === "stats" ? qsTr("Statistics and transfer") : qsTr("What is playing")

    width: Math.min(widest, panel === "stats" ? 540 : 460)
    height: Math.min(most, _column.implicitHeight + 40)
    clip: true
    radius: Theme.radiusLarge
    color: Look.panel
    border.width: 1
    border.color: Look.edge
    Accessible.role: Accessible.Pane
    Accessible.name: _title

    Flickable {
        id: _lines

        anchors { fill: parent; margins: 20 }
        clip: interactive
        interactive: contentHeight > height + 1
        contentHeight: _column.implicitHeight
        boundsBehavior: Flickable.StopAtBounds

        Column {
            id: _column

            width: _lines.width
            spacing: 10

            Label {
                text: root._title
                color: Look.text
                font.pixelSize: Theme.fontLead
                font.weight: Font.DemiBold
                Accessible.role: Accessible.Heading
            }
            Repeater {
                model: root.player.rowsOf(root.panel)

                Item {
                    id: _fact

                    required property string name
                    required property string note

                    width: _column.width
                    height: Math.max(_name.implicitHeight, _value.implicitHeight + _value.y)

                    Label {
                        id: _name

                        width: 110
                        text: _fact.name
                        color: Look.textDim
                        font.pixelSize: Theme.fontTiny
                    }
                    Label {
                        id: _value

                        anchors { left: _name.right; right: parent.right; leftMargin: 12 }
                        y: lineCount > 1 ? -7 : 0  // what the height of lines adds above the first one
                        text: _fact.note
                        color: Look.text
                        font.pixelSize: Theme.fontTiny
                        font.features: Theme.tabular
                        wrapMode: Text.Wrap
                    }
                }
            }
        }
    }
}
