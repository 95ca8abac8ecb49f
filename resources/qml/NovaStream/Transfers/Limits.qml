import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// How fast all transfers together may be; each press takes the next limit, at once.
FocusScope {
    id: root

    required property TransfersViewModel transfers

    implicitWidth: _row.implicitWidth
    implicitHeight: _row.implicitHeight

    Row {
        id: _row

        spacing: Theme.space2

        Button {
            id: _down

            focus: true
            kind: "secondary"
            icon: "arrow-down"
            text: root.transfers.downloadLimit
            name: qsTr("Download limit: %1").arg(text)
            hint: qsTr("Press for another one")
            Keys.onRightPressed: _up.forceActiveFocus()
            onClicked: root.transfers.changeDownloadLimit()
        }
        Button {
            id: _up

            kind: "secondary"
            icon: "arrow-up"
            text: root.transfers.uploadLimit
            name: qsTr("Upload limit: %1").arg(text)
            hint: qsTr("Press for another one")
            Keys.onLeftPressed: _down.forceActiveFocus()
            onClicked: root.transfers.changeUploadLimit()
        }
    }
}
