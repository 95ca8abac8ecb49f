import QtQuick
import NovaStream.Controls
import NovaStream.Theme

// A button with words over video. As with `PlayerButton`, Space goes on to the page and pauses.
Item {
    id: root

    required property string text

    signal clicked()

    implicitHeight: 44
    activeFocusOnTab: visible
    Accessible.role: Accessible.Button
    Accessible.name: text
    Accessible.focusable: visible
    Accessible.onPressAction: root.clicked()

    Keys.onReturnPressed: event => _press(event)
    Keys.onEnterPressed: event => _press(event)

    function _press(event: var) {
        if (!event.isAutoRepeat)
            root.clicked();
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        antialiasing: true
        color: _hover.hovered ? Look.cardHover : Look.card
        border.width: 1
        border.color: Look.edge
        scale: _tap.pressed ? 0.98 : 1
    }
    Label {
        anchors.centerIn: parent
        text: root.text
        color: Look.text
        font.weight: Font.DemiBold
        Accessible.ignored: true
    }
    FocusRing {
        shown: root.activeFocus
        controlRadius: Theme.radius
        gap: 1
    }
    HoverHandler {
        id: _hover
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        id: _tap
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.clicked()
    }
}
