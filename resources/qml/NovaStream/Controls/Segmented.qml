pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Theme

// A few choices side by side. Left and right choose; at the ends the key goes on to the page.
FocusScope {
    id: root

    required property list<string> options
    required property int currentIndex
    property string name: ""
    property color ground: Theme.surfaceRaised

    signal chosen(index: int)

    activeFocusOnTab: true
    implicitWidth: _row.implicitWidth + 8
    implicitHeight: Theme.controlHeight - 4
    Accessible.role: Accessible.ComboBox
    Accessible.name: name + (currentIndex >= 0 && currentIndex < options.length
                             ? ": " + options[currentIndex] : "")
    Accessible.focusable: true
    Keys.onLeftPressed: event => root._step(-1, event)
    Keys.onRightPressed: event => root._step(1, event)

    function _step(by: int, event: var) {
        const next = root.currentIndex + by;
        event.accepted = next >= 0 && next < root.options.length;
        if (event.accepted)
            root.chosen(next);
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radius
        color: root.ground
        antialiasing: true
    }
    Row {
        id: _row

        anchors.centerIn: parent

        Repeater {
            model: root.options

            Item {
                id: _option

                required property int index
                required property string modelData
                readonly property bool current: index === root.currentIndex

                width: _text.implicitWidth + 32
                height: root.height - 8
                Accessible.role: Accessible.RadioButton
                Accessible.name: modelData
                Accessible.checked: current
                Accessible.onPressAction: root.chosen(index)

                Rectangle {
                    anchors.fill: parent
                    radius: Theme.radiusSmall
                    antialiasing: true
                    color: _option.current ? Theme.accent
                         : _hover.hovered ? Theme.surfaceHover : "transparent"

                    Behavior on color {
                        ColorAnimation { duration: Theme.durationFocus }
                    }
                }
                Label {
                    id: _text

                    anchors.centerIn: parent
                    text: _option.modelData
                    color: _option.current ? Theme.accentText : Theme.text
                    font.weight: Font.Medium
                    Accessible.ignored: true
                }
                HoverHandler {
                    id: _hover
                    cursorShape: Qt.PointingHandCursor
                }
                TapHandler {
                    onTapped: {
                        root.forceActiveFocus(Qt.MouseFocusReason);
                        root.chosen(_option.index);
                    }
                }
            }
        }
    }
    FocusRing {
        shown: root.activeFocus
    }
}
