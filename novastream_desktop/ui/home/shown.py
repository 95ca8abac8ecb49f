"""What the home page shows: values that it is painted from, light enough for the first frame."""

from typing import NamedTuple  # no `annotations`: whoever reads them needs the types themselves


class CardItem(NamedTuple):
    """One card. `art` is a local address or empty, `art_url` what to fetch for it.

    Attributes:
        id: tells cards of one row apart.
        detail: the line under the title.
        progress: 0 to 1.
        spoken: what a screen reader says.
    """

    id: str
    content_id: str
    episode_id: str
    title: str
    detail: str
    art: str
    art_url: str
    progress: float
    spoken: str


class RowProps(NamedTuple):
    """One row. `note` is its age when stale, `problem` why it could not be refreshed."""

    id: str
    title: str
    wide: bool
    note: str
    problem: str
    waiting: bool
    cards: tuple[CardItem, ...]


class HomeProps(NamedTuple):
    """What the page shows beside its rows. `state`: loading, ready or empty."""

    state: str = "loading"
    refreshing: bool = True
    hero_id: str = ""
    hero_episode_id: str = ""
    hero_title: str = ""
    hero_kicker: str = ""
    hero_facts: str = ""
    hero_rating: str = ""
    hero_overview: str = ""
    hero_art: str = ""
    hero_art_url: str = ""
    hero_play: str = "Play"
    hero_progress: float = 0.0


class Look(NamedTuple):
    """How everything looks, as the settings say."""

    dark: bool = True
    reduced_motion: bool = False
