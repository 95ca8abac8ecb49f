import NovaStream.Player

// Loaded only when something plays, so that browsing pays nothing for it.
PlayerPage {
    focus: true
}
