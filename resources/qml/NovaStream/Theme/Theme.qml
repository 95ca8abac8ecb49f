pragma Singleton

import QtQuick

// Every colour, size and duration of the interface. Main.qml sets `dark` and `reducedMotion`.
QtObject {
    property bool dark: true
    property bool reducedMotion: false

    // Colours by meaning. Text on its ground keeps 4.5:1, rings and large text 3:1 (held by a test).
    readonly property color background: dark ? "#0E0F13" : "#F5F5F9"
    readonly property color surface: dark ? "#16181F" : "#FFFFFF"
    readonly property color surfaceRaised: dark ? "#1E212A" : "#E9E9F0"
    readonly property color surfaceHover: dark ? "#2A2E3A" : "#DEDEE8"
    readonly property color outline: dark ? "#2E3240" : "#CFCFDB"
    readonly property color text: dark ? "#F2F3F7" : "#16171D"
    readonly property color textDim: dark ? "#A7ADBD" : "#555B6B"
    readonly property color accent: dark ? "#8B7CF6" : "#5B47D9"
    readonly property color accentHover: dark ? "#A296FA" : "#6A58E2"
    readonly property color accentInk: dark ? "#A296FA" : "#5B47D9"
    readonly property color accentText: dark ? "#0E0F13" : "#FFFFFF"
    readonly property color accentSoft: dark ? "#2A2647" : "#E4E0FB"
    readonly property color focus: dark ? "#A296FA" : "#5B47D9"
    readonly property color danger: dark ? "#FF7B84" : "#B3202E"
    readonly property color success: dark ? "#6FD8A2" : "#17704A"
    readonly property color warning: dark ? "#F2C063" : "#8A5A00"
    readonly property color shadow: "#66000000"

    // Over pictures and video the ground is dark in both themes.
    readonly property color scrim: "#0E0F13"
    readonly property color scrimText: "#F2F3F7"
    readonly property color scrimTextDim: "#C3C8D6"
    readonly property color scrimControl: "#CC1E212A"
    readonly property color scrimControlHover: "#E62F3442"

    // The 8-point grid.
    readonly property int space1: 4
    readonly property int space2: 8
    readonly property int space3: 16
    readonly property int space4: 24
    readonly property int space5: 32
    readonly property int space6: 40
    readonly property int railWidth: 72
    readonly property int pageMargin: 40
    readonly property int controlHeight: 44
    readonly property int heroHeight: 360

    readonly property int radiusSmall: 6
    readonly property int radius: 10
    readonly property int radiusLarge: 16
    readonly property int ringWidth: 3

    readonly property string fontFamily: "Inter"
    readonly property int fontTiny: 13
    readonly property int fontBody: 15
    readonly property int fontLead: 18
    readonly property int fontTitle: 24
    readonly property int fontHeadline: 32
    readonly property int fontDisplay: 44
    readonly property real lineHeight: 1.35
    readonly property var tabular: ({ "tnum": 1 })

    readonly property int durationFocus: reducedMotion ? 0 : 120
    readonly property int durationPage: reducedMotion ? 0 : 180
    readonly property int slide: reducedMotion ? 0 : 8
    readonly property real focusScale: 1.06

    // Two colours and a motif for a title that has no picture; the same title always gets the same.
    function artOf(seed: string): var {
        let hash = 2166136261; // FNV-1a
        for (let i = 0; i < seed.length; ++i)
            hash = Math.imul(hash ^ seed.charCodeAt(i), 16777619);
        hash = (hash ^ (hash >>> 15)) >>> 0;
        const hue = 0.46 + (hash % 45) / 100; // teal, blue, violet, rose: none fights the accent
        return {
            "top": Qt.hsla(hue % 1, 0.46, 0.36, 1),
            "bottom": Qt.hsla((hue + 0.07) % 1, 0.60, 0.11, 1),
            "motif": (hash >>> 8) % 8,
            "mirrored": (hash >>> 16) % 2 === 1
        };
    }
}
