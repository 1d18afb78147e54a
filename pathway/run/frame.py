"""The values of one scope of a record, place by place, with their reference limits and their moments."""

from __future__ import annotations

from datetime import datetime  # a type alias is evaluated
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from pathway.run.layout import Layout

Values: TypeAlias = list[Any]
"""One value for each place of a record; None where it is unknown."""


Stamp: TypeAlias = tuple[datetime, int]
"""When a value was so: the moment, and the calendar day (ordinal) on which the value was folded.

The two may differ by a day: where a clock is put back at midnight a calendar day comes twice, and the day of a record
never goes back.
"""


class Frame:
    """The facts of one scope: the episode, the report at hand, or the child's latest known values.

    `low` and `high` are the reference limits for the age at the sample, each at its own place (`Layout.ranged`); `when`
    holds a `Stamp` for each known fact. `computed` are the places of what was not reported but computed.
    """

    __slots__ = ("computed", "high", "low", "values", "when")

    def __init__(
        self, values: Values, low: Values, high: Values, when: Values, computed: frozenset[int] = frozenset()
    ) -> None:
        self.values = values
        self.low = low
        self.high = high
        self.when = when
        self.computed = computed

    @classmethod
    def blank(cls, layout: Layout) -> Frame:
        """A frame in which every fact is unknown."""
        size, limits = layout.size, len(layout.ranged)
        return cls([None] * size, [None] * limits, [None] * limits, [None] * size)

    def copy(self) -> Frame:
        """A copy of the frame."""
        return Frame(self.values[:], self.low[:], self.high[:], self.when[:], self.computed)

    def shown(self) -> Frame:
        """A copy of the frame for guards, which read no moments: without them."""
        return Frame(self.values[:], self.low[:], self.high[:], [], self.computed)

    def forget(self, place: int, limit: int | None) -> None:
        """Make a fact unknown. `limit` is the place of its reference limits; None for a fact without limits."""
        self.values[place] = self.when[place] = None
        if self.computed:
            self.computed -= {place}
        if limit is not None:
            self.low[limit] = self.high[limit] = None

    def take(self, place: int, limit: int | None, other: Frame) -> None:
        """Take a fact over from another frame, known or unknown."""
        self.values[place] = other.values[place]
        self.when[place] = other.when[place]
        if self.computed or other.computed:
            self.computed = self.computed - {place} | other.computed & {place}
        if limit is not None:
            self.low[limit] = other.low[limit]
            self.high[limit] = other.high[limit]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Frame):
            return NotImplemented
        return (
            self.values == other.values
            and self.when == other.when
            and self.low == other.low
            and self.high == other.high
            and self.computed == other.computed
        )

    __hash__ = None  # type: ignore[assignment]  # a frame changes
