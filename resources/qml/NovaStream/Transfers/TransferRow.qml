pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One transfer: its name, how far it is and why it waits, and what can be done with it.
FocusScope {
    id: root

    required property int index
    required property string name
    required property string status
    required property string detail
    required property real fraction
    required property string tone
    required property bool resumable
    required property bool pausable
    required property string folder
    required property string spoken

    signal paused()
    signal resumed()
    signal filesAsked()
    signal removeAsked()
    signal folderAsked()

    readonly property color _tint: tone === "bad" ? Theme.danger : tone === "warns" ? Theme.warning
                                 : tone === "good" ? Theme.success
                                 : tone === "busy" ? Theme.accentInk : Theme.textDim

    function _step(by: int, event: var) {
        const items = [_toggle, _list, _open, _remove].filter(item => item.visible);
        const next = items[items.findIndex(item => item.activeFocus) + by];
        event.accepted = next !== undefined;
        if (next)
            next.forceActiveFocus();
    }

    implicitHeight: 112
    Accessible.role: Accessible.ListItem
    Accessible.name: spoken
    Keys.onLeftPressed: event => _step(-1, event)
    Keys.onRightPressed: event => _step(1, event)
    Keys.onDeletePressed: root.removeAsked()

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLarge
        color: Theme.surface
        border.width: root.activeFocus ? 1 : 0
        border.color: Theme.outline
        antialiasing: true
    }
    Column {
        anchors { left: parent.left; right: _buttons.left; verticalCenter: parent.verticalCenter }
        anchors { leftMargin: Theme.space4; rightMargin: Theme.space4 }
        spacing: Theme.space2

        Label {
            width: parent.width
            text: root.name
            font.weight: Font.DemiBold
            elide: Text.ElideMiddle
        }
        ProgressBar {
            width: parent.width
            implicitHeight: 6
            value: root.fraction
            track: Theme.surfaceHover
            fill: root._tint
        }
        Item {
            width: parent.width
            height: _status.height

            Label {
                id: _status

                width: Math.min(implicitWidth, parent.width * 0.55)
                text: root.status
                color: root._tint
                font.pixelSize: Theme.fontTiny
                font.weight: Font.DemiBold
            }
            Label {
                anchors { left: _status.right; leftMargin: Theme.space3; right: _percent.left }
                text: root.detail
                color: Theme.textDim
                font.pixelSize: Theme.fontTiny
                font.features: Theme.tabular
            }
            Label {
                id: _percent

                anchors.right: parent.right
                visible: root.fraction > 0 && root.fraction < 1
                text: Math.floor(root.fraction * 100) + " %"
                color: Theme.textDim
                font.pixelSize: Theme.fontTiny
                font.features: Theme.tabular
            }
        }
    }
    Row {
        id: _buttons

        anchors { right: parent.right; rightMargin: Theme.space3; verticalCenter: parent.verticalCenter }
        spacing: 4

        IconButton {
            id: _toggle

            visible: root.pausable || root.resumable
            focus: visible
            size: 44
            icon: root.pausable ? "pause" : "play"
            name: (root.pausable ? qsTr("Pause %1") : qsTr("Resume %1")).arg(root.name)
            onClicked: {
                if (root.pausable)
                    root.paused();
                else
                    root.resumed();
            }
        }
        IconButton {
            id: _list

            visible: root.folder !== ""
            focus: visible && !_toggle.visible
            size: 44
            icon: "list"
            name: qsTr("Files of %1").arg(root.name)
            onClicked: root.filesAsked()
        }
        IconButton {
            id: _open

            visible: root.folder !== ""
            size: 44
            icon: "folder-open"
            name: qsTr("Open the folder of %1").arg(root.name)
            onClicked: root.folderAsked()
        }
        IconButton {
            id: _remove

            focus: !_toggle.visible && !_list.visible
            size: 44
            icon: "trash-2"
            name: qsTr("Remove %1").arg(root.name)
            onClicked: root.removeAsked()
        }
    }
}
