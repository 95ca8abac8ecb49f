pragma Singleton

import QtQuick

// Carries the wish for a context menu from whatever was pressed to the window.
QtObject {
    signal menuAsked()
}
