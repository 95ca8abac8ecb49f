import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// A poster (2:3) or, in the row to go on with, a wide picture (16:9) with a progress bar.
Pressable {
    id: root

    required property int index
    required property string title
    required property string detail
    required property string art
    required property string artUrl
    required property real progress
    required property string spoken
    required contentId
    required episodeId
    property bool wide: false
    property bool showDetail: wide
    readonly property bool _lit: activeFocus || hovered
    // The title stands once: on drawn art, else below the picture.
    readonly property bool _named: _art.drawn

    signal artWanted(url: string)

    name: spoken
    hint: progress > 0 ? qsTr("%1 percent watched").arg(Math.round(progress * 100)) : ""
    showRing: false
    spaceActivates: false
    activeFocusOnTab: false
    width: wide ? 272 : 148
    height: _picture.height + 56
    z: _lit ? 1 : 0
    onArtChanged: if (art === "") root.artWanted(artUrl)
    onArtUrlChanged: if (art === "") root.artWanted(artUrl)
    Component.onCompleted: if (art === "") root.artWanted(artUrl)

    Item {
        id: _picture

        width: parent.width
        height: root.wide ? 153 : 222
        scale: root.activeFocus ? Theme.focusScale : root.hovered ? 1.03 : 1
        transformOrigin: Item.Center

        Behavior on scale {
            NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
        }

        Art {
            id: _art

            anchors.fill: parent
            source: root.art
            title: root.title
            below: root.progress > 0 ? Theme.space3 : 0
        }
        ProgressBar {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 10 }
            visible: root.progress > 0
            value: root.progress
        }
        FocusRing {
            shown: root.activeFocus
            gap: 0
        }
    }
    Label {
        id: _title

        anchors { top: _picture.bottom; topMargin: root.activeFocus ? 14 : 10 }
        width: parent.width
        text: root._named ? root.detail : root.title
        color: root._lit ? Theme.text : Theme.textDim
        font.pixelSize: Theme.fontTiny
        font.weight: root._named ? Font.Normal : Font.DemiBold
        font.features: Theme.tabular
        Accessible.ignored: true

        Behavior on anchors.topMargin {
            NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
        }
    }
    Label {
        anchors { top: _title.bottom; topMargin: 2 }
        width: parent.width
        text: root.detail
        color: Theme.textDim
        font.pixelSize: Theme.fontTiny
        font.features: Theme.tabular
        visible: !root._named
        opacity: root._lit || root.showDetail ? 1 : 0
        Accessible.ignored: true

        Behavior on opacity {
            NumberAnimation { duration: Theme.durationFocus }
        }
    }
}
