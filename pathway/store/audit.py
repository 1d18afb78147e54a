"""Is the log what was written? Every entry against its hash, its chain, its version, and the rows against the log."""

from __future__ import annotations

import hashlib
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import select

from pathway.model.errors import BadInput, Unavailable
from pathway.store.chain import StoredEntry, fault_in, fault_within
from pathway.store.database import Damaged
from pathway.store.progress import untold
from pathway.store.projection import row_of
from pathway.store.schema import CASES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pathway.run.case import Case
    from pathway.store.store import Store


@frozen
class Damage:
    """Something that is not as it was written: in which case and entry (None: in the whole), and what."""

    case_id: str
    sequence: int | None
    words: str

    def __str__(self) -> str:
        return f"case {self.case_id}: {self.words}" if self.case_id else self.words

    def to_json(self) -> dict[str, Any]:
        """The damage as JSON data."""
        return {"case": self.case_id or None, "entry": self.sequence, "words": self.words}


@frozen
class Audit:
    """What was looked at, and what was found.

    `digest` stands for the whole log: the same cases with the same entries give the same. Written down elsewhere, it
    shows a log of which a part was removed with all that points to it.
    """

    cases: int
    entries: int
    digest: str
    damage: tuple[Damage, ...]

    def to_json(self) -> dict[str, Any]:
        """The audit as JSON data."""
        return {
            "cases": self.cases, "entries": self.entries, "digest": self.digest,
            "damage": [one.to_json() for one in self.damage],
        }  # fmt: skip


def verify_log(store: Store, tell: Callable[[int], None] = untold) -> Audit:
    """Check every entry of every case, every version, and the rows of the cases. Nothing is changed.

    `tell` is told how many entries were read so far. Memory stays flat.
    """
    damage = [*_file(store)]
    digest = hashlib.sha256()
    cases = entries = 0
    try:
        damage += _versions(store)
        for kept, row in _with_rows(store):
            if not kept:
                assert row is not None
                damage.append(Damage(row["case_id"], None, "its row is there, and its entries are gone"))
                continue
            cases += 1
            found = _chain(kept)
            entries += len(kept)
            damage += found
            last = kept[-1]
            digest.update(f"{last.case_id}\n{last.sequence}\n{last.hash}\n".encode(errors="surrogatepass"))
            damage += _row(store, kept, row, sound=not found)
            tell(entries)
    except (Unavailable, Damaged) as fault:
        damage.append(Damage("", None, f"reading stopped after {entries} entries: {fault.faults[0]}"))
    return Audit(cases, entries, digest.hexdigest(), tuple(damage))


def _with_rows(store: Store) -> Iterator[tuple[list[StoredEntry], dict[str, Any] | None]]:
    """The log of each case with its row, by name; an empty log where there is a row alone."""
    rows = _rows(store)
    row = next(rows, None)
    for case_id, log in groupby(store.entries(), key=lambda one: one.case_id):
        while row is not None and row["case_id"] < case_id:
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


def _chain(log: list[StoredEntry]) -> list[Damage]:
    found = []
    before = None
    for entry in log:
        if said := fault_in(entry, before) or fault_within(entry):
            found.append(Damage(entry.case_id, entry.sequence, said))
        before = entry
    return found


def _row(store: Store, kept: list[StoredEntry], row: dict[str, Any] | None, *, sound: bool) -> Iterator[Damage]:
    """The row of a case against its log. None, or an older one, is no damage: whoever reads it brings it up to date."""
    last = kept[-1]
    if row is None or row["sequence"] < 0:
        return
    if row["sequence"] > last.sequence:
        yield Damage(last.case_id, last.sequence + 1, f"entries {last.sequence + 1} to {row['sequence']} are missing")
        return
    counted = next((one for one in kept if one.sequence == row["sequence"]), None)
    if counted is None or counted.hash != row["hash"]:
        yield Damage(last.case_id, row["sequence"], f"entry {row['sequence']} is not the one that its row names")
        return
    if not sound:
        return
    try:
        case: Case = store.folded(kept[: row["sequence"] + 1])
    except BadInput as fault:
        yield Damage(last.case_id, None, fault.faults[0])
        return
    if row_of(case, counted) != row:
        yield Damage(
            last.case_id, row["sequence"], "its row is not what its entries make; 'pathway worklist --rebuild'"
        )


def _rows(store: Store) -> Iterator[dict[str, Any]]:
    with store.database.streaming() as connection:
        for row in connection.execute(select(CASES).order_by(CASES.c.case_id), execution_options={"yield_per": 1000}):
            yield dict(row._mapping)


def _versions(store: Store) -> Iterator[Damage]:
    for digest, text in store.versions.texts():
        if hashlib.sha256(text.encode()).hexdigest() != digest:
            yield Damage("", None, f"the version with digest {digest[:12]} was changed: it does not match its digest")


def _file(store: Store) -> Iterator[Damage]:
    """What SQLite itself finds wrong with its file."""
    if not store.database.is_sqlite:
        return
    try:
        with store.database.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA integrity_check(5)").scalars().all()
    except (Unavailable, Damaged):
        yield Damage("", None, "the file is damaged")
        return
    for words in found:
        if words != "ok":
            yield Damage("", None, f"the file is damaged: {words}")
