"""The heads of a store: what each entry was when it was written, kept apart from the entries.

The database adds them itself (`guards`). A store that was written before there were heads is taken over when the next
entry is recorded: from then on each case has a head for its last entry as it then was, and one for each entry after it.
"""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pathway.store.chain import FIRST
from pathway.store.faults import LOG
from pathway.store.schema import HEADS
from pathway.store.takeover import begin, kept, may_begin, once_kept

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

    from pathway.store.database import Database


class Heads:
    """The heads of a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ready = False

    def prepare(self) -> None:
        """Begin to keep heads in a store that was written before there were any. Called before each writing.

        A user of a server who may not make tables goes on without, until one who may has written.
        """
        if self._ready:
            return
        with self._database.reading() as connection:
            ready = kept(connection) or not may_begin(connection)
        if not ready:
            with self._database.writing() as connection:
                self._database.lock_tables(connection)
                if not kept(connection):
                    HEADS.create(connection)
                    begin(connection)
                    LOG.info("from now on heads are kept")
        self._ready = True


# --- what an audit finds --------------------------------------------------------------------------------------------

_DIFFERENT = """
SELECT h.case_id, h.sequence, e.hash IS NULL, c.case_id IS NULL
FROM heads h LEFT JOIN entries e ON e.case_id = h.case_id AND e.sequence = h.sequence
    LEFT JOIN (SELECT DISTINCT case_id FROM entries) c ON c.case_id = h.case_id
WHERE h.number <> 1 AND (e.hash IS NULL OR e.hash <> h.hash) ORDER BY h.case_id, h.sequence, h.number
"""
_HEADLESS = """
SELECT e.case_id, e.sequence FROM entries e
    LEFT JOIN (SELECT case_id, min(sequence) AS first FROM heads GROUP BY case_id) f ON f.case_id = e.case_id
    LEFT JOIN (SELECT DISTINCT case_id, sequence FROM heads) h ON h.case_id = e.case_id AND h.sequence = e.sequence
WHERE h.sequence IS NULL AND (f.first IS NULL OR e.sequence >= f.first) ORDER BY e.case_id, e.sequence
"""
_LOOSE = """
SELECT h.number, h.follows FROM heads h LEFT JOIN heads b ON b.number = h.follows
WHERE h.number <> 1 AND (b.number IS NULL OR h.follows >= h.number) ORDER BY h.number
"""
_FIRST = f"SELECT count(*) FROM heads WHERE number = 1 AND follows = 0 AND sequence = -1 AND hash = '{FIRST}'"  # noqa: S608


def differences(connection: Connection) -> Iterator[tuple[str, int | None, str]]:
    """What heads and entries do not agree on: case, number of the entry, words. The case is "" for the log."""
    if not kept(connection):
        if once_kept(connection):
            yield "", None, "the heads of this store are gone"
        return
    if not once_kept(connection):
        yield "", None, "the mark that this store keeps heads is gone"
    if connection.exec_driver_sql(_FIRST).scalar() != 1:
        yield "", None, "the first head of the log is gone"
    rows = connection.exec_driver_sql(_DIFFERENT)
    for (case_id, gone), found in groupby(rows, key=lambda row: (row[0], bool(row[3]))):
        numbers = [(row[1], bool(row[2])) for row in found]
        if gone:
            last = numbers[-1][0]
            yield case_id, None, f"the whole case was removed; entries up to {last!s:.20} of it were recorded"
            continue
        for sequence, missing in numbers:
            what = "is gone" if missing else "another one is in its place, or it was rewritten"
            yield case_id, sequence, f"entry {sequence!s:.20} was recorded, and {what}"
    for case_id, sequence in connection.exec_driver_sql(_HEADLESS):
        yield case_id, sequence, f"entry {sequence!s:.20} has no head: it was written past the guards of this store"
    yield from _loose(connection)


def _loose(connection: Connection) -> Iterator[tuple[str, int | None, str]]:
    """Heads that are gone although later ones were written after them."""
    # In a file writers take turns, and no number is ever left out.
    gapless = _LOOSE.replace("b.number IS NULL", "h.follows <> h.number - 1 OR b.number IS NULL")
    asked = gapless if connection.dialect.name == "sqlite" else _LOOSE
    for number, follows in connection.exec_driver_sql(asked):
        yield "", None, f"a head before head {number} of the log is gone or was changed; it followed head {follows}"
