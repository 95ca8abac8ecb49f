pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// The doctor: one button, then what was found, what is wrong first, each with how to mend it.
Column {
    id: root

    required property SettingsViewModel settings

    signal examined()

    onHeightChanged: if (settings.doctorState === "ready") Qt.callLater(root.examined)

    spacing: 0

    Item {
        width: 1
        height: 36
    }
    Rectangle {
        width: root.width
        height: _body.height + Theme.space3 * 2
        radius: Theme.radiusLarge
        color: Theme.surface
        antialiasing: true

        Column {
            id: _body

            x: Theme.space4
            y: Theme.space3
            width: parent.width - x * 2
            spacing: Theme.space3

            Item {
                width: parent.width
                height: Math.max(Theme.controlHeight, _asked.height)

                Label {
                    id: _asked

                    anchors { left: parent.left; right: _run.left; rightMargin: Theme.space3 }
                    anchors.verticalCenter: parent.verticalCenter
                    text: root.settings.doctorState === "running" ? qsTr("Checking…")
                        : qsTr("Checks the player, the graphics, the network and every provider.")
                    color: Theme.textDim
                    wrapMode: Text.Wrap
                }
                Button {
                    id: _run

                    anchors { right: parent.right; verticalCenter: parent.verticalCenter }
                    icon: "heart-pulse"
                    text: root.settings.doctorState === "idle" ? qsTr("Run checks") : qsTr("Run again")
                    onClicked: if (root.settings.doctorState !== "running") root.settings.runDoctor()
                }
            }
            Repeater {
                model: root.settings.findings

                Item {
                    id: _finding

                    required property string id
                    required property bool good
                    required property bool essential
                    required property string detail
                    required property string mend
                    required property bool off

                    width: _body.width
                    height: _lines.height + Theme.space2

                    Rectangle {
                        id: _mark

                        y: 2
                        width: 24
                        height: 24
                        radius: 12
                        color: _finding.off ? Theme.surfaceRaised
                             : _finding.good ? Qt.alpha(Theme.success, 0.18)
                             : _finding.essential ? Qt.alpha(Theme.danger, 0.18)
                             : Qt.alpha(Theme.warning, 0.18)

                        Icon {
                            anchors.centerIn: parent
                            size: 14
                            name: _finding.off ? "ellipsis" : _finding.good ? "check" : _finding.essential ? "x" : "info"
                            color: _finding.off ? Theme.textDim : _finding.good ? Theme.success
                                 : _finding.essential ? Theme.danger : Theme.warning
                        }
                    }
                    Column {
                        id: _lines

                        anchors { left: _mark.right; leftMargin: Theme.space3; right: parent.right }
                        spacing: 4

                        Label {
                            width: parent.width
                            text: /^(libmpv|fpcalc)/.test(_finding.id) ? _finding.id
                                : _finding.id.charAt(0).toUpperCase() + _finding.id.slice(1)
                            color: _finding.off ? Theme.textDim : Theme.text
                            font.weight: Font.Medium
                        }
                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: _finding.detail
                            color: Theme.textDim
                            font.pixelSize: Theme.fontTiny
                            wrapMode: Text.Wrap
                        }
                        Label {
                            width: parent.width
                            visible: text !== ""
                            text: _finding.mend
                            font.pixelSize: Theme.fontTiny
                            wrapMode: Text.Wrap
                        }
                    }
                }
            }
        }
    }
}
