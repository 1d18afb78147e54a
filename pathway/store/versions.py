"""Every version of a pathway that a case was ever pinned to, found by its digest; and cases as they fold under it."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import select

from pathway.model.canonical import from_json, to_json
from pathway.model.errors import BadInput, one_line
from pathway.run.case import Case
from pathway.run.compare import retold_log
from pathway.store.chain import MIGRATION, stamp
from pathway.store.schema import PATHWAYS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy import Connection

    from pathway.model.pathway import Pathway
    from pathway.run.log import Entry
    from pathway.store.chain import StoredEntry
    from pathway.store.database import Database


class Versions:
    """The versions in a store; `current` is the one that new cases start with."""

    def __init__(self, database: Database, current: Pathway) -> None:
        self._database = database
        self.current = current
        self._loaded: dict[str, Pathway] = {current.digest: current}

    def of(self, digest: str, version: str, case_id: str) -> Pathway:
        """The pathway that a case is pinned to. Raises `BadInput` where this store lacks it."""
        if digest not in self._loaded:
            with self._database.reading() as connection:
                text = connection.execute(select(PATHWAYS.c.canonical_json).where(PATHWAYS.c.digest == digest)).scalar()
            if text is None:
                raise BadInput(
                    f"case {case_id}: it is pinned to version {version} with digest {digest[:12]}, and that version is "
                    "not in this store; nothing was changed. Write it with 'pathway freeze' where it is, then "
                    "'pathway case import' it here"
                )
            self._loaded[digest] = _read(text, digest)
        return self._loaded[digest]

    def lend(self, pathway: Pathway) -> None:
        """Let cases be folded under a version that is not in the store yet."""
        self._loaded[pathway.digest] = pathway

    def folded(self, entries: Sequence[StoredEntry]) -> Case:
        """The case of a whole log, from its opening on. Raises `BadInput` where this store lacks a version of it.

        At a migration all entries are recorded anew under the version that the migration is pinned to; later entries
        were recorded under that version.
        """
        opening = entries[0]
        pathway, born, timezone = self._pathway_of(opening), _born(opening), opening.data.get("timezone", "")
        told: list[Entry] = []  # all that was recorded before the last migration
        log: list[Entry] = []  # what that migration made of it, and all that was recorded since
        begun = 0
        for entry in entries[1:]:
            if entry.kind != MIGRATION:
                log.append(entry.entry(pathway))
                continue
            # Every entry ever recorded takes part again: an entry that had no object under one version may have one
            # under the next.
            told += log[begun:]
            pathway = self._pathway_of(entry)
            log = list(retold_log(told, pathway, born=born, timezone=timezone).log)
            begun = len(log)
        return Case.of_log(pathway, born=born, timezone=timezone, entries=log)

    def told(self, entries: Sequence[StoredEntry]) -> list[Entry]:
        """Every entry of a case's log that was ever recorded, each read by the version that it is pinned to."""
        return [entry.entry(self._pathway_of(entry)) for entry in entries if entry.of_log]

    def _pathway_of(self, entry: StoredEntry) -> Pathway:
        return self.of(entry.pathway_digest, entry.pathway_version, entry.case_id)

    def named(self, name: str) -> Pathway:
        """The version that `name` means: a version number, the start of a digest, or "current".

        Raises `BadInput` where it means no version, or more than one.
        """
        if name in ("current", self.current.digest):
            return self.current
        rows = self.rows()
        known = {digest: version for digest, _, version, _ in rows} | {self.current.digest: self.current.version}
        found = [
            digest
            for digest, version in known.items()
            if version == name or (len(name) >= 6 and digest.startswith(name))
        ]
        if len(found) == 1:
            return self.of(found[0], known[found[0]], "")
        listed = ", ".join(f"{version} ({digest[:12]})" for digest, version in known.items())
        what = "there is no version" if not found else "more than one version is called"
        raise BadInput(f"to: {what} '{one_line(name)}'; known: {listed}; or name a file that 'pathway freeze' wrote")

    def rows(self) -> list[tuple[str, str, str, str]]:
        """Digest, id, version and first use of each version in the store, sorted by first use."""
        columns = (PATHWAYS.c.digest, PATHWAYS.c.pathway_id, PATHWAYS.c.version, PATHWAYS.c.first_used_at)
        with self._database.reading() as connection:
            found = connection.execute(select(*columns).order_by(columns[3], columns[0])).all()
        return [(row[0], row[1], row[2], row[3]) for row in found]

    def texts(self) -> list[tuple[str, str]]:
        """Digest and canonical JSON of each version in the store."""
        return [(digest, text) for digest, _, _, text in self.whole()]

    def whole(self) -> list[tuple[str, str, str, str]]:
        """Digest, id, version and canonical JSON of each version in the store, by digest."""
        columns = (PATHWAYS.c.digest, PATHWAYS.c.pathway_id, PATHWAYS.c.version, PATHWAYS.c.canonical_json)
        with self._database.reading() as connection:
            found = connection.execute(select(*columns).order_by(columns[0])).all()
        return [(row[0], row[1], row[2], row[3]) for row in found]

    def digests(self) -> set[str]:
        """The digests of the versions in the store."""
        return {row[0] for row in self.rows()}

    def keep(self, connection: Connection, pathway: Pathway, now: datetime) -> None:
        """Add a version to the store, in the transaction at hand, if it is not there yet."""
        connection.execute(self._database.insert_once(PATHWAYS), [{
            "digest": pathway.digest, "pathway_id": pathway.id, "version": pathway.version,
            "first_used_at": stamp(now), "canonical_json": to_json(pathway),
        }])  # fmt: skip


def _born(opening: StoredEntry) -> date:
    try:
        return date.fromisoformat(opening.data["born"])
    except (KeyError, TypeError, ValueError):
        raise BadInput(f"case {opening.case_id}: its opening names no date of birth") from None


def _read(text: str, digest: str) -> Pathway:
    if hashlib.sha256(text.encode()).hexdigest() != digest:
        raise BadInput(f"the version with digest {digest[:12]} was changed in the store: it does not match its digest")
    return from_json(text)
