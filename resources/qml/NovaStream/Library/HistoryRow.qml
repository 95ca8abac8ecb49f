import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One film or episode that was watched, when, and the way to take it out.
ListRow {
    id: root

    required property int index
    required property string title
    required property string detail
    required property string when
    required property real progress
    required property bool finished
    required property string art
    required property string artUrl
    required property string spoken

    signal artWanted(url: string)
    signal forgotten()

    name: spoken
    hint: qsTr("Delete takes it out of the history")
    spaceActivates: false
    implicitHeight: 88
    onArtUrlChanged: if (art === "") root.artWanted(artUrl)
    Component.onCompleted: if (art === "") root.artWanted(artUrl)
    Keys.onDeletePressed: root.forgotten()

    Item {
        id: _picture

        x: Theme.space3
        y: 9
        width: 124
        height: 70

        Art {
            anchors.fill: parent
            radius: Theme.radiusSmall
            ground: root.ground
            source: root.art
            title: root.title
            showTitle: false
        }
        ProgressBar {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 6 }
            visible: root.progress > 0 && !root.finished
            value: root.progress
        }
    }
    Column {
        anchors {
            left: _picture.right
            leftMargin: Theme.space4
            right: _when.left
            rightMargin: Theme.space3
            verticalCenter: parent.verticalCenter
        }
        spacing: 6

        Label {
            width: parent.width
            text: root.title
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            text: root.detail
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
            Accessible.ignored: true
        }
    }
    Label {
        id: _when

        anchors { right: _remove.left; rightMargin: Theme.space3; verticalCenter: parent.verticalCenter }
        text: root.when
        color: Theme.textDim
        font.pixelSize: Theme.fontTiny
        Accessible.ignored: true
    }
    IconButton {
        id: _remove

        anchors { right: parent.right; rightMargin: Theme.space3; verticalCenter: parent.verticalCenter }
        size: 40
        iconSize: 20
        icon: "trash-2"
        name: qsTr("Take %1 out of the history").arg(root.title)
        activeFocusOnTab: false
        opacity: root.activeFocus || root.hovered ? 1 : 0
        onClicked: root.forgotten()
    }
}
