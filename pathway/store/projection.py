"""The rows of the cases: of each case its last entry and what is due, computed from its log alone.

An entry is written without touching the rows. Reading them first counts in the entries that are new since then: so
nothing depends on a process that happened to be running. Who has written counts in its own cases (`settling`).
"""

from __future__ import annotations

import json
import os
import threading
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, or_, select
from sqlalchemy.dialects import postgresql, sqlite

from pathway.model.errors import BadInput
from pathway.model.rules import URGENCIES
from pathway.run.schedule import schedule_of
from pathway.store.chain import canonical, plain, read_stamp, stamp
from pathway.store.entry_log import EntryLog, checked, untold
from pathway.store.faults import LOG, Damaged
from pathway.store.schema import CASES, ENTRIES, MARKS, NEVER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from sqlalchemy import Connection, Subquery

    from pathway.run.case import Case
    from pathway.store.chain import StoredEntry
    from pathway.store.versions import Versions

NOTHING_DUE = len(URGENCIES)
UNREADABLE = -1
"""Stands in place of the number of the last entry where the case could not be folded."""
_RANK = {urgency: place for place, urgency in enumerate(URGENCIES)}
_AT_ONCE = 200
_MARK = "projected"
_stamp = lru_cache(maxsize=4096)(stamp)
"""As `stamp`. Tasks are overdue from midnights, which many cases share."""
_PARTS = {"tasks", "awaits", "waiting", "timezone"}


