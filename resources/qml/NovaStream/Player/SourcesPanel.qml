import QtQuick

// Where it can be played from, best first, with the reasons for the order.
SidePanel {
    id: root

    title: qsTr("Sources")
    hint: qsTr("Best first. Another one goes on at the same second")
    empty: qsTr("No other source is known")
    foot: root.player.hasSources ? qsTr("This one is bad: next source") : ""
    onFootPressed: {
        root.player.nextSource();
        root.player.closePanel();
    }
}
