"""The rows of the cases: of each its last entry and what is due, computed from its log alone.

An entry is written without touching them. Whoever reads them, and whoever closes a store, first counts in what is new
since then: so nothing depends on a process that happened to be running.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, or_, select, text
from sqlalchemy.dialects import postgresql, sqlite

from pathway.model.errors import BadInput
from pathway.model.rules import URGENCIES
from pathway.run.schedule import schedule_of
from pathway.store.chain import canonical, read_stamp, stamp
from pathway.store.database import LOG
from pathway.store.progress import untold
from pathway.store.schema import CASES, ENTRIES, MARKS, NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

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
            rows = [self.row(case_id) for case_id in stale[begin : begin + _AT_ONCE]]
            if unreadable := sum(row["sequence"] == UNREADABLE for row in rows):
                LOG.warning("cases that cannot be folded: %d", unreadable)
            with database.writing() as connection:
                self.put(connection, rows)
            tell(min(begin + _AT_ONCE, len(stale)), len(stale))
        if top > mark:
            with database.writing() as connection:
                self._move_mark(connection, top)
        return len(stale)

    def rebuild(self, tell: Callable[[int, int], None] = untold) -> int:
        """Compute the rows of all cases anew; how many there are."""
        with self._store.database.writing() as connection:
            connection.execute(CASES.delete())
            connection.execute(MARKS.delete().where(MARKS.c.name == _MARK))
        return self.catch_up(tell)

    def row(self, case_id: str) -> dict[str, Any]:
        """The row of a case, from its log. A case that cannot be folded is the most urgent of all, and says why."""
        try:
            entries = self._store.log_of(case_id)
            return row_of(self._store.folded(entries), entries[-1])
        except BadInput as fault:
            return {
                "case_id": case_id, "sequence": UNREADABLE, "hash": "", "pathway_digest": "", "state": "",
                "open": True, "urgency": 0, "pressing_from": "", "overdue_from": NEVER,
                "schedule": canonical({"fault": fault.faults[0]}),
            }  # fmt: skip

    def put(self, connection: Connection, rows: Iterable[dict[str, Any]]) -> None:
        """Write rows, in the transaction at hand, unless newer ones are there."""
        for row in rows:
            connection.execute(self._upsert(), row)

    # --- inside ---------------------------------------------------------------------------------------------------

    def _mark(self, connection: Connection) -> int:
        found = connection.execute(select(MARKS.c.value).where(MARKS.c.name == _MARK)).scalar()
        return int(found) if found is not None and found.isdecimal() else 0

    def _stale(self, connection: Connection, mark: int) -> tuple[list[str], int]:
        """The cases with entries that are not counted in, and up to where all will be then.

        In SQLite those who write take turns, so that positions are in the order of commits. In PostgreSQL a
        transaction that had begun may commit later than a younger one: all from the oldest that was under way are
        looked at again.
        """
        last = func.max(ENTRIES.c.sequence)
        new = select(ENTRIES.c.case_id, last.label("last"))
        if self._store.database.is_sqlite:
            top = connection.execute(select(func.max(ENTRIES.c.position))).scalar() or 0
            new = new.where(ENTRIES.c.position > mark)
        else:
            horizon = text("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            top = connection.execute(horizon).scalar_one()
            new = new.where(ENTRIES.c.written_in >= mark)
        told = new.group_by(ENTRIES.c.case_id).subquery()
        behind = (
            select(told.c.case_id)
            .select_from(told.outerjoin(CASES, CASES.c.case_id == told.c.case_id))
            .where(or_(CASES.c.sequence.is_(None), CASES.c.sequence < told.c.last))
        )
        found = set(connection.execute(behind).scalars())
        found |= set(connection.execute(select(CASES.c.case_id).where(CASES.c.sequence == UNREADABLE)).scalars())
        return sorted(found), int(top)

    def _move_mark(self, connection: Connection, top: int) -> None:
        moved = connection.execute(
            MARKS.update().where(MARKS.c.name == _MARK), {"value": str(max(top, self._mark(connection)))}
        )
        if moved.rowcount == 0:
            connection.execute(MARKS.insert(), {"name": _MARK, "value": str(top)})

    def _upsert(self) -> Any:
        insert = (sqlite if self._store.database.is_sqlite else postgresql).insert(CASES)
        values = {one.name: insert.excluded[one.name] for one in CASES.columns if one.name != "case_id"}
        return insert.values({one.name: bindparam(one.name) for one in CASES.columns}).on_conflict_do_update(
            index_elements=[CASES.c.case_id], set_=values,
            where=or_(insert.excluded.sequence >= CASES.c.sequence, insert.excluded.sequence == UNREADABLE),
        )  # fmt: skip


def row_of(case: Case, last: StoredEntry) -> dict[str, Any]:
    """The row of a case whose last entry is `last`."""
    schedule = schedule_of(case, begun=read_stamp(last.happened_at))
    ranks = [_RANK[one.urgency] for one in schedule.tasks]
    most = min(ranks, default=NOTHING_DUE)
    overdue = [NEVER if one.overdue_from is None else stamp(one.overdue_from) for one in schedule.tasks]
    pressing = [moment for moment, rank in zip(overdue, ranks, strict=True) if rank == most]
    return {
        "case_id": last.case_id,
        "sequence": last.sequence,
        "hash": last.hash,
        "pathway_digest": case.pathway.digest,
        "state": schedule.state,
        "open": schedule.open,
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
    """The schedule that a row holds, as data."""
    data: dict[str, Any] = json.loads(kept)
    return data
