"""What of a torrent can be read now: blocks on disk, and pieces whose hash was right."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

BLOCK = 16 * 1024


@dataclass(frozen=True, slots=True)
class Layout:
    """How the bytes of a torrent are cut.

    Attributes:
        pads: byte ranges of pad files (start, end); their blocks are never asked for.
    """

    piece_length: int
    total_size: int
    pads: tuple[tuple[int, int], ...] = ()

    @property
    def piece_count(self) -> int:
        """How many pieces there are."""
        return -(-self.total_size // self.piece_length)

    def block_count(self, piece: int) -> int:
        """How many blocks of a piece come over the network."""
        start = piece * self.piece_length
        end = min(start + self.piece_length, self.total_size)
        for pad_start, pad_end in self.pads:
            if start < pad_end and pad_start < end and pad_end >= end:
                end = max(start, pad_start)
        return -(-(end - start) // BLOCK)


class PieceMap:
    """Follows a torrent's pieces from missing to readable.

    A piece can be read when its hash was right. In early mode, blocks on disk can be read before
    that is known.

    Attributes:
        passed: one byte a piece, 1 once its hash was right: it is on disk then.
    """

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.passed = bytearray(layout.piece_count)
        self._blocks: dict[int, bytearray] = {}

    def block_written(self, piece: int, block: int) -> bool:
        """Note a block on disk; return whether more can be read now."""
        if self.passed[piece]:
            return False
        blocks = self._blocks_of(piece)
        if block < len(blocks):
            blocks[block] = 1
        return True

    def piece_passed(self, piece: int) -> None:
        """Note that a piece's hash was right."""
        self.passed[piece] = 1
        self._blocks.pop(piece, None)

    def piece_failed(self, piece: int) -> None:
        """Forget a piece whose hash was wrong."""
        self.passed[piece] = 0
        self._blocks.pop(piece, None)

    def restore(
        self, passed: Sequence[bool], partial: Iterable[tuple[int, tuple[int, ...]]]
    ) -> None:
        """Take over what is on disk: whole pieces, and blocks (piece, blocks) of others."""
        for piece, have in enumerate(passed):
            if have and piece < len(self.passed):
                self.piece_passed(piece)
        for piece, blocks in partial:
            for block in blocks:
                self.block_written(piece, block)

    def started(self, piece: int) -> bool:
        """Whether some block of a missing piece is on disk."""
        return piece in self._blocks

    def lacking(self, piece: int) -> int:
        """Return how many blocks of a piece are not on disk."""
        if self.passed[piece]:
            return 0
        blocks = self._blocks.get(piece)
        return self.layout.block_count(piece) if blocks is None else blocks.count(0)

    def available(self, offset: int, limit: int, *, early: bool) -> int:
        """Return how many bytes can be read from an offset of the torrent, at most `limit`."""
        got = 0
        piece, inside = divmod(offset, self.layout.piece_length)
        while got < limit and piece < len(self.passed):
            if self.passed[piece]:
                got += self.layout.piece_length - inside
            else:
                part = self._early(piece, inside) if early else 0
                got += part
                if inside + part < self.layout.piece_length:
                    break
            piece, inside = piece + 1, 0
        return min(got, limit, self.layout.total_size - offset)

    def _early(self, piece: int, inside: int) -> int:
        blocks = self._blocks.get(piece)
        if blocks is None:
            return 0
        first = inside // BLOCK
        gap = blocks.find(0, first)
        end = (gap if gap >= 0 else len(blocks)) * BLOCK
        return max(0, end - inside)

    def _blocks_of(self, piece: int) -> bytearray:
        blocks = self._blocks.get(piece)
        if blocks is None:
            blocks = self._blocks[piece] = bytearray(self.layout.block_count(piece))
        return blocks
