pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Where cards will be, in the size of cards, so that nothing jumps when they come. `headed`: with
// the place of the row's name above, as high as a RowHeader and its distance to the cards.
Item {
    id: root

    property bool wide: false
    property bool headed: false

    implicitWidth: _cards.width
    implicitHeight: _cards.y + _cards.height
    Accessible.ignored: true

    Skeleton {
        y: 8
        visible: root.headed
        width: 120
        height: 16
        radius: 8
    }
    Row {
        id: _cards

        y: root.headed ? 46 : 0
        spacing: Theme.space3

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
}
