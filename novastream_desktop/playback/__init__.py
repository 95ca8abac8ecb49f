"""What plays, how it goes on, and what the front ends ask.

Faces, which others import:
    commands, state        what may be asked of a session, and what it shows
    session                `PlaybackSession`: the state machine (`_machine` has its diagram)
    program, answering     the core behind every front end, and the services that it asks
    ports                  what playback wants of catalogue, sources, subtitles and skips
    home, library, transfers, skip_desk, source_rounds, fitting, reporting
                           one desk each: Continue watching, what is kept, torrents, a show's
                           skips, sources as they come, subtitles fitted to sound, reports to
                           servers
    target                 what a person handed over: a file, an address, a magnet, an id

Inside, by the first word of the name or by what they serve:
    the title              titles, movie, series, anime, plan, _hierarchy, _lineup, _numbers,
                           _continuing, _show_rules, _shadows
    the session's controls _controls, _moving, _title_controls, _file_controls, _source_controls,
                           _source_play, _skip_controls, _subtitle_controls: parts of its class
    while it plays         _search, _opening, _played, _stall, _trace, _alive, _ahead, _next_head,
                           _history, _listening, _idle_listening, _skipping, _show_skips,
                           _file_question
    subtitles              _companions, _subtitle_desk, _subtitle_shelf, _subtitle_timing, _sync,
                           _tracks, _kept_tracks, subtitle_commands
"""
