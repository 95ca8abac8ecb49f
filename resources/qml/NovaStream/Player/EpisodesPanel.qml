// The title's episodes.
SidePanel {
    title: qsTr("Episodes")
    empty: qsTr("This title has no episodes")
}
