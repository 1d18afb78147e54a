"""What is due, overdue and awaited across all open cases, most urgent first."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import contextmanager
from datetime import datetime
from heapq import merge
from itertools import islice
from typing import TYPE_CHECKING, Any

from attrs import evolve, field, frozen
from sqlalchemy import and_, case, func, or_, select

from pathway.model.errors import BadInput, Unavailable
from pathway.model.rules import URGENCIES
from pathway.run.moments import aware, moment, read_moment, zone_named
from pathway.store.chain import stamp
from pathway.store.entry_log import untold
from pathway.store.faults import Silent
from pathway.store.kept import Kept
from pathway.store.projection import NOTHING_DUE, damaged_row, schedule_from
from pathway.store.schema import CASES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from sqlalchemy import ColumnElement, Select

    from pathway.store.store import Store


@frozen
class Due:
    """A task of a case in the columns of WHO: `trigger` (since when), `due` (a day), `overdue_from`, `overdue`."""

    advice: str
    urgency: str
    trigger: str
    due: str | None
    overdue_from: str | None
    overdue: bool

    def to_json(self) -> dict[str, Any]:
        """The task as JSON data."""
        return {
            "advice": self.advice, "urgency": self.urgency, "trigger": self.trigger, "due": self.due,
            "overdue_from": self.overdue_from, "overdue": self.overdue,
        }  # fmt: skip


@frozen
class CaseDue:
    """A case on the worklist. `fault` says why a case cannot be folded; its other fields are then empty."""

    case_id: str
    state: str
    pathway_digest: str
    timezone: str
    tasks: tuple[Due, ...] = field(factory=tuple)
    awaits: tuple[str, ...] = field(factory=tuple)
    waiting: tuple[str, ...] = field(factory=tuple)
    fault: str = ""

    @property
    def urgency(self) -> str:
        """The urgency of the most urgent task; "" where there is none."""
        return self.tasks[0].urgency if self.tasks else ""

    def to_json(self) -> dict[str, Any]:
        """The case as JSON data."""
        return {
            "case": self.case_id, "state": self.state, "urgency": self.urgency or None,
            "tasks": [task.to_json() for task in self.tasks], "awaits": list(self.awaits),
            "waits_for_acknowledgement": list(self.waiting), "fault": self.fault or None,
            "pathway_digest": self.pathway_digest,
        }  # fmt: skip


@frozen
class Worklist:
    """Open cases at a moment, most urgent first.

    `counts` has the number of open cases by the urgency of their most urgent task (`""` where a case has no task),
    `overdue` the number of cases with an overdue task. `rows` may hold fewer cases.
    """

    at: datetime
    rows: tuple[CaseDue, ...]
    counts: dict[str, int]
    overdue: int

    @property
    def open_cases(self) -> int:
        """How many cases are open."""
        return sum(self.counts.values())

    def to_json(self) -> dict[str, Any]:
        """The worklist as JSON data."""
        return {
            "at": moment(self.at), "open_cases": self.open_cases, "overdue_cases": self.overdue,
            "by_urgency": self.counts, "cases": [row.to_json() for row in self.rows],
        }  # fmt: skip


@frozen
class Listing:
    """A worklist whose cases are read one by one, as often as they are wanted, in their order.

    `head` is the worklist without its cases, `digests` those of the versions that these are pinned to. The cases are
    those of one moment, and are kept outside the database: who reads them slowly holds nothing up there.
    """

    head: Worklist
    digests: frozenset[str]
    kept: Kept

    def __iter__(self) -> Iterator[CaseDue]:
        for line in self.kept:
            yield _row(dict(zip(_NAMES, json.loads(line), strict=True)), self.head.at)


def worklist(
    store: Store, *, at: datetime, limit: int | None = 50, overdue_only: bool = False, state: str = "",
    tell: Callable[[int, int], None] = untold,
) -> Worklist:  # fmt: skip
    """The worklist at a moment. New entries are counted in first; `tell` is called with how far that is.

    Cases are sorted by the urgency of their most urgent task, then by how long a task of that urgency is overdue.
    """
    with listed(store, at=at, limit=limit, overdue_only=overdue_only, state=state, tell=tell) as listing:
        return evolve(listing.head, rows=tuple(listing))


@contextmanager
def listed(
    store: Store, *, at: datetime, limit: int | None = 50, overdue_only: bool = False, state: str = "",
    tell: Callable[[int, int], None] = untold,
) -> Iterator[Listing]:  # fmt: skip
    """The worklist at a moment, as `worklist` has it, in little memory however long it is.

    Raises `BadInput` before the first case is given where the row of one is damaged.
    """
    at = aware(at, "at")
    now = stamp(at)
    asked = _Asked(now, overdue_only, store.versions.current.state(state).name if state else "")
    beside = _not_counted_in(store, tell)
    wanted = asked.in_rows()
    if beside:
        wanted = and_(wanted, CASES.c.case_id.not_in([row["case_id"] for row in beside]))
    fresh = [row for row in beside if asked.holds(row)]
    late = func.sum(case((CASES.c.overdue_from <= now, 1), else_=0))
    digests: set[str] = set()
    with Kept("nothing was listed") as kept:
        with store.database.reading() as connection:
            asking = select(CASES).where(wanted).order_by(*_ORDER).limit(limit)
            with connection.execute(asking, execution_options={"yield_per": _PAGE}) as found:
                for row in islice(_merged(map(dict, found.mappings()), fresh), limit):
                    if not _row(row, at).fault:
                        digests.add(row["pathway_digest"])
                    kept.add(_line(row))
            totals = connection.execute(
                select(CASES.c.urgency, func.count(), late).where(wanted).group_by(CASES.c.urgency)
            ).all()
        counts = Counter({rank: count for rank, count, _ in totals})
        overdue = sum(row[2] for row in totals)
        counts.update(row["urgency"] for row in fresh)
        overdue += sum(row["overdue_from"] <= now for row in fresh)
        head = Worklist(at, (), {_urgency(rank): counts[rank] for rank in sorted(counts)}, overdue)
        yield Listing(head, frozenset(digests), kept)


_ORDER = (CASES.c.urgency, CASES.c.pressing_from, CASES.c.case_id)
_MOST_BESIDE = 1000
_PAGE = 1000
_NAMES = [column.name for column in CASES.columns]


def _merged(rows: Iterable[dict[str, Any]], others: Iterable[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Rows that are in the order of the worklist already, with others in their places."""

    def place(row: dict[str, Any]) -> tuple[Any, ...]:
        return tuple(row[column.name] for column in _ORDER)

    return merge(rows, sorted(others, key=place), key=place)


