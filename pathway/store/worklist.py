"""What is due, overdue and awaited across all open cases, most urgent first."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import TYPE_CHECKING, Any

from attrs import field, frozen
from sqlalchemy import and_, case, func, or_, select

from pathway.model.errors import BadInput, Unavailable
from pathway.model.rules import URGENCIES
from pathway.run.moments import aware, moment, read_moment, zone_named
from pathway.store.chain import stamp
from pathway.store.entry_log import untold
from pathway.store.faults import Silent
from pathway.store.projection import NOTHING_DUE, damaged_row, schedule_from
from pathway.store.schema import CASES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sqlalchemy import ColumnElement

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


def worklist(
    store: Store, *, at: datetime, limit: int | None = 50, overdue_only: bool = False, state: str = "",
    tell: Callable[[int, int], None] = untold,
) -> Worklist:  # fmt: skip
    """The worklist at a moment. New entries are counted in first; `tell` is called with how far that is.

    Cases are sorted by the urgency of their most urgent task, then by how long a task of that urgency is overdue.
    """
    at = aware(at, "at")
    now = stamp(at)
    asked = _Asked(now, overdue_only, store.versions.current.state(state).name if state else "")
    beside = _not_counted_in(store, tell)
    wanted = asked.in_rows()
    if beside:
        wanted = and_(wanted, CASES.c.case_id.not_in([row["case_id"] for row in beside]))
    late = func.sum(case((CASES.c.overdue_from <= now, 1), else_=0))
    with store.database.reading() as connection:
        asking = select(CASES).where(wanted).order_by(*_ORDER).limit(limit)
        found = [dict(row) for row in connection.execute(asking).mappings()]
        totals = connection.execute(
            select(CASES.c.urgency, func.count(), late).where(wanted).group_by(CASES.c.urgency)
        ).all()
    counts = Counter({rank: count for rank, count, _ in totals})
    overdue = sum(row[2] for row in totals)
    fresh = [row for row in beside if asked.holds(row)]
    counts.update(row["urgency"] for row in fresh)
    overdue += sum(row["overdue_from"] <= now for row in fresh)
    rows = sorted([*found, *fresh], key=lambda row: tuple(row[column.name] for column in _ORDER))
    return Worklist(
        at, tuple(_row(row, at) for row in rows[:limit]),
        {_urgency(rank): counts[rank] for rank in sorted(counts)}, overdue,
    )  # fmt: skip


_ORDER = (CASES.c.urgency, CASES.c.pressing_from, CASES.c.case_id)
_MOST_BESIDE = 1000


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


def all_cases(store: Store) -> Iterator[tuple[str, str, bool, str, int]]:
    """Of each case, by name: its name, its state, whether it is open, its version's digest, its number of entries."""
    store.projection.catch_up()
    columns = (CASES.c.case_id, CASES.c.state, CASES.c.open, CASES.c.pathway_digest, CASES.c.sequence)
    asked = select(*columns).order_by(CASES.c.case_id)
    with store.database.streaming() as connection:
        for row in connection.execute(asked, execution_options={"yield_per": 1000}):
            yield row[0], row[1], row[2] == 1, row[3], row[4] + 1


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
