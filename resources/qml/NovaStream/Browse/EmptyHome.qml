import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Nothing to show and nothing on its way: says so, and where to add something.
FocusScope {
    id: root

    signal settingsAsked()
    signal retried()

    Accessible.role: Accessible.Grouping
    Accessible.name: _title.text
    Keys.onRightPressed: _retry.forceActiveFocus()
    Keys.onLeftPressed: event => {
        event.accepted = _retry.activeFocus;
        if (_retry.activeFocus)
            _add.forceActiveFocus();
    }

    Column {
        anchors.centerIn: parent
        width: 480
        spacing: Theme.space3

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            width: 88
            height: 88
            radius: 44
            color: Theme.accentSoft
            antialiasing: true

            Icon {
                anchors.centerIn: parent
                name: "film"
                size: 36
                color: Theme.accentInk
            }
        }
        Label {
            id: _title

            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: qsTr("Nothing to watch yet")
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
            Accessible.role: Accessible.Heading
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: qsTr("No catalogue has answered. Add a mirror of your own files or a TMDB token in Settings, or check the network and try again.")
            color: Theme.textDim
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            topPadding: Theme.space2
            spacing: Theme.space3

            Button {
                id: _add

                focus: true
                kind: "primary"
                icon: "plus"
                text: qsTr("Add in Settings")
                onClicked: root.settingsAsked()
            }
            Button {
                id: _retry

                icon: "refresh-cw"
                text: qsTr("Try again")
                onClicked: root.retried()
            }
        }
    }
}
