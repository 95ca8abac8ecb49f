// Where it can be played from, best first, with the reasons for the order.
SidePanel {
    title: qsTr("Sources")
    hint: qsTr("Best first. Another one goes on at the same second")
    empty: qsTr("No other source is known")
}
