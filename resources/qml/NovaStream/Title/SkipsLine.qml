import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The skips of this show: shifted by half seconds, and whether anything jumps by itself.
FocusScope {
    id: root

    required property TitleSkipsViewModel skips
    // Beside many seasons, or in a narrow window, there is room for the buttons only, or for none.
    required property real room
    readonly property bool fits: room >= _row.implicitWidth

    // What arrows walk along.
    function items(): list<Item> {
        return visible ? [_earlier, _later, _quiet, _reset].filter(item => item.visible) : [];
    }

    implicitWidth: _row.implicitWidth
    implicitHeight: Theme.controlHeight - 4
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Skips of this show: %1").arg(skips.text)

    Label {
        id: _words

        anchors { right: _row.left; rightMargin: Theme.space2; verticalCenter: parent.verticalCenter }
        visible: root.room >= _row.implicitWidth + implicitWidth + Theme.space2
        text: qsTr("Skips %1").arg(root.skips.text)
        color: Theme.textDim
        font.pixelSize: Theme.fontTiny
        font.features: Theme.tabular
        Accessible.ignored: true
    }
    Row {
        id: _row

        anchors { right: parent.right; verticalCenter: parent.verticalCenter }
        spacing: Theme.space1

        Button {
            id: _earlier

            implicitHeight: 36
            kind: "quiet"
            text: qsTr("\u22120.5 s")
            name: qsTr("Skips half a second earlier")
            onClicked: root.skips.shift(-1)
        }
        Button {
            id: _later

            implicitHeight: 36
            kind: "quiet"
            text: qsTr("+0.5 s")
            name: qsTr("Skips half a second later")
            onClicked: root.skips.shift(1)
        }
        Button {
            id: _quiet

            implicitHeight: 36
            kind: "quiet"
            icon: root.skips.quiet ? "check" : ""
            text: qsTr("Only ask here")
            hint: root.skips.quiet ? qsTr("On: nothing is skipped by itself") : qsTr("Off: as in Settings")
            onClicked: root.skips.keepQuiet(!root.skips.quiet)
        }
        IconButton {
            id: _reset

            visible: root.skips.shifted
            size: 36
            iconSize: 18
            icon: "rotate-ccw"
            name: qsTr("Skips as they were found")
            onClicked: root.skips.shift(0)
        }
    }
}
