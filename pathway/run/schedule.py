"""The schedule of a case: its tasks and their days. It changes with events, and not with the passing of time.

The columns are those of WHO's schedule logic: trigger, due, overdue, expires, completed by.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.rules import Urgency
from pathway.model.words import in_words
from pathway.run.moments import moment

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice
    from pathway.run.case import Case
    from pathway.run.outcome import Raised


@frozen(slots=False)  # a worklist makes many, and without slots they are made faster
class Task:
    """An advice in force: since when (`trigger`, with the entry that raised it), due on which day, overdue from when.

    `due` is a calendar day in the case's time zone, `overdue_from` the moment at which the first overdue day begins
    there. Each is None where the pathway sets no such day.
    """

    advice: str
    urgency: Urgency
    trigger: datetime
    entry: str
    due: date | None
    overdue_from: datetime | None

    def to_json(self) -> dict[str, Any]:
        """The task as JSON data, keys sorted; unset fields are left out."""
        data = {"advice": self.advice}
        if self.due is not None:
            data["due"] = self.due.isoformat()
        data["entry"] = self.entry
        if self.overdue_from is not None:
            data["overdue_from"] = _written(self.overdue_from)
        data["trigger"] = _written(self.trigger)
        data["urgency"] = self.urgency
        return data


@frozen
class Schedule:
    """All tasks of a case, most urgent first; the facts that it awaits; the entries that wait; whether it is open.

    A case is open while an advice is in force, an entry waits for acknowledgement, or its state is no end of the
    source.
    """

    state: str
    tasks: tuple[Task, ...]
    awaits: tuple[str, ...]
    waiting: tuple[str, ...]
    open: bool


def schedule_of(case: Case, *, begun: datetime) -> Schedule:
    """The schedule of a case after its last event; of a case without events, at the moment `begun`."""
    timeline = case.timeline
    fold = timeline.end
    if fold.record.at is None:  # an override alone is no event
        fold = timeline.at(begun.astimezone(UTC))
    compiled = fold.compiled
    asked = fold.active & ~fold.aside
    since = fold.raised_at(asked)
    active = compiled.by_urgency(asked)
    waiting = tuple(entry.id for entry in case.pending)
    return Schedule(
        state=fold.state,
        tasks=tuple(_task(advice, since[compiled.place_of[advice.id]], case.zone) for advice in active),
        # A guard that time may change counts as open there, so the answer does not change while nothing happens.
        awaits=fold.awaits(),
        waiting=waiting,
        open=bool(active or waiting) or not compiled.pathway.state(fold.state).end,
    )


def expires(advice: Advice, pathway: Pathway) -> str:
    """In words, when an advice ends without having been done."""
    if advice.until is None:
        return f"when no longer: {in_words(advice.when, pathway)}"
    return "" if advice.lapses is None else in_words(advice.lapses, pathway)


def completed_by(advice: Advice, pathway: Pathway) -> str:
    """In words, what completes an advice; "" where it lasts as long as its ground."""
    return "" if advice.until is None else in_words(advice.until, pathway)


def _task(advice: Advice, raised: Raised, zone: tzinfo) -> Task:
    due = None if advice.due_day is None else date.fromordinal(raised.day + advice.due_day)
    last = advice.overdue_after_day
    overdue = None if last is None else _midnight(raised.day + last + 1, zone)
    return Task(advice.id, advice.urgency, raised.at, raised.entry, due, overdue)


@lru_cache(maxsize=4096)
def _midnight(day: int, zone: tzinfo) -> datetime:
    """The moment at which a calendar day begins in the case's time zone.

    Of a midnight that comes twice it is the first; of one that is skipped, the moment at which the clock springs.
    """
    on = date.fromordinal(day)
    return datetime(on.year, on.month, on.day, tzinfo=zone).astimezone(UTC)


@lru_cache(maxsize=4096)
def _written(at: datetime) -> str:
    """A moment of a task as text. All are in UTC, so equal moments read alike. Most tasks share their moments."""
    return moment(at)
