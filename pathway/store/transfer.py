"""Cases as lines of JSON, for another store: whole logs with their hashes, and the versions they are pinned to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from itertools import groupby
from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import select

from pathway.model.errors import BadInput
from pathway.store.answers import settle
from pathway.store.chain import StoredEntry, fault_in
from pathway.store.entry_log import untold
from pathway.store.import_check import Checked
from pathway.store.import_lines import FORMAT, NAME, version_alone, version_of
from pathway.store.import_once import once
from pathway.store.import_parts import Parts
from pathway.store.imports import Import
from pathway.store.kept import Kept
from pathway.store.schema import PATHWAYS
from pathway.store.sessions import Unsettled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

    from pathway.model.pathway import Pathway
    from pathway.store.store import Store

BREAK = "\n"


@frozen
class Imported:
    """What a file held: cases, entries and versions, and how many of the entries were new.

    `before` is what an earlier import of the same file left here; None where there was none.
    `already` is true where the same file was imported by the same source key before: it was not taken again.
    """

    cases: int
    entries: int
    new: int
    versions: int
    before: Import | None = None
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
    tell: Callable[..., None] = untold,
) -> Imported:  # fmt: skip
    """Take what `export` wrote, or a version that `pathway freeze` wrote.

    The whole file is checked first, and nothing is written where anything is wrong: every entry is checked against its
    hash, and must be what the pathway makes of the entries before it. An entry that is there already is the same one; a
    case that has gone another way here is refused. Then the cases are written in parts, each of them whole within one
    part, and other writers get their turn in between. Where writing stops, the fault says what was imported; the same
    file again, or a mended one, imports the rest. `tell` is called with the number of entries that are checked, then
    with that of entries that are here, and of all. The same file by the same source key twice is one import; another
    file by that key is refused.
    """
    if isinstance(lines, Iterator):  # they are gone through twice
        with Kept("nothing was imported") as kept:
            for line in lines:
                kept.add(f"{line.rstrip(BREAK)}{BREAK}".encode(errors="surrogatepass"))
            return take(store, _Decoded(kept), now=now, source=source, key=key, tell=tell)
    if not key:
        return _take(store, lines, now, tell)

    taken: list[Imported] = []

    def counts() -> tuple[int, ...]:
        taken.append(_take(store, lines, now, tell))
        return taken[0].cases, taken[0].entries, taken[0].new, taken[0].versions

    found = once(store.database, lines, counts, source=source, key=key)
    if taken:
        return taken[0]
    cases, entries, new, versions = found.counts
    return Imported(cases, entries, new, versions, store.imports.of(found.end), already=True)


@frozen
class _Decoded:
    """Lines that were kept."""

    kept: Kept

    def __iter__(self) -> Iterator[str]:
        return (line.decode(errors="surrogatepass") for line in self.kept)


def _take(store: Store, lines: Iterable[str], now: datetime, tell: Callable[..., None]) -> Imported:
    first, rest = _begun(lines)
    if (version := version_alone(first[1], first[0])) is not None:
        _keep(store, version_of(version, None, 1), now)
        return Imported(0, 0, 0, 1)
    store.names_taken.prepare()
    store.heads.prepare()
    store.imports.prepare()
    checked = Checked(store, now, tell).all(rest)
    before = store.imports.of(checked.key)
    parts = Parts(store, checked, now, tell)
    parts.all(_begun(lines)[1])
    return Imported(checked.cases, checked.entries, parts.new, len(checked.brought), before)


def _keep(store: Store, pathway: Pathway, now: datetime) -> None:
    """Keep a version. Where no answer comes, this looks whether it is kept."""
    try:
        with store.database.writing() as connection:
            store.versions.keep(connection, pathway, now)
    except Unsettled as fault:
        kept = select(PATHWAYS.c.digest).where(PATHWAYS.c.digest == pathway.digest)
        settle(store.database, fault, lambda connection: bool(connection.execute(kept).scalar()) or None)


def _begun(lines: Iterable[str]) -> tuple[tuple[int, str], Iterator[tuple[int, str]]]:
    """The first line that is not empty, with its number, and the lines after it."""
    numbered = ((number, line) for number, line in enumerate(lines, 1) if line.strip())
    first = next(numbered, None)
    if first is None:
        raise BadInput("the file is empty; 'pathway case export' writes one")
    return first, numbered


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
