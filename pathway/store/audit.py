"""The audit of a store: entries are compared with their hashes, their chain and their version, rows with the log."""

from __future__ import annotations

import hashlib
import json
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import select

from pathway.model.errors import BadInput, Unavailable, one_line
from pathway.store.chain import StoredEntry, fault_in, fault_within
from pathway.store.checkpoint import Checkpoint, compared, heads_of
from pathway.store.entry_log import untold
from pathway.store.faults import Damaged, Lost
from pathway.store.guards import faults_of_guards
from pathway.store.heads import differences
from pathway.store.import_audit import faults_of_imports
from pathway.store.projection import UNREADABLE, row_of
from pathway.store.schema import FORMAT, MARKS
from pathway.store.takeover import kept, once_kept

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from sqlalchemy import Connection

    from pathway.store.store import Store


_REBUILD = "'pathway worklist --rebuild'"
_GONE = "its row is there, and its entries are gone: the whole case was removed"


@frozen
class Damage:
    """A difference from what was written: `words` name it.

    `case_id` is "" where it concerns the whole store, `sequence` None where it concerns no single entry.
    """

    case_id: str
    sequence: int | None
    words: str

    def __str__(self) -> str:
        return f"case {one_line(str(self.case_id))}: {self.words}" if self.case_id else self.words

    def to_json(self) -> dict[str, Any]:
        """The damage as JSON data."""
        return {"case": self.case_id or None, "entry": self.sequence, "words": self.words}


@frozen
class Audit:
    """The result of an audit: how many cases and entries were read, and which damage was found.

    `digest` stands for the whole log: the same cases with the same entries give the same digest. Written down
    elsewhere, it shows that a part of the log was removed together with everything that points to that part.
    `checkpoint` stands for the log as it was recorded, and for every log that it grows into; None where the store keeps
    no heads yet, and where they could not be read.
    """

    cases: int
    entries: int
    digest: str
    damage: tuple[Damage, ...]
    checkpoint: Checkpoint | None = None

    def to_json(self) -> dict[str, Any]:
        """The audit as JSON data."""
        return {
            "cases": self.cases, "entries": self.entries, "digest": self.digest,
            "damage": [damage.to_json() for damage in self.damage],
        }  # fmt: skip


def verify_log(store: Store, tell: Callable[[int], None] = untold, *, since: Checkpoint | None = None) -> Audit:
    """Check every entry of every case, every version, the heads, and the rows of the cases. Nothing is changed.

    All is read as it was at one moment, whoever is writing. `tell` is called with the number of entries read so far.
    `since`: the log must also be a continuation of that checkpoint. Memory stays flat.
    """
    return _Auditing(store, tell, since).audit()


