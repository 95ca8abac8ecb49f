"""Skip ranges: what they are in a file, and the prompt that offers to jump over them."""

from novastream_desktop.skips._fingerprint_tool import find_fpcalc
from novastream_desktop.skips._learn import ThemeLearner
from novastream_desktop.skips._memory import ShowSkips, SkipMemory
from novastream_desktop.skips._prompt import active_range, step
from novastream_desktop.skips._prompt_state import (
    Action,
    JumpBack,
    Jumped,
    JumpTo,
    Moment,
    PromptEvent,
    PromptState,
    PromptView,
    modes_of,
)
from novastream_desktop.skips._rules import combine, ranges_of_chapters
from novastream_desktop.skips._service import SkipService

__all__ = [
    "Action",
    "JumpBack",
    "JumpTo",
    "Jumped",
    "Moment",
    "PromptEvent",
    "PromptState",
    "PromptView",
    "ShowSkips",
    "SkipMemory",
    "SkipService",
    "ThemeLearner",
    "active_range",
    "combine",
    "find_fpcalc",
    "modes_of",
    "ranges_of_chapters",
    "step",
]
