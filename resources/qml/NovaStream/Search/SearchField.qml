import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// The query. It hands over every change at once; Enter says that it is complete.
FocusScope {
    id: root

    required property string query
    required property bool busy

    signal edited(text: string)
    signal entered()

    function begin() {
        _input.forceActiveFocus();
        _input.selectAll();
    }

    implicitHeight: 56
    onQueryChanged: if (_input.text !== query) _input.text = query
    Component.onCompleted: _input.text = query

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLarge
        color: Theme.surfaceRaised
        antialiasing: true
    }
    Icon {
        id: _icon

        x: Theme.space3
        anchors.verticalCenter: parent.verticalCenter
        name: root.busy ? "loader" : "search"
        size: 24
        color: _input.activeFocus ? Theme.accentInk : Theme.textDim

        RotationAnimation on rotation {
            running: root.busy && !Theme.reducedMotion
            from: 0
            to: 360
            duration: 1200
            loops: Animation.Infinite
            onRunningChanged: if (!running) _icon.rotation = 0
        }
    }
    TextInput {
        id: _input

        focus: true
        activeFocusOnTab: true
        anchors { left: _icon.right; right: _clear.left; top: parent.top; bottom: parent.bottom }
        anchors { leftMargin: Theme.space3; rightMargin: Theme.space2 }
        verticalAlignment: TextInput.AlignVCenter
        clip: true
        color: Theme.text
        selectionColor: Theme.accent
        selectedTextColor: Theme.accentText
        font.family: Theme.fontFamily
        font.pixelSize: Theme.fontLead
        selectByMouse: true
        inputMethodHints: Qt.ImhNoPredictiveText
        maximumLength: 200
        Accessible.role: Accessible.EditableText
        Accessible.name: qsTr("Search for films, series and anime")
        Accessible.focusable: true
        Accessible.searchEdit: true
        onTextChanged: root.edited(text)
        onAccepted: root.entered()
        Keys.onEscapePressed: event => {
            event.accepted = text !== "";
            clear();
        }
    }
    Label {
        anchors.fill: _input
        visible: _input.text === "" && _input.preeditText === ""
        text: qsTr("Films, series, anime")
        color: Theme.textDim
        font.pixelSize: Theme.fontLead
        Accessible.ignored: true
    }
    IconButton {
        id: _clear

        anchors { right: parent.right; rightMargin: Theme.space2; verticalCenter: parent.verticalCenter }
        visible: _input.text !== ""
        enabled: visible
        activeFocusOnTab: false
        size: 40
        iconSize: 20
        icon: "x"
        name: qsTr("Clear")
        onClicked: {
            _input.clear();
            _input.forceActiveFocus();
        }
    }
    HoverHandler {
        cursorShape: Qt.IBeamCursor
    }
    FocusRing {
        shown: _input.activeFocus
        controlRadius: Theme.radiusLarge
        gap: 0
    }
}
