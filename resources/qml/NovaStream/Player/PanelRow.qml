import QtQuick
import NovaStream.Controls
import NovaStream.Theme

// One choice in a panel: a line, a dimmed line below, a badge, and a tick at what plays now.
Item {
    id: root

    required property int index
    required property string key
    required property string name
    required property string note
    required property string badge
    required property bool current
    required property real share
    readonly property bool leadsOn: key.startsWith("panel:")
    property bool selected: false
    readonly property bool pointed: selected || _hover.hovered

    signal chosen()

    implicitHeight: Math.max(52, _words.implicitHeight + 20)
    Accessible.role: Accessible.RadioButton
    Accessible.name: note === "" ? name : name + ", " + note
    Accessible.checked: current
    Accessible.onPressAction: root.chosen()

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        antialiasing: true
        color: _hover.hovered ? Look.panelHover : root.current ? Look.panelCurrent : "transparent"
        border.width: root.selected ? Theme.ringWidth : 0
        border.color: Look.accentSoft
    }
    Icon {
        id: _tick

        anchors { left: parent.left; leftMargin: 12; verticalCenter: parent.verticalCenter }
        visible: root.current
        name: "check"
        color: Look.accentSoft
    }
    Column {
        id: _words

        anchors { left: parent.left; right: _badge.left; leftMargin: 44; rightMargin: 12 }
        anchors.verticalCenter: parent.verticalCenter
        spacing: 3

        Label {
            width: parent.width
            text: root.name
            color: Look.text
            font.weight: root.current ? Font.DemiBold : Font.Medium
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.note
            color: Look.textDim
            font.pixelSize: Theme.fontTiny
            wrapMode: Text.Wrap
            lineHeight: 1.2
            maximumLineCount: 2
            elide: Text.ElideRight
            Accessible.ignored: true
        }
        ShareBar {
            width: parent.width
            visible: root.share >= 0
            share: root.share
            name: root.name
        }
    }
    Icon {
        anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
        visible: root.leadsOn
        name: "chevron-right"
        color: Look.textDim
    }
    Rectangle {
        id: _badge

        anchors { right: parent.right; rightMargin: 12; verticalCenter: parent.verticalCenter }
        visible: root.badge !== ""
        width: visible ? _badgeText.implicitWidth + 16 : 0
        height: 22
        radius: 5
        color: Look.hover

        Label {
            id: _badgeText

            anchors.centerIn: parent
            text: root.badge
            color: Look.textDim
            font.pixelSize: 11
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
    }
    HoverHandler {
        id: _hover
        cursorShape: Qt.PointingHandCursor
    }
    TapHandler {
        gesturePolicy: TapHandler.ReleaseWithinBounds
        onTapped: root.chosen()
    }
}
