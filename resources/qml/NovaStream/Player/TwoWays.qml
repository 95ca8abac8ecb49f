import QtQuick
import NovaStream.Core

// In the credits: to what is told behind them, or on to the next episode.
Row {
    id: root

    required property PlayerViewModel player

    function _withKey(words: string, action: string): string {
        const key = root.player.keyOf(action);
        return key === "" ? words : words + "   " + key;
    }

    spacing: 8

    WideButton {
        width: (parent.width - 8) / 2
        text: root._withKey(qsTr("Skip to preview"), "skip")
        onClicked: root.player.skipSegment()
    }
    WideButton {
        width: (parent.width - 8) / 2
        text: root._withKey(qsTr("Next episode"), "episode_next")
        onClicked: root.player.nextEpisode()
    }
}
