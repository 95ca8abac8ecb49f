"""The lines on where titles and streams come from, and how they are reached."""

from __future__ import annotations

from novastream_desktop.ui.settings._line import (
    Category,
    Line,
    Section,
    choice,
    entries,
    number,
    secret,
    toggle,
)

_MEGA = 1_000_000
_HEIGHTS = ((2160, "2160p"), (1440, "1440p"), (1080, "1080p"), (720, "720p"))

CATALOGUES = Category(
    "Catalogues",
    "library",
    (
        Section(
            "Films and series",
            (
                secret(
                    "tmdb.access_token",
                    "TMDB access token",
                    "Brings films and series with pictures. Free at themoviedb.org, Settings, API.",
                ),
                Line("tmdb.base_url", "TMDB address"),
                Line("tmdb.image_base_url", "TMDB pictures"),
            ),
        ),
        Section(
            "Anime",
            (toggle("anilist.enabled", "AniList"), Line("anilist.base_url", "AniList address")),
        ),
        Section(
            "Open films",
            (
                toggle("archive.enabled", "Internet Archive", "Public-domain films."),
                Line("archive.base_url", "Internet Archive address"),
                entries(
                    "peertube.instances",
                    "PeerTube",
                    "Servers with open films.",
                    "https://video.blender.org",
                ),
            ),
        ),
    ),
)

SOURCES = Category(
    "Sources",
    "layers",
    (
        Section(
            "Your own",
            (
                entries(
                    "sources.local_folders",
                    "Folders",
                    "Films and series on this computer.",
                    "/home/you/Videos",
                ),
                entries(
                    "sources.mirrors",
                    "Mirrors",
                    "Folders or web addresses with an index.json of your own files.",
                    "A folder or an address",
                ),
                Line("jellyfin.base_url", "Jellyfin address", example="http://server:8096"),
                secret(
                    "jellyfin.token", "Jellyfin token", "Made in Jellyfin, Dashboard, API keys."
                ),
            ),
        ),
        Section(
            "Resolvers and indexers",
            (
                entries(
                    "sources.stremio_addons",
                    "Stremio add-ons",
                    "Addresses of their manifests.",
                    "https://host/manifest.json",
                ),
                Line(
                    "sources.torznab",
                    "Torznab indexers",
                    "Jackett, Prowlarr and the like: the address, a space, and the key.",
                    "servers",
                    example="http://localhost:9117/api KEY",
                ),
                Line("sources.vidlink.base_url", "Vidlink address", "Off while empty."),
                Line("sources.vidlink.movie_path", "Vidlink path of films"),
                Line("sources.vidlink.episode_path", "Vidlink path of episodes"),
                Line("sources.vidlink.anime_path", "Vidlink path of anime"),
                Line("sources.consumet.base_url", "Consumet address", "Off while empty."),
                Line("sources.consumet.movie_provider", "Consumet provider of films"),
                Line("sources.consumet.anime_provider", "Consumet provider of anime"),
            ),
        ),
        Section(
            "Which are wanted",
            (
                choice(
                    "sources.max_height",
                    "Sharpest picture",
                    "Sharper ones are ranked lower.",
                    ("Any", 0),
                    *((name, height) for height, name in _HEIGHTS),
                ),
                number("sources.max_gb_per_hour", "Largest, in GB an hour", "0 means no limit."),
                entries(
                    "sources.languages",
                    "Languages of the sound",
                    "As tags, the dearest first. None means any.",
                    "A language tag, then Enter",
                ),
                number("sources.timeout", "Patience in seconds", "For one provider's answer."),
            ),
        ),
    ),
)

TORRENTS = Category(
    "Torrents",
    "download",
    (
        Section(
            "Torrents",
            (
                toggle("torrents.enabled", "Torrents", "Off means that no peer is ever asked."),
                Line(
                    "torrents.bind_interface",
                    "Network interface",
                    "Such as tun0. Without it nothing is sent or fetched.",
                    example="Any",
                ),
            ),
        ),
        Section(
            "Limits",
            (
                choice(
                    "torrents.download_limit",
                    "Download limit",
                    "",
                    ("None", 0),
                    *((f"{n} MB/s", n * _MEGA) for n in (1, 5, 10, 20)),
                ),
                choice(
                    "torrents.upload_limit",
                    "Upload limit",
                    "",
                    ("None", 0),
                    ("100 KB/s", 100_000),
                    ("500 KB/s", 500_000),
                    ("1 MB/s", _MEGA),
                    ("5 MB/s", 5 * _MEGA),
                ),
                number("torrents.max_connections", "Connections at most"),
                number("torrents.seed_ratio", "Give back", "Times what was fetched."),
            ),
        ),
        Section(
            "On disk",
            (
                choice(
                    "torrents.max_cache_gb",
                    "Space on disk",
                    "The oldest files go first.",
                    *((f"{n} GB", float(n)) for n in (5, 10, 20, 50)),
                ),
                Line(
                    "torrents.save_dir",
                    "Folder",
                    "From the next start on.",
                    example="The cache folder",
                ),
                toggle(
                    "torrents.verify_first",
                    "Check files before playing",
                    "Reads all that is on disk once more.",
                ),
            ),
        ),
    ),
)

NETWORK = Category(
    "Network",
    "users",
    (
        Section(
            "How everything is reached",
            (
                Line(
                    "network.proxy",
                    "Proxy",
                    "Empty takes what the system says; direct means none.",
                    example="http://host:port",
                ),
                Line(
                    "network.dns_over_https",
                    "DNS over HTTPS",
                    "A resolver's address; empty means the system's.",
                    example="https://host/dns-query",
                ),
            ),
        ),
        Section(
            "Remote control",
            (
                toggle(
                    "api.enabled",
                    "HTTP API",
                    "Lets a phone or a script on your network see and steer this player.",
                ),
                Line("api.host", "Listens at", "127.0.0.1 is this computer only."),
                number("api.port", "Port"),
                secret("api.token", "Token", "Made by itself when empty."),
            ),
        ),
        Section(
            "Another NovaStream to share progress with",
            (
                Line("backend.url", "Address", example="http://host:8765"),
                secret("backend.token", "Its token"),
            ),
        ),
    ),
)
