import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Below the list's heading while there is no list: it loads, it failed, or nothing was found.
FocusScope {
    id: root

    required property bool loading
    required property string note

    signal retried()

    implicitHeight: loading ? 276 : 112
    Accessible.role: Accessible.StaticText
    Accessible.name: loading ? qsTr("Loading") : note

    Column {
        anchors { left: parent.left; right: parent.right }
        spacing: Theme.space2
        visible: root.loading

        Repeater {
            model: 3

            Skeleton {
                width: parent.width
                height: 84
                radius: Theme.radiusLarge
            }
        }
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right }
        height: 96
        radius: Theme.radiusLarge
        color: Theme.surface
        visible: !root.loading
        antialiasing: true

        Icon {
            id: _icon

            anchors { left: parent.left; leftMargin: Theme.space4; verticalCenter: parent.verticalCenter }
            name: "circle-alert"
            size: 24
            color: Theme.warning
        }
        Label {
            anchors {
                left: _icon.right
                leftMargin: Theme.space3
                right: _retry.left
                rightMargin: Theme.space3
                verticalCenter: parent.verticalCenter
            }
            text: root.note
            color: Theme.textDim
            wrapMode: Text.Wrap
            maximumLineCount: 3
            elide: Text.ElideRight
        }
        Button {
            id: _retry

            focus: true
            anchors { right: parent.right; rightMargin: Theme.space4; verticalCenter: parent.verticalCenter }
            text: qsTr("Try again")
            icon: "refresh-cw"
            onClicked: root.retried()
        }
    }
}
