// Subtitle or sound tracks, or the speed.
SidePanel {
    title: panel.startsWith("subtitle") ? qsTr("Subtitles") : panel === "audio" ? qsTr("Sound") : qsTr("Speed")
    hint: panel === "subtitles" ? qsTr("%1 and %2 shift them in time, %3 twice syncs them by ear, %4 moves them, %5 and %6 change their size")
            .arg(player.keyOf("sub_earlier")).arg(player.keyOf("sub_later")).arg(player.keyOf("sub_tap"))
            .arg(player.keyOf("sub_up")).arg(player.keyOf("sub_smaller")).arg(player.keyOf("sub_larger"))
        : panel === "speed" ? qsTr("%1 and %2 change it by 0.1, %3 goes back to normal")
            .arg(player.keyOf("slower")).arg(player.keyOf("faster")).arg(player.keyOf("speed_normal")) : ""
    empty: qsTr("There is no track to choose")
}
