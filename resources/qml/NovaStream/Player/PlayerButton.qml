import QtQuick
import NovaStream.Controls
import NovaStream.Theme

// A round icon button over video. The mouse gives it no focus, and Space goes on to the page.
Item {
    id: root

    required property string name
    required property string icon
    property string keys: ""
    property string glyph: ""
    property int size: 44
    property int iconSize: 24
    property bool lit: false
    property bool filled: false
    property bool tipBelow: false
    readonly property bool hovered: _hover.hovered
    readonly property bool _tells: (hovered || activeFocus) && enabled

    signal clicked()

    width: size
    height: size
    opacity: enabled ? 1 : 0.35
    activeFocusOnTab: enabled
    Accessible.role: Accessible.Button
    Accessible.name: name
    Accessible.description: keys
    Accessible.focusable: enabled
    Accessible.onPressAction: root.clicked()

    Keys.onReturnPressed: event => _press(event)
    Keys.onEnterPressed: event => _press(event)

    function _press(event: var) {
        if (!event.isAutoRepeat)
            root.clicked();
    }

    Rectangle {
        anchors.fill: parent
        radius: width / 2
        antialiasing: true
        color: root.filled ? (root.hovered ? "#FFFFFF" : Look.text) : root.hovered ? Look.hover : "transparent"
        scale: _tap.pressed ? 0.94 : 1

        Behavior on color {
            ColorAnimation { duration: Theme.durationFocus }
        }
    }
    Icon {
        anchors.centerIn: parent
        anchors.horizontalCenterOffset: root.filled && root.icon === "play" ? 1 : 0
        name: root.icon
        size: root.iconSize
        color: root.filled ? Theme.scrim : Look.text
    }
    Label {
        anchors.centerIn: parent
        anchors.verticalCenterOffset: 1
        visible: root.glyph !== ""
        text: root.glyph
        color: Look.text
        font.pixelSize: 9
        font.weight: Font.Bold
        Accessible.ignored: true
    }
    Rectangle {
        anchors.horizontalCenter: parent.horizontalCenter
        anchors.bottom: parent.bottom
        anchors.bottomMargin: 3
        visible: root.lit
        width: 14
        height: 2
        radius: 1
        color: Look.accent
    }
    Rectangle {
        y: root.tipBelow ? root.height + 6 : -height - 10
        x: Math.round((root.width - width) / 2)
        width: _tip.implicitWidth + 20
        height: 30
        radius: Theme.radiusSmall
        color: Look.control
        visible: opacity > 0
        opacity: root._tells ? 1 : 0

        Behavior on opacity {
            SequentialAnimation {
                PauseAnimation { duration: root._tells ? 350 : 0 }
                NumberAnimation { duration: Theme.durationFocus }
            }
        }

        Label {
            id: _tip

            anchors.centerIn: parent
            text: root.keys === "" ? root.name : root.name + "  ·  " + root.keys
            color: Look.text
            font.pixelSize: Theme.fontTiny
            Accessible.ignored: true
        }
    }
    FocusRing {
        shown: root.activeFocus
        controlRadius: root.size / 2
        gap: 0
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
