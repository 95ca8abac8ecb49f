import QtQuick
import NovaStream.Controls
import NovaStream.Core
import NovaStream.Theme

// What stands in place of the video: why it cannot be played, or that it is over.
FocusScope {
    id: root

    required property PlayerViewModel player
    readonly property bool failed: player.error !== ""

    Accessible.role: failed ? Accessible.AlertMessage : Accessible.Pane
    Accessible.name: failed ? player.error
        : player.stillWatching ? qsTr("Still watching?") : qsTr("The end")

    Component.onCompleted: {
        _first.forceActiveFocus(Qt.OtherFocusReason);
        if (failed)
            Accessible.announce(player.error, Accessible.Assertive);
    }

    Rectangle {
        anchors.fill: parent
        color: root.failed ? "#CC0E0F13" : "#B30E0F13"
    }
    Column {
        anchors.centerIn: parent
        width: Math.min(640, parent.width - 96)
        spacing: 16

        Icon {
            anchors.horizontalCenter: parent.horizontalCenter
            name: root.failed ? "circle-alert" : "check"
            size: 40
            color: root.failed ? Look.danger : Look.accentSoft
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.failed ? qsTr("This cannot be played")
                : root.player.stillWatching ? qsTr("Still watching?") : qsTr("The end")
            color: Look.text
            font.pixelSize: Theme.fontHeadline
            font.weight: Font.DemiBold
            Accessible.role: Accessible.Heading
        }
        Label {
            width: parent.width
            horizontalAlignment: Text.AlignHCenter
            text: root.failed ? root.player.error
                : root.player.subtitle === "" ? root.player.title
                : root.player.title + " · " + root.player.subtitle
            color: Look.textDim
            font.pixelSize: Theme.fontLead
            wrapMode: Text.Wrap
        }
        Item {
            width: 1
            height: 8
        }
        Row {
            anchors.horizontalCenter: parent.horizontalCenter
            spacing: 12

            Button {
                id: _first

                focus: true
                spaceActivates: false
                kind: "primary"
                icon: root.failed ? "refresh-cw" : root.player.hasNext ? "skip-forward" : "rotate-ccw"
                text: root.failed ? qsTr("Try again")
                    : root.player.hasNext ? qsTr("Next episode") : qsTr("Watch again")
                onClicked: {
                    if (root.failed)
                        root.player.tryAgain();
                    else if (root.player.hasNext)
                        root.player.nextEpisode();
                    else
                        root.player.watchAgain();
                }
            }
            Button {
                spaceActivates: false
                kind: "overlay"
                visible: root.failed && root.player.hasSources
                icon: "layers"
                text: qsTr("Other source")
                onClicked: root.player.togglePanel("sources")
            }
            Button {
                spaceActivates: false
                kind: "overlay"
                icon: "chevron-left"
                text: qsTr("Back")
                onClicked: root.player.close()
            }
        }
    }
}