def _line(row: Mapping[str, Any]) -> bytes:
    return f"{json.dumps([row[name] for name in _NAMES])}\n".encode()


@frozen
class _Asked:
    """Which open cases are wanted. A case that cannot be folded is always wanted."""

    now: str
    overdue_only: bool
    state: str

    def in_rows(self) -> ColumnElement[bool]:
        wanted: ColumnElement[bool] = CASES.c.open == 1
        if self.overdue_only:
            wanted = and_(wanted, or_(CASES.c.overdue_from <= self.now, CASES.c.sequence < 0))
        if self.state:
            wanted = and_(wanted, or_(CASES.c.state == self.state, CASES.c.sequence < 0))
        return wanted

    def holds(self, row: Mapping[str, Any]) -> bool:
        overdue = not self.overdue_only or row["overdue_from"] <= self.now
        there = not self.state or row["state"] == self.state
        return row["open"] == 1 and ((overdue and there) or row["sequence"] < 0)


def _not_counted_in(store: Store, tell: Callable[[int, int], None]) -> list[dict[str, Any]]:
    """The newer rows of cases whose rows cannot be written now; none where they can."""
    try:
        store.projection.catch_up(tell)
        return []
    except Silent:
        raise
    except Unavailable:
        stale = store.projection.stale()
        if len(stale) > _MOST_BESIDE:
            raise
        return store.projection.rows(stale)


def all_cases(
    store: Store, *, after: str = "", limit: int | None = None, every: bool = True
) -> Iterator[tuple[str, str, bool, str, int]]:
    """Of each case, by name: its name, its state, whether it is open, its version's digest, its number of entries.

    Only the cases whose names come after one, `limit` at most, without the closed ones unless `every` is true. They
    stand as their rows have them: `catch_up` first. They are read in pages, so that who reads slowly holds nothing up.
    """
    left = limit
    while left is None or left > 0:
        size = _PAGE if left is None else min(_PAGE, left)
        with store.database.reading() as connection:
            rows = connection.execute(page_of_cases(after, size, every=every)).all()
        for row in rows:
            yield row[0], row[1], row[2] == 1, row[3], row[4] + 1
        if len(rows) < size:
            return
        after = rows[-1][0]
        left = None if left is None else left - size


def page_of_cases(after: str, size: int, *, every: bool) -> Select[tuple[Any, ...]]:
    """The question for so many cases whose names come after one: answered from there on, whatever comes before."""
    columns = (CASES.c.case_id, CASES.c.state, CASES.c.open, CASES.c.pathway_digest, CASES.c.sequence)
    asked = select(*columns).where(CASES.c.case_id > after).order_by(CASES.c.case_id).limit(size)
    # A sum, for which no index is there: that of the open cases by urgency would have all of them sorted for a page.
    return asked if every else asked.where(CASES.c.open + 0 == 1)


def _urgency(rank: int) -> str:
    if not 0 <= rank <= NOTHING_DUE:
        raise damaged_row()
    return "" if rank == NOTHING_DUE else URGENCIES[rank]


def _row(row: Mapping[str, Any], at: datetime) -> CaseDue:
    schedule = schedule_from(row["schedule"])
    if fault := schedule.get("fault"):
        return CaseDue(row["case_id"], row["state"], row["pathway_digest"], "UTC", fault=fault)
    try:
        return CaseDue(
            row["case_id"], row["state"], row["pathway_digest"], zone_named(schedule["timezone"]).key,
            tuple(_due(task, at) for task in schedule["tasks"]), tuple(schedule["awaits"]), tuple(schedule["waiting"]),
        )  # fmt: skip
    except (KeyError, TypeError, BadInput):
        raise damaged_row() from None


def _due(task: dict[str, Any], at: datetime) -> Due:
    overdue_from = task.get("overdue_from")
    overdue = overdue_from is not None and read_moment(overdue_from, "overdue_from") <= at
    return Due(task["advice"], task["urgency"], task["trigger"], task.get("due"), overdue_from, overdue)
