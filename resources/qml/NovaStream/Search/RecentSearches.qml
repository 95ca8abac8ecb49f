pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// What was searched for before: Enter searches for it again.
FocusScope {
    id: root

    required property list<string> recent

    signal chosen(text: string)
    signal forgotten()

    Label {
        id: _heading

        text: qsTr("Recent searches")
        font.pixelSize: Theme.fontLead
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Button {
        anchors { right: parent.right; verticalCenter: _heading.verticalCenter }
        height: 32
        kind: "quiet"
        icon: "trash-2"
        text: qsTr("Forget all")
        hint: _heading.text
        onClicked: root.forgotten()
        Keys.onDownPressed: _list.forceActiveFocus()
    }
    ListView {
        id: _list

        anchors { fill: parent; topMargin: 44; leftMargin: -Theme.space3; rightMargin: -Theme.space3 }
        focus: true
        activeFocusOnTab: true
        model: root.recent
        boundsBehavior: Flickable.StopAtBounds
        clip: true
        Accessible.role: Accessible.List
        Accessible.name: _heading.text
        delegate: ListRow {
            id: _line

            required property string modelData
            required property int index

            width: _list.width
            height: 48
            focus: true
            name: modelData
            onClicked: {
                _list.currentIndex = index;
                root.chosen(modelData);
            }

            Icon {
                id: _clock

                x: Theme.space3
                anchors.verticalCenter: parent.verticalCenter
                name: "history"
                color: Theme.textDim
            }
            Label {
                anchors { left: _clock.right; leftMargin: Theme.space3; right: parent.right }
                anchors.verticalCenter: parent.verticalCenter
                text: _line.modelData
                Accessible.ignored: true
            }
        }
    }
}
