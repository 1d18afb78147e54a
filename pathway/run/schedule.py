"""What is due when: the schedule of a case, which changes with its events and not with the passing of time.

The columns are those of WHO's schedule logic: trigger, due, overdue, expires, completed by.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from attrs import frozen

from pathway.model.derived import Clock
from pathway.model.guards import Compare, leaves
from pathway.model.partial import in_that_state
from pathway.model.rules import URGENCIES, Urgency
from pathway.model.words import in_words
from pathway.run.log import moment

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.model.rules import Advice
    from pathway.run.case import Case
    from pathway.run.fold import Fold
    from pathway.run.program import Program


@frozen
class Task:
    """An advice in force: since when (`trigger`, with the entry that raised it), due on which day, overdue from when.

    `due` is a calendar day in the case's time zone, `overdue_from` the moment at which the day after the last good one
    begins there. None where the pathway sets none.
    """

    advice: str
    urgency: Urgency
    trigger: datetime
    entry: str
    due: date | None
    overdue_from: datetime | None

    def to_json(self) -> dict[str, Any]:
        """The task as JSON data; what is not set is left out."""
        data = {"advice": self.advice, "urgency": self.urgency, "trigger": moment(self.trigger), "entry": self.entry}
        if self.due is not None:
            data["due"] = self.due.isoformat()
        if self.overdue_from is not None:
            data["overdue_from"] = moment(self.overdue_from)
        return data


@frozen
class Schedule:
    """All tasks of a case, most urgent first; what it awaits, from which moment on; and whether it is open.

    `awaits` holds the facts by the moment from which they are awaited: the first is that of the last event, and there
    is another one where an age or a number of days that a rule names is reached. A case is open while an advice is in
    force, something waits for acknowledgement, or its state is no end of the source.
    """

    state: str
    tasks: tuple[Task, ...]
    awaits: tuple[tuple[datetime, tuple[str, ...]], ...]
    waiting: tuple[str, ...]
    open: bool

    def awaited_at(self, at: datetime) -> tuple[str, ...]:
        """The facts that are awaited at a moment."""
        found: tuple[str, ...] = self.awaits[0][1] if self.awaits else ()
        for since, facts in self.awaits:
            if since <= at:
                found = facts
        return found


def schedule_of(case: Case) -> Schedule:
    """The schedule of a case after its last event."""
    fold = case._fold
    program = fold.program
    active = sorted(program.advice_of(fold.active), key=lambda one: URGENCIES.index(one.urgency))
    waiting = tuple(one.id for one in case.pending)
    return Schedule(
        state=fold.state,
        tasks=tuple(_task(one, fold) for one in active),
        awaits=_awaits(fold),
        waiting=waiting,
        open=bool(active or waiting) or not program.pathway.state(fold.state).end,
    )


def expires(advice: Advice, pathway: Pathway) -> str:
    """In words, when an advice ends without having been done."""
    if advice.until is None:
        return f"when no longer: {in_words(advice.when, pathway)}"
    return "" if advice.lapses is None else in_words(advice.lapses, pathway)


def completed_by(advice: Advice, pathway: Pathway) -> str:
    """In words, what completes an advice; empty where it lasts as long as its ground."""
    return "" if advice.until is None else in_words(advice.until, pathway)


def _task(advice: Advice, fold: Fold) -> Task:
    raised = fold.raised_at[fold.program.place_of[advice.id]]
    due = None if advice.due_day is None else date.fromordinal(raised.day + advice.due_day)
    last = advice.overdue_after_day
    overdue = None if last is None else _midnight(raised.day + last + 1, fold)
    return Task(advice.id, advice.urgency, raised.at, raised.entry, due, overdue)


def _midnight(day: int, fold: Fold) -> datetime:
    """The moment at which a calendar day begins in the case's time zone; where it has no midnight, its first moment."""
    on = date.fromordinal(day)
    begins = datetime(on.year, on.month, on.day, tzinfo=fold.zone).astimezone(UTC)
    while begins.astimezone(fold.zone).date() < on:
        begins += timedelta(minutes=15)
    return begins


def _awaits(fold: Fold) -> tuple[tuple[datetime, tuple[str, ...]], ...]:
    program = fold.program
    awaits, names_of = program.awaits(fold.state), program.names_of
    if fold.at is None:
        return ()
    found = [(fold.at, names_of(awaits(fold)))]
    for at in sorted(_marks(fold)):
        with fold.clock_at(at):
            facts = names_of(awaits(fold))
        if facts != found[-1][1]:
            found.append((at, facts))
    return tuple(found)


def _marks(fold: Fold) -> set[datetime]:
    """The moments to come at which an age or a number of days is reached that a rule of this state compares with."""
    assert fold.at is not None
    days, months = _limits(fold.program, fold.state)
    found: set[datetime] = set()
    if days and fold.entered_day is not None:
        found |= {_midnight(fold.entered_day + limit, fold) for limit in days}
    for limit in months:
        found.add(_midnight(_grown(fold.born, limit).toordinal(), fold))
    return {at for at in found if at > fold.at}


def _grown(born: date, months: int) -> date:
    """The day on which a child has completed so many months; where a month has no such day, the first of the next."""
    year, month = divmod(born.year * 12 + born.month - 1 + months, 12)
    try:
        return date(year, month + 1, born.day)
    except ValueError:
        return date(year + (month == 11), (month + 1) % 12 + 1, 1)


_LIMITS: WeakKeyDictionary[Program, dict[str, tuple[frozenset[int], frozenset[int]]]] = WeakKeyDictionary()


def _limits(program: Program, state: str) -> tuple[frozenset[int], frozenset[int]]:
    """The numbers of days in the state, and of months, at which what is awaited in a state may change."""
    known = _LIMITS.setdefault(program, {})
    if state not in known:
        known[state] = _limits_of(program.pathway, state)
    return known[state]


def _limits_of(pathway: Pathway, state: str) -> tuple[frozenset[int], frozenset[int]]:
    clocks = {one.name: one.counts for one in pathway.derived if isinstance(one, Clock)}
    found: dict[str, set[int]] = {"days_in_state": set(), "age": set()}
    guards = [in_that_state(one.when, state) for one in pathway.transitions if state in one.sources]
    guards += [in_that_state(one.until, state) for one in pathway.advice
               if one.urgency == "now" and one.until is not None]  # fmt: skip
    for guard in guards:
        for leaf in leaves(guard):
            if isinstance(leaf, Compare) and leaf.fact in clocks:
                limit = int(leaf.value)
                found[clocks[leaf.fact]] |= {limit, limit + 1}
    return frozenset(found["days_in_state"]), frozenset(found["age"])
