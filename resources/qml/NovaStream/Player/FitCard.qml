import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// Subtitles are being fitted to the sound: how far that is, and the way to stop it.
Rectangle {
    id: root

    required property PlayerViewModel player
    readonly property bool running: player.subtitleFit >= 0 && player.panel === ""

    width: 300
    height: _words.implicitHeight + 32
    radius: Theme.radius
    antialiasing: true
    color: Look.card
    border.width: 1
    border.color: Look.edge
    visible: running

    Column {
        id: _words

        anchors { left: parent.left; right: parent.right; top: parent.top; margins: 16 }
        spacing: 12

        Item {
            width: parent.width
            height: Math.max(_name.implicitHeight, _done.implicitHeight)

            Label {
                id: _name

                anchors { left: parent.left; right: _done.left; rightMargin: 12 }
                text: qsTr("Fitting subtitles to the sound")
                color: Look.text
                font.weight: Font.DemiBold
                wrapMode: Text.Wrap
                Accessible.ignored: true
            }
            Label {
                id: _done

                anchors.right: parent.right
                text: qsTr("%1 %").arg(Math.round(100 * Math.max(0, root.player.subtitleFit)))
                color: Look.textDim
                font.features: Theme.tabular
                Accessible.ignored: true
            }
        }
        ShareBar {
            objectName: "fitBar"
            width: parent.width
            share: Math.max(0, root.player.subtitleFit)
            name: _name.text
        }
        WideButton {
            objectName: "fitStop"
            width: parent.width
            height: 36
            text: qsTr("Stop")
            onClicked: root.player.stopFitting()
        }
    }
}
