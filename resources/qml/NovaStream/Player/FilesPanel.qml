import QtQuick

// Which file of a torrent is meant: asked where its names do not tell, or when a person says so.
SidePanel {
    id: root

    title: root.player.questionTitle
    hint: root.player.questionText
    foot: root.player.questionNone
    onFootPressed: root.player.closePanel()
}
