"""A store: cases as logs that are only ever added to. Nothing here reads a clock; `now` is passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, func, select

from pathway.model.errors import BadInput, Unavailable, one_line
from pathway.run.case import Case
from pathway.run.log import aware, moment
from pathway.store.chain import COLUMNS, FIRST, OPENED, StoredEntry, canonical, chained, fault_in, read_stamp, stamp
from pathway.store.database import Database
from pathway.store.faults import LOG, Clash, Damaged, Lost
from pathway.store.folding import case_of, log_told
from pathway.store.projection import Projection
from pathway.store.schema import CASES, ENTRIES
from pathway.store.stored_case import StoredCase, line_of_words
from pathway.store.versions import Versions

if TYPE_CHECKING:
    import os
    from collections.abc import Iterator
    from datetime import date, datetime

    from pathway.model.pathway import Pathway
    from pathway.run.log import Entry

_COLUMNS = [ENTRIES.c[name] for name in COLUMNS]
_INSERT = ENTRIES.insert().inline().values({one: bindparam(one.name) for one in _COLUMNS})
PAGE = 2000


class Store:
    """Cases in one database: a file (SQLite), or a PostgreSQL server by URL.

    `pathway` is the version that new cases are pinned to. `wait`: seconds to wait for somebody else who writes. Wrong
    input raises `BadInput`, what cannot be done now `Unavailable`; in both cases nothing was recorded. A store may be
    used by several threads and processes; each `StoredCase` belongs to one thread.

        with Store("cases.db", PATHWAY) as store:
            case = store.open_case("C1", born=date(2024, 12, 22), by="ward", now=now)
            case.record(BloodCountReported(anc="0.7 10*9/L"), at=nine, by="laboratory", now=now, key="message-17")
    """

    def __init__(
        self, url: str | os.PathLike[str], pathway: Pathway, *, create: bool = True, wait: float = 5.0
    ) -> None:
        self.database = Database(url, create=create, wait=wait)
        self.versions = Versions(self.database, pathway)
        self.projection = Projection(self)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, BadInput):
            self.close()
        else:
            self.database.close()

    def close(self) -> None:
        """Count what is new into the rows of the cases, if that can be done now, and give the connections back."""
        try:
            self.projection.catch_up()
        except (Unavailable, Damaged, Clash):
            LOG.info("the rows of the cases are brought up to date by whoever reads them next")
        finally:
            self.database.close()

    # --- cases ----------------------------------------------------------------------------------------------------

    def open_case(
        self, case_id: str, *, born: date, timezone: str = "UTC", by: str, now: datetime, source: str = "",
        key: str = "",
    ) -> StoredCase:  # fmt: skip
        """Open a case, pinned to the current version. Raises `BadInput` where one of that name is there already.

        The same opening by the same source key twice is one.
        """
        checked_name(case_id)
        line_of_words(by, "by", wanted=True)
        line_of_words(source, "source", longest=200)
        line_of_words(key, "key", longest=200)
        now = aware(now, "now")
        pathway = self.versions.current
        case = Case(pathway, born=born, timezone=timezone)
        if now.astimezone(case.zone).date() < born:
            raise BadInput(f"born: {born.isoformat()} is after now, {stamp(now)}")
        entry = chained(
            FIRST, case_id=case_id, sequence=0, kind=OPENED, happened_at=stamp(now), recorded_at=stamp(now),
            recorded_by=by, source=source, source_key=key or None, event="", target="",
            body=canonical({"born": born.isoformat(), "timezone": timezone}),
            pathway_version=pathway.version, pathway_digest=pathway.digest,
        )  # fmt: skip
        try:
            with self.database.writing() as connection:
                self.versions.keep(connection, pathway, now)
                connection.execute(_INSERT, entry.row())
        except Clash:
            found = self.by_key(source, key) if key else None
            if found is not None and (found.case_id, found.kind, found.body) == (case_id, OPENED, entry.body):
                return self.case(case_id)
            if found is not None and found.case_id != case_id:
                raise BadInput(f"key: '{key}' of this source is taken by another entry") from None
            raise BadInput(f"case {case_id}: it is open already") from None
        LOG.info("a case was opened")
        return StoredCase(self, case, entry)

    def case(self, case_id: str) -> StoredCase:
        """The case of that name as it is now. Raises `BadInput` where there is none, or where its log was changed."""
        entries = self.log_of(case_id)
        return StoredCase(self, self.folded(entries), entries[-1])

    def as_known_at(self, case_id: str, known_at: datetime) -> Case:
        """The case as it was known at a moment: with what had been recorded by then, folded as it was folded then.

        The copy is of no store. Raises `BadInput` where the case was not open yet.
        """
        known_at = aware(known_at, "as known at")
        limit = stamp(known_at)
        entries = self.log_of(case_id)
        # The order of the log is the order of recording, also where a clock was ahead or was put back.
        while entries and entries[-1].recorded_at > limit:
            entries.pop()
        if not entries:
            raise BadInput(f"case {case_id}: it was not open yet at {moment(known_at)}")
        return self.folded(entries)

    def folded(self, entries: list[StoredEntry]) -> Case:
        """The case of a whole log. Raises `BadInput` where the version that it is pinned to is not here."""
        return case_of(entries, self._version_of)

    def told(self, entries: list[StoredEntry]) -> list[Entry]:
        """The entries of a case's log among those of the store."""
        return log_told(entries, self._version_of)

    def _version_of(self, entry: StoredEntry) -> Pathway:
        return self.versions.of(entry.pathway_digest, entry.pathway_version, entry.case_id)

    # --- entries --------------------------------------------------------------------------------------------------

    def log_of(self, case_id: str) -> list[StoredEntry]:
        """The entries of a case, each checked against its hash and the entry before."""
        checked_name(case_id)
        entries = self.raw_log(case_id)
        if not entries:
            raise BadInput(f"there is no case '{one_line(case_id)}' in {self.database.where}")
        before = None
        for entry in entries:
            if said := fault_in(entry, before):
                raise BadInput(f"case {case_id}: {said}; 'pathway case verify-log' says what else")
            before = entry
        return entries

    def raw_log(self, case_id: str, sequence: int | None = None) -> list[StoredEntry]:
        """The entries of a case as they are, unchecked; with `sequence` that one alone."""
        asked = select(*_COLUMNS).where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
        if sequence is not None:
            asked = asked.where(ENTRIES.c.sequence == sequence)
        with self.database.reading() as connection:
            return [StoredEntry(*row) for row in connection.execute(asked)]

    def numbers(self, case_id: str) -> list[int]:
        """The numbers of the entries of a case."""
        asked = select(ENTRIES.c.sequence).where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
        with self.database.reading() as connection:
            return list(connection.execute(asked).scalars())

    def names(self) -> list[str]:
        """The names of all cases."""
        with self.database.reading() as connection:
            return list(connection.execute(select(ENTRIES.c.case_id).distinct().order_by(ENTRIES.c.case_id)).scalars())

    def row(self, case_id: str) -> dict[str, Any] | None:
        """The row of a case, as it is."""
        with self.database.reading() as connection:
            row = connection.execute(select(CASES).where(CASES.c.case_id == case_id)).mappings().first()
        return None if row is None else dict(row)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of all cases as they are, by name; read in pages."""
        asked = select(CASES).order_by(CASES.c.case_id)
        with self.database.streaming(lenient=True) as connection:
            for row in connection.execute(asked, execution_options={"yield_per": PAGE}).mappings():
                yield dict(row)

    def entries(self, *, lenient: bool = False) -> Iterator[StoredEntry]:
        """All entries of all cases, case by case, in order; read in pages, so that memory stays flat.

        `lenient`: for an audit, which says itself what is no text.
        """
        asked = select(*_COLUMNS).order_by(ENTRIES.c.case_id, ENTRIES.c.sequence)
        with self.database.streaming(lenient=lenient) as connection:
            for row in connection.execute(asked, execution_options={"yield_per": PAGE}):
                yield StoredEntry(*row)

    def by_key(self, source: str, key: str) -> StoredEntry | None:
        """The entry that came from a source with that key."""
        with self.database.reading() as connection:
            row = connection.execute(
                select(*_COLUMNS).where(ENTRIES.c.source == source, ENTRIES.c.source_key == key)
            ).first()
        return None if row is None else StoredEntry(*row)

    def count(self) -> tuple[int, int]:
        """How many cases and how many entries there are."""
        with self.database.reading() as connection:
            cases = connection.execute(select(func.count()).select_from(CASES)).scalar_one()
            entries = connection.execute(select(func.count()).select_from(ENTRIES)).scalar_one()
        return cases, entries

    # --- for those who write --------------------------------------------------------------------------------------

    def append(self, entry: StoredEntry, pathway: Pathway | None = None) -> None:
        """Add an entry; with `pathway`, that version is kept with it, both or neither.

        Raises `Clash` where the place or the source key is taken, `Unavailable` where it cannot be written. Where the
        connection breaks at the last moment it looks whether the entry was written after all.
        """
        try:
            if pathway is None:
                self.database.add(_INSERT, entry.row())
            else:
                with self.database.writing() as connection:
                    self.versions.keep(connection, pathway, read_stamp(entry.recorded_at))
                    connection.execute(_INSERT, entry.row())
        except Lost:
            if not self._was_written(entry):
                raise
        LOG.info("an entry was recorded: %s", entry.kind)

    def _was_written(self, entry: StoredEntry) -> bool:
        try:
            with self.database.reading() as connection:
                found = connection.execute(
                    select(ENTRIES.c.hash).where(
                        ENTRIES.c.case_id == entry.case_id, ENTRIES.c.sequence == entry.sequence
                    )
                ).scalar()
        except Unavailable:
            raise Unavailable(
                f"{self.database.where}: the connection was lost while writing, and it is not known whether the "
                "entry was recorded. Record it again with the same source and key, or look at the case's history first"
            ) from None
        return bool(found == entry.hash)


def checked_name(case_id: object) -> None:
    """Raises `BadInput` where a text cannot name a case."""
    line_of_words(case_id, "case", longest=100, wanted=True)
    assert isinstance(case_id, str)
    if case_id != case_id.strip():
        raise BadInput("case: a name neither begins nor ends with a blank")
