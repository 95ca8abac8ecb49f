import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One episode: thumbnail, number, title, two lines, progress, air date.
ListRow {
    id: root

    required property int index
    required property string number
    required property string title
    required property string overview
    required property string detail
    required property string art
    required property string artUrl
    required property real progress
    required property bool finished
    required property bool current
    required property string spoken
    required property string mark
    required property bool spoiler

    signal artWanted(url: string)

    // Tab stops at the list once, at the row that has or had the focus.
    activeFocusOnTab: index === Math.max(0, ListView.view ? ListView.view.currentIndex : 0)
    name: spoken
    hint: current ? qsTr("Up next") : ""
    implicitHeight: 119
    onArtUrlChanged: if (art === "") root.artWanted(artUrl)
    Component.onCompleted: if (art === "") root.artWanted(artUrl)

    Item {
        id: _picture

        x: 16
        y: 10
        width: 176
        height: 99

        Art {
            anchors.fill: parent
            radius: Theme.radiusSmall + 2
            ground: root.ground
            source: root.art
            title: root.title
            showTitle: false
            opacity: root.finished && !root.activeFocus ? 0.55 : 1
            layer.enabled: root.spoiler && root.art !== ""
            layer.textureSize: Qt.size(12, 7)  // drawn so small, it is blurred when it is grown
            layer.smooth: true
        }
        Label {
            anchors.centerIn: parent
            visible: root.art === ""
            text: root.number
            color: Theme.scrimText
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.Bold
            font.features: Theme.tabular
            Accessible.ignored: true
        }
        ProgressBar {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 8 }
            visible: root.progress > 0 && !root.finished
            value: root.progress
        }
        Rectangle {
            anchors { right: parent.right; top: parent.top; margins: 8 }
            visible: root.finished
            width: 24
            height: 24
            radius: 12
            color: Theme.scrimControl

            Icon {
                anchors.centerIn: parent
                name: "check"
                size: 16
                color: Theme.scrimText
            }
        }
    }
    Column {
        anchors {
            left: _picture.right
            leftMargin: Theme.space4
            right: parent.right
            rightMargin: Theme.space4
            verticalCenter: parent.verticalCenter
        }
        spacing: 6

        Item {
            width: parent.width
            height: _title.implicitHeight

            Label {
                id: _title

                width: Math.min(implicitWidth, parent.width - _detail.implicitWidth - 40
                                - (_mark.visible ? _mark.width + 12 : 0)
                                - (_next.visible ? _next.implicitWidth : 0))
                text: root.number + "  " + root.title
                font.weight: Font.DemiBold
                font.features: Theme.tabular
                Accessible.ignored: true
            }
            Rectangle {
                id: _mark

                anchors { left: _title.right; leftMargin: 12; verticalCenter: _title.verticalCenter }
                visible: root.mark !== ""
                width: _markText.implicitWidth + 14
                height: 20
                radius: 5
                color: Theme.surfaceRaised

                Label {
                    id: _markText

                    anchors.centerIn: parent
                    text: root.mark
                    color: Theme.textDim
                    font.pixelSize: 11
                    font.weight: Font.DemiBold
                    Accessible.ignored: true
                }
            }
            Label {
                id: _next

                anchors { left: _mark.visible ? _mark.right : _title.right }
                anchors { leftMargin: visible ? 12 : 0; baseline: _title.baseline }
                visible: root.current
                text: qsTr("Up next")
                color: Theme.accentInk
                font.pixelSize: Theme.fontTiny
                font.weight: Font.DemiBold
                Accessible.ignored: true
            }
            Label {
                id: _detail

                anchors { right: parent.right; baseline: _title.baseline }
                text: root.detail
                color: Theme.textDim
                font.pixelSize: Theme.fontTiny
                font.features: Theme.tabular
                Accessible.ignored: true
            }
        }
        Label {
            width: Math.min(parent.width, 760)
            visible: text !== ""
            text: root.overview
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
            wrapMode: Text.Wrap
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }
    }
}
