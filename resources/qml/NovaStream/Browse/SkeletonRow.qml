pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Where cards will be, in the size of cards, so that nothing jumps when they come.
Row {
    id: root

    property bool wide: false

    spacing: Theme.space3
    Accessible.ignored: true

    Repeater {
        model: root.wide ? 5 : 9

        Column {
            spacing: 12

            Skeleton {
                width: root.wide ? 272 : 148
                height: root.wide ? 153 : 222
            }
            Skeleton {
                width: root.wide ? 140 : 96
                height: 12
                radius: 6
            }
        }
    }
}
