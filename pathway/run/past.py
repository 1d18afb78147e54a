"""The past of a fold: the outcomes of the events before it, and the moments that follow from them."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Protocol

from pathway.run.outcome import Raised

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from pathway.run.outcome import Deviation, Fired, Outcome


class HasOutcomes(Protocol):
    """A stretch of events, with the outcome of each."""

    outcomes: list[Outcome | None]


class Past:
    """The outcomes of the events up to a moment, in the order of time.

    `path` and its last run may grow at their ends. All outcomes of the runs before the number `size[0]` belong to this
    past, and the first `size[1]` outcomes of that run. While entries are pending, `other` is the past of the reading in
    which they count. An act that the other reading advised urgently (`urgent`, a bit mask) is no deviation until
    somebody has decided between the two readings.
    """

    __slots__ = ("_other", "_path", "_size", "_urgent")

    def __init__(
        self, path: Sequence[HasOutcomes | None], size: tuple[int, int], *, other: Past | None = None, urgent: int = 0
    ) -> None:
        self._path = path
        self._size = size
        self._other = other
        self._urgent = urgent

    def beside(self, other: Past, urgent: int) -> Past:
        """The same past, beside the past of the reading in which the pending entries count."""
        return Past(self._path, self._size, other=other, urgent=urgent)

    def __iter__(self) -> Iterator[Outcome]:
        for number in range(min(self._size[0] + 1, len(self._path))):
            for outcome in self._of(number):
                if outcome is not None:
                    yield outcome

    def __reversed__(self) -> Iterator[Outcome]:
        for number in range(min(self._size[0], len(self._path) - 1), -1, -1):
            for outcome in reversed(self._of(number)):
                if outcome is not None:
                    yield outcome

    def _of(self, number: int) -> list[Outcome | None]:
        run = self._path[number]
        assert run is not None
        return run.outcomes[: self._size[1]] if number == self._size[0] else run.outcomes

    def parted(self, other: Past) -> tuple[list[Outcome], list[Outcome]]:
        """The outcomes of this past and of another that are not the same, together with some that are the same.

        A change makes few runs new: runs that both pasts share at their beginnings and ends are left out.
        """
        mine, theirs = self._runs(), other._runs()
        # A course copies its last run, so only the runs before it can be the same.
        longest = max(0, min(len(mine), len(theirs)) - 1)
        begin = next((place for place in range(longest) if mine[place] is not theirs[place]), longest)
        end = 1
        while end <= longest - begin and mine[-1 - end] is theirs[-1 - end]:
            end += 1
        return self._between(begin, len(mine) - end), other._between(begin, len(theirs) - end)

    def _runs(self) -> Sequence[HasOutcomes | None]:
        return self._path if len(self._path) == self._size[0] + 1 else self._path[: self._size[0] + 1]

    def _between(self, begin: int, end: int) -> list[Outcome]:
        """The outcomes of the runs from one number up to another, and of the last run."""
        last = min(self._size[0], len(self._path) - 1)
        numbers = [*range(begin, min(end, last)), *([last] if last >= begin else [])]
        return [outcome for number in numbers for outcome in self._of(number) if outcome is not None]

    # --- what happened ------------------------------------------------------------------------------------------------

    def history(self) -> list[Fired]:
        """The transitions that were taken."""
        return [fired for outcome in self for fired in outcome.fired]

    def moved(self) -> list[Fired]:
        """The transitions of the last event that moved the case."""
        return next((outcome.fired for outcome in reversed(self) if outcome.fired), [])

    def deviations(self) -> list[Deviation]:
        """The acts that happened although their orders would have been refused, without excused acts."""
        deviating = [outcome for outcome in self if outcome.deviations]
        if deviating and self._other is not None:
            others = {other.entry: other for other in self._other}
            deviating = [outcome for outcome in deviating if not excused(others.get(outcome.entry), self._urgent)]
        return [deviation for outcome in deviating for deviation in outcome.deviations]

    def contradicted(self) -> list[Outcome]:
        """The outcomes of the events that brought a contradiction."""
        return [outcome for outcome in self if outcome.contradictions or outcome.differing]

    def entered_on(self) -> int | None:
        """The calendar day (ordinal) on which the state was entered; None where nothing has happened."""
        moved = next((outcome for outcome in reversed(self) if outcome.fired), None)
        first = moved or next((outcome for outcome in self if not outcome.is_idle), None)
        return None if first is None else first.day

    def episode(self) -> int:
        """The number of the episode, from 1."""
        return 1 + sum(fired.transition.closes is not None for fired in self.history())

    # --- since when ---------------------------------------------------------------------------------------------------

    def raised_at(self, mask: int) -> dict[int, Raised]:
        """Since when advice is in force, by place: for the bits of `mask`, as far as this past raised the advice."""
        found: dict[int, Raised] = {}
        for outcome in reversed(self):
            if not mask:
                break
            if outcome.forced:
                for place, since in outcome.forced.items():
                    if mask >> place & 1:
                        found[place] = since
                        mask &= ~(1 << place)
            if hit := mask & outcome.raised:
                raised = Raised(outcome.at, outcome.day, outcome.entry)
                found |= dict.fromkeys(bits(hit), raised)
                mask &= ~hit
        return found

    def completed_at(self, place: int) -> datetime | None:
        """When advice was last completed, in either reading; None where it never was completed."""
        return self._last("completed", place)

    def left_at(self, place: int) -> datetime | None:
        """When advice was last left undone, in either reading; None where it never was left undone."""
        return self._last("left_undone", place)

    def latched_at(self, place: int, until: Fired | None = None) -> datetime | None:
        """When a latch last became true, up to the transition `until` where it is given; None where it never did."""
        since = None
        for outcome in self:
            if place in outcome.latched:
                since = outcome.at
            if until is not None and any(fired is until for fired in outcome.fired):
                break
        return since

    def _last(self, part: str, place: int) -> datetime | None:
        here = next((outcome.at for outcome in reversed(self) if getattr(outcome, part) >> place & 1), None)
        other = None if self._other is None else self._other._last(part, place)
        if here is None or other is None:
            return here or other
        return max(here, other)


NOTHING_HAPPENED = Past([], (0, 0))
"""The past of a case to which nothing has happened."""


@lru_cache(maxsize=4096)
def bits(mask: int) -> tuple[int, ...]:
    """The places of the bits that are set."""
    return tuple(place for place in range(mask.bit_length()) if mask >> place & 1)


def excused(other: Outcome | None, urgent: int) -> bool:
    """Whether the acts of an event are no deviation: its outcome in the other reading completes urgent advice."""
    return other is not None and bool(other.completed & urgent) and not other.deviations
