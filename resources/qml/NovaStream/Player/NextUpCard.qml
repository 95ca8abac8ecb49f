import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// The next episode: a button until the very end, then a ring that counts down. Cancel means cancel.
FocusScope {
    id: root

    required property PlayerViewModel player
    readonly property bool _counts: player.nextUpCountdown >= 0

    width: 400
    height: 112
    visible: opacity > 0
    opacity: player.nextUpVisible ? 1 : 0
    enabled: player.nextUpVisible
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Next episode")
    Accessible.ignored: !enabled

    Behavior on opacity {
        NumberAnimation { duration: Theme.durationPage }
    }

    Connections {
        target: root.player

        function onNextUpVisibleChanged() {
            if (root.player.nextUpVisible)
                root.Accessible.announce(qsTr("Next episode: %1").arg(root.player.nextUpText));
        }
    }

    Rectangle {
        anchors.fill: parent
        radius: Theme.radiusLarge
        antialiasing: true
        color: _hover.hovered ? Look.cardHover : Look.card
        border.width: 1
        border.color: Look.edge
    }
    Item {
        id: _picture

        anchors { left: parent.left; top: parent.top; bottom: parent.bottom; margins: 12 }
        width: height * 16 / 9

        Art {
            anchors.fill: parent
            source: root.player.nextUpPicture
            title: root.player.nextUpText
            showTitle: false
            radius: Theme.radiusSmall
            ground: _hover.hovered ? Look.cardHover : Look.card
        }
        Rectangle {
            anchors.centerIn: parent
            width: 48
            height: 48
            radius: 24
            antialiasing: true
            color: "#A608090C"

            BufferingRing {
                anchors.fill: parent
                visible: root._counts
                share: Math.max(0, root.player.nextUpCountdown / 10)
                color: Look.accentSoft
            }
            Label {
                anchors.centerIn: parent
                visible: root._counts
                text: Math.ceil(root.player.nextUpCountdown)
                color: Look.text
                font.pixelSize: Theme.fontLead
                font.weight: Font.DemiBold
                font.features: Theme.tabular
                Accessible.ignored: true
            }
            Icon {
                anchors.centerIn: parent
                anchors.horizontalCenterOffset: 1
                visible: !root._counts
                name: "play"
                color: Look.text
            }
        }
    }
    Column {
        anchors { left: _picture.right; right: _cancel.left; leftMargin: 16; rightMargin: 4 }
        anchors.verticalCenter: parent.verticalCenter
        spacing: 4

        Label {
            text: root._counts ? qsTr("Next episode in %1 s").arg(Math.ceil(root.player.nextUpCountdown)) : qsTr("Next episode")
            color: Look.textDim
            font.pixelSize: Theme.fontTiny
            font.features: Theme.tabular
        }
        Label {
            width: parent.width
            text: root.player.nextUpText
            color: Look.text
            font.weight: Font.DemiBold
            wrapMode: Text.Wrap
            lineHeight: 1.2
            elide: Text.ElideRight
            maximumLineCount: 2
        }
        Label {
            width: parent.width
            visible: text !== ""
            text: root.player.nextUpNote
            color: Look.textDim
            font.pixelSize: Theme.fontTiny
            elide: Text.ElideRight
        }
    }
    Item {
        id: _go

        anchors { left: parent.left; right: _cancel.left; top: parent.top; bottom: parent.bottom }
        activeFocusOnTab: root.enabled
        Accessible.role: Accessible.Button
        Accessible.name: qsTr("Play the next episode")
        Accessible.focusable: root.enabled
        Accessible.ignored: !root.enabled
        Accessible.onPressAction: root.player.nextEpisode()
        Keys.onReturnPressed: root.player.nextEpisode()
        Keys.onEnterPressed: root.player.nextEpisode()

        HoverHandler {
            id: _hover
            cursorShape: Qt.PointingHandCursor
            onHoveredChanged: root.player.holdNextEpisode(hovered)
        }
        TapHandler {
            gesturePolicy: TapHandler.ReleaseWithinBounds
            onTapped: root.player.nextEpisode()
        }
    }
    PlayerButton {
        id: _cancel

        anchors { right: parent.right; top: parent.top; margins: 6 }
        size: 36
        iconSize: 18
        enabled: root.enabled
        name: qsTr("Stay here")
        keys: "Esc"
        icon: "x"
        onClicked: root.player.dismissPrompt()
    }
    FocusRing {
        shown: _go.activeFocus
        controlRadius: Theme.radiusLarge
        gap: 1
    }
}
