"""The grammar of the command line."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import NoReturn

from novastream_desktop.cli._restoring import UNDO, wanted_copy
from novastream_desktop.errors import InvalidInput

COMMANDS = frozenset(
    {
        "open",
        "trending",
        "search",
        "sources",
        "subtitles",
        "subtitle-file",
        "watch",
        "stream",
        "serve",
        "progress",
        "doctor",
    }
)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Raise instead of printing the usage and leaving."""
        raise InvalidInput(f"{self.prog}: {message}", hint=f"See `{self.prog} --help`")


def parse(argv: list[str]) -> argparse.Namespace:
    """Return the parsed command line; a bare target means `open TARGET`.

    Raises:
        InvalidInput: it is not a command line of ours.
        SystemExit: `--help` was asked for and printed.
    """
    return _parser().parse_args(_with_open(argv))


def _with_open(argv: list[str]) -> list[str]:
    """Desktop files call the program with nothing but a file or an address."""
    first = argv[0]
    if first.startswith("-") or first in COMMANDS:
        return argv
    is_target = ":" in first or "/" in first or first.endswith(".torrent") or Path(first).exists()
    return ["open", *argv] if is_target else argv


def _parser() -> _Parser:
    parser = _Parser(
        prog="novastream-desktop",
        description="A media player and library. Without a command it opens its window.",
        allow_abbrev=False,
    )
    _add_common(parser, default=False)
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        made = commands.add_parser(name, help=text, description=text, allow_abbrev=False)
        _add_common(made, default=argparse.SUPPRESS)
        return made

    command("open", "open the application playing something").add_argument(
        "target", metavar="TARGET", help="file, address, magnet, .torrent or content id"
    )
    command("trending", "the home page's rows")
    command("search", "search every catalogue").add_argument("query", metavar="QUERY", nargs="+")
    for name, text in {
        "sources": "ways to play a title, best first",
        "subtitles": "subtitle tracks of a title",
        "watch": "everything needed to watch a title",
    }.items():
        made = command(name, text)
        _add_title(made, with_duration=name == "watch")
        if name == "subtitles":
            made.add_argument(
                "--fit",
                metavar="TRACK",
                help="fit a track (its place in the list, from 1, or its address) to the sound",
            )
    track = command("subtitle-file", "fetch one subtitle track as WebVTT")
    track.add_argument("track", metavar="TRACK_URL_OR_PATH")
    track.add_argument("--lang", metavar="L", help="its language, which tells its encoding")
    stream = command("stream", "serve a torrent's file over HTTP until Ctrl-C")
    stream.add_argument("target", metavar="TARGET", help="magnet, info-hash or .torrent")
    stream.add_argument(
        "--file", type=_count, metavar="N", help="its number, counted from 0; remembered"
    )
    serve = command("serve", "serve the HTTP API until Ctrl-C")
    serve.add_argument("--host", metavar="H")
    serve.add_argument("--port", type=_port, metavar="P", help="0 is any free one")
    _add_progress(command("progress", "the watch history"))
    command("doctor", "check what the program needs").add_argument(
        "--probe-opengl", action="store_true", help=argparse.SUPPRESS
    )
    return parser


def _add_common(parser: argparse.ArgumentParser, default: object) -> None:
    parser.add_argument(
        "--json", action="store_true", default=default, help="print one JSON document"
    )
    parser.add_argument(
        "-v", "--verbose", action="store_true", default=default, help="log to standard error"
    )


def _add_title(parser: argparse.ArgumentParser, *, with_duration: bool) -> None:
    parser.add_argument("content_id", metavar="CONTENT_ID")
    parser.add_argument("--season", type=_count, metavar="N")
    parser.add_argument("--episode", type=_amount, metavar="N")
    if with_duration:
        parser.add_argument("--duration", type=_amount, metavar="S", help="length in seconds")


def _add_progress(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    for name, text in {
        "list": "list it, newest first",
        "export": "write it to a JSON file",
        "import": "take entries over from a JSON file where they are newer",
        "snapshots": "list the copies that are kept of it, one a day",
        "restore": "go back to a day's copy: without a date the newest from before today",
    }.items():
        action = actions.add_parser(name, help=text, description=text, allow_abbrev=False)
        _add_common(action, default=argparse.SUPPRESS)
        if name in {"export", "import"}:
            action.add_argument("file", metavar="FILE", type=Path)
        elif name == "restore":
            action.add_argument(
                "date",
                metavar="DATE",
                nargs="?",
                type=wanted_copy,
                help=f"YYYY-MM-DD, or `{UNDO}` to take the last restore back",
            )


def _count(text: str) -> int:
    if not text.isascii() or not text.isdigit():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return int(text)


def _port(text: str) -> int:
    number = _count(text)
    if number > 65_535:  # noqa: PLR2004  (TCP's highest port)
        raise argparse.ArgumentTypeError(f"{text} is not a port, which goes to 65535")
    return number


def _amount(text: str) -> float:
    try:
        number = float(text)
    except ValueError:
        number = -1.0
    if not 0 <= number < float("inf"):
        raise argparse.ArgumentTypeError(f"{text!r} is not a number from 0")
    return number
