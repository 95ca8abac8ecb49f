pragma ComponentBehavior: Bound

import QtQuick
import NovaStream.Core
import NovaStream.Theme
import NovaStream.Controls

// Every torrent in use or kept on disk.
Page {
    id: root

    required property AppViewModel app
    readonly property TransfersViewModel transfers: app.transfers
    readonly property bool _ready: transfers.state === "ready"

    shown: app.page === "transfers"
    name: qsTr("Transfers")
    focus: true

    Label {
        id: _heading

        x: Theme.railWidth + Theme.pageMargin
        y: Theme.space6
        text: root.name
        font.pixelSize: Theme.fontHeadline
        font.weight: Font.Bold
        font.letterSpacing: -0.4
        Accessible.role: Accessible.Heading
    }
    Label {
        anchors { top: _heading.bottom; topMargin: Theme.space2; left: _heading.left }
        anchors { right: _limits.left; rightMargin: Theme.space4 }
        text: root.transfers.summary
        color: Theme.textDim
        font.features: Theme.tabular
    }
    Limits {
        id: _limits

        anchors { right: _list.right; verticalCenter: _heading.verticalCenter; verticalCenterOffset: 12 }
        visible: root._ready
        enabled: _list.enabled
        transfers: root.transfers
        Keys.onDownPressed: _list.forceActiveFocus()
    }
    ListView {
        id: _list

        anchors { fill: parent; topMargin: _heading.y + _heading.height + 48 }
        anchors { leftMargin: _heading.x; rightMargin: Math.max(Theme.pageMargin, parent.width - 1120) }
        visible: root._ready
        enabled: visible && !_dialog.active && !_files.active
        focus: root._ready
        clip: true
        spacing: Theme.space2
        bottomMargin: Theme.space6
        model: root.transfers.rows
        boundsBehavior: Flickable.StopAtBounds
        highlightMoveDuration: Theme.durationPage
        Accessible.role: Accessible.List
        Accessible.name: root.name
        Keys.onUpPressed: event => {
            event.accepted = currentIndex <= 0;
            if (event.accepted)
                _limits.forceActiveFocus();
        }
        delegate: TransferRow {
            required property string id

            width: _list.width
            height: implicitHeight
            focus: true
            onActiveFocusChanged: if (activeFocus) _list.currentIndex = index
            onPaused: root.transfers.pause(id)
            onResumed: root.transfers.resume(id)
            onFolderAsked: root.transfers.openFolder(folder)
            onFilesAsked: root.transfers.showFiles(id)
            onRemoveAsked: root.transfers.askRemove(id)
        }
    }
    Nothing {
        anchors { fill: parent; leftMargin: Theme.railWidth; bottomMargin: 96 }
        visible: root.transfers.state === "empty" || warns
        focus: visible
        warns: root.transfers.state === "failed"
        icon: warns ? "circle-alert" : "download"
        title: warns ? qsTr("The transfers cannot be shown") : qsTr("No transfers")
        sentence: warns ? root.transfers.problem
                        : qsTr("What you play from torrents stands here while it comes in and while it is kept on disk.")
        action: warns ? qsTr("Try again") : ""
        onActed: root.transfers.open()
    }
    Loader {
        id: _files

        anchors.fill: parent
        active: root.transfers.files.title !== ""
        focus: active
        sourceComponent: FilesDialog {
            focus: true
            files: root.transfers.files
        }
        onActiveChanged: if (!active && root.shown) _list.forceActiveFocus()
    }
    Loader {
        id: _dialog

        anchors.fill: parent
        active: root.transfers.removing !== ""
        focus: active
        sourceComponent: RemoveDialog {
            focus: true
            title: root.transfers.removing
            onKept: root.transfers.keepIt()
            onRemoved: withData => root.transfers.remove(withData)
        }
        onActiveChanged: if (!active && root.shown) _list.forceActiveFocus()
    }
}
