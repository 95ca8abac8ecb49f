import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One file of a transfer, with a switch that asks for it.
FocusScope {
    id: root

    required property string name
    required property string detail
    required property real fraction
    required property bool wanted
    required property bool mayChange
    required property string spoken

    signal asked(on: bool)

    function toggle() {
        if (mayChange)
            root.asked(!root.wanted);
    }

    implicitHeight: 64
    Accessible.role: Accessible.CheckBox
    Accessible.name: spoken
    Accessible.checked: wanted
    Accessible.focusable: true
    Accessible.onToggleAction: root.toggle()
    Keys.onReturnPressed: root.toggle()
    Keys.onEnterPressed: root.toggle()
    Keys.onSpacePressed: root.toggle()

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.activeFocus || _hover.hovered ? Theme.surfaceRaised : "transparent"
    }
    Column {
        anchors { left: parent.left; right: _switch.left; verticalCenter: parent.verticalCenter }
        anchors { leftMargin: Theme.space3; rightMargin: Theme.space4 }
        spacing: 4

        Label {
            width: parent.width
            text: root.name
            font.weight: Font.Medium
            elide: Text.ElideMiddle
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            text: root.detail
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
            Accessible.ignored: true
        }
        ProgressBar {
            width: parent.width
            implicitHeight: 3
            visible: root.fraction > 0 && root.fraction < 1
            value: root.fraction
            track: Theme.surfaceHover
            fill: Theme.accentInk
        }
    }
    Toggle {
        id: _switch

        anchors { right: parent.right; rightMargin: Theme.space3; verticalCenter: parent.verticalCenter }
        opacity: root.mayChange ? 1 : 0.5
        activeFocusOnTab: false
        enabled: root.mayChange
        checked: root.wanted
        name: root.name
        onToggled: on => root.asked(on)
    }
    FocusRing {
        shown: root.activeFocus
        gap: -3
    }
    HoverHandler {
        id: _hover
    }
}
