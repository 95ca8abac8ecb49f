pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Controls

// The control at the right of a line, by the line's kind.
Loader {
    id: root

    required property SettingsViewModel settings
    required property string key
    property real width360: 360 // less where the page is narrow
    required property string label
    required property string kind
    required property list<string> options
    required property int choice
    required property bool checked
    required property string text
    required property string example
    required property bool offered
    required property bool fixed

    enabled: !fixed
    sourceComponent: kind === "choice" ? _choice : kind === "toggle" ? _toggle
                   : kind === "keys" ? _keys : kind === "reset" ? _reset
                   : kind === "info" ? _info : kind === "list" || kind === "servers" ? null : _text

    Component {
        id: _choice

        Segmented {
            name: root.label
            options: root.options
            currentIndex: root.choice
            onChosen: index => root.settings.choose(root.key, index)
        }
    }
    Component {
        id: _toggle

        Toggle {
            name: root.label
            checked: root.checked
            onToggled: on => root.settings.toggle(root.key, on)
        }
    }
    Component {
        id: _text

        TextField {
            implicitWidth: root.kind === "number" ? 120 : root.width360
            name: root.label
            secret: root.kind === "secret"
            placeholder: root.example !== "" ? root.example : qsTr("Not set")
            text: root.text
            onAccepted: text => root.settings.enter(root.key, text)
        }
    }
    Component {
        id: _keys

        KeysControl {
            settings: root.settings
            key: root.key
            label: root.label
            keys: root.options
            changed: root.checked
            offered: root.offered
        }
    }
    Component {
        id: _reset

        Button {
            icon: "rotate-ccw"
            text: qsTr("Reset all keys")
            onClicked: root.settings.resetKeys("")
        }
    }
    Component {
        id: _info

        Button {
            icon: _copied.running ? "check" : ""
            name: root.label + ": " + root.text
            text: _copied.running ? qsTr("Copied") : root.text
            hint: qsTr("Copies it")
            onClicked: {
                root.settings.copy(root.text);
                _copied.restart();
            }

            Timer {
                id: _copied
                interval: 1500
            }
        }
    }
}
