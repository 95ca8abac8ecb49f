pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme

// A picture with round corners; what is drawn from the title where there is none.
// `ground` is the colour behind it: the corners are painted over with it.
Item {
    id: root

    required property url source
    required property string title
    property color ground: Theme.background
    property real radius: Theme.radius
    property bool showTitle: true
    // Room that is kept free below the title, as for a progress bar.
    property real below: 0
    property int fillMode: Image.PreserveAspectCrop
    readonly property bool ready: _image.status === Image.Ready
    readonly property var _drawing: Theme.artOf(title)
    readonly property bool drawn: source.toString() === "" || _image.status === Image.Error

    clip: false
    Accessible.ignored: true

    Rectangle {
        anchors.fill: parent
        radius: root.radius
        visible: !root.ready || _image.opacity < 1
        gradient: Gradient {
            GradientStop { position: 0; color: root._drawing.top }
            GradientStop { position: 1; color: root._drawing.bottom }
        }
    }
    Loader {
        anchors.fill: parent
        active: root.drawn
        sourceComponent: DrawnArt {
            title: root.title
            radius: root.radius
            ground: root._drawing
            showTitle: root.showTitle
            below: root.below
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
