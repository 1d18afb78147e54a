"""A store: cases as logs that are only ever added to. Nothing here reads a clock; `now` is passed in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import func, select

from pathway.model.errors import BadInput, Unavailable, one_line
from pathway.run.case import Case
from pathway.run.moments import aware, moment
from pathway.store.chain import FIRST, OPENED, canonical, chained, read_stamp, stamp
from pathway.store.database import Database
from pathway.store.entry_log import PAGE, EntryLog, untold
from pathway.store.faults import LOG, Clash, Damaged
from pathway.store.imports import Imports
from pathway.store.names import Names, line_of_words, new_name
from pathway.store.projection import Projection
from pathway.store.schema import CASES
from pathway.store.sessions import Unsettled
from pathway.store.settling import settle
from pathway.store.stored_case import StoredCase
from pathway.store.versions import Versions

if TYPE_CHECKING:
    import os
    from collections.abc import Callable, Iterator
    from datetime import date, datetime

    from pathway.model.pathway import Pathway
    from pathway.store.chain import StoredEntry


class Store(EntryLog):
    """Cases in one database: a file (SQLite), or a PostgreSQL server by URL.

    `pathway` is the version that new cases are pinned to. `wait` is the number of seconds to wait while another
    program writes, and for each answer of a server. Wrong input raises `BadInput`, what cannot be done now
    `Unavailable`; in both cases nothing was recorded, except where the fault is `Unsettled` and says that it is not
    known. Several threads and processes may use a store; each `StoredCase` belongs to one thread.

        with Store("cases.db", PATHWAY) as store:
            case = store.open_case("C1", born=date(2024, 12, 22), by="ward", now=now)
            case.record(PulseTaken(pulse="62 /min"), at=nine, by="laboratory", now=now, key="message-17")
    """

    def __init__(
        self, url: str | os.PathLike[str], pathway: Pathway, *, create: bool = True, wait: float = 5.0
    ) -> None:
        database = Database(url, create=create, wait=wait)
        super().__init__(database, Versions(database, pathway))
        self.projection = Projection(self, self.versions)
        self.names_taken = Names(database)
        self.imports = Imports(database)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None or issubclass(kind, BadInput):
            self.close()
        else:
            self.database.close()

    def close(self) -> None:
        """Count into their rows the cases that were written to, if that can be done now; give the connections back."""
        try:
            if self.written:
                settle(self.projection, self.written)
        except (Unavailable, Damaged, Clash):
            LOG.info("the rows of the cases are brought up to date by whoever reads them next")
        finally:
            self.database.close()

    # --- cases ----------------------------------------------------------------------------------------------------

    def open_case(
        self, case_id: str, *, born: date, timezone: str = "UTC", by: str, now: datetime, source: str = "",
        key: str = "",
    ) -> StoredCase:  # fmt: skip
        """Open a case, pinned to the current version.

        The name is kept in the normal form NFC. Raises `BadInput` where a case of that name is there already, or one
        with a name that could be taken for it. The same opening by the same source key twice is one.
        """
        case_id = new_name(case_id)
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
        with self.database.patience.call():
            if not self._opened(entry):
                return self.case(case_id)
        LOG.info("a case was opened")
        return StoredCase(self, self.versions, case, entry)

    def _opened(self, entry: StoredEntry) -> bool:
        """Whether an opening was written now; False where it was there, by the same source key."""
        case_id, source, key = entry.case_id, entry.source, entry.source_key
        self.names_taken.prepare()
        self.heads.prepare()
        try:
            try:
                with self.database.writing() as connection:
                    self.versions.keep(connection, self.versions.current, read_stamp(entry.recorded_at))
                    self.add(connection, [entry])
                    self.names_taken.take(connection, case_id)
            except Unsettled as fault:
                self.look(entry, fault)
        except Clash:
            found = self.by_key(source, key) if key else None
            if found is not None and (found.case_id, found.kind, found.body) == (case_id, OPENED, entry.body):
                return False
            if found is not None and (found.case_id, found.kind) != (case_id, OPENED):
                raise BadInput(f"key: '{one_line(found.source_key or '')}' of this source is taken by another entry"
                               ) from None  # fmt: skip
            with self.database.reading() as connection:
                self.names_taken.check(connection, case_id)
            said = "" if found is None else ", by this key with another date of birth or time zone"
            raise BadInput(f"case {case_id}: it is open already{said}") from None
        return True

    def case(self, case_id: str) -> StoredCase:
        """The case of that name as it is now. Raises `BadInput` where there is no such case, or its log was changed."""
        with self.database.patience.call():
            entries = self.log_of(case_id)
        return StoredCase(self, self.versions, self.folded(entries), entries[-1])

    def as_known_at(self, case_id: str, known_at: datetime) -> Case:
        """The case as it was known at a moment: the entries recorded by then, folded under the version of then.

        The copy belongs to no store. Raises `BadInput` where the case was not open yet.
        """
        known_at = aware(known_at, "as known at")
        limit = stamp(known_at)
        entries = self.log_of(case_id)
        # The order of the log is the order of recording, even where a clock was ahead or was put back.
        while entries and entries[-1].recorded_at > limit:
            entries.pop()
        if not entries:
            raise BadInput(f"case {case_id}: it was not open yet at {moment(known_at)}")
        return self.folded(entries)

    def folded(self, entries: list[StoredEntry]) -> Case:
        """The case of a whole log. Raises `BadInput` where the store lacks a version that the case was pinned to."""
        return self.versions.folded(entries)

    # --- rows of the cases ------------------------------------------------------------------------------------------

    def row(self, case_id: str) -> dict[str, Any] | None:
        """The row of a case as it stands in the table; None where there is none."""
        with self.database.reading() as connection:
            row = connection.execute(select(CASES).where(CASES.c.case_id == case_id)).mappings().first()
        return None if row is None else dict(row)

    def rows(self) -> Iterator[dict[str, Any]]:
        """The rows of all cases as they stand in the table, by name; read in pages."""
        asked = select(CASES).order_by(CASES.c.case_id)
        with self.database.streaming(lenient=True) as connection:
            for row in connection.execute(asked, execution_options={"yield_per": PAGE}).mappings():
                yield dict(row)

    def count(self) -> tuple[int, int]:
        """How many cases and how many entries there are."""
        with self.database.reading() as connection:
            cases = connection.execute(select(func.count()).select_from(CASES)).scalar_one()
        return cases, self.entry_count()

    def rebuild(self, tell: Callable[[int, int], None] = untold) -> int:
        """Compute the rows of all cases, and what their names look like, anew; how many cases there are."""
        self.names_taken.rebuild()
        return self.projection.rebuild(tell)
