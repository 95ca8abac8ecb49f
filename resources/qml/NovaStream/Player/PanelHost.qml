pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core

// Shows the open panel; a closed one does not exist.
Item {
    id: root

    required property PlayerViewModel player
    readonly property string panel: player.panel
    /// How much of the right edge a panel lies on.
    readonly property real covered: {
        const side = [_tracks, _sources, _episodes, _show, _files].find(one => one.active);
        return side ? side.width : 0;
    }

    Loader {
        id: _tracks

        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: Math.min(Look.panelWidth, root.width - 80)
        active: ["subtitles", "subtitle-tools", "audio", "speed"].includes(root.panel)
        sourceComponent: TrackPanel {
            player: root.player
            panel: root.panel
        }
    }
    Loader {
        id: _sources

        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: Math.min(Look.panelWidth, root.width - 80)
        active: root.panel === "sources"
        sourceComponent: SourcesPanel {
            player: root.player
            panel: "sources"
        }
    }
    Loader {
        id: _episodes

        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: Math.min(Look.panelWidth, root.width - 80)
        active: root.panel === "episodes"
        sourceComponent: EpisodesPanel {
            player: root.player
            panel: "episodes"
        }
    }
    Loader {
        id: _show

        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: Math.min(Look.panelWidth + 80, root.width - 80)
        active: root.panel === "show"
        sourceComponent: ShowPanel {
            player: root.player
            panel: "show"
        }
    }
    Loader {
        id: _files

        anchors { right: parent.right; top: parent.top; bottom: parent.bottom }
        width: Math.min(Look.panelWidth + 80, root.width - 80)
        active: root.panel === "files"
        sourceComponent: FilesPanel {
            player: root.player
            panel: "files"
        }
    }
    Loader {
        x: Look.sideMargin
        y: 96
        active: root.panel === "info" || root.panel === "stats"
        sourceComponent: InfoPanel {
            player: root.player
            panel: root.panel
            most: root.height - 120
            widest: root.width - 2 * Look.sideMargin
        }
    }
    Loader {
        anchors.fill: parent
        active: root.panel === "shortcuts"
        sourceComponent: ShortcutsSheet { player: root.player }
    }
}
