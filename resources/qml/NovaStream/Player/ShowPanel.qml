// What a person says about the show that plays: what follows, and how its skips are.
SidePanel {
    title: qsTr("This show")
    hint: qsTr("Kept for this show. Choosing again takes it back")
}
