import QtQuick
import NovaStream.Theme

// One line of text; Enter or leaving it hands the text over by `accepted`.
FocusScope {
    id: root

    required property string text
    property string name: ""
    property string placeholder: ""
    property bool secret: false
    property alias input: _input

    signal accepted(text: string)

    activeFocusOnTab: false
    implicitWidth: 320
    implicitHeight: Theme.controlHeight
    onTextChanged: _input.text = text
    Component.onCompleted: _input.text = text

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: Theme.surfaceRaised
        border.width: 1
        border.color: Theme.outline
        antialiasing: true
    }
    TextInput {
        id: _input

        focus: true
        activeFocusOnTab: true
        anchors.fill: parent
        anchors.leftMargin: Theme.space3
        anchors.rightMargin: Theme.space3
        verticalAlignment: TextInput.AlignVCenter
        clip: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.family: Theme.fontFamily
        font.pixelSize: Theme.fontBody
        echoMode: root.secret && !activeFocus ? TextInput.Password : TextInput.Normal
        selectByMouse: true
        Accessible.role: Accessible.EditableText
        Accessible.name: root.name
        Accessible.passwordEdit: root.secret
        Accessible.focusable: true
        onEditingFinished: if (text !== root.text) root.accepted(text)
        Keys.onEscapePressed: event => {
            event.accepted = text !== root.text;
            text = root.text;
        }
    }
    Label {
        anchors.fill: _input
        visible: _input.text === "" && _input.preeditText === ""
        text: root.placeholder
        color: Theme.textDim
        Accessible.ignored: true
    }
    HoverHandler {
        cursorShape: Qt.IBeamCursor
    }
    FocusRing {
        shown: _input.activeFocus
        gap: 0
    }
}
