import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// A row's name, how old it is, and a way to ask again when that failed.
FocusScope {
    id: root

    required property string title
    required property string note
    required property string problem
    readonly property bool retryable: problem !== ""

    signal retried()

    implicitHeight: 32

    Label {
        id: _title

        anchors.verticalCenter: parent.verticalCenter
        text: root.title
        font.pixelSize: Theme.fontLead
        font.weight: Font.DemiBold
        Accessible.role: Accessible.Heading
    }
    Label {
        id: _note

        anchors { left: _title.right; leftMargin: Theme.space3; baseline: _title.baseline }
        width: Math.min(implicitWidth, root.width - x - _retry.width - Theme.space3)
        text: [root.note, root.problem].filter(part => part !== "").join(" · ")
        color: Theme.textDim
        font.pixelSize: Theme.fontTiny
    }
    Button {
        id: _retry

        focus: true
        anchors { left: _note.right; leftMargin: Theme.space2; verticalCenter: _title.verticalCenter }
        visible: root.retryable
        enabled: root.retryable
        height: 32
        kind: "quiet"
        icon: "refresh-cw"
        text: qsTr("Retry")
        hint: root.title
        onClicked: root.retried()
    }
}
