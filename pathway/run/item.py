"""What is folded: an event, an override, or urgent advice to keep, at its place in the order of things."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pathway.model.events import Event
    from pathway.run.outcome import Raised

Key: TypeAlias = "tuple[datetime, tuple[int, int]]"
"""Where something is folded: its moment, and its rank among what happened at that moment."""

AFTER_EVENTS = (2, 0)
"""The rank of what is folded after all events of its moment."""


class Item:
    """One entry's part in the fold: an `event`, an override of an `order`, or advice to keep in force (`raised`).

    `sequence` is the number of the entry in the log, from 0.
    """

    order: str = ""
    raised: Mapping[int, Raised] | None = None

    def __init__(
        self, at: datetime, rank: tuple[int, int], sequence: int, entry: str, event: Event | None = None
    ) -> None:
        self.at = at
        self.rank = rank
        self.sequence = sequence
        self.entry = entry
        self.event = event

    @classmethod
    def override(cls, at: datetime, sequence: int, entry: str, order: str) -> Item:
        """An override, which is folded after the events of its moment."""
        item = cls(at, AFTER_EVENTS, sequence, entry)
        item.order = order
        return item

    @classmethod
    def retained(cls, at: datetime, sequence: int, entry: str, raised: Mapping[int, Raised]) -> Item:
        """Advice to keep in force, which is folded after the events of a moment."""
        item = cls(at, AFTER_EVENTS, sequence, entry)
        item.raised = raised
        return item

    @property
    def key(self) -> Key:
        """Where it is folded."""
        return self.at, self.rank

    @property
    def tie(self) -> tuple[str, int]:
        """What decides between items of one key: their content, so that the order of recording does not."""
        if self.event is None:
            return "", self.sequence
        return repr(sorted((name, str(value)) for name, value in self.event.given)), self.sequence

    def same(self, other: Item) -> bool:
        """Whether both, of one entry, put the same thing at the same place: only a correction gives another event."""
        return self.key == other.key and self.event is other.event
