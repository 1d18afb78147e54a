"""The items of a fold: an event, an override, or urgent advice to keep, each at its place in the order of time."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from pathway.model.events import Event
    from pathway.run.outcome import Aside, Raised

Key: TypeAlias = "tuple[datetime, tuple[int, int]]"
"""The place of an item in the fold: its moment, and its rank among the items of that moment."""

AFTER_EVENTS = (2, 0)
"""The rank of an item that is folded after all events of its moment."""

LAST = (3, 0)
"""The rank of advice that is set aside: it answers all that stands at its moment."""


class Item:
    """One entry's part in the fold: an `event`, an override of an `order`, advice to keep in force, or to set aside.

    `sequence` is the number of the entry in the log, from 0. `said` is the number of the entry that gave the event its
    content: a correction, or the acknowledgement of what waited. `recalls`: advice had been set aside before that.
    """

    order: str = ""
    raised: Mapping[int, Raised] | None = None
    aside: Aside | None = None
    recalls: bool = False

    def __init__(
        self, at: datetime, rank: tuple[int, int], sequence: int, entry: str, event: Event | None = None
    ) -> None:
        self.at = at
        self.rank = rank
        self.sequence = self.said = sequence
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

    @classmethod
    def setting_aside(cls, aside: Aside) -> Item:
        """Advice that a clinician sets aside, folded after all else of its moment."""
        item = cls(aside.at, LAST, aside.sequence, aside.entry)
        item.aside = aside
        return item

    @property
    def key(self) -> Key:
        """The place of the item in the fold."""
        return self.at, self.rank

    @property
    def tie(self) -> tuple[str, int]:
        """The order of items of one key: by their content first, so that the order of recording does not decide."""
        if self.event is None:
            return "", self.sequence
        return repr(sorted((name, str(value)) for name, value in self.event.given)), self.sequence

    def same(self, other: Item) -> bool:
        """Whether both items of one entry have the same content at the same place.

        Only a correction gives another event, and only an acknowledgement another number to the same.
        """
        return (
            self.key == other.key
            and self.event is other.event
            and (self.said, self.recalls) == (other.said, other.recalls)
        )
