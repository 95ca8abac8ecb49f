import QtQuick
import NovaStream.Theme

// An on/off switch. It only asks: `toggled` carries the wish, `checked` comes from outside.
Pressable {
    id: root

    required property bool checked

    signal toggled(on: bool)

    implicitWidth: 52
    implicitHeight: 30
    controlRadius: height / 2
    Accessible.role: Accessible.CheckBox
    Accessible.checkable: true
    Accessible.checked: checked
    Accessible.onToggleAction: root.press()
    onClicked: root.toggled(!root.checked)

    Rectangle {
        anchors.fill: parent
        radius: height / 2
        color: root.checked ? Theme.accent : Theme.surfaceHover
        border.width: root.checked ? 0 : 1
        border.color: Theme.textDim
        antialiasing: true

        Behavior on color {
            ColorAnimation { duration: Theme.durationFocus }
        }

        Rectangle {
            x: root.checked ? parent.width - width - 4 : 4
            anchors.verticalCenter: parent.verticalCenter
            width: 22
            height: 22
            radius: 11
            antialiasing: true
            color: root.checked ? Theme.accentText : Theme.textDim

            Behavior on x {
                NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
            }
        }
    }
}
