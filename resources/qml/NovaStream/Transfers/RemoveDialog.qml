import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Asks whether a transfer goes, and whether its files go with it.
FocusScope {
    id: root

    required property string title

    signal kept()
    signal removed(withData: bool)

    function _step(by: int) {
        const items = [_keep, _files, _all];
        const next = items[items.findIndex(item => item.activeFocus) + by];
        if (next)
            next.forceActiveFocus();
    }

    Accessible.role: Accessible.Dialog
    Accessible.name: _question.text
    Component.onCompleted: _keep.forceActiveFocus()
    Keys.onLeftPressed: root._step(-1)
    Keys.onRightPressed: root._step(1)
    Keys.onTabPressed: root._step(_all.activeFocus ? -2 : 1)
    Keys.onBacktabPressed: root._step(_keep.activeFocus ? 2 : -1)
    Keys.onUpPressed: event => event.accepted = true
    Keys.onDownPressed: event => event.accepted = true
    Keys.onEscapePressed: root.kept()

    Rectangle {
        anchors.fill: parent
        color: "#B308090C"

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true
            onClicked: root.kept()
            onWheel: wheel => wheel.accepted = true
        }
    }
    Rectangle {
        anchors.centerIn: parent
        width: Math.min(640, root.width - 120)
        height: _column.height + Theme.space5 * 2
        radius: Theme.radiusLarge
        color: Theme.surface
        antialiasing: true

        MouseArea {
            anchors.fill: parent
        }
        Column {
            id: _column

            x: Theme.space5
            y: Theme.space5
            width: parent.width - x * 2
            spacing: Theme.space3

            Label {
                id: _question

                width: parent.width
                text: qsTr("Remove this transfer?")
                font.pixelSize: Theme.fontTitle
                font.weight: Font.Bold
                Accessible.role: Accessible.Heading
            }
            Label {
                width: parent.width
                text: root.title
                color: Theme.textDim
                wrapMode: Text.WrapAtWordBoundaryOrAnywhere
                maximumLineCount: 3
                elide: Text.ElideRight
            }
            Row {
                topPadding: Theme.space2
                spacing: Theme.space3

                Button {
                    id: _keep

                    focus: true
                    text: qsTr("Cancel")
                    hint: root.title
                    onClicked: root.kept()
                }
                Button {
                    id: _files

                    text: qsTr("Remove, keep files")
                    hint: root.title
                    onClicked: root.removed(false)
                }
                Button {
                    id: _all

                    icon: "trash-2"
                    text: qsTr("Remove and delete files")
                    hint: root.title
                    onClicked: root.removed(true)
                }
            }
        }
    }
}
