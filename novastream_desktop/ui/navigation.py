"""Which page is on top, and which lie beneath it: pure."""

from __future__ import annotations

from typing import NamedTuple

HOME, TITLE, SETTINGS = "home", "title", "settings"
SEARCH, LIBRARY, TRANSFERS, SHORTCUTS = "search", "library", "transfers", "shortcuts"


class Pages(NamedTuple):
    """The pages from the bottom up; home is always the first and each is there once."""

    stack: tuple[str, ...] = (HOME,)

    @property
    def top(self) -> str:
        """The page that is shown."""
        return self.stack[-1]

    @property
    def room(self) -> str:
        """The room that the page on top belongs to: a title's page stands in another's."""
        return next(page for page in reversed(self.stack) if page != TITLE)

    def opened(self, page: str) -> Pages:
        """Return the pages with this one on top; one that lies beneath is uncovered."""
        if page in self.stack:
            return Pages(self.stack[: self.stack.index(page) + 1])
        return Pages((*self.stack, page))

    def back(self) -> Pages:
        """Return the pages without the top one; home stays."""
        return Pages(self.stack[:-1]) if len(self.stack) > 1 else self
