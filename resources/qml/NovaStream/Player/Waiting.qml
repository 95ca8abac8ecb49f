import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// The ring with the seconds to go, and after two seconds the reason. Over a picture it comes only
// after half a second: a jump back in a loop is no wait worth telling.
Item {
    id: root

    required property PlayerViewModel player
    readonly property bool _wanted: player.waiting && player.error === ""
    readonly property string _percent: Math.floor(player.waitingShare * 100) + " %"
    readonly property string _spoken: player.waitingShare < 0 ? qsTr("Waiting")
                                    : player.waitingText === "" ? qsTr("Waiting, %1").arg(_percent)
                                    : qsTr("Waiting, %1, about %2").arg(_percent).arg(player.waitingText)
    property bool _due: false

    implicitWidth: 420
    implicitHeight: _column.implicitHeight
    visible: opacity > 0
    opacity: _wanted && (_due || !player.hasPicture) ? 1 : 0
    on_WantedChanged: if (!_wanted) _due = false

    Behavior on opacity {
        NumberAnimation { duration: Theme.durationPage }
    }

    Timer {
        interval: 500
        running: root._wanted && root.player.hasPicture
        onTriggered: root._due = true
    }

    Column {
        id: _column

        anchors.horizontalCenter: parent.horizontalCenter
        spacing: 16

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 88
            height: 88
            radius: 44
            antialiasing: true
            color: "#8008090C"

            BufferingRing {
                anchors.centerIn: parent
                share: root.player.waitingShare
                spinning: root.visible && share < 0 && !Theme.reducedMotion
                Accessible.role: Accessible.ProgressBar
                Accessible.name: root._spoken
            }
            Column {
                anchors.centerIn: parent

                Label {
                    id: _seconds

                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: text !== ""
                    text: root.player.waitingText
                    color: Look.text
                    font.pixelSize: Theme.fontLead
                    font.weight: Font.DemiBold
                    font.features: Theme.tabular
                }
                Label {
                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: root.player.waitingShare >= 0
                    text: root._percent
                    color: _seconds.visible ? Look.textDim : Look.text
                    font.pixelSize: _seconds.visible ? Theme.fontTiny : Theme.fontLead
                    font.weight: _seconds.visible ? Font.Medium : Font.DemiBold
                    font.features: Theme.tabular
                }
            }
        }
        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: root.player.waitingReason !== ""
            width: Math.max(_reason.implicitWidth, _facts.visible ? _facts.implicitWidth : 0) + 40
            height: _words.implicitHeight + 20
            radius: Theme.radius
            color: "#B308090C"

            Column {
                id: _words

                anchors.centerIn: parent
                spacing: 4

                Label {
                    id: _reason

                    anchors.horizontalCenter: parent.horizontalCenter
                    text: root.player.waitingReason
                    color: Look.text
                    Accessible.role: Accessible.AlertMessage
                }
                Label {
                    id: _facts

                    anchors.horizontalCenter: parent.horizontalCenter
                    visible: text !== ""
                    text: root.player.torrentText
                    color: Look.textDim
                    font.pixelSize: Theme.fontTiny
                    font.features: Theme.tabular
                }
            }
        }
    }
}
