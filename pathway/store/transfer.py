"""Cases as lines of JSON, from one store to another: whole logs with their hashes, and the versions they rest on."""

from __future__ import annotations

import hashlib
import json
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.canonical import FORMAT as PATHWAY_FORMAT
from pathway.model.canonical import from_json
from pathway.model.errors import BadInput, one_line
from pathway.run.case import Case
from pathway.store.chain import COLUMNS, MIGRATION, OPENED, StoredEntry, fault_in, fault_within, read_stamp
from pathway.store.database import Clash
from pathway.store.progress import untold
from pathway.store.schema import ENTRIES

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from pathway.model.pathway import Pathway
    from pathway.store.store import Store

NAME, FORMAT = "cases of a clinical pathway", 1
_KINDS = (OPENED, MIGRATION, "event", "correction", "withdrawal", "acknowledgement", "override")


@frozen
class Imported:
    """What came in: cases and entries in the file, and how many entries were new."""

    cases: int
    entries: int
    new: int
    versions: int


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
            if entry.pathway_digest not in told and entry.pathway_digest in texts:
                told.add(entry.pathway_digest)
                yield _line({"pathway": entry.pathway_digest, "canonical_json": texts[entry.pathway_digest]})
            entries += 1
            digest.update(entry.hash.encode())
            yield _line({"entry": entry.row()})
    yield _line({"end": {"cases": cases, "entries": entries, "digest": digest.hexdigest()}})


def take(store: Store, lines: Iterable[str], *, now: datetime, tell: Callable[[int], None] = untold) -> Imported:
    """Take what `export` wrote, or a version that `pathway freeze` wrote: all of it or, if anything is wrong, none.

    An entry that is there already is the same one; a case that has gone another way here is refused. Every entry is
    checked against its hash, and must be what the pathway makes of the entries before it.
    """
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    first = next(numbered, None)
    if first is None:
        raise BadInput("the file is empty; 'pathway case export' writes one")
    head = _data(first[1], first[0])
    if head.get("format") == PATHWAY_FORMAT and "pathway" in head:
        with store.database.writing() as connection:
            store.versions.keep(connection, _version(first[1].strip(), None, 1), now)
        return Imported(0, 0, 0, 1)
    if head.get("format") != NAME or head.get("version") != FORMAT:
        raise BadInput(f"line 1: this is no file of cases of format {FORMAT}; 'pathway case export' writes one")
    try:
        with store.database.writing() as connection:
            return _Taking(store, connection, now, tell).all(numbered)
    except Clash:
        raise BadInput("an entry's source key is taken by another entry in this store; nothing was imported") from None


class _Taking:
    """One file on its way in, within one transaction."""

    def __init__(self, store: Store, connection: Connection, now: datetime, tell: Callable[[int], None]) -> None:
        self.store, self.connection, self.now, self.tell = store, connection, now, tell
        self.versions: dict[str, Pathway] = {}
        self.cases = self.entries = self.new = 0
        self.digest = hashlib.sha256()
        self.ended = False

    def all(self, numbered: Iterator[tuple[int, str]]) -> Imported:
        for case_id, log in groupby(self.read(numbered), key=lambda one: one[1].case_id):
            self.case(case_id, list(log))
            self.cases += 1
            self.tell(self.entries)
        if not self.ended:
            raise BadInput("the file has no end: a part of it is missing; nothing was imported")
        return Imported(self.cases, self.entries, self.new, len(self.versions))

    def read(self, numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, StoredEntry]]:
        """The entries, line by line; versions are kept, and the end is held against what came before."""
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
                    entry = _entry(row, number)
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
        if new:
            self.check(case_id, entries)
            for digest, version in dict.fromkeys((one.pathway_digest, one.pathway_version) for one in new):
                self.store.versions.keep(self.connection, self.store.versions.of(digest, version, case_id), self.now)
            self.connection.execute(ENTRIES.insert(), [one.row() for one in new])
            self.new += len(new)

    def there(self, case_id: str) -> list[StoredEntry]:
        found = self.connection.execute(
            ENTRIES.select().where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
        )
        return [StoredEntry(*(getattr(row, name) for name in COLUMNS)) for row in found]

    def check(self, case_id: str, entries: list[StoredEntry]) -> None:
        """Whether the log could have been recorded, entry by entry."""
        try:
            case = self.store.folded(entries)
            if any(one.kind == MIGRATION for one in entries):
                return
            again = Case(case.pathway, born=case.born, timezone=case.timezone)
            for one in case.log:
                again._record_again(one)
        except BadInput as fault:
            raise BadInput(f"case {one_line(case_id)}: {fault.faults[0]}; nothing was imported") from None


def _logs(store: Store) -> Iterator[list[StoredEntry]]:
    for case_id, log in groupby(store.entries(), key=lambda one: one.case_id):
        kept: list[StoredEntry] = []
        for entry in log:
            if said := fault_in(entry, kept[-1] if kept else None):
                raise BadInput(f"case {case_id}: {said}; nothing that is damaged is exported")
            kept.append(entry)
        yield kept


def _line(data: dict[str, Any]) -> str:
    return json.dumps(data, ensure_ascii=True, separators=(",", ":")) + "\n"


def _data(line: str, number: int) -> dict[str, Any]:
    try:
        data = json.loads(line)
    except (ValueError, RecursionError):
        raise BadInput(f"line {number}: this is no JSON") from None
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


def _entry(row: dict[str, Any], number: int) -> StoredEntry:
    if set(row) != set(COLUMNS):
        raise BadInput(f"line {number}: an entry has the columns {', '.join(COLUMNS)}")
    texts = {name: value for name, value in row.items() if name not in ("sequence", "source_key")}
    wrong = [name for name, value in texts.items() if not isinstance(value, str) or "\0" in value]
    if type(row["sequence"]) is not int or not 0 <= row["sequence"] < 2**31:
        wrong.append("sequence")
    if not isinstance(row["source_key"], str | None) or not _short(row["source_key"] or "x", 200):
        wrong.append("source_key")
    if not wrong:
        wrong += [name for name in ("case_id", "source", "event", "target", "pathway_version") if len(row[name]) > 200]
        wrong += [name for name in ("pathway_digest", "previous_hash", "hash") if len(row[name]) > 64]
        wrong += ["recorded_by"] * (len(row["recorded_by"]) > 500)
        wrong += ["kind"] * (row["kind"] not in _KINDS)
        wrong += [name for name, value in texts.items() if not value.isprintable()]
    if wrong:
        raise BadInput(f"line {number}: {', '.join(wrong)}: not as an entry has it")
    entry = StoredEntry(**row)
    try:
        read_stamp(entry.happened_at)
        read_stamp(entry.recorded_at)
        if not isinstance(json.loads(entry.body), dict):
            raise BadInput("body: an object is wanted")
    except (ValueError, RecursionError) as fault:
        said = fault.faults[0] if isinstance(fault, BadInput) else "body: this is no JSON"
        raise BadInput(f"line {number}: {said}") from None
    return entry


def _short(text: str, longest: int) -> bool:
    return 0 < len(text) <= longest and "\0" not in text
