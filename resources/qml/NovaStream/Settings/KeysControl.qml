pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The keys of an action. Enter, then a key, puts it in their place; the plus adds one. A key that
// another action has is told, and can be taken over.
Row {
    id: root

    required property SettingsViewModel settings
    required property string key
    required property string label
    required property list<string> keys
    required property bool changed
    required property bool offered

    property string _mode: "" // which button waits for a key: "", replace, add

    function _wait(mode: string) {
        root.settings.keepKey();
        root._mode = mode;
    }

    function _taken(event: var) {
        if (root._mode === "")
            return;
        event.accepted = true;
        if (event.isAutoRepeat)
            return;
        if (event.key === Qt.Key_Escape)
            root._mode = "";
        else if (root.settings.pressKey(root.key, event.key, event.modifiers, event.text,
                                        event.nativeScanCode, root._mode === "add"))
            root._mode = "";
    }

    spacing: Theme.space2
    onOfferedChanged: {
        if (offered)
            Qt.callLater(() => _take.forceActiveFocus(Qt.TabFocusReason));
        else if (_take.activeFocus || _keep.activeFocus)
            _change.forceActiveFocus(Qt.TabFocusReason);
    }

    Button {
        id: _take

        visible: root.offered
        kind: "primary"
        text: qsTr("Take it over")
        onClicked: root.settings.takeKey()
        Keys.onEscapePressed: root.settings.keepKey()
    }
    Button {
        id: _keep

        visible: root.offered
        text: qsTr("Keep")
        onClicked: root.settings.keepKey()
        Keys.onEscapePressed: root.settings.keepKey()
    }
    IconButton {
        visible: root.changed && !root.offered && root._mode === ""
        icon: "rotate-ccw"
        iconSize: 18
        name: qsTr("Reset the keys of: %1").arg(root.label)
        onClicked: {
            root.settings.resetKeys(root.key);
            _change.forceActiveFocus(Qt.TabFocusReason);
        }
    }
    Pressable {
        id: _change

        visible: !root.offered
        width: Math.max(96, _chips.width + 16)
        name: qsTr("%1: %2").arg(root.label).arg(root.keys.length ? root.keys.join(", ") : qsTr("no key"))
        hint: root._mode === "" ? qsTr("Enter changes it") : qsTr("Press a key, Esc keeps it as it is")
        onClicked: if (root._mode === "") root._wait("replace")
        onActiveFocusChanged: if (!activeFocus && root._mode === "replace") root._mode = ""
        Keys.priority: Keys.BeforeItem
        Keys.onShortcutOverride: event => event.accepted = root._mode !== ""
        Keys.onPressed: event => root._taken(event)

        Rectangle {
            anchors.fill: parent
            radius: Theme.radius
            color: root._mode !== "" ? Theme.accentSoft : _change.hovered ? Theme.surfaceHover : "transparent"
            antialiasing: true
        }
        Row {
            id: _chips

            anchors.centerIn: parent
            spacing: 6

            Label {
                anchors.verticalCenter: parent.verticalCenter
                visible: root._mode !== "" || root.keys.length === 0
                text: root._mode !== "" ? qsTr("Press a key…") : qsTr("No key")
                color: root._mode !== "" ? Theme.text : Theme.textDim
                Accessible.ignored: true
            }
            Repeater {
                model: root._mode === "" ? root.keys : []

                Rectangle {
                    id: _chip

                    required property string modelData

                    width: Math.max(28, _text.implicitWidth + 16)
                    height: 26
                    radius: Theme.radiusSmall
                    color: Theme.surfaceRaised
                    border.width: 1
                    border.color: Theme.outline

                    Label {
                        id: _text

                        anchors.centerIn: parent
                        text: _chip.modelData
                        font.pixelSize: Theme.fontTiny
                        font.weight: Font.Medium
                        Accessible.ignored: true
                    }
                }
            }
        }
    }
    IconButton {
        id: _add

        visible: !root.offered
        icon: "plus"
        iconSize: 18
        name: qsTr("One more key for: %1").arg(root.label)
        onClicked: if (root._mode === "") root._wait("add")
        onActiveFocusChanged: if (!activeFocus && root._mode === "add") root._mode = ""
        Keys.priority: Keys.BeforeItem
        Keys.onShortcutOverride: event => event.accepted = root._mode !== ""
        Keys.onPressed: event => root._taken(event)
    }
}
