"""libtorrent's settings for streaming, each with the reason that was measured."""

from __future__ import annotations

from novastream_desktop.torrents._port import SessionOptions

# Values that are not libtorrent's own, with its default in brackets.
_STREAMING: dict[str, int | bool | str] = {
    "request_queue_time": 1,  # (3) s: deadlines fill it twice over; a jump waits behind it
    "initial_picker_threshold": 0,  # (4): else the first pieces are random
    "whole_pieces_threshold": 0,  # (20)
    "tick_interval": 100,  # (500) ms: steady rate with five peers 4.6 -> 5.1 MB/s
    "strict_end_game_mode": True,
    "close_redundant_connections": False,  # (True): a jump after "finished" took 60 s
    "min_reconnect_time": 5,  # (60) s
    "torrent_connect_boost": 100,  # (30): 60 dead peers before a live one 2.45 -> 0.25 s
    "connection_speed": 200,  # (30)
    "smooth_connects": False,
    "peer_connect_timeout": 4,  # (15) s
    "piece_timeout": 5,  # (20) s
    "request_timeout": 10,  # (60) s
    "enable_outgoing_utp": False,  # for the first seconds: a uTP black hole cost 4.2 s
    "utp_connect_timeout": 1500,  # (3000) ms
    "stop_tracker_timeout": 1,  # (5) s: the end of the session waits for it
    "announce_to_all_trackers": True,
    "announce_to_all_tiers": True,
    "allow_multiple_connections_per_ip": False,
    "ssrf_mitigation": True,
    "validate_https_trackers": True,
    "no_atime_storage": True,
    "alert_queue_size": 200_000,
    "webtorrent_stun_server": "",  # the wheel's default asks a server of a third party
}
DISCOVERY = ("enable_dht", "enable_lsd", "enable_upnp", "enable_natpmp")


def session_settings(options: SessionOptions) -> dict[str, int | bool | str]:
    """Return libtorrent's settings for a session."""
    settings = dict(_STREAMING)
    settings |= dict.fromkeys(DISCOVERY, options.discovery)
    if options.outgoing:  # local discovery listens on every interface
        settings["enable_lsd"] = False
    settings |= {
        "listen_interfaces": options.listen,
        "outgoing_interfaces": options.outgoing,
        "download_rate_limit": options.download_limit,
        "upload_rate_limit": options.upload_limit,
        "connections_limit": options.max_connections,
    }
    if options.seed_only:
        settings |= {
            "send_socket_buffer_size": 128 * 1024,  # what is in flight cannot be cancelled
            "enable_incoming_utp": False,
            "tick_interval": 500,
        }
    return settings


def blocked_ranges() -> tuple[tuple[str, str], ...]:
    """Return the addresses that no tracker, link or peer may make us call."""
    return (
        ("0.0.0.0", "0.255.255.255"),  # noqa: S104  (blocked, not bound)
        ("127.0.0.0", "127.255.255.255"),
        ("169.254.0.0", "169.254.255.255"),
        ("224.0.0.0", "255.255.255.255"),
        ("::", "::1"),
        ("::ffff:0.0.0.0", "::ffff:0.255.255.255"),
        ("::ffff:127.0.0.0", "::ffff:127.255.255.255"),
        ("fe80::", "febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ("ff00::", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
    )
