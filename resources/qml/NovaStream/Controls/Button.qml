import QtQuick
import NovaStream.Theme

// A button with words. `kind`: primary (accent), secondary (raised), quiet (bare), overlay (on pictures).
Pressable {
    id: root

    required property string text
    property string icon: ""
    property string kind: "secondary"
    readonly property color _ink: kind === "primary" ? Theme.accentText
                                : kind === "overlay" ? Theme.scrimText : Theme.text

    name: text
    implicitWidth: _row.implicitWidth + (kind === "quiet" ? 24 : 40)

    Rectangle {
        anchors.fill: parent
        radius: root.controlRadius
        antialiasing: true
        scale: root.pressed ? 0.98 : 1
        color: {
            const lit = root.hovered || root.pressed;
            switch (root.kind) {
            case "primary": return lit ? Theme.accentHover : Theme.accent;
            case "overlay": return lit ? Theme.scrimControlHover : Theme.scrimControl;
            case "quiet": return lit ? Theme.surfaceRaised : "transparent";
            default: return lit ? Theme.surfaceHover : Theme.surfaceRaised;
            }
        }

        Behavior on color {
            ColorAnimation { duration: Theme.durationFocus }
        }
    }
    Row {
        id: _row

        anchors.centerIn: parent
        spacing: Theme.space2 + 2

        Icon {
            anchors.verticalCenter: parent.verticalCenter
            visible: root.icon !== ""
            name: root.icon
            filled: root.icon === "play"
            color: root._ink
        }
        Label {
            anchors.verticalCenter: parent.verticalCenter
            text: root.text
            color: root._ink
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
}
