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
    readonly property bool _hidden: secret && !_input.activeFocus

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
        // Not echoMode: with it Qt tells screen readers no name.
        color: root._hidden ? "transparent" : Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.family: Theme.fontFamily
        font.pixelSize: Theme.fontBody
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
        readonly property bool empty: _input.text === "" && _input.preeditText === ""

        visible: empty || root._hidden
        text: empty ? root.placeholder : "•".repeat(Math.min(24, _input.text.length))
        color: empty ? Theme.textDim : Theme.text
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
