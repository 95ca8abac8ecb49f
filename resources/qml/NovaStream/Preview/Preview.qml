import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// A title at a glance: picture, facts, what it is about, and Play. Space or Esc puts it away.
FocusScope {
    id: root

    required property BrowseViewModel browse

    function _step(by: int) {
        const items = [_play, _open, _library];
        const next = items[items.findIndex(item => item.activeFocus) + by];
        if (next)
            next.forceActiveFocus();
    }

    focus: true
    Accessible.role: Accessible.Dialog
    Accessible.name: browse.title
    Keys.onLeftPressed: root._step(-1)
    Keys.onRightPressed: root._step(1)
    Keys.onUpPressed: event => event.accepted = true
    Keys.onDownPressed: event => event.accepted = true
    Keys.onTabPressed: root._step(_library.activeFocus ? -2 : 1)
    Keys.onBacktabPressed: root._step(_play.activeFocus ? 2 : -1)
    Keys.onEscapePressed: root.browse.close()
    Keys.onSpacePressed: root.browse.close()

    Rectangle {
        anchors.fill: parent
        color: "#B308090C"

        MouseArea {
            anchors.fill: parent
            hoverEnabled: true
            onClicked: root.browse.close()
            onWheel: wheel => wheel.accepted = true
        }
    }
    Rectangle {
        id: _card

        anchors.centerIn: parent
        width: Math.min(760, root.width - 160)
        height: Math.min(_words.y + _words.height + Theme.space5, root.height - 48)
        radius: Theme.radiusLarge
        color: Theme.surface
        antialiasing: true
        clip: true

        MouseArea {
            anchors.fill: parent
        }
        Item {
            id: _picture

            x: 12
            y: 12
            width: parent.width - 24
            height: Math.min(width * 0.42, root.height * 0.42)

            Art {
                anchors.fill: parent
                ground: Theme.surface
                showTitle: false
                source: root.browse.backdrop
                title: root.browse.title
            }
            Rectangle {
                anchors { left: parent.left; right: parent.right; bottom: parent.bottom }
                height: parent.height * 0.7
                gradient: Gradient {
                    GradientStop { position: 0; color: Qt.alpha(Theme.surface, 0) }
                    GradientStop { position: 0.7; color: Qt.alpha(Theme.surface, 0.85) }
                    GradientStop { position: 1; color: Theme.surface }
                }
            }
        }
        Column {
            id: _words

            x: Theme.space5
            y: _picture.height - 52
            width: parent.width - x * 2
            spacing: Theme.space2

            Label {
                width: parent.width
                text: root.browse.title
                font.pixelSize: Theme.fontHeadline
                font.weight: Font.Bold
                font.letterSpacing: -0.4
                Accessible.role: Accessible.Heading
            }
            FactsLine {
                width: parent.width
                facts: root.browse.facts
                rating: root.browse.rating
            }
            Label {
                width: parent.width
                visible: text !== ""
                text: root.browse.overview
                color: Theme.textDim
                wrapMode: Text.Wrap
                maximumLineCount: root.browse.note === "" ? 5 : 3
                elide: Text.ElideRight
            }
            ProgrammeNote {
                width: parent.width
                text: root.browse.note
            }
            Item {
                width: 1
                height: Theme.space2
            }
            Row {
                spacing: Theme.space3

                Button {
                    id: _play

                    focus: true
                    spaceActivates: false
                    kind: "primary"
                    icon: "play"
                    text: root.browse.playLabel
                    hint: root.browse.title
                    onClicked: root.browse.choose("play")
                }
                Button {
                    id: _open

                    spaceActivates: false
                    icon: "info"
                    text: qsTr("Details")
                    hint: root.browse.title
                    onClicked: root.browse.choose("open")
                }
                Button {
                    id: _library

                    spaceActivates: false
                    kind: "quiet"
                    icon: root.browse.saved ? "bookmark-check" : "bookmark"
                    text: root.browse.saved ? qsTr("In your library") : qsTr("Add to library")
                    hint: root.browse.title
                    onClicked: root.browse.choose("library")
                }
            }
            ProgressBar {
                width: _play.width
                value: root.browse.playProgress
                visible: value > 0
                track: Theme.surfaceHover
            }
        }
    }
}