class Projection:
    """The rows of the cases of a store."""

    def __init__(self, log: EntryLog, versions: Versions) -> None:
        self._log, self._versions = log, versions
        self.database = log.database

    def catch_up(self, tell: Callable[[int, int], None] = untold) -> int:
        """Count in all new entries: for who reads the rows. Returns how many cases had any.

        Several readers at once share the work: each begins at another place, and passes over what another has counted
        in meanwhile. What is counted in stays so, also where this is broken off. `tell` is called with (done, of).
        """
        with self.database.reading() as connection:
            mark, top = self.mark_and_top(connection)
            stale = self._stale(connection, self.number_of(mark, top))
        batches = [stale[begin : begin + _AT_ONCE] for begin in range(0, len(stale), _AT_ONCE)]
        first = hash((os.getpid(), threading.get_ident())) % max(1, len(batches))
        for number, batch in enumerate(batches[first:] + batches[:first]):
            self.count_in(self.still_stale(batch) if number else batch)
            tell(min((number + 1) * _AT_ONCE, len(stale)), len(stale))
        self.count_in([], moving=(mark, top))
        return len(stale)

    def count_in(self, cases: Sequence[str], moving: tuple[str | None, str | None] = (None, None)) -> int:
        """Write the rows of some cases anew from their logs, unless newer rows are there. Returns how many.

        `moving` is the mark from which, and that to which it moves then.
        """
        mark, reached = moving
        rows = self.rows(sorted(cases)) if cases else []
        if rows or reached != mark:
            with self.database.writing() as connection:
                if rows:
                    connection.execute(self._upsert(), rows)
                if reached is not None and reached != mark:
                    self._move_mark(connection, mark, reached)
        return len(cases)

    def stale(self) -> list[str]:
        """The names of the cases with entries that are not counted in."""
        with self.database.reading() as connection:
            return self._stale(connection, self.number_of(*self.mark_and_top(connection)))

    def mark_is_sound(self) -> bool:
        """Whether the mark belongs to this database, and is not ahead of it."""
        with self.database.reading() as connection:
            mark, top = self.mark_and_top(connection)
            return mark is None or self.number_of(mark, top) is not None

    def rebuild(self, tell: Callable[[int, int], None] = untold) -> int:
        """Compute the rows of all cases anew, whatever they hold. Returns how many cases there are."""
        with self.database.reading() as connection:
            cases = list(connection.execute(select(ENTRIES.c.case_id).distinct().order_by(ENTRIES.c.case_id)).scalars())
        for begin in range(0, len(cases), _AT_ONCE):
            with self.database.writing() as connection:
                # A row is locked before its log is read, so that log has all that others counted in: overwrite the row.
                there = select(CASES.c.case_id).where(CASES.c.case_id.in_(cases[begin : begin + _AT_ONCE]))
                known = set(connection.execute(there.with_for_update()).scalars())
                rows = self.rows(cases[begin : begin + _AT_ONCE])
                for force in (True, False):
                    some = [row for row in rows if (row["case_id"] in known) is force]
                    if some:
                        connection.execute(self._upsert(force=force), some)
            tell(min(begin + _AT_ONCE, len(cases)), len(cases))
        with self.database.writing() as connection:
            connection.execute(CASES.delete().where(CASES.c.case_id.not_in(select(ENTRIES.c.case_id))))
            connection.execute(MARKS.delete().where(MARKS.c.name == _MARK))
        self.catch_up()
        return len(cases)

    def rows(self, cases: Sequence[str]) -> list[dict[str, Any]]:
        """The rows of some cases, from their logs, which are read by one query."""
        try:
            logs = self._log.raw_logs(cases)
        except Damaged:
            # An entry that cannot be read must hide its own case only: each log is then read by itself.
            logs = {}
        found = [self._row(case_id, logs.get(case_id)) for case_id in cases]
        if unreadable := sum(row["sequence"] == UNREADABLE for row in found):
            LOG.warning("cases that cannot be folded: %d", unreadable)
        return found

    def _row(self, case_id: str, entries: list[StoredEntry] | None) -> dict[str, Any]:
        """The row of a case, from its log. A case that cannot be folded is the most urgent, and says why."""
        try:
            entries = self._log.log_of(case_id) if entries is None else checked(entries)
            case = self._versions.folded(entries)
            return row_of(case, entries[-1])
        except BadInput as fault:
            return {
                "case_id": case_id, "sequence": UNREADABLE, "hash": "", "pathway_digest": "", "state": "",
                "open": 1, "urgency": 0, "pressing_from": "", "overdue_from": NEVER,
                "schedule": canonical({"fault": fault.faults[0]}),
            }  # fmt: skip

    def still_stale(self, cases: Sequence[str]) -> list[str]:
        """Those of some cases that nobody else has counted in meanwhile."""
        new = select(ENTRIES.c.case_id, func.max(ENTRIES.c.sequence).label("last"))
        told = new.where(ENTRIES.c.case_id.in_(cases)).group_by(ENTRIES.c.case_id).subquery()
        with self.database.reading() as connection:
            return sorted(_behind(connection, told))

    # --- the mark -------------------------------------------------------------------------------------------------

    def mark_and_top(self, connection: Connection) -> tuple[str | None, str]:
        """The mark, up to which everything is counted in, and the mark that would hold if all were.

        A mark names a database and a number in it.
        """
        mark = connection.execute(select(MARKS.c.value).where(MARKS.c.name == _MARK)).scalar()
        return mark, self._top(connection)

    def _top(self, connection: Connection) -> str:
        """The mark of a database in which all that is committed now is counted in.

        In SQLite writers take turns, so positions are in the order of commits. In PostgreSQL a transaction may commit
        later than one that began after it: entries from the oldest transaction under way on are looked at again. A
        restored database has other transaction numbers, and another name.
        """
        if self.database.is_sqlite:
            number = connection.execute(select(func.max(ENTRIES.c.position))).scalar() or 0
            return f"file {number}"
        asked = "SELECT system_identifier, pg_snapshot_xmin(pg_current_snapshot()) FROM pg_control_system()"
        cluster, number = connection.exec_driver_sql(asked).one()
        return f"{cluster} {number}"

    def number_of(self, mark: str | None, top: str) -> int | None:
        """The number of a mark; None where it is of another database, or ahead of this one."""
        where, _, number = (mark or "").partition(" ")
        here, _, reached = top.partition(" ")
        known = where == here and number.isdecimal() and int(number) <= int(reached)
        return int(number) if known else None

    # --- inside ---------------------------------------------------------------------------------------------------

    def _stale(self, connection: Connection, since: int | None) -> list[str]:
        """The cases with entries that are not counted in, of those after a mark; None: of all."""
        since = since or 0
        new = select(ENTRIES.c.case_id, func.max(ENTRIES.c.sequence).label("last"))
        if self.database.is_sqlite:
            new = new.where(ENTRIES.c.position > since)
        else:
            new = new.where(or_(ENTRIES.c.written_in >= since, ENTRIES.c.written_in.is_(None)))
        told = new.group_by(ENTRIES.c.case_id).subquery()
        return sorted({*_behind(connection, told), *connection.execute(_CANNOT_BE_FOLDED).scalars()})

    def _move_mark(self, connection: Connection, mark: str | None, top: str) -> None:
        """Move the mark, unless another process has moved or removed it: then some cases are looked at once more."""
        if mark is None:
            connection.execute(self.database.insert_once(MARKS), {"name": _MARK, "value": top})
        else:
            unmoved = (MARKS.c.name == _MARK) & (MARKS.c.value == mark)
            connection.execute(MARKS.update().where(unmoved).values(value=top))

    def _upsert(self, *, force: bool = False) -> Any:
        """A statement that writes rows, unless newer rows are there."""
        insert = (sqlite if self.database.is_sqlite else postgresql).insert(CASES)
        values = {column.name: insert.excluded[column.name] for column in CASES.columns if column.name != "case_id"}
        newer = or_(insert.excluded.sequence >= CASES.c.sequence, insert.excluded.sequence < 0)
        return insert.on_conflict_do_update(
            index_elements=[CASES.c.case_id], set_=values, where=None if force else newer
        )


