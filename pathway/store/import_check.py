"""The first pass of an import: a whole file is checked before anything of it is written, and nobody has to wait."""

from __future__ import annotations

import hashlib
from itertools import groupby, pairwise
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from pathway.model.errors import BadInput, one_line
from pathway.run.compare import compare, retold_log
from pathway.store.chain import MIGRATION, StoredEntry, fault_in, fault_within, read_stamp
from pathway.store.import_lines import data_of, entry_of, version_of
from pathway.store.names import looks, new_name, refusal
from pathway.store.schema import ENTRIES
from pathway.store.versions import Versions

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from sqlalchemy import Connection

    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.log import Entry
    from pathway.store.store import Store

HASH_BYTES = 32


class Checked:
    """A file that was read to its end: every line has its form, every entry its hash and its place in its case.

    Each case is what the pathway makes of it, and could be written into the store as that was meanwhile. `key` is the
    digest with which the file ends.
    """

    def __init__(self, store: Store, now: datetime, tell: Callable[..., None]) -> None:
        self.store, self.now, self.tell = store, now, tell
        self.versions: dict[str, Pathway] = {}
        """The versions that the file brings, and those that its entries are pinned to, by digest."""
        self.brought: set[str] = set()
        self.cases = self.entries = 0
        self.key = ""
        self.takes_up: set[str] = set()
        """The keys of imports that were broken off, and of which this file holds the last entry."""
        self._heads = bytearray()
        self._broken_off = {part.reached: part.key for part in store.imports.unfinished()}
        self._known = Versions(store.database, store.versions.current)
        self._looks: dict[str, str] = {}
        self._keys: set[bytes] = set()
        self._digest = hashlib.sha256()

    def all(self, numbered: Iterator[tuple[int, str]]) -> Checked:
        """Check the lines after the head. Raises `BadInput` at the first that is wrong."""
        for case_id, log in groupby(self._entries(numbered), key=lambda line: line[1].case_id):
            self._case(case_id, list(log))
            self.cases += 1
            self.tell(self.entries)
        if not self.key:
            raise BadInput("the file has no end: a part of it is missing; nothing was imported")
        return self

    def is_same(self, place: int, last: StoredEntry) -> bool:
        """Whether the case at that place of the file ended with this entry when it was checked."""
        return self._heads[place * HASH_BYTES : (place + 1) * HASH_BYTES] == bytes.fromhex(last.hash)

    # --- lines ----------------------------------------------------------------------------------------------------

    def _entries(self, numbered: Iterator[tuple[int, str]]) -> Iterator[tuple[int, StoredEntry]]:
        """The entries, line by line. The end is compared with the entries before it."""
        for number, line in numbered:
            data = data_of(line, number)
            if self.key:
                raise BadInput(f"line {number}: there is more after the end")
            match data:
                case {"pathway": str(digest), "canonical_json": str(text)}:
                    self.versions[digest] = version_of(text, digest, number)
                    self._known.lend(self.versions[digest])
                    self.brought.add(digest)
                case {"entry": dict(row)}:
                    entry = entry_of(row, number, self.now)
                    self.entries += 1
                    self._digest.update(entry.hash.encode())
                    if entry.hash in self._broken_off:
                        self.takes_up.add(self._broken_off[entry.hash])
                    yield number, entry
                case {"end": dict(end)}:
                    self.key = self._digest.hexdigest()
                    self._end(end, number)
                case _:
                    raise BadInput(f"line {number}: neither a version, nor an entry, nor the end")

    def _end(self, end: dict[str, Any], number: int) -> None:
        if (end.get("entries"), end.get("digest")) != (self.entries, self.key):
            raise BadInput(
                f"line {number}: the end is not that of the entries before it; a part of the file is missing"
            )

    # --- cases ----------------------------------------------------------------------------------------------------

    def _case(self, case_id: str, log: list[tuple[int, StoredEntry]]) -> None:
        before: StoredEntry | None = None
        for number, entry in log:
            if said := fault_in(entry, before) or fault_within(entry):
                raise BadInput(f"line {number}: case {one_line(case_id)}: {said}")
            before = entry
        assert before is not None
        self._heads += bytes.fromhex(before.hash)
        with self.store.database.reading() as connection:
            there = here(connection, case_id)
            new = entries_after(there, log)
            for number, entry in new:
                self._key_is_free(entry, number)
            if not there:
                self._name_is_free(connection, case_id, log[0][0])
        if not new:
            return
        try:
            self._again([entry for _, entry in log])
        except BadInput as fault:
            raise BadInput(f"case {one_line(case_id)}: {fault.faults[0]}; nothing was imported") from None
        for digest, version in dict.fromkeys((entry.pathway_digest, entry.pathway_version) for _, entry in new):
            self.versions[digest] = self._known.of(digest, version, case_id)

    def _key_is_free(self, entry: StoredEntry, number: int) -> None:
        if entry.source_key is None:
            return
        key = hashlib.blake2b(f"{len(entry.source)} {entry.source}{entry.source_key}".encode(), digest_size=12).digest()
        if key in self._keys or self.store.by_key(entry.source, entry.source_key) is not None:
            where = "of this file" if key in self._keys else "here"
            raise BadInput(f"line {number}: its source key is taken by another entry {where}; nothing was imported")
        self._keys.add(key)

    def _name_is_free(self, connection: Connection, case_id: str, number: int) -> None:
        """Check the name of a new case. The name is part of every hash, so the import cannot change it."""
        try:
            name = new_name(case_id)
            for look in looks(name):
                holder = self._looks.setdefault(look, name)
                if holder != name:
                    raise refusal(name, holder)
            self.store.names_taken.check(connection, name)
        except BadInput as fault:
            raise BadInput(f"line {number}: {fault.faults[0]}; nothing was imported") from None
        if name != case_id:
            raise BadInput(
                f"line {number}: case: the name '{case_id}' is not in the normal form NFC, and entries cannot be "
                "renamed; open the case here and record it anew; nothing was imported"
            )

    # --- what the pathway makes of a case -------------------------------------------------------------------------

    def _again(self, entries: list[StoredEntry]) -> None:
        """Check that the log could have been recorded, entry by entry, migrations included."""
        case = self._known.folded(entries[:1])
        told: list[Entry] = []
        for before, entry in pairwise(entries):
            if entry.kind == MIGRATION:
                case = self._migrated(case, before, entry, told)
            else:
                told.append(entry.entry(case.pathway))
                case.repeat_exactly(told[-1])

    def _migrated(self, case: Case, before: StoredEntry, entry: StoredEntry, told: list[Entry]) -> Case:
        """The case after a migration, which must be one that could have been recorded."""
        place, data = f"entry {entry.sequence}", entry.data
        pathway = self._known.of(entry.pathway_digest, entry.pathway_version, entry.case_id)
        if set(data) != {"from", "to", "reason", "acknowledged", "differs"} or not entry.recorded_by.strip():
            raise BadInput(f"{place}: a migration says from, to, reason, acknowledged, differs, and by whom")
        if (data["from"], pathway.id) != (before.pathway_digest, case.pathway.id) or data["from"] == data["to"]:
            raise BadInput(f"{place}: a migration leads from the version before it to another of that pathway")
        after = retold_log(told, pathway, born=case.born, timezone=case.timezone)
        differs = compare(case, after, at=read_stamp(entry.happened_at))
        if differs.needs_acknowledgement and data["acknowledged"] is not True:
            raise BadInput(f"{place}: the migration wanted to be acknowledged, and was not")
        return after


def here(connection: Connection, case_id: str) -> list[str]:
    """The hashes of the entries of a case that are in the store."""
    asked = select(ENTRIES.c.hash).where(ENTRIES.c.case_id == case_id).order_by(ENTRIES.c.sequence)
    return list(connection.execute(asked).scalars())


def entries_after(there: list[str], log: list[tuple[int, StoredEntry]]) -> list[tuple[int, StoredEntry]]:
    """The entries of a case, with their lines, that the store lacks. Raises `BadInput` where it has others."""
    for hash_here, (number, entry) in zip(there, log, strict=False):
        if hash_here != entry.hash:
            raise BadInput(
                f"line {number}: case {entry.case_id} has gone another way here, from entry {entry.sequence} on"
            )
    return log[len(there) :]
