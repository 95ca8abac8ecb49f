import QtQuick
import NovaStream.Theme

// The rating with its star, then the facts, on one line.
Row {
    id: root

    required property string facts
    property string rating: ""

    spacing: Theme.space2
    Accessible.ignored: true

    Icon {
        anchors.verticalCenter: parent.verticalCenter
        visible: root.rating !== ""
        name: "star"
        filled: true
        size: 16
        color: Theme.warning
    }
    Label {
        visible: root.rating !== ""
        text: root.rating
        font.weight: Font.DemiBold
        font.features: Theme.tabular
        Accessible.name: qsTr("Rated %1").arg(root.rating)
    }
    Label {
        width: Math.min(implicitWidth, root.width - x)
        text: (root.rating !== "" ? "·  " : "") + root.facts
        color: Theme.textDim
        font.features: Theme.tabular
        Accessible.name: root.facts
    }
}
