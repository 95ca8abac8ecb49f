import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// A row that has nothing to show says why, in its own place.
FocusScope {
    id: root

    required property string problem
    required property string row

    signal retried()

    width: parent ? parent.width : 0
    height: 88

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLarge
        color: Theme.surface
        antialiasing: true
    }
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
        text: root.problem
        color: Theme.textDim
        wrapMode: Text.Wrap
        maximumLineCount: 2
    }
    Button {
        id: _retry

        focus: true
        anchors { right: parent.right; rightMargin: Theme.space4; verticalCenter: parent.verticalCenter }
        text: qsTr("Retry")
        hint: root.row
        icon: "refresh-cw"
        onClicked: root.retried()
    }
}
