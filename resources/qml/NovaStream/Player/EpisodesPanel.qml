// The title's episodes.
SidePanel {
    id: root

    title: qsTr("Episodes")
    empty: qsTr("This title has no episodes")
    foot: qsTr("This show: skips, and what follows")
    onFootPressed: root.player.togglePanel("show")
}
