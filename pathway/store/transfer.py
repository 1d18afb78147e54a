"""Cases as lines of JSON, for another store: whole logs with their hashes, and the versions they are pinned to."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import select

from pathway.model.canonical import FORMAT as PATHWAY_FORMAT
from pathway.model.canonical import from_json
from pathway.model.errors import BadInput, one_line
from pathway.model.json_text import read_json
from pathway.run.compare import compare, retold_log
from pathway.store.answers import settle
from pathway.store.chain import COLUMNS, MIGRATION, OPENED, StoredEntry, fault_in, fault_within, read_stamp, stamp
from pathway.store.entry_log import untold
from pathway.store.faults import Clash, Conflict
from pathway.store.import_once import once
from pathway.store.names import new_name
from pathway.store.schema import ENTRIES, PATHWAYS
from pathway.store.sessions import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.log import Entry
    from pathway.store.store import Store

NAME, FORMAT = "cases of a clinical pathway", 1
_KINDS = (OPENED, MIGRATION, "event", "correction", "withdrawal", "acknowledgement", "override")


@frozen
class Imported:
    """What a file held: cases, entries and versions, and how many of the entries were new.

    `already` is true where the same file was imported by the same source key before: it was not taken again.
    """

    cases: int
    entries: int
    new: int
    versions: int
    already: bool = False


def export(store: Store, case_ids: Iterable[str] = ()) -> Iterator[str]:
    """The lines of a file: a head, the versions, every entry of the cases (all where none is named), and an end."""
    names = list(dict.fromkeys(case_ids))
    logs = (store.log_of(name) for name in names) if names else _logs(store)
    yield _line({"format": NAME, "version": FORMAT})
    told: set[str] = set()
    texts = dict(store.versions.texts())
    cases = entries = 0
    digest = hashlib.sha256()
    for log in logs:
        cases += 1
        for entry in log:
            if entry.pathway_digest not in texts:
                raise BadInput(
                    f"case {entry.case_id}: the version that entry {entry.sequence} is pinned to is not in this store"
                )
            if entry.pathway_digest not in told:
                told.add(entry.pathway_digest)
                yield _line({"pathway": entry.pathway_digest, "canonical_json": texts[entry.pathway_digest]})
            entries += 1
            digest.update(entry.hash.encode())
            yield _line({"entry": entry.row()})
    yield _line({"end": {"cases": cases, "entries": entries, "digest": digest.hexdigest()}})


def take(
    store: Store, lines: Iterable[str], *, now: datetime, source: str = "", key: str = "",
    tell: Callable[[int], None] = untold,
) -> Imported:  # fmt: skip
    """Take what `export` wrote, or a version that `pathway freeze` wrote: all of it or, if anything is wrong, none.

    An entry that is there already is the same one; a case that has gone another way here is refused. Every entry is
    checked against its hash, and must be what the pathway makes of the entries before it. The same file by the same
    source key twice is one import; another file by that key is refused.
    """
    if not key:
        return _take(store, lines, now, tell)

    def counts(kept: Iterable[str]) -> tuple[int, ...]:
        found = _take(store, kept, now, tell)
        return found.cases, found.entries, found.new, found.versions

    found, already = once(store.database, lines, counts, source=source, key=key)
    cases, entries, new, versions = found
    return Imported(cases, entries, new, versions, already)


def _take(store: Store, lines: Iterable[str], now: datetime, tell: Callable[[int], None]) -> Imported:
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    first = next(numbered, None)
    if first is None:
        raise BadInput("the file is empty; 'pathway case export' writes one")
    head = _data(first[1], first[0])
    if head.get("format") == PATHWAY_FORMAT and "pathway" in head:
        pathway = _version(first[1].strip(), None, 1)
        try:
            with store.database.writing() as connection:
                store.versions.keep(connection, pathway, now)
        except Unsettled as fault:
            kept = select(PATHWAYS.c.digest).where(PATHWAYS.c.digest == pathway.digest)
            settle(store.database, fault, lambda connection: bool(connection.execute(kept).scalar()) or None)
        return Imported(0, 0, 0, 1)
    if head.get("format") != NAME or head.get("version") != FORMAT:
        raise BadInput(f"line 1: this is no file of cases of format {FORMAT}; 'pathway case export' writes one")
    store.names_taken.prepare()
    taking: _Taking | None = None
    try:
        try:
            with store.database.writing() as connection:
                taking = _Taking(store, connection, now, tell)
                found = taking.all(numbered)
        except Unsettled as fault:
            if taking is None or taking.last is None:
                raise  # nothing but versions was new: the next import of this file brings them along again
            store.look(taking.last, fault)
    except Clash:
        raise Conflict("somebody else recorded the same cases meanwhile; nothing was imported. Try again") from None
    return found


class _Taking:
    """The import of one file, within one transaction."""

    def __init__(self, store: Store, connection: Connection, now: datetime, tell: Callable[[int], None]) -> None:
        self.store, self.connection, self.now, self.tell = store, connection, now, tell
        self.versions: dict[str, Pathway] = {}
        self.cases = self.entries = self.new = 0
        self.digest = hashlib.sha256()
        self.ended = False
        self.last: StoredEntry | None = None
        """The last entry that was added: where it is recorded, all are."""

    def all(self, numbered: Iterator[tuple[int, str]]) -> Imported:
        for case_id, log in groupby(self.read(numbered), key=lambda one: one[1].case_id):
            self.case(case_id, list(log))
            self.cases += 1
            self.tell(self.entries)
        if not self.ended:
            raise BadInput("the file has no end: a part of it is missing; nothing was imported")
        return Imported(self.cases, self.entries, self.new, len(self.versions))

    def read(self, numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, StoredEntry]]:
        """The entries, line by line. Versions are kept on the way; the end is compared with the entries before it."""
        for number, line in numbered:
            data = _data(line, number)
            if self.ended:
                raise BadInput(f"line {number}: there is more after the end")
            match data:
                case {"pathway": str(digest), "canonical_json": str(text)}:
                    pathway = _version(text, digest, number)
                    self.store.versions.keep(self.connection, pathway, self.now)
                    self.versions[digest] = pathway
                case {"entry": dict(row)}:
                    entry = _entry(row, number, self.now)
                    self.entries += 1
                    self.digest.update(entry.hash.encode())
                    yield number, entry
                case {"end": dict(end)}:
                    self.ended = True
                    self.check_end(end, number)
                case _:
                    raise BadInput(f"line {number}: neither a version, nor an entry, nor the end")

    def check_end(self, end: dict[str, Any], number: int) -> None:
        if (end.get("entries"), end.get("digest")) != (self.entries, self.digest.hexdigest()):
            raise BadInput(
                f"line {number}: the end is not that of the entries before it; a part of the file is missing"
            )

    def case(self, case_id: str, log: list[tuple[int, StoredEntry]]) -> None:
        before: StoredEntry | None = None
        for number, entry in log:
            if said := fault_in(entry, before) or fault_within(entry):
                raise BadInput(f"line {number}: case {one_line(case_id)}: {said}")
            before = entry
        entries = [entry for _, entry in log]
        there = self.there(case_id)
        for mine, theirs in zip(there, entries, strict=False):
            if mine.hash != theirs.hash:
                raise BadInput(
                    f"line {log[mine.sequence][0]}: case {case_id} has gone another way here, "
                    f"from entry {mine.sequence} on"
                )
        new = entries[len(there) :]
        if not new:
            return
        for number, entry in log[len(there) :]:
            if entry.source_key is not None and self.store.by_key(entry.source, entry.source_key) is not None:
                raise BadInput(f"line {number}: its source key is taken by another entry here; nothing was imported")
        if not there:
            self.name(case_id, log[0][0])
        self.check(case_id, entries)
        for digest, version in dict.fromkeys((entry.pathway_digest, entry.pathway_version) for entry in new):
            self.store.versions.keep(self.connection, self.store.versions.of(digest, version, case_id), self.now)
        self.store.add(self.connection, new)
        self.last = new[-1]
        self.new += len(new)

    def name(self, case_id: str, number: int) -> None:
        """Take the name of a new case. The name is part of every hash, so the import cannot change it."""
        try:
            name = new_name(case_id)
            self.store.names_taken.take(self.connection, name)
        except BadInput as fault:
            raise BadInput(f"line {number}: {fault.faults[0]}; nothing was imported") from None
        if name != case_id:
            raise BadInput(
                f"line {number}: case: the name '{case_id}' is not in the normal form NFC, and entries cannot be "
                "renamed; open the case here and record it anew; nothing was imported"
            )

    def there(self, case_id: str) -> list[StoredEntry]:
        found = self.connection.execute(
            ENTRIES.select().where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
        )
        return [StoredEntry(*(getattr(row, name) for name in COLUMNS)) for row in found]

    def check(self, case_id: str, entries: list[StoredEntry]) -> None:
        """Check that the log could have been recorded, entry by entry, migrations included."""
        try:
            self.again(entries)
        except BadInput as fault:
            raise BadInput(f"case {one_line(case_id)}: {fault.faults[0]}; nothing was imported") from None

    def again(self, entries: list[StoredEntry]) -> None:
        case = self.store.folded(entries[:1])
        told: list[Entry] = []
        for before, entry in pairwise(entries):
            if entry.kind == MIGRATION:
                case = self.migrated(case, before, entry, told)
            else:
                told.append(entry.entry(case.pathway))
                case.repeat_exactly(told[-1])

    def migrated(self, case: Case, before: StoredEntry, entry: StoredEntry, told: list[Entry]) -> Case:
        """The case after a migration, which must be one that could have been recorded."""
        place, data = f"entry {entry.sequence}", entry.data
        pathway = self.store.versions.of(entry.pathway_digest, entry.pathway_version, entry.case_id)
        if set(data) != {"from", "to", "reason", "acknowledged", "differs"} or not entry.recorded_by.strip():
            raise BadInput(f"{place}: a migration says from, to, reason, acknowledged, differs, and by whom")
        if (data["from"], pathway.id) != (before.pathway_digest, case.pathway.id) or data["from"] == data["to"]:
            raise BadInput(f"{place}: a migration leads from the version before it to another of that pathway")
        after = retold_log(told, pathway, born=case.born, timezone=case.timezone)
        differs = compare(case, after, at=read_stamp(entry.happened_at))
        if differs.needs_acknowledgement and data["acknowledged"] is not True:
            raise BadInput(f"{place}: the migration wanted to be acknowledged, and was not")
        return after


def _logs(store: Store) -> Iterator[list[StoredEntry]]:
    for case_id, log in groupby(store.entries(), key=lambda entry: entry.case_id):
        kept: list[StoredEntry] = []
        for entry in log:
            if said := fault_in(entry, kept[-1] if kept else None):
                raise BadInput(f"case {case_id}: {said}; nothing that is damaged is exported")
            kept.append(entry)
        yield kept


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n"


def _data(line: str, number: int) -> dict[str, Any]:
    data = read_json(line, f"line {number}")
    if not isinstance(data, dict):
        raise BadInput(f"line {number}: an object is wanted")
    return data


def _version(text: str, digest: str | None, number: int) -> Pathway:
    try:
        pathway = from_json(text)
    except BadInput as fault:
        raise fault.at(f"line {number}") from None
    if digest is not None and pathway.digest != digest:
        raise BadInput(f"line {number}: the version does not match its digest {one_line(digest)[:12]}")
    return pathway


def _entry(row: dict[str, Any], number: int, now: datetime) -> StoredEntry:
    """The entry of a line. Raises `BadInput` where a column has no possible value."""
    if set(row) != set(COLUMNS):
        raise BadInput(f"line {number}: an entry has the columns {', '.join(COLUMNS)}")
    wrong = [name for name, longest in _LONGEST.items() if not _is_line(row[name], longest)]
    if row["source_key"] is not None and (not _is_line(row["source_key"], 200) or not row["source_key"]):
        wrong.append("source_key")
    if type(row["sequence"]) is not int or not 0 <= row["sequence"] < 2**31:
        wrong.append("sequence")
    if row["kind"] not in _KINDS or not row["recorded_by"]:
        wrong.append("kind" if row["kind"] not in _KINDS else "recorded_by")
    if wrong:
        raise BadInput(f"line {number}: {', '.join(wrong)}: not as an entry has it")
    entry = StoredEntry(**row)
    try:
        read_stamp(entry.happened_at)
        recorded = read_stamp(entry.recorded_at)
        body = read_json(entry.body, "body")
    except BadInput as fault:
        raise fault.at(f"line {number}") from None
    if not isinstance(body, dict):
        raise BadInput(f"line {number}: body: an object is wanted")
    if recorded > now:
        raise BadInput(f"line {number}: recorded_at {entry.recorded_at} is later than now, {stamp(now)}")
    return entry


_LONGEST = {
    "case_id": 100, "kind": 20, "happened_at": 27, "recorded_at": 27, "recorded_by": 500, "source": 200, "event": 200,
    "target": 200, "body": 10**7, "pathway_version": 200, "pathway_digest": 64, "previous_hash": 64, "hash": 64,
}  # fmt: skip


def _is_line(text: object, longest: int) -> bool:
    return isinstance(text, str) and len(text) <= longest and text.isprintable()
