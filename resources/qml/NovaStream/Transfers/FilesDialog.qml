pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The files of a transfer: which are there, and which are fetched although nobody plays them.
FocusScope {
    id: root

    required property TransferFiles files

    Accessible.role: Accessible.Dialog
    Accessible.name: qsTr("Files of %1").arg(files.title)
    Component.onCompleted: _list.forceActiveFocus()
    Keys.onEscapePressed: root.files.close()

    Rectangle {
        anchors.fill: parent
        color: "#B308090C"

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true
            onClicked: root.files.close()
            onWheel: wheel => wheel.accepted = true
        }
    }
    Rectangle {
        readonly property real _around: _heading.height + _words.height + _close.height
                                        + Theme.space5 * 3 + Theme.space2 + Theme.space3 + Theme.space4

        anchors.centerIn: parent
        width: Math.min(760, root.width - 120)
        height: Math.min(root.height - 48, _around + Math.max(96, 66 * _list.count))
        radius: Theme.radiusLarge
        color: Theme.surface
        antialiasing: true

        MouseArea {
            anchors.fill: parent
        }
        Label {
            id: _heading

            anchors { left: parent.left; right: parent.right; top: parent.top; margins: Theme.space5 }
            text: root.files.title
            font.pixelSize: Theme.fontTitle
            font.weight: Font.Bold
            elide: Text.ElideMiddle
            Accessible.role: Accessible.Heading
        }
        Label {
            id: _words

            anchors { left: _heading.left; right: _heading.right; top: _heading.bottom; topMargin: Theme.space2 }
            text: qsTr("What is switched on is fetched also while nobody plays it.")
            color: Theme.textDim
            wrapMode: Text.Wrap
        }
        ListView {
            id: _list

            anchors { left: parent.left; right: parent.right; top: _words.bottom; bottom: _close.top }
            anchors { leftMargin: Theme.space4; rightMargin: Theme.space4; topMargin: Theme.space3; bottomMargin: Theme.space4 }
            clip: true
            spacing: 2
            model: root.files.rows
            boundsBehavior: Flickable.StopAtBounds
            highlightMoveDuration: Theme.durationFocus
            activeFocusOnTab: true
            keyNavigationEnabled: true
            Accessible.role: Accessible.List
            Accessible.name: qsTr("Files")
            KeyNavigation.tab: _close
            Keys.onDownPressed: event => {
                event.accepted = currentIndex >= count - 1;
                if (event.accepted)
                    _close.forceActiveFocus();
            }
            Keys.onUpPressed: event => event.accepted = currentIndex <= 0
            Keys.onLeftPressed: event => event.accepted = true
            Keys.onRightPressed: event => event.accepted = true
            delegate: FileRow {
                required property string id
                required property int index

                width: _list.width
                height: implicitHeight
                focus: true
                onActiveFocusChanged: if (activeFocus) _list.currentIndex = index
                onAsked: on => root.files.want(id, on)
            }

            Label {
                anchors.fill: parent
                visible: _list.count === 0
                horizontalAlignment: Text.AlignHCenter
                verticalAlignment: Text.AlignVCenter
                text: root.files.known ? qsTr("Its files are not known yet: no peer has told them.") : ""
                color: Theme.textDim
                wrapMode: Text.Wrap
            }
        }
        Button {
            id: _close

            anchors { right: parent.right; bottom: parent.bottom; margins: Theme.space5 }
            text: qsTr("Done")
            KeyNavigation.tab: _list
            KeyNavigation.up: _list
            Keys.onDownPressed: event => event.accepted = true
            Keys.onLeftPressed: event => event.accepted = true
            Keys.onRightPressed: event => event.accepted = true
            onClicked: root.files.close()
        }
    }
}
