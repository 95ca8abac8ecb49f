"""Every setting, its default and its limits. Keys are fixed in the interface document."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field

from novastream_desktop.settings._player_keys import KeyPreset
from novastream_desktop.settings._player_keys_field import PlayerKeys
from novastream_desktop.settings._providers import (
    AniListSettings,
    AniSkipSettings,
    ArchiveSettings,
    ConsumetSettings,
    JellyfinSettings,
    PeerTubeSettings,
    TmdbSettings,
    TorznabServer,
    VidlinkSettings,
)
from novastream_desktop.settings._section import Section


class Ability(StrEnum):
    """Whether this machine plays a kind of video well; auto asks the machine."""

    AUTO = "auto"
    YES = "yes"
    NO = "no"


class AnimeSound(StrEnum):
    """Whether anime are watched in Japanese with subtitles, or dubbed."""

    ANY = "any"
    SUB = "sub"
    DUB = "dub"


class SourcesSettings(Section):
    """Where streams come from, and which of them are wanted.

    Attributes:
        local_folders: films and series on this computer.
        timeout: seconds for one provider's answer.
        max_height: lines of the picture, such as 1080; 0 = no limit.
        max_gb_per_hour: 0 = no limit.
        languages: of the sound, BCP 47, in order; empty = any.
        anime: which sound of anime comes first, until another is chosen for a show.
    """

    vidlink: VidlinkSettings = VidlinkSettings()
    consumet: ConsumetSettings = ConsumetSettings()
    mirrors: tuple[str, ...] = ()
    stremio_addons: tuple[str, ...] = ()
    torznab: tuple[TorznabServer, ...] = ()
    local_folders: tuple[str, ...] = ()
    timeout: Annotated[float, Field(gt=0, le=120)] = 8.0
    max_height: Annotated[int, Field(ge=0, le=4320)] = 0
    max_gb_per_hour: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 0.0
    languages: tuple[str, ...] = ()
    anime: AnimeSound = AnimeSound.ANY
    hevc: Ability = Ability.AUTO
    av1: Ability = Ability.AUTO
    hdr: Ability = Ability.AUTO


Colour = Annotated[str, Field(pattern=r"^#[0-9a-fA-F]{6}([0-9a-fA-F]{2})?$")]
"""`#RRGGBB`, or `#AARRGGBB` with its opacity first."""


class SubtitleStyleSettings(Section):
    """How text subtitles look; ASS keeps its own styling.

    `size` and `outline` in pixels of a picture 720 high, `position` in per cent of its height,
    `box`: a dark box behind the text in place of its outline.
    """

    font: str = "Noto Sans"
    size: Annotated[float, Field(ge=10, le=200)] = 44
    bold: bool = False
    colour: Colour = "#FFFFFF"
    outline_colour: Colour = "#000000"
    outline: Annotated[float, Field(ge=0, le=20)] = 2.5
    box: bool = False
    position: Annotated[int, Field(ge=0, le=110)] = 100


class SubtitleRole(StrEnum):
    """What a track says: everything, only signs and foreign speech, or sounds as well."""

    FULL = "full"
    FORCED = "forced"
    SDH = "sdh"


class SubtitlesSettings(Section):
    """`languages`: BCP 47 tags in order; empty means the system's.

    `second_language`: shown above the other one at the same time; empty for none.
    `roles`: the order of tracks of one language. An empty `opensubtitles_base_url` is its own.
    """

    languages: tuple[str, ...] = ()
    second_language: str = ""
    roles: tuple[SubtitleRole, ...] = (SubtitleRole.FULL, SubtitleRole.FORCED, SubtitleRole.SDH)
    vtt_endpoints: tuple[str, ...] = ()
    opensubtitles_key: str = ""
    opensubtitles_base_url: str = ""
    style: SubtitleStyleSettings = SubtitleStyleSettings()


class TorrentsSettings(Section):
    """Limits in bytes per second (0 = none); `save_dir` empty means the cache folder."""

    enabled: bool = True
    save_dir: str = ""
    download_limit: Annotated[int, Field(ge=0)] = 0
    upload_limit: Annotated[int, Field(ge=0)] = 0
    max_cache_gb: Annotated[float, Field(gt=0, allow_inf_nan=False)] = 10.0
    max_connections: Annotated[int, Field(ge=1, le=10_000)] = 200
    bind_interface: str = ""
    seed_ratio: Annotated[float, Field(ge=0, allow_inf_nan=False)] = 1.0
    verify_first: bool = False


class SkipMode(StrEnum):
    """What happens at a skip range."""

    OFF = "off"
    ASK = "ask"
    AUTO = "auto"


class SkipSettings(Section):
    """One mode per kind of range.

    `filler`: of whole episodes, when the next one comes; `hear_first`: the first time that a
    theme is heard it only asks; `step`: seconds that the skip key jumps where nothing is to be
    skipped; `learn`: also find ranges by the sound of files on this machine.
    """

    op: SkipMode = SkipMode.ASK
    ed: SkipMode = SkipMode.ASK
    recap: SkipMode = SkipMode.ASK
    preview: SkipMode = SkipMode.OFF
    filler: SkipMode = SkipMode.OFF
    hear_first: bool = True
    step: Literal[0, 85, 90] = 0
    learn: bool = True


class PlaybackSettings(Section):
    """How things play.

    `autoplay_next`: the next episode starts by itself; `offer_next`: it is offered at the end;
    `seek_step`: seconds for the left and right keys; `media_keys`: they reach the player.
    """

    hwdec: str = "auto-safe"
    skip: SkipSettings = SkipSettings()
    autoplay_next: bool = True
    offer_next: bool = True
    seek_step: Literal[3, 5, 10, 15] = 5
    media_keys: bool = True


class ApiSettings(Section):
    """The HTTP API inside the application; the token is made at first use."""

    enabled: bool = False
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=0, le=65_535)] = 8765
    token: str = ""


class BackendSettings(Section):
    """Another NovaStream to share progress with."""

    url: str = ""
    token: str = ""


class ProviderNetwork(Section):
    """How one provider is reached; empty keys take what holds for all.

    `proxy = "direct"` and `dns_over_https = "system"` undo that.
    """

    proxy: str = ""
    dns_over_https: str = ""


class NetworkSettings(Section):
    """How everybody is reached, and by provider's name those that need another way.

    Attributes:
        proxy: `http://HOST:PORT`; empty means what the environment says, `direct` none at all.
        dns_over_https: `https://HOST/PATH` of a resolver; empty means the system's.
    """

    proxy: str = ""
    dns_over_https: str = ""
    providers: dict[str, ProviderNetwork] = Field(default_factory=dict)


class KeysSettings(Section):
    """`preset`: whose keys the player follows; `player`: what differs from it."""

    preset: KeyPreset = KeyPreset.NOVASTREAM
    player: PlayerKeys = Field(default_factory=dict)


class Theme(StrEnum):
    """The interface's colours."""

    DARK = "dark"
    LIGHT = "light"


class InterfaceSettings(Section):
    """How the window looks and moves.

    `gamepad`: one that is plugged in moves about in it; `hide_spoilers`: pictures and words of
    episodes that were not watched yet are blurred or left out.
    """

    theme: Theme = Theme.DARK
    reduced_motion: bool = False
    gamepad: bool = True
    hide_spoilers: bool = False


class Settings(Section):
    """All settings of the program."""

    tmdb: TmdbSettings = TmdbSettings()
    anilist: AniListSettings = AniListSettings()
    aniskip: AniSkipSettings = AniSkipSettings()
    archive: ArchiveSettings = ArchiveSettings()
    peertube: PeerTubeSettings = PeerTubeSettings()
    jellyfin: JellyfinSettings = JellyfinSettings()
    sources: SourcesSettings = SourcesSettings()
    subtitles: SubtitlesSettings = SubtitlesSettings()
    torrents: TorrentsSettings = TorrentsSettings()
    playback: PlaybackSettings = PlaybackSettings()
    network: NetworkSettings = NetworkSettings()
    api: ApiSettings = ApiSettings()
    backend: BackendSettings = BackendSettings()
    interface: InterfaceSettings = InterfaceSettings()
    keys: KeysSettings = KeysSettings()
