pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme

// The way between rooms: icons, and their names while it has the focus or the pointer.
FocusScope {
    id: root

    required property AppViewModel app
    readonly property bool open: activeFocus || _hover.hovered

    signal leaving()

    width: open ? 208 : Theme.railWidth
    Accessible.role: Accessible.Pane
    Accessible.name: qsTr("Rooms")
    Keys.onRightPressed: root.leaving()

    Behavior on width {
        NumberAnimation { duration: Theme.durationFocus; easing.type: Easing.OutCubic }
    }

    HoverHandler {
        id: _hover
    }
    Rectangle {
        anchors.fill: parent
        color: Theme.surface
        opacity: root.open ? 1 : 0

        Behavior on opacity {
            NumberAnimation { duration: Theme.durationFocus }
        }
        Rectangle {
            anchors { top: parent.top; bottom: parent.bottom; left: parent.right }
            width: 32
            opacity: 0.6
            gradient: Gradient {
                orientation: Gradient.Horizontal
                GradientStop { position: 0; color: Theme.shadow }
                GradientStop { position: 1; color: "transparent" }
            }
        }
    }
    Image {
        x: (Theme.railWidth - width) / 2
        y: Theme.space4
        width: 32
        height: 32
        sourceSize: Qt.size(64, 64)
        source: "../../../icons/app/novastream-64.png"
        Accessible.ignored: true
    }
    RailItem {
        id: _home

        focus: true
        anchors.verticalCenter: parent.verticalCenter
        width: root.width
        icon: "house"
        text: qsTr("Home")
        open: root.open
        current: root.app.page !== "settings"
        KeyNavigation.down: _settings
        onClicked: {
            root.app.openHome();
            root.leaving();
        }
    }
    RailItem {
        id: _settings

        anchors { bottom: parent.bottom; bottomMargin: Theme.space4 }
        width: root.width
        icon: "settings"
        text: qsTr("Settings")
        open: root.open
        current: root.app.page === "settings"
        KeyNavigation.up: _home
        onClicked: {
            root.app.openSettings();
            root.leaving();
        }
    }
}
