import QtQuick
import NovaStream.Theme
import NovaStream.Controls

// One way to play it, and why it stands where it stands.
ListRow {
    id: root

    required property int index
    required property string quality
    required property string kind
    required property string provider
    required property string detail
    required property string why
    required property string health
    required property string healthText
    required property bool best
    required property string offered
    required property string spoken
    readonly property bool _shines: best && health !== "dead"
    readonly property bool pointed: hovered || activeFocus

    // Tab stops at the list once, at the row that has or had the focus.
    activeFocusOnTab: index === Math.max(0, ListView.view ? ListView.view.currentIndex : 0)
    name: spoken
    implicitHeight: Math.max(84, _words.implicitHeight + 32)

    Rectangle {
        id: _badge

        x: Theme.space3
        anchors.verticalCenter: parent.verticalCenter
        width: 96
        height: 52
        radius: Theme.radius
        color: root._shines ? Theme.accent : Theme.surfaceRaised
        antialiasing: true

        Label {
            anchors.fill: parent
            anchors.margins: Theme.space2
            horizontalAlignment: Text.AlignHCenter
            text: root.quality
            color: root._shines ? Theme.accentText : Theme.text
            font.pixelSize: root.quality.length > 7 ? Theme.fontTiny : Theme.fontLead
            font.weight: Font.Bold
            font.features: Theme.tabular
            wrapMode: Text.Wrap
            lineHeight: 1
            Accessible.ignored: true
        }
    }
    Column {
        id: _words

        anchors {
            left: _badge.right
            leftMargin: Theme.space4
            right: _health.left
            rightMargin: Theme.space3
            verticalCenter: parent.verticalCenter
        }
        spacing: 6

        Label {
            width: parent.width
            text: root.best ? qsTr("%1 from %2 · First choice").arg(root.kind).arg(root.provider)
                            : qsTr("%1 from %2").arg(root.kind).arg(root.provider)
            font.weight: Font.DemiBold
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: [root.detail, root.offered].filter(part => part !== "").join(" · ")
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
            Accessible.ignored: true
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: qsTr("Why: %1").arg(root.why)
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
            wrapMode: Text.Wrap
            Accessible.ignored: true
        }
    }
    Row {
        id: _health

        anchors { right: parent.right; rightMargin: Theme.space4; verticalCenter: parent.verticalCenter }
        spacing: Theme.space2

        Rectangle {
            anchors.verticalCenter: parent.verticalCenter
            width: 8
            height: 8
            radius: 4
            color: root.health === "healthy" ? Theme.success
                 : root.health === "degraded" ? Theme.warning
                 : root.health === "dead" ? Theme.danger : Theme.textDim
        }
        Label {
            width: Math.min(implicitWidth, 260)
            text: root.healthText
            color: Theme.textDim
            font.pixelSize: Theme.fontTiny
            Accessible.ignored: true
        }
    }
}
