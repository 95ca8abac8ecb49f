import QtQuick
import NovaStream.Theme

// A page: fades and slides in while it is shown, and is not there while it is not.
FocusScope {
    id: root

    required property bool shown
    required property string name

    opacity: shown ? 1 : 0
    visible: opacity > 0
    Accessible.role: Accessible.Pane
    Accessible.name: name

    transform: Translate {
        y: root.shown ? 0 : Theme.slide

        Behavior on y {
            NumberAnimation { duration: Theme.durationPage; easing.type: Easing.OutCubic }
        }
    }
    Behavior on opacity {
        NumberAnimation { duration: Theme.durationPage; easing.type: Easing.OutCubic }
    }
}
