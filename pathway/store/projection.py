"""The rows of the cases: of each its last entry and what is due, computed from its log alone.

An entry is written without touching them. Whoever reads them, and whoever closes a store, first counts in what is new
since then: so nothing depends on a process that happened to be running.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from pathway.model.errors import BadInput
from pathway.model.rules import URGENCIES
from pathway.run.schedule import schedule_of
from pathway.store.chain import canonical, read_stamp, stamp
from pathway.store.faults import LOG
from pathway.store.progress import untold
from pathway.store.schema import CASES, ENTRIES, MARKS, NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from pathway.run.case import Case
    from pathway.store.chain import StoredEntry
    from pathway.store.store import Store

NOTHING_DUE = len(URGENCIES)
UNREADABLE = -1
"""In place of the number of the last entry: the case could not be folded."""
_RANK = {urgency: place for place, urgency in enumerate(URGENCIES)}
_AT_ONCE = 500
_MARK = "projected"
_PARTS = {"tasks", "awaits", "waiting", "timezone"}


class Projection:
    """The rows of the cases of a store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def catch_up(self, tell: Callable[[int, int], None] = untold) -> int:
        """Count in what is new; how many cases that were. `tell` is told how far it is: done, of."""
        database = self._store.database
        with database.reading() as connection:
            mark = self._mark(connection)
            stale, top = self._stale(connection, mark)
        for begin in range(0, len(stale), _AT_ONCE):
            rows = self.rows(stale[begin : begin + _AT_ONCE])
            with database.writing() as connection:
                connection.execute(self._upsert(), rows)
            tell(min(begin + _AT_ONCE, len(stale)), len(stale))
        if top != mark:
            self._move_mark(mark, top)
        return len(stale)

    def stale(self) -> list[str]:
        """The cases that are to be counted in, by name."""
        with self._store.database.reading() as connection:
            return self._stale(connection, self._mark(connection))[0]

    def mark_is_sound(self) -> bool:
        """Whether the mark is one that this database has reached."""
        with self._store.database.reading() as connection:
            mark = self._mark(connection)
            return mark is None or self._number(mark, self._top(connection)) is not None

    def rebuild(self, tell: Callable[[int, int], None] = untold) -> int:
        """Compute the rows of all cases anew, whatever they hold; how many cases there are."""
        database = self._store.database
        with database.reading() as connection:
            cases = list(connection.execute(select(ENTRIES.c.case_id).distinct().order_by(ENTRIES.c.case_id)).scalars())
        for begin in range(0, len(cases), _AT_ONCE):
            with database.writing() as connection:
                # A row that is locked is read after whatever others have counted in: it may be overwritten.
                there = select(CASES.c.case_id).where(CASES.c.case_id.in_(cases[begin : begin + _AT_ONCE]))
                known = set(connection.execute(there.with_for_update()).scalars())
                rows = self.rows(cases[begin : begin + _AT_ONCE])
                for force in (True, False):
                    some = [row for row in rows if (row["case_id"] in known) is force]
                    if some:
                        connection.execute(self._upsert(force=force), some)
            tell(min(begin + _AT_ONCE, len(cases)), len(cases))
        with database.writing() as connection:
            connection.execute(CASES.delete().where(CASES.c.case_id.not_in(select(ENTRIES.c.case_id))))
            connection.execute(MARKS.delete().where(MARKS.c.name == _MARK))
        self.catch_up()
        return len(cases)

    def rows(self, cases: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of some cases, from their logs."""
        found = [self.row(one) for one in cases]
        if unreadable := sum(row["sequence"] == UNREADABLE for row in found):
            LOG.warning("cases that cannot be folded: %d", unreadable)
        return found

    def row(self, case_id: str) -> dict[str, Any]:
        """The row of a case, from its log. A case that cannot be folded is the most urgent of all, and says why."""
        try:
            entries = self._store.log_of(case_id)
            return row_of(self._store.folded(entries), entries[-1])
        except BadInput as fault:
            return {
                "case_id": case_id, "sequence": UNREADABLE, "hash": "", "pathway_digest": "", "state": "",
                "open": 1, "urgency": 0, "pressing_from": "", "overdue_from": NEVER,
                "schedule": canonical({"fault": fault.faults[0]}),
            }  # fmt: skip

    # --- inside ---------------------------------------------------------------------------------------------------

    def _mark(self, connection: Connection) -> str | None:
        """Up to where everything is counted in: which database, and a number in it."""
        return connection.execute(select(MARKS.c.value).where(MARKS.c.name == _MARK)).scalar()

    def _top(self, connection: Connection) -> str:
        """The mark for a database in which all that is committed now is counted in.

        In SQLite those who write take turns, so that positions are in the order of commits. In PostgreSQL a
        transaction that had begun may commit later than a younger one: all from the oldest that was under way are
        looked at again. A restored database has other transaction numbers, and another name.
        """
        if self._store.database.is_sqlite:
            number = connection.execute(select(func.max(ENTRIES.c.position))).scalar() or 0
            return f"file {number}"
        asked = "SELECT system_identifier, pg_snapshot_xmin(pg_current_snapshot()) FROM pg_control_system()"
        cluster, number = connection.exec_driver_sql(asked).one()
        return f"{cluster} {number}"

    def _number(self, mark: str | None, top: str) -> int | None:
        """The number of a mark; None where it is none of this database, or one that it has not reached."""
        where, _, number = (mark or "").partition(" ")
        here, _, reached = top.partition(" ")
        known = where == here and number.isdecimal() and int(number) <= int(reached)
        return int(number) if known else None

    def _stale(self, connection: Connection, mark: str | None) -> tuple[list[str], str]:
        """The cases with entries that are not counted in, and the mark for when they are."""
        top = self._top(connection)
        since = self._number(mark, top) or 0
        new = select(ENTRIES.c.case_id, func.max(ENTRIES.c.sequence).label("last"))
        if self._store.database.is_sqlite:
            new = new.where(ENTRIES.c.position > since)
        else:
            new = new.where(or_(ENTRIES.c.written_in >= since, ENTRIES.c.written_in.is_(None)))
        told = new.group_by(ENTRIES.c.case_id).subquery()
        behind = (
            select(told.c.case_id)
            .select_from(told.outerjoin(CASES, CASES.c.case_id == told.c.case_id))
            .where(or_(CASES.c.sequence.is_(None), CASES.c.sequence < told.c.last))
        )
        found = set(connection.execute(behind).scalars())
        found |= set(connection.execute(select(CASES.c.case_id).where(CASES.c.sequence < 0)).scalars())
        return sorted(found), top

    def _move_mark(self, mark: str | None, top: str) -> None:
        """Move the mark, unless somebody else has moved or removed it: then some are looked at once more."""
        with self._store.database.writing() as connection:
            if mark is None:
                connection.execute(self._store.database.insert_once(MARKS), {"name": _MARK, "value": top})
            else:
                unmoved = (MARKS.c.name == _MARK) & (MARKS.c.value == mark)
                connection.execute(MARKS.update().where(unmoved).values(value=top))

    def _upsert(self, *, force: bool = False) -> Any:
        """A statement that writes rows, unless newer ones are there."""
        insert = (sqlite if self._store.database.is_sqlite else postgresql).insert(CASES)
        values = {one.name: insert.excluded[one.name] for one in CASES.columns if one.name != "case_id"}
        newer = or_(insert.excluded.sequence >= CASES.c.sequence, insert.excluded.sequence < 0)
        return insert.on_conflict_do_update(
            index_elements=[CASES.c.case_id], set_=values, where=None if force else newer
        )


def row_of(case: Case, last: StoredEntry) -> dict[str, Any]:
    """The row of a case whose last entry is `last`."""
    schedule = schedule_of(case, begun=read_stamp(last.happened_at))
    ranks = [_RANK[one.urgency] for one in schedule.tasks]
    most = min(ranks, default=NOTHING_DUE)
    if schedule.waiting:
        most = min(most, _RANK["today"])
    overdue = [NEVER if one.overdue_from is None else stamp(one.overdue_from) for one in schedule.tasks]
    pressing = [moment for moment, rank in zip(overdue, ranks, strict=True) if rank == most]
    return {
        "case_id": last.case_id,
        "sequence": last.sequence,
        "hash": last.hash,
        "pathway_digest": case.pathway.digest,
        "state": schedule.state,
        "open": int(schedule.open),
        "urgency": most,
        "pressing_from": min(pressing, default=NEVER),
        "overdue_from": min(overdue, default=NEVER),
        "schedule": canonical({
            "tasks": [one.to_json() for one in schedule.tasks],
            "awaits": list(schedule.awaits),
            "waiting": list(schedule.waiting),
            "timezone": case.timezone,
        }),
    }  # fmt: skip


def schedule_from(kept: str) -> dict[str, Any]:
    """The schedule that a row holds, as data. Raises `BadInput` where it holds none."""
    try:
        data = json.loads(kept)
        if isinstance(data, dict) and (set(data) == _PARTS or set(data) == {"fault"}):
            return data
    except (ValueError, RecursionError, TypeError):
        pass
    raise damaged_row()


def damaged_row() -> BadInput:
    """What is said of a row that none of ours is."""
    return BadInput("a row of the worklist is damaged; 'pathway worklist --rebuild' makes it anew from the log")
