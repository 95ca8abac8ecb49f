import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// The home page before anything is known: the places of hero and rows.
Item {
    id: root

    Accessible.role: Accessible.StaticText
    Accessible.name: qsTr("Loading the home page")

    Column {
        x: Theme.railWidth + Theme.pageMargin
        y: 148
        spacing: Theme.space3

        Skeleton {
            width: 180
            height: 14
            radius: 7
        }
        Skeleton {
            width: 420
            height: 44
        }
        Skeleton {
            width: 300
            height: 16
            radius: 8
        }
        Row {
            topPadding: Theme.space4
            spacing: Theme.space3

            Skeleton {
                width: 132
                height: Theme.controlHeight
            }
            Skeleton {
                width: 132
                height: Theme.controlHeight
            }
        }
    }
    SkeletonRow {
        x: Theme.railWidth + Theme.pageMargin
        y: Theme.heroHeight + Theme.space3
        headed: true
    }
}
