pragma Singleton

import QtQuick

// Colours over video: dark in both themes, since the picture is the ground.
QtObject {
    readonly property color accent: "#8B7CF6"
    readonly property color accentSoft: "#B9AFFF"
    readonly property color accentFill: "#5C4FC0"
    readonly property color text: "#F2F3F7"
    readonly property color textDim: "#C3C8D6"
    readonly property color control: "#D9181A21"
    readonly property color controlHover: "#F02A2E3A"
    readonly property color card: "#1A1C23"
    readonly property color cardHover: "#262A34"
    readonly property color edge: "#2EFFFFFF"
    readonly property color hover: "#29FFFFFF"
    readonly property color panel: "#121319"
    readonly property color panelHover: "#1FFFFFFF"
    readonly property color panelCurrent: "#338B7CF6"
    readonly property color trackMissing: "#40FFFFFF"
    readonly property color trackRequested: "#66FFFFFF"
    readonly property color trackReady: "#A6FFFFFF"
    readonly property color trackNowhere: "#E6121319"
    readonly property color loud: "#F5B455"
    readonly property color danger: "#FF7B84"
    readonly property int barHeight: 160
    readonly property int sideMargin: 40
    readonly property int panelWidth: 400
}
