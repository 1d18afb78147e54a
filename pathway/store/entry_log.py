"""The entries of a database: read case by case or all at once, and added one at a time. Nothing here folds them."""

from __future__ import annotations

from itertools import groupby
from operator import attrgetter
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, func, select

from pathway.model.errors import UNWRITABLE, BadInput, one_line
from pathway.store.answers import settle
from pathway.store.chain import COLUMNS, StoredEntry, fault_in, read_stamp
from pathway.store.faults import LOG, Clash
from pathway.store.heads import Heads
from pathway.store.names import checked_name, spellings
from pathway.store.schema import ENTRIES
from pathway.store.sessions import Unsettled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from pathway.model.pathway import Pathway
    from pathway.store.database import Database
    from pathway.store.versions import Versions

_COLUMNS = [ENTRIES.c[name] for name in COLUMNS]
_INSERT = ENTRIES.insert().inline().values({column.name: bindparam(column.name) for column in _COLUMNS})
PAGE = 2000
REMEMBERED = 500
"""So many of the cases that were written to are remembered."""
_PAGE_OF_LOGS = 500


def untold(*_: int) -> None:
    """What long work calls with how far it is, where nobody asked."""


class EntryLog:
    """The entries of all cases of one database."""

    def __init__(self, database: Database, versions: Versions) -> None:
        self.database = database
        self.versions = versions
        self.heads = Heads(database)
        self.written: set[str] = set()
        """The cases that were written to, up to a number of them: who leaves counts these in."""

    # --- one case ---------------------------------------------------------------------------------------------------

    def log_of(self, case_id: str) -> list[StoredEntry]:
        """The entries of a case, each checked against its hash and the entry before.

        A name is the same name in every normal form of Unicode. Raises `BadInput` where there is no such case, and
        where an entry is not what was written.
        """
        checked_name(case_id)
        for name in spellings(case_id):
            if entries := self.raw_log(name):
                return checked(entries)
        raise BadInput(f"there is no case '{one_line(case_id)}' in {self.database.where}")

    def raw_log(self, case_id: str, sequence: int | None = None) -> list[StoredEntry]:
        """The entries of a case as they are, unchecked; with `sequence` that one alone."""
        asked = select(*_COLUMNS).where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
        if sequence is not None:
            asked = asked.where(ENTRIES.c.sequence == sequence)
        with self.database.reading() as connection:
            return list(map(StoredEntry._make, connection.execute(asked).all()))

    def numbers(self, case_id: str) -> list[int]:
        """The numbers of the entries of a case."""
        asked = select(ENTRIES.c.sequence).where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
        with self.database.reading() as connection:
            return list(connection.execute(asked).scalars())

    def by_key(self, source: str, key: str) -> StoredEntry | None:
        """The entry that came from a source with that key: who asks will say that it is recorded, so it is durable."""
        if UNWRITABLE.search(source + key):
            return None  # no entry can hold it, and no database be asked for it
        self.database.settle()
        with self.database.reading() as connection:
            row = connection.execute(
                select(*_COLUMNS).where(ENTRIES.c.source == source, ENTRIES.c.source_key == key)
            ).first()
        return None if row is None else StoredEntry(*row)

    # --- many cases -------------------------------------------------------------------------------------------------

    def raw_logs(self, case_ids: Sequence[str]) -> dict[str, list[StoredEntry]]:
        """The entries of some cases as they are, unchecked, by one query; a case without entries is left out."""
        asked = select(*_COLUMNS).where(ENTRIES.c.case_id.in_(case_ids)).order_by(ENTRIES.c.case_id, ENTRIES.c.sequence)
        with self.database.reading() as connection:
            # The library's rows are let go page by page: many that live at once cost time in the garbage collection.
            found = connection.execute(asked, execution_options={"yield_per": _PAGE_OF_LOGS})
            entries = list(map(StoredEntry._make, found))
        return {case_id: list(log) for case_id, log in groupby(entries, key=attrgetter("case_id"))}

    def names(self) -> list[str]:
        """The names of all cases."""
        with self.database.reading() as connection:
            return list(connection.execute(select(ENTRIES.c.case_id).distinct().order_by(ENTRIES.c.case_id)).scalars())

    def entries(self, *, lenient: bool = False) -> Iterator[StoredEntry]:
        """All entries of all cases, case by case, in order; read in pages, so that memory stays flat.

        `lenient`: for an audit, which reports by itself what is no text.
        """
        asked = select(*_COLUMNS).order_by(ENTRIES.c.case_id, ENTRIES.c.sequence)
        with self.database.streaming(lenient=lenient) as connection:
            for row in connection.execute(asked, execution_options={"yield_per": PAGE}):
                yield StoredEntry(*row)

    def entry_count(self) -> int:
        """How many entries there are."""
        with self.database.reading() as connection:
            return connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one()

    # --- writing ----------------------------------------------------------------------------------------------------

    def append(self, entry: StoredEntry, pathway: Pathway | None = None) -> None:
        """Add an entry; with `pathway`, that version is kept with it, both or neither.

        Raises `Clash` where the place or the source key is taken, `Unavailable` where the entry cannot be written.
        Where no answer comes, this looks whether the entry was written; `Unsettled` where that cannot be found out.
        """
        self.heads.prepare()
        try:
            if pathway is None:
                self.database.add(_INSERT, entry.row())
            else:
                with self.database.writing() as connection:
                    self.versions.keep(connection, pathway, read_stamp(entry.recorded_at))
                    self.add(connection, [entry])
        except Unsettled as fault:
            self.look(entry, fault)
        self._remember(entry.case_id)
        LOG.info("an entry was recorded: %s", entry.kind)

    def look(self, entry: StoredEntry, fault: Unsettled) -> None:
        """Look whether an entry was written whose commit was not answered: by its place and its content.

        Returns where it was. Raises `Clash` where its place or key is another's, else as `settle` does.
        """

        def is_there(connection: Connection) -> bool | None:
            place = (ENTRIES.c.case_id == entry.case_id) & (ENTRIES.c.sequence == entry.sequence)
            found = connection.execute(select(ENTRIES.c.hash).where(place)).scalar()
            if found is None and entry.source_key is not None:
                keyed = (ENTRIES.c.source == entry.source) & (ENTRIES.c.source_key == entry.source_key)
                found = connection.execute(select(ENTRIES.c.hash).where(keyed)).scalar()
            return None if found is None else bool(found == entry.hash)

        if not settle(self.database, fault, is_there):
            raise Clash

    def add(self, connection: Connection, entries: Sequence[StoredEntry]) -> None:
        """Add entries in the transaction at hand. Raises `Clash` where a place or a source key is taken."""
        connection.execute(_INSERT, [entry.row() for entry in entries])
        for entry in entries:
            self._remember(entry.case_id)

    def _remember(self, case_id: str) -> None:
        if len(self.written) < REMEMBERED:
            self.written.add(case_id)


def checked(entries: list[StoredEntry]) -> list[StoredEntry]:
    """The entries of a case. Raises `BadInput` where one is not what was written, or does not follow the one before."""
    before = None
    for entry in entries:
        if fault := fault_in(entry, before):
            raise BadInput(f"case {entry.case_id}: {fault}; 'pathway case verify-log' says what else")
        before = entry
    return entries
