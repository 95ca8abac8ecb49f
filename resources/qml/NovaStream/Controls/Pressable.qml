import QtQuick
import NovaStream.Theme

// What every button has in common: focus by Tab and arrows, Enter and Space, hover, its name.
FocusScope {
    id: root

    property string name: ""
    property string hint: ""
    // The title that it stands for, or one of its episodes: keys and the menu act on it.
    property string contentId: ""
    property string episodeId: ""
    property bool spaceActivates: true
    property real controlRadius: Theme.radius
    property bool showRing: true
    readonly property bool hovered: _hover.hovered
    readonly property bool pressed: _tap.pressed
    readonly property bool focused: activeFocus && showRing

    signal clicked()

    function press() {
        if (enabled)
            root.clicked();
    }

    activeFocusOnTab: true
    implicitHeight: Theme.controlHeight
    opacity: enabled ? 1 : 0.45
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.description: hint
    Accessible.focusable: true
    Accessible.onPressAction: root.press()

    Keys.onReturnPressed: event => _key(event)
    Keys.onEnterPressed: event => _key(event)
    Keys.onSpacePressed: event => {
        event.accepted = root.spaceActivates;
        if (root.spaceActivates)
            _key(event);
    }

    function _key(event: var) {
        event.accepted = true;
        if (!event.isAutoRepeat)
            root.press();
    }

    HoverHandler {
        id: _hover
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        id: _tap
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: {
            root.forceActiveFocus(Qt.MouseFocusReason);
            root.press();
        }
    }
    TapHandler {
        acceptedButtons: Qt.RightButton
        enabled: root.contentId !== ""
        onTapped: {
            root.forceActiveFocus(Qt.MouseFocusReason);
            MenuCalls.menuAsked();
        }
    }
    FocusRing {
        shown: root.focused
        controlRadius: root.controlRadius
    }
}
