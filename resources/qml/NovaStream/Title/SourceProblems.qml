pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Providers that did not answer, a line each, beneath what the others found.
Column {
    id: root

    required property list<string> problems

    topPadding: problems.length > 0 ? Theme.space3 : 0
    spacing: Theme.space2

    Repeater {
        model: root.problems

        Item {
            id: _line

            required property string modelData

            width: root.width
            height: _text.height

            Icon {
                id: _icon

                y: (Math.min(_text.height, 20) - height) / 2
                name: "circle-alert"
                size: 16
                color: Theme.warning
            }
            Label {
                id: _text

                anchors { left: _icon.right; leftMargin: Theme.space2; right: parent.right }
                text: _line.modelData
                color: Theme.textDim
                font.pixelSize: Theme.fontTiny
                wrapMode: Text.Wrap
            }
        }
    }
}
