import QtQuick
import NovaStream.Theme

// A Lucide icon in any colour; drawn by the `icon` image provider from resources/icons.
Image {
    id: root

    required property string name
    property color color: Theme.text
    property int size: 20
    property bool filled: false

    width: size
    height: size
    sourceSize: Qt.size(size * Screen.devicePixelRatio, size * Screen.devicePixelRatio)
    source: name === "" ? "" : "image://icon/" + name + "/" + String(color).slice(1)
                           + (filled ? "/filled" : "")
    smooth: true
    Accessible.ignored: true
}
