import QtQuick
import NovaStream.Theme

// In place of a list that is empty or failed: a picture, what that means, and what to do.
FocusScope {
    id: root

    required property string icon
    required property string title
    property string sentence: ""
    property string action: ""
    property bool warns: false
    readonly property bool _tight: height > 0 && height < 280

    signal acted()

    implicitHeight: _column.height
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Column {
        id: _column

        anchors.centerIn: parent
        width: Math.min(560, root.width)
        spacing: Theme.space3

        Rectangle {
            anchors.horizontalCenter: parent.horizontalCenter
            visible: !root._tight
            width: 88
            height: 88
            radius: 44
            color: root.warns ? Qt.alpha(Theme.warning, 0.16) : Theme.accentSoft
            antialiasing: true

            Icon {
                anchors.centerIn: parent
                name: root.icon
                size: 36
                color: root.warns ? Theme.warning : Theme.accentInk
            }
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.title
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
            wrapMode: Text.Wrap
            Accessible.role: Accessible.Heading
        }
        Label {
            width: parent.width
            visible: text !== ""
            horizontalAlignment: Text.AlignHCenter
            wrapMode: Text.Wrap
            text: root.sentence
            color: Theme.textDim
        }
        Item {
            width: 1
            height: 1
            visible: root.action !== ""
        }
        Button {
            anchors.horizontalCenter: parent.horizontalCenter
            focus: true
            visible: root.action !== ""
            enabled: visible
            kind: "primary"
            text: root.action
            onClicked: root.acted()
        }
    }
}
