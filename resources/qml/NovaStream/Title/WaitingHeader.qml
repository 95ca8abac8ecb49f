import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// Where a title's words will be.
Column {
    spacing: Theme.space3

    Skeleton { width: 420; height: 48 }
    Skeleton { width: 260; height: 16; radius: 8 }
    Skeleton { width: 560; height: 60 }
    Skeleton { width: 180; height: Theme.controlHeight }
}
