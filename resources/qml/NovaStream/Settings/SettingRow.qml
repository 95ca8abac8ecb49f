pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// One setting: what it is called, what it does, and its control. A new section brings a heading.
Item {
    id: root

    required property SettingsViewModel settings
    required property string id_
    required property string section
    required property bool opensSection
    required property bool closesSection
    required property string label
    required property string hint
    required property string kind
    required property list<string> options
    required property int choice
    required property bool checked
    required property string text
    required property string example
    required property string problem
    required property bool offered
    required property bool fixed
    // Where the page is narrow, controls stand below their words.
    readonly property bool _stacked: width < 520 && !["toggle", "number", "list", "servers"].includes(kind)

    implicitHeight: _card.y + _card.height

    Label {
        visible: root.opensSection
        y: 36
        text: root.section
        font.pixelSize: Theme.fontLead
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Loader {
        id: _preview

        active: root.id_ === "subtitles.style.font"
        y: 72
        width: parent.width
        sourceComponent: SubtitlePreview { look: root.settings.subtitleLook }
    }
    Rectangle {
        id: _card

        y: (root.opensSection ? 72 : 0) + (_preview.active ? _preview.height + Theme.space2 : 0)
        width: parent.width
        height: Math.max(68, _words.height + Theme.space3 * 2)
                + (_entries.active ? _entries.height + Theme.space3 : 0)
                + (root._stacked ? _control.height + Theme.space3 : 0)
        color: Theme.surface
        topLeftRadius: root.opensSection ? Theme.radiusLarge : 0
        topRightRadius: topLeftRadius
        bottomLeftRadius: root.closesSection ? Theme.radiusLarge : 0
        bottomRightRadius: bottomLeftRadius
        antialiasing: true

        Column {
            id: _words

            x: Theme.space4
            y: _entries.active || root._stacked ? Theme.space3 : (parent.height - height) / 2
            width: parent.width - x * 2
                   - (_control.item && !root._stacked ? _control.width + Theme.space4 : 0)
            spacing: 4

            Label {
                width: parent.width
                text: root.label
                font.weight: Font.Medium
            }
            Label {
                width: parent.width
                visible: text !== ""
                text: root.hint
                color: Theme.textDim
                font.pixelSize: Theme.fontTiny
                wrapMode: Text.Wrap
            }
            Label {
                width: parent.width
                visible: text !== ""
                text: root.problem
                color: Theme.danger
                font.pixelSize: Theme.fontTiny
                wrapMode: Text.Wrap
                Accessible.role: Accessible.AlertMessage
            }
        }
        SettingControl {
            id: _control

            x: root._stacked ? Theme.space4 : parent.width - width - Theme.space4
            y: root._stacked ? _words.y + _words.height + Theme.space3 : (parent.height - height) / 2
            settings: root.settings
            key: root.id_
            label: root.label
            kind: root.kind
            options: root.options
            choice: root.choice
            checked: root.checked
            text: root.text
            example: root.example
            offered: root.offered
            fixed: root.fixed
            width360: root._stacked ? root.width - Theme.space4 * 2 : Math.min(360, root.width * 0.45)
        }
        Loader {
            id: _entries

            active: root.kind === "list" || root.kind === "servers"
            enabled: !root.fixed
            x: Theme.space4
            y: _words.y + _words.height + Theme.space3
            width: parent.width - x * 2
            sourceComponent: EntryList {
                settings: root.settings
                key: root.id_
                label: root.label
                entries: root.options
                example: root.example
            }
        }
        Rectangle {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            anchors { leftMargin: Theme.space4; rightMargin: Theme.space4 }
            visible: !root.closesSection
            height: 1
            color: Theme.surfaceRaised
        }
    }
}
