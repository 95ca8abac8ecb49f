import QtQuick
import NovaStream.Theme

// All text: Inter, plain, never interpreted as markup.
Text {
    color: Theme.text
    textFormat: Text.PlainText
    font.family: Theme.fontFamily
    font.pixelSize: Theme.fontBody
    elide: wrapMode === Text.NoWrap ? Text.ElideRight : Text.ElideNone
    verticalAlignment: Text.AlignVCenter
    Accessible.role: Accessible.StaticText
    Accessible.name: text
    Accessible.ignored: text === ""

    // Not a binding: the line count is known in the middle of the layout that the height changes.
    onLineCountChanged: lineHeight = lineCount > 1 ? Theme.lineHeight : 1
}
