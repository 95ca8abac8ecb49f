import QtQuick
import NovaStream.Theme

// A picture with round corners, or a drawn gradient with the title where there is none.
// `ground` is the colour behind it: the corners are painted over with it.
Item {
    id: root

    required property url source
    required property string title
    property color ground: Theme.background
    property real radius: Theme.radius
    property bool showTitle: true
    property int titleSize: Theme.fontBody
    property int fillMode: Image.PreserveAspectCrop
    readonly property bool ready: _image.status === Image.Ready
    readonly property var _colors: Theme.artColors(title)

    clip: false
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: root.radius
        visible: !root.ready || _image.opacity < 1
        gradient: Gradient {
            GradientStop { position: 0; color: root._colors[0] }
            GradientStop { position: 1; color: root._colors[1] }
        }

        Label {
            anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
            anchors.margins: Theme.space3 - 2
            visible: root.showTitle && !root.ready
            text: root.title
            color: Theme.scrimText
            font.pixelSize: root.titleSize
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            elide: Text.ElideRight
            lineHeight: 1.1
            maximumLineCount: Math.max(1, Math.floor(root.height / (root.titleSize * 1.6)) - 1)
            Accessible.ignored: true
        }
    }
    Image {
        id: _image

        anchors.fill: parent
        source: root.source
        asynchronous: true
        cache: true
        mipmap: false
        fillMode: root.fillMode
        sourceSize: Qt.size(Math.ceil(width * Screen.devicePixelRatio * 1.06), 0)
        opacity: status === Image.Ready ? 1 : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.durationPage }
        }
    }
    Rectangle {
        readonly property real frame: Math.ceil(root.radius * 0.5)

        anchors.fill: parent
        anchors.margins: -frame
        visible: root.radius > 0
        radius: root.radius + frame
        color: "transparent"
        border.width: frame
        border.color: root.ground
        antialiasing: true
    }
}
