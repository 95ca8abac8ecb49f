import QtQuick
import NovaStream.Theme

// What a curated list says about a title, set off by a line.
Item {
    id: root

    property string text: ""

    visible: text !== ""
    implicitHeight: _note.height

    Rectangle {
        width: 3
        height: parent.height
        radius: 1.5
        color: Theme.accent
    }
    Label {
        id: _note

        x: 14
        width: parent.width - x
        text: root.text
        wrapMode: Text.Wrap
        maximumLineCount: 2
        elide: Text.ElideRight
        Accessible.name: qsTr("Programme note: %1").arg(text)
    }
}
