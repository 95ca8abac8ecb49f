// Subtitle or sound tracks, or the speed.
SidePanel {
    title: panel.startsWith("subtitle") ? qsTr("Subtitles") : panel === "audio" ? qsTr("Sound") : qsTr("Speed")
    hint: panel === "subtitles" ? qsTr("G and H shift them in time, T twice syncs them by ear, R moves them, - and = change their size")
        : panel === "speed" ? qsTr("[ and ] change it by 0.1, \\ goes back to normal") : ""
    empty: qsTr("There is no track to choose")
}
