"""The questions that we put to AniList's GraphQL service."""

from __future__ import annotations

_BRIEF = """
      id idMal title { romaji english native } format status(version: 2) episodes duration
      seasonYear startDate { year } averageScore genres isAdult
      coverImage { extraLarge large } bannerImage nextAiringEpisode { episode }
"""

LIST = f"""
query ($perPage: Int = 30, $sort: [MediaSort], $search: String) {{
  Page(page: 1, perPage: $perPage) {{
    media(type: ANIME, isAdult: false, sort: $sort, search: $search) {{ {_BRIEF} }}
  }}
}}
"""

DETAILS = f"""
query ($id: Int) {{
  Media(id: $id, type: ANIME) {{
    {_BRIEF}
    description(asHtml: false)
    streamingEpisodes {{ title thumbnail }}
    relations {{ edges {{ relationType(version: 2)
      node {{ id type format status(version: 2) startDate {{ year month day }} }} }} }}
  }}
}}
"""
