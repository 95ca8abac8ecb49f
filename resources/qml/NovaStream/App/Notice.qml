import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// What was just done, for a while, and the way to take it back.
Rectangle {
    id: root

    required property Messages messages
    readonly property bool _there: messages.notice !== ""

    signal leaving()

    width: _row.width + Theme.space4 * 2 - (_undo.visible ? Theme.space3 : 0)
    height: 56
    radius: Theme.radiusLarge
    color: Theme.surfaceRaised
    border.width: 1
    border.color: Theme.outline
    antialiasing: true
    opacity: _there ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.AlertMessage
    Accessible.name: messages.notice

    Behavior on opacity {
        NumberAnimation { duration: Theme.durationFocus }
    }

    Row {
        id: _row

        x: Theme.space4
        anchors.verticalCenter: parent.verticalCenter
        spacing: Theme.space3

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            name: "circle-check"
            color: Theme.success
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            width: Math.min(implicitWidth, 520, (root.parent?.width ?? 800) - 320)
            text: root.messages.notice
            Accessible.ignored: true
        }
        Button {
            id: _undo

            anchors.verticalCenter: parent.verticalCenter
            visible: root.messages.undoable
            height: 40
            kind: "quiet"
            icon: "undo-2"
            text: qsTr("Undo")
            hint: qsTr("Control and Z")
            onClicked: {
                root.messages.undo();
                root.leaving();
            }
        }
    }
}
