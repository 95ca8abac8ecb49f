import QtQuick
import NovaStream.Core

// What lies over a page and has the focus while it does: the preview or the menu of a title.
Loader {
    id: root

    required property AppViewModel app
    property point at: Qt.point(0, 0)

    signal closed()

    function _follow() {
        if (root.app.overlay === "preview")
            setSource("../Preview/Preview.qml", { "browse": root.app.browse });
        else if (root.app.overlay === "menu")
            setSource("../Preview/TitleMenu.qml", { "browse": root.app.browse, "at": root.at });
        else
            source = "";
        if (source.toString() === "")
            root.closed();
    }

    focus: status === Loader.Ready
    onLoaded: forceActiveFocus()

    Connections {
        target: root.app
        function onOverlayChanged() {
            root._follow();
        }
    }
}
