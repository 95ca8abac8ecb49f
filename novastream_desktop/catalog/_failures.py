"""What is said when nothing was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from novastream_desktop.errors import NotFound, ProviderError, UserFacingError
from novastream_desktop.models import Content
from novastream_desktop.providers.boundary import Answer


def raise_failure(answers: Iterable[Answer[Sequence[Content]]]) -> None:
    """Raise the first failure, if there is one: nothing was found, but not everybody was heard."""
    for answer in answers:
        if answer.error is not None and not isinstance(answer.error, NotFound):
            raise answer.error


def no_details(content_id: str, errors: Sequence[UserFacingError]) -> UserFacingError:
    """Return why a title cannot be shown: its provider failed, or nobody knows it."""
    for error in errors:
        if isinstance(error, ProviderError):
            return error
    if errors:
        return errors[0]
    return NotFound(
        f"There is no title {content_id}",
        why="no catalogue that is switched on knows it",
        hint="Search for it by name, or switch its catalogue on in Settings",
    )
