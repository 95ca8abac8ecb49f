pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Facts about what plays: picture, tracks, source, buffer, transfer.
Rectangle {
    id: root

    required property PlayerViewModel player

    width: 460
    height: _column.implicitHeight + 40
    radius: Theme.radiusLarge
    color: Look.panel
    border.width: 1
    border.color: Look.edge
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("What is playing")

    Column {
        id: _column

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: 20 }
        spacing: 10

        Label {
            text: qsTr("What is playing")
            color: Look.text
            font.pixelSize: Theme.fontLead
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Repeater {
            model: root.player.rowsOf("info")

            Item {
                id: _fact

                required property string name
                required property string note

                width: _column.width
                height: Math.max(_name.implicitHeight, _value.implicitHeight)

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
