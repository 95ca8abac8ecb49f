import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// The next episode: a button until the very end, then a ring that counts down. Cancel means cancel.
// Where something is told behind the credits, two buttons: there, or on to the next episode.
FocusScope {
    id: root

    required property PlayerViewModel player
    property bool _hidden: player.hidesSpoilers()
    readonly property bool _counts: player.nextUpCountdown >= 0
    readonly property bool _twoWays: player.nextUpAfterCredits
    readonly property int _cardHeight: 112

    property point _last: Qt.point(-1, -1)

    function _moved(at: point): bool {
        const first = root._last.x < 0;
        const far = Math.abs(at.x - root._last.x) + Math.abs(at.y - root._last.y) >= 3;
        if (first || far)
            root._last = at;
        return !first && far;
    }

    objectName: "nextUp"
    width: 400
    height: _cardHeight + (_twoWays ? 56 : 0)
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
            root._hidden = root.player.hidesSpoilers();
            root._last = Qt.point(-1, -1);
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

        anchors { left: parent.left; top: parent.top; margins: 12 }
        height: root._cardHeight - 24
        width: height * 16 / 9

        Art {
            anchors.fill: parent
            layer.enabled: root._hidden && root.player.nextUpPicture !== ""
            layer.textureSize: Qt.size(12, 7)  // drawn so small, it is blurred when it is grown
            layer.smooth: true
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
        anchors.verticalCenter: _picture.verticalCenter
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

        anchors { left: parent.left; right: _cancel.left; top: parent.top }
        height: root._cardHeight
        activeFocusOnTab: root.enabled && !root._twoWays
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
            onHoveredChanged: if (!hovered) root.player.holdNextEpisode(false)
            // A pointer that only rests where the card comes up holds nothing.
            onPointChanged: if (hovered && root._moved(point.position)) root.player.holdNextEpisode(true)
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
        onClicked: root.player.dismissNextEpisode()
    }
    TwoWays {
        anchors { left: parent.left; right: parent.right; bottom: parent.bottom; margins: 12 }
        visible: root._twoWays
        player: root.player
    }
    FocusRing {
        shown: _go.activeFocus && !root._twoWays
        controlRadius: Theme.radiusLarge
        gap: 1
    }
}
