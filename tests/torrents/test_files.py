"""The choice of the file, and names that cannot stay."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from novastream_desktop.errors import TorrentError
from novastream_desktop.torrents import _port as port
from novastream_desktop.torrents._choice import choose_file, pick_file
from novastream_desktop.torrents._episodes import told_by
from novastream_desktop.torrents._files import is_extra, is_playable, safe_renames
from novastream_desktop.torrents.base import AmbiguousFile, TorrentFile


def listing(*entries: tuple[str, int]) -> list[TorrentFile]:
    return [
        TorrentFile(index, path, size, is_playable(path) and not is_extra(path))
        for index, (path, size) in enumerate(entries)
    ]


FILM = [("F/film.mkv", 900), ("F/Sample/film-sample.mkv", 950), ("F/film.srt", 1)]
PACK = [
    ("Show/Show.S01E01.1080p.mkv", 50),
    ("Show/Show.S01E02.1080p.mkv", 40),
    ("Show/Show.S02E02.1080p.mkv", 60),
    ("Show/Extras/Show.S01E02.Featurette.mkv", 99),
]
ANIME = [("[Group] Title - 01 [1080p].mkv", 5), ("[Group] Title - 02v2 (720p).mkv", 4)]
SEASONS = [("T/Season 1/02 - Name.mkv", 5), ("T/Season 2/02 - Name.mkv", 9)]
FILMS = [
    ("Box/Paper.Moons.1999.1080p.mkv", 50),
    ("Box/Paper.Moons.Rising.2003.1080p.mkv", 48),
    ("Box/Lantern Bay (2001)/movie.mkv", 45),
]
COUNTED = [("[G] Title - 13.mkv", 5), ("[G] Title - 14.mkv", 5), ("[G] Title - 15.mkv", 5)]
NAMELESS = [("Album/part b.mkv", 1), ("Album/part a.mkv", 2), ("Album/part c.mkv", 3)]


@pytest.mark.parametrize(
    ("entries", "hint", "expected"),
    [
        (FILM, "", 0),
        ([("a.iso", 9), ("b.mp4", 1)], "", 1),
        ([("a.txt", 9)], "", None),
        ([("a.mkv", 0)], "", None),
        ([], "", None),
        ([("t.mp3", 5), ("u.flac", 9)], "", 1),
        ([("t.flac", 90), ("clip.mp4", 5)], "", 1),
        (PACK, "S01E02", 1),
        (PACK, "s2e2", 2),
        (PACK, "E01", 0),
        (PACK, "S01E09", None),
        (PACK, "", 0),
        ([("Show.1x03.avi", 5), ("Show.1x04.avi", 6)], "S01E03", 0),
        (ANIME, "S01E02", 1),
        (ANIME, "2", 1),
        (SEASONS, "S01E02", 0),
        (SEASONS, "S02E02", 1),
        (NAMELESS, "S01E01", 1),
        (NAMELESS, "S01E04", None),
        ([("only.mkv", 5)], "S03E07", 0),
        ([("Show.S01E05.mkv", 5), ("Show.S01E06.mkv", 9)], "not a hint", 0),
        (FILMS, "film Paper Moons 1999", 0),
        (FILMS, "film Paper Moons Rising", 1),
        (FILMS, "film Lantern Bay 2001", 2),
        (FILMS, "film Nowhere", None),
        (FILMS, "", None),
        ([("P/big.mkv", 90), ("P/small.mkv", 40)], "", 0),
        ([("P/big.mkv", 90), ("P/other.mkv", 60)], "", None),
        (COUNTED, "S02E01", None),
        (COUNTED, "S01E13", 0),
    ],
)
def test_the_file_that_is_meant(entries: list[tuple[str, int]], hint: str, expected: int | None):
    chosen = choose_file(listing(*entries), hint).file
    assert (chosen and chosen.index) == expected


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("Show/Show.S03E11.720p.mkv", (3, 11)),
        ("Show/Season 2/Show s02 e04.mkv", (2, 4)),
        ("Show/3x07.mkv", (3, 7)),
        ("Show/[Sub] Name - 12 [x264].mkv", (None, 12)),
        ("Show/Season 4/Ep 5.mkv", (4, 5)),
        ("Show/Episode.06.mkv", (None, 6)),
        ("Film/Film 1999 1080p x264.mkv", None),
        ("Film/2001 A Space.mkv", None),
    ],
)
def test_the_episode_that_a_name_tells(path: str, expected: tuple | None):
    told = told_by(path)
    assert (told and (told.season, *told.episodes)) == expected


@given(st.integers(1, 99), st.integers(1, 99), st.lists(st.integers(1, 999), max_size=8))
def test_a_numbered_episode_is_always_found(season: int, episode: int, sizes: list[int]):
    others = [(f"P/Show.S{season:02}E{100 + n}.mkv", size) for n, size in enumerate(sizes)]
    files = listing(*others, (f"P/Show.S{season:02}E{episode:02}.mkv", 1))
    chosen = choose_file(files, f"S{season:02}E{episode:02}")
    assert chosen.file == files[-1]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["a/b.mkv", "a/c.mkv"], {}),
        (["A.mkv", "a.mkv", "A.mkv"], {1: "1_a.mkv", 2: "2_A.mkv"}),
        (["t/CON", "t/aux.mkv"], {0: "t/0__CON", 1: "t/1__aux.mkv"}),
        (["t/x:y?.mkv"], {0: "t/0_x_y_.mkv"}),
        (["t/a", "t/a/b.mkv"], {0: "t/0_a"}),
    ],
)
def test_names_that_clash_or_cannot_be(paths: list[str], expected: dict[int, str]):
    assert safe_renames(paths) == expected


def test_a_long_name_keeps_its_extension():
    renamed = safe_renames(["t/" + "ä" * 200 + ".mkv"])[0].rpartition("/")[2]
    assert len(renamed.encode()) < 256
    assert renamed.endswith(".mkv")


def film(path: str, index: int = 0, size: int = 100) -> port.FileEntry:
    return port.FileEntry(index, path, 0, size)


def torrent(*paths: str, name: str = "Pack") -> port.Metadata:
    entries = tuple(film(path, index) for index, path in enumerate(paths))
    return port.Metadata(name, 1 << 20, 1 << 30, entries)


@pytest.mark.parametrize(
    ("metadata", "hint", "error", "words"),
    [
        (torrent("x.rar", "x.r00"), "", TorrentError, "archives"),
        (torrent("Film.2024.mkv.exe"), "", TorrentError, "programs"),
        (torrent("a.txt"), "", TorrentError, "none of its files is a video"),
        (torrent("S.S01E01.mkv", "S.S01E02.mkv"), "S01E07", TorrentError, "S01E07"),
        (torrent("S.S01E01.mkv"), "S01E07", TorrentError, "none of its files is S01E07"),
        (torrent("S - 01.mkv", "S - 02.mkv", "Pilot.mkv"), "S01E07", AmbiguousFile, "Pilot"),
        (torrent("A/X - 02.mkv", "B/Y - 02.mkv", "B/Y - 03.mkv"), "S02E02", AmbiguousFile, "0 X"),
    ],
)
def test_what_cannot_be_chosen(
    metadata: port.Metadata, hint: str, error: type[TorrentError], words: str
):
    with pytest.raises(error) as caught:
        pick_file(metadata, None, hint, {})
    assert type(caught.value) is error
    assert words in caught.value.sentence()


def test_a_choice_is_remembered():
    pack = torrent("A/X - 02.mkv", "B/Y - 02.mkv", "B/Y - 03.mkv")
    assert pick_file(pack, None, "S02E02", {"S02E02": 1}).index == 1


def test_a_choice_counts_more_than_a_number_unless_that_is_firm():
    pack = torrent("A/X - 02.mkv", "B/Y - 02.mkv", "B/Y - 03.mkv")
    assert pick_file(pack, 0, "S02E02", {"S02E02": 1}).index == 1
    assert pick_file(pack, 0, "S02E02", {"S02E02": 1}, firm=True).index == 0
    assert pick_file(pack, 0, "", {"S02E02": 1}).index == 0


@pytest.mark.parametrize(
    ("paths", "choices", "hint", "expected"),
    [
        # counted through: the second season begins at 13
        (["T - 13.mkv", "T - 14.mkv", "T - 15.mkv"], {"S02E01": 0}, "S02E03", 2),
        # of two folders with the same numbers the one that was chosen goes on
        (
            ["A/X - 02.mkv", "B/Y - 02.mkv", "B/Y - 03.mkv", "A/X - 03.mkv"],
            {"S02E02": 1},
            "S02E03",
            2,
        ),
        # names without numbers go on in their order
        (["p/b.mkv", "p/a.mkv", "p/d.mkv", "p/c.mkv"], {"S01E01": 0}, "S01E03", 2),
        # the nearest correction counts
        (["T - 1.mkv", "T - 2.mkv", "T - 4.mkv"], {"S01E01": 0, "S01E03": 2}, "S01E02", 1),
        # of two sizes the one that is named alike
        (["T - 13 720p.mkv", "T - 14 720p.mkv", "T - 14 720p x.mkv"], {"S02E01": 0}, "S02E02", 1),
    ],
)
def test_one_correction_holds_for_its_pack(
    paths: list[str], choices: dict[str, int], hint: str, expected: int
):
    assert pick_file(torrent(*paths), None, hint, choices).index == expected


def test_a_correction_says_nothing_of_another_season():
    pack = torrent("T - 13.mkv", "T - 14.mkv")
    with pytest.raises(AmbiguousFile) as caught:
        pick_file(pack, None, "S03E01", {"S02E01": 0})
    assert [f.episode for f in caught.value.candidates] == ["E13", "E14"]


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 60), st.integers(1, 40))
def test_a_correction_is_never_taken_back(count: int, at: int, first: int, other: int):
    pack = torrent(*(f"T - {first + n:03}.mkv" for n in range(count)))
    chosen = (at * 7) % count
    choices = {f"S02E{at:02}": chosen}
    assert pick_file(pack, None, f"S02E{at:02}", choices).index == chosen
    expected = chosen + other - at
    if 0 <= expected < count:
        assert pick_file(pack, None, f"S02E{other:02}", choices).index == expected


def test_a_question_tells_what_is_asked_and_lists_in_order():
    pack = torrent("P/10 b.mkv", "P/9 a.mkv", name="Box")
    with pytest.raises(AmbiguousFile) as caught:
        pick_file(pack, None, "film Sintel 2010", {})
    assert (caught.value.name, caught.value.meant) == ("Box", "Sintel (2010)")
    assert [f.index for f in caught.value.candidates] == [1, 0]


def test_the_pack_may_tell_the_season():
    pack = torrent("X - 02.mkv", "Y/X - 02.mkv", "X - 03.mkv", name="X Season 2 1080p")
    assert pick_file(pack, None, "S02E02", {}).index == 0


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        ([("S.S01E01.mkv", 9), ("S.S01E02.mkv", 8), ("S.S01E02.small.mkv", 1)], 1),
        ([("S.S01E01E02.mkv", 9), ("S.S01E02.mkv", 5), ("S.S01E03.mkv", 5)], 1),
        ([("S.S01E01-E03.mkv", 9), ("S.S01E04.mkv", 5)], 0),
    ],
)
def test_the_best_of_several_hits(entries: list[tuple[str, int]], expected: int):
    chosen = choose_file(listing(*entries), "S01E02").file
    assert chosen is not None
    assert chosen.index == expected


names = st.text(st.characters(exclude_categories=["C"], exclude_characters="/"), min_size=1)
parts = names.filter(lambda name: name not in (".", ".."))


@given(st.lists(st.lists(parts, min_size=1, max_size=3).map("/".join), max_size=6))
def test_after_renaming_all_names_differ(paths: list[str]):
    renames = safe_renames(paths)
    final = [renames.get(index, path).casefold() for index, path in enumerate(paths)]
    assert len(set(final)) == len(final)
    assert all(len(part.encode()) < 256 for path in final for part in path.split("/"))