def _behind(connection: Connection, told: Subquery) -> Iterator[str]:
    """Of cases and the numbers of their last entries, those whose rows are older or missing."""
    asked = select(told.c.case_id).select_from(told.outerjoin(CASES, CASES.c.case_id == told.c.case_id))
    return connection.execute(asked.where(or_(CASES.c.sequence.is_(None), CASES.c.sequence < told.c.last))).scalars()


# All that `_row` says of such a case is asked for: so the index by urgency leads there, past all other rows.
_CANNOT_BE_FOLDED = select(CASES.c.case_id).where(
    CASES.c.open == 1, CASES.c.urgency == 0, CASES.c.pressing_from == "", CASES.c.sequence < 0
)


def row_of(case: Case, last: StoredEntry) -> dict[str, Any]:
    """The row of a case whose last entry is `last`."""
    schedule = schedule_of(case, begun=read_stamp(last.happened_at))
    ranks = [_RANK[task.urgency] for task in schedule.tasks]
    most = min(ranks, default=NOTHING_DUE)
    if schedule.waiting:
        most = min(most, _RANK["today"])
    overdue = [NEVER if task.overdue_from is None else _stamp(task.overdue_from) for task in schedule.tasks]
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
        # Keys are sorted here: to have them sorted takes as long as the rest of the writing.
        "schedule": plain({
            "awaits": list(schedule.awaits),
            "tasks": [task.to_json() for task in schedule.tasks],
            "timezone": case.timezone,
            "waiting": list(schedule.waiting),
        }),
    }  # fmt: skip


def schedule_from(kept: str) -> dict[str, Any]:
    """The schedule that a row holds, as data. Raises `BadInput` where the text is no schedule."""
    try:
        data = json.loads(kept)
        if isinstance(data, dict) and (set(data) == _PARTS or set(data) == {"fault"}):
            return data
    except (ValueError, RecursionError, TypeError):
        pass
    raise damaged_row()


def damaged_row() -> BadInput:
    """The fault of a row that this program did not write."""
    return BadInput("a row of the worklist is damaged; 'pathway worklist --rebuild' makes it anew from the log")
