import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One sentence that matters now, and a way to put it away.
Rectangle {
    id: root

    required property string text

    signal dismissed()

    width: Math.min(760, (parent ? parent.width : 0) - 200)
    height: _text.implicitHeight + Theme.space3 * 2 - 4
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: 1
    border.color: Theme.outline
    visible: text !== ""
    antialiasing: true
    Accessible.role: Accessible.AlertMessage
    Accessible.name: text

    Icon {
        id: _icon

        anchors { left: parent.left; leftMargin: Theme.space3; verticalCenter: parent.verticalCenter }
        name: "circle-alert"
        color: Theme.warning
    }
    Label {
        id: _text

        anchors {
            left: _icon.right
            leftMargin: Theme.space3
            right: _close.left
            rightMargin: Theme.space2
            verticalCenter: parent.verticalCenter
        }
        text: root.text
        wrapMode: Text.Wrap
    }
    IconButton {
        id: _close

        anchors { right: parent.right; rightMargin: Theme.space2; verticalCenter: parent.verticalCenter }
        size: 36
        iconSize: 20
        icon: "x"
        name: qsTr("Dismiss")
        onClicked: root.dismissed()
    }
}