class _Auditing:
    """One audit of a store."""

    def __init__(self, store: Store, tell: Callable[[int], None], since: Checkpoint | None) -> None:
        self.store, self.tell, self.since = store, tell, since
        self.checkpoint: Checkpoint | None = None
        self.damage: list[Damage] = []
        self.digest = hashlib.sha256()
        self.cases = self.entries = 0
        self.doubtful: list[str] = []

    def audit(self) -> Audit:
        if not self.attempt(self.check_at_one_moment):
            # One unreadable page ends the reading of everything. Each case is then read by itself.
            self.cases = self.entries = 0
            self.doubtful.clear()
            self.digest = hashlib.sha256()
            self.attempt(self.check_each)
            self.attempt(self.check_doubtful)
        if self.since is not None and self.checkpoint is None:
            words = "the checkpoint cannot be verified: the heads that it stands for are not there, or cannot be read"
            self.damage.append(Damage("", None, words))
        damage = tuple(dict.fromkeys(self.damage))
        return Audit(self.cases, self.entries, self.digest.hexdigest(), damage, self.checkpoint)

    def check_at_one_moment(self) -> None:
        with self.store.database.snapshot() as connection:
            self.check_file()
            self.attempt(self.check_frame, connection)
            self.check_logs()
            self.attempt(self.check_doubtful, connection)
            self.attempt(self.check_heads, connection)
            self.attempt(self.check_imports, connection)

    def attempt(self, check: Callable[[], None], connection: Connection | None = None) -> bool:
        """Run a check, where there is a snapshot so that its failure does not end it. Returns whether it was ended."""
        if self.store.database.is_sqlite:
            connection = None
        try:
            if connection is not None:
                connection.exec_driver_sql("SAVEPOINT audit")
            check()
            return True
        except (Unavailable, Damaged) as fault:
            if isinstance(fault, Lost) and not self.store.database.is_sqlite:
                raise  # a server that cannot be reached is no damage
            self.damage.append(Damage("", None, f"reading stopped: {fault.faults[0]}"))
            if connection is not None:
                connection.exec_driver_sql("ROLLBACK TO SAVEPOINT audit")
            return False

    # --- the frame ------------------------------------------------------------------------------------------------

    def check_file(self) -> None:
        """Ask SQLite whether its file is sound."""
        if not self.store.database.is_sqlite:
            return
        try:
            with self.store.database.reading() as connection:
                found = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
        except (Unavailable, Damaged):
            found = ["it cannot be checked"]
        self.damage += [Damage("", None, f"the file is damaged: {one_line(words)}") for words in found if words != "ok"]

    def check_frame(self) -> None:
        """Check the versions, the triggers of the tables, and the mark of the projection."""
        store = self.store
        for digest, name, version, text in store.versions.whole():
            if not isinstance(text, str) or hashlib.sha256(text.encode(errors="replace")).hexdigest() != digest:
                words = f"the version with digest {digest!s:.12} was changed: it does not match its digest"
                self.damage.append(Damage("", None, words))
                continue
            said = json.loads(text)["pathway"]
            if (said["id"], said["version"]) != (name, version):
                words = f"the version with digest {digest:.12} is {said['version']}, and its row says"
                self.damage.append(Damage("", None, f"{words} {one_line(str(name))} {one_line(str(version))}"))
        with store.database.reading() as connection:
            faults = faults_of_guards(connection, heads=kept(connection) or once_kept(connection))
            written = connection.execute(select(MARKS.c.value).where(MARKS.c.name == "format")).scalar()
        self.damage += [Damage("", None, words) for words in faults]
        if written != str(FORMAT):
            self.damage.append(Damage("", None, "the mark of the store's format was changed"))
        if not store.projection.mark_is_sound():
            words = "the mark up to which cases are counted in is none of this database; 'pathway worklist' mends it"
            self.damage.append(Damage("", None, words))

    # --- the logs -------------------------------------------------------------------------------------------------

    def check_logs(self) -> None:
        """Check every case in one pass over the log."""
        for log, row in _with_rows(self.store):
            if log:
                self.check_case(log, row)
            else:
                assert row is not None
                self.doubtful.append(row["case_id"])

    def check_each(self) -> None:
        """Check each case by itself, and each entry of a case that cannot be read whole."""
        for case_id in self.store.names():
            try:
                entries = self.store.raw_log(case_id)
            except (Unavailable, Damaged):
                self.damage += self.unreadable(case_id)
                continue
            self.check_case(entries, None)

    def unreadable(self, case_id: str) -> list[Damage]:
        found = []
        for sequence in self.store.numbers(case_id):
            try:
                self.store.raw_log(case_id, sequence)
            except (Unavailable, Damaged):
                found.append(Damage(case_id, sequence, f"entry {sequence} cannot be read"))
        return found or [Damage(case_id, None, "it cannot be read")]

    def check_case(self, log: list[StoredEntry], row: dict[str, Any] | None) -> None:
        self.cases += 1
        self.entries += len(log)
        last = log[-1]
        self.digest.update(f"{last.case_id}\n{last.sequence}\n{last.hash}\n".encode(errors="surrogatepass"))
        found = _chain(log, self.known)
        self.damage += found
        if found:
            return
        try:
            case = self.store.folded(log)
        except BadInput as fault:
            self.damage.append(Damage(last.case_id, None, fault.faults[0]))
            return
        if row != row_of(case, last):
            self.doubtful.append(last.case_id)
        self.tell(self.entries)

    @cached_property
    def known(self) -> set[str]:
        """The digests of the versions that are in the store."""
        return self.store.versions.digests()

    # --- the heads ------------------------------------------------------------------------------------------------

    def check_heads(self) -> None:
        """Check that every entry is what it was when it was written, and none is gone; count the heads."""
        with self.store.database.reading() as connection:
            removed = {damage.case_id for damage in self.damage if damage.words == _GONE}
            found = (Damage(*said) for said in differences(connection))
            self.damage += [damage for damage in found if damage.sequence is not None or damage.case_id not in removed]
            if not kept(connection):
                return
            counting, said = compared(heads_of(connection), self.since)
        self.checkpoint = counting.checkpoint(cases=self.cases, entries=self.entries)
        if said:
            self.damage.append(Damage("", None, said))

    def check_imports(self) -> None:
        """Check the table of imports, once all entries are counted."""
        with self.store.database.reading() as connection:
            found = faults_of_imports(self.store.imports, connection, cases=self.cases, entries=self.entries)
            self.damage += [Damage("", None, words) for words in found]

    # --- the rows -------------------------------------------------------------------------------------------------

    def check_doubtful(self) -> None:
        """Check again the rows that differed from their logs: some may only not be counted in yet."""
        if not self.doubtful:
            return
        stale = set(self.store.projection.stale())
        for case_id in self.doubtful:
            self.damage += self.check_row(case_id, stale)

    def check_row(self, case_id: str, stale: set[str]) -> Iterator[Damage]:
        log, row = self.store.raw_log(case_id), self.store.row(case_id)
        if not log:
            if row is not None:
                yield Damage(case_id, None, _GONE)
            return
        last = log[-1]
        if row is None or row["sequence"] == UNREADABLE:
            if case_id not in stale:
                yield Damage(case_id, None, f"it has no row, and nobody would count it in; {_REBUILD}")
            return
        if not isinstance(row["sequence"], int) or row["sequence"] > last.sequence:
            missing = f"entries {last.sequence + 1} to {row['sequence']!s:.20} are missing"
            yield Damage(case_id, last.sequence + 1, missing)
            return
        counted = next((entry for entry in log if entry.sequence == row["sequence"]), None)
        if counted is None or counted.hash != row["hash"]:
            sequence = row["sequence"]
            yield Damage(case_id, sequence, f"entry {sequence} is not the one that its row names")
            return
        if row != row_of(self.store.folded(log[: counted.sequence + 1]), counted):
            yield Damage(case_id, counted.sequence, f"its row is not what its entries make; {_REBUILD}")
        elif counted is not last and case_id not in stale:
            yield Damage(case_id, None, f"its row is old, and nobody would count it in; {_REBUILD}")


def _with_rows(store: Store) -> Iterator[tuple[list[StoredEntry], dict[str, Any] | None]]:
    """The log of each case with its row, by name; the log is empty where a row has no entries."""
    rows = store.rows()
    row = next(rows, None)
    for case_id, log in groupby(store.entries(lenient=True), key=lambda entry: entry.case_id):
        while row is not None and str(row["case_id"]) < str(case_id):
            yield [], row
            row = next(rows, None)
        if row is not None and row["case_id"] == case_id:
            yield list(log), row
            row = next(rows, None)
        else:
            yield list(log), None
    while row is not None:
        yield [], row
        row = next(rows, None)


def _chain(log: list[StoredEntry], known: set[str]) -> list[Damage]:
    found = []
    before = None
    for entry in log:
        said = fault_in(entry, before) or fault_within(entry)
        if not said and entry.pathway_digest not in known:
            said = f"the version that entry {entry.sequence} is pinned to is not in this store"
        if said:
            found.append(Damage(entry.case_id, entry.sequence, said))
        before = entry
    return found
