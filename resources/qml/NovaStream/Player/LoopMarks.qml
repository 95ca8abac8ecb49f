pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core

// The ends of the A-B loop on the seek bar, and what lies between them.
Item {
    id: root

    required property PlayerViewModel player

    visible: player.loopFrom >= 0

    Rectangle {
        visible: root.player.loopTo >= 0
        x: root.width * root.player.loopFrom
        width: root.width * (root.player.loopTo - root.player.loopFrom)
        height: root.height
        color: Look.loud
        opacity: 0.55
    }
    Repeater {
        model: [{ at: root.player.loopFrom, name: "A" }, { at: root.player.loopTo, name: "B" }]

        Rectangle {
            required property var modelData

            visible: modelData.at >= 0
            x: Math.round(root.width * modelData.at) - 1
            y: -5
            width: 3
            height: root.height + 10
            radius: 1
            color: Look.loud
        }
    }
}
