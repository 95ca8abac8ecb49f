import QtQuick
import NovaStream.Core

// What is chosen while it plays: tracks, episodes, sources, speed, and the window's size.
Row {
    id: root

    required property PlayerViewModel player
    property bool narrow: false

    spacing: 2

    PlayerButton {
        name: root.player.subtitlesOn ? qsTr("Subtitles: %1").arg(root.player.subtitleText) : qsTr("Subtitles")
        keys: root.player.keyOf("subtitle_panel")
        icon: "captions"
        lit: root.player.subtitlesOn
        onClicked: root.player.togglePanel("subtitles")
    }
    PlayerButton {
        name: qsTr("Sound tracks")
        keys: root.player.keyOf("audio_panel")
        icon: "audio-lines"
        onClicked: root.player.togglePanel("audio")
    }
    PlayerButton {
        visible: root.player.hasEpisodes
        name: qsTr("Episodes")
        keys: root.player.keyOf("episodes")
        icon: "list"
        onClicked: root.player.togglePanel("episodes")
    }
    PlayerButton {
        name: qsTr("Sources")
        keys: root.player.keyOf("sources")
        icon: "layers"
        onClicked: root.player.togglePanel("sources")
    }
    PlayerButton {
        name: qsTr("Speed: %1").arg(root.player.speedText)
        keys: root.player.keyOf("speed_panel")
        icon: "gauge"
        lit: root.player.speed !== 1
        onClicked: root.player.togglePanel("speed")
    }
    PlayerButton {
        visible: !root.narrow
        name: qsTr("Mini player")
        keys: root.player.keyOf("mini")
        icon: "picture-in-picture-2"
        onClicked: root.player.toggleMini()
    }
    PlayerButton {
        name: root.player.fullscreen ? qsTr("Leave full screen") : qsTr("Full screen")
        keys: root.player.keyOf("fullscreen")
        icon: root.player.fullscreen ? "minimize" : "maximize"
        onClicked: root.player.toggleFullscreen()
    }
}
