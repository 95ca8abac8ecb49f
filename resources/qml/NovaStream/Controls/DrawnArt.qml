import QtQuick
import NovaStream.Theme

// What makes a poster of two colours and a title: a motif, and the words set large.
Item {
    id: root

    required property string title
    required property bool showTitle
    required property real below
    // Of `Theme.artOf`: the colours that it is laid over, and its motif.
    required property var ground
    required property real radius

    Accessible.ignored: true

    Image {
        anchors.fill: parent
        source: Qt.resolvedUrl("../../../art/motif-" + root.ground.motif + ".png")
        asynchronous: true
        mirror: root.ground.mirrored
        fillMode: Image.PreserveAspectCrop
    }
    Rectangle {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        height: parent.height * 0.66
        radius: root.radius
        visible: root.showTitle
        gradient: Gradient {
            GradientStop { position: 0; color: Qt.alpha(root.ground.bottom, 0) }
            GradientStop { position: 0.6; color: Qt.alpha(root.ground.bottom, 0.9) }
            GradientStop { position: 1; color: root.ground.bottom }
        }
    }
    // Not a Label: that one's line height follows the count of lines, which `Fit` changes.
    Text {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
        anchors { margins: Math.min(14, root.width * 0.08); bottomMargin: anchors.margins + root.below }
        height: parent.height * 0.5
        visible: root.showTitle
        text: root.title
        textFormat: Text.PlainText
        color: Theme.scrimText
        font.family: Theme.fontFamily
        font.pixelSize: Math.round(Math.min(root.height, root.width) * 0.16)
        font.weight: Font.Bold
        font.letterSpacing: -0.4
        fontSizeMode: Text.Fit
        minimumPixelSize: 11
        lineHeight: 1.06
        verticalAlignment: Text.AlignBottom
        wrapMode: Text.Wrap
        elide: Text.ElideRight
        maximumLineCount: 5
        Accessible.ignored: true
    }
}
