"""The imports of a store: of each file how much of it is here, so that an import that was broken off is named."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen
from sqlalchemy import BigInteger, Column, Integer, String, Table, inspect, select

from pathway.model.errors import BadInput, one_line
from pathway.store.chain import stamp
from pathway.store.faults import LOG
from pathway.store.names import line_of_words
from pathway.store.schema import DIGEST, MARKS, METADATA, MOMENT

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy import Connection

    from pathway.store.database import Database

IN_PART, WHOLE, TAKEN_UP, GIVEN_UP = "in part", "whole", "taken up", "given up"
BEGUN = "begun"
"""What the mark of a key says after the digest of its file, until the import of that file has ended."""
LONGEST_BY, SHORTEST_DIGEST = 150, 12

IMPORTS = Table(
    "imports", METADATA,
    Column("key", DIGEST, primary_key=True),
    Column("begun_at", MOMENT, nullable=False),
    Column("state", String(20), nullable=False),
    Column("cases", Integer, nullable=False),
    Column("entries", BigInteger, nullable=False),
    Column("cases_done", Integer, nullable=False),
    Column("entries_done", BigInteger, nullable=False),
    Column("reached", DIGEST, nullable=False),
)  # fmt: skip
"""One row for each file: `key` is the digest of its end, which stands for all of its entries.

`cases` and `entries` are those of the file, `cases_done` and `entries_done` those of its beginning that are here;
`reached` is the hash of the last of these. `state` is "in part", "whole", "taken up" (by another file that holds the
entry `reached`, and is whole), or "given up" (a mark says when and by whom). A row changes in the transaction that
writes the entries, so that it is never ahead of them. A store that was written before there was this table gets it with
the next import.
"""


@frozen
class Import:
    """How much of a file is here."""

    key: str
    begun_at: str
    state: str
    cases: int
    entries: int
    cases_done: int
    entries_done: int
    reached: str

    @property
    def words(self) -> str:
        """An import that is not whole, in a line."""
        return (
            f"an import that began at {self.begun_at[:19]}Z is not whole: {self.cases_done:,} of {self.cases:,} cases "
            f"are here, each of them whole, with {self.entries_done:,} of {self.entries:,} entries. If it is not under "
            f"way still, 'pathway case import' of the same file (its end has the digest {self.key[:12]}), or of a "
            f"mended one, takes it up; 'pathway store imports --give-up {self.key[:12]}' ends it as it is"
        )

    def to_json(self) -> dict[str, Any]:
        """The import as JSON data."""
        return {
            "digest": self.key, "begun_at": self.begun_at, "state": self.state, "cases": self.cases,
            "entries": self.entries, "cases_here": self.cases_done, "entries_here": self.entries_done,
        }  # fmt: skip


_COLUMNS = list(IMPORTS.columns)
_CLAIMS = MARKS.c.name.startswith("import ") & MARKS.c.value.contains(f" {BEGUN}")


def _given_up(key: str) -> str:
    """The name of the mark that says when and by whom an import was given up."""
    return f"given up {key}"


class Imports:
    """The marks of the imports in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._there = False

    def prepare(self) -> None:
        """Make the table in a store that was written before there was one."""
        with self._database.reading() as connection:
            there = self._has_table(connection)
        if not there:
            with self._database.writing() as connection:
                self._database.lock_tables(connection)
                IMPORTS.create(connection, checkfirst=True)

    def of(self, key: str) -> Import | None:
        """The import of the file with that key; None where none of it was imported."""
        found = [known for known in self.all() if known.key == key]
        return found[0] if found else None

    def unfinished(self) -> list[Import]:
        """The imports that are not whole, the oldest first."""
        return [known for known in self.all() if known.state == IN_PART]

    def all(self) -> list[Import]:
        """All imports, the oldest first."""
        with self._database.reading() as connection:
            if not self._has_table(connection):
                return []
            rows = connection.execute(select(*_COLUMNS).order_by(IMPORTS.c.begun_at, IMPORTS.c.key)).all()
        return [Import(*row) for row in rows]

    def give_up(self, digest: str, *, by: str, now: datetime) -> str:
        """End an import that is not whole: what is here stays, it is named no more, and its source key is free.

        `digest` is that of the end of its file, or the beginning of that; returns it whole. An import that is under way
        goes on, and is named again. Raises `BadInput` where that is not the digest of one import that is in part.
        """
        line_of_words(by, "by", longest=LONGEST_BY, wanted=True)
        digest = digest.strip().lower()
        states = dict.fromkeys(self.claimed(), IN_PART) | {one.key: one.state for one in self.all()}
        found = [key for key in states if key.startswith(digest)]
        if len(digest) < SHORTEST_DIGEST or len(found) != 1 or states[found[0]] != IN_PART:
            what = f"is {states[found[0]]}" if len(found) == 1 else "is no import of this store"
            if len(digest) < SHORTEST_DIGEST or len(found) > 1:
                what = f"is too short: at least {SHORTEST_DIGEST} characters are wanted, and more where two begin alike"
            wanted = "'pathway store imports' lists those that are in part"
            raise BadInput(f"give up: '{one_line(digest)[:80]}' {what}; {wanted}")
        key = found[0]
        with self._database.writing() as connection:
            row = IMPORTS.update().where((IMPORTS.c.key == key) & (IMPORTS.c.state == IN_PART))
            if self._has_table(connection) and connection.execute(row.values(state=GIVEN_UP)).rowcount:
                connection.execute(MARKS.delete().where(MARKS.c.name == _given_up(key)))
                connection.execute(MARKS.insert(), [{"name": _given_up(key), "value": f"{stamp(now)} {by}"}])
            connection.execute(MARKS.delete().where(_CLAIMS & MARKS.c.value.endswith(f" {key}")))
        LOG.info("an import was given up")
        return key

    def claimed(self) -> list[str]:
        """The digests of the imports by a key that have begun and have not ended."""
        with self._database.reading() as connection:
            values = connection.execute(select(MARKS.c.value).where(_CLAIMS).order_by(MARKS.c.name)).scalars().all()
        return [words[2] for words in map(str.split, values) if len(words) == 3]

    def given_up(self) -> dict[str, tuple[str, str]]:
        """When and by whom imports were given up, by the digest of their end."""
        asked = select(MARKS.c.name, MARKS.c.value).where(MARKS.c.name.startswith(_given_up("")))
        with self._database.reading() as connection:
            rows = connection.execute(asked).all()
        return {name.removeprefix(_given_up("")): (value[:27], value[28:]) for name, value in rows}

    def note(self, connection: Connection, now: datetime, found: Import, also: Collection[str] = ()) -> None:
        """Note in the transaction at hand how much of a file is here; `also` are imports that this file takes up.

        Of two programs that import the same file, one waits here until the other has written its part.
        """
        key = IMPORTS.c.key == found.key
        values = {column.name: getattr(found, column.name) for column in _COLUMNS} | {"begun_at": stamp(now)}
        connection.execute(self._database.insert_once(IMPORTS), [values])
        kept = connection.execute(select(IMPORTS.c.state, IMPORTS.c.cases_done).where(key).with_for_update()).one()
        if kept[0] != WHOLE and (found.state == WHOLE or kept[1] < found.cases_done):
            del values["begun_at"]
            connection.execute(IMPORTS.update().where(key).values(**values))
        if also:
            others = IMPORTS.c.key.in_(also) & (IMPORTS.c.state == IN_PART) & (IMPORTS.c.key != found.key)
            connection.execute(IMPORTS.update().where(others).values(state=TAKEN_UP))

    def _has_table(self, connection: Connection) -> bool:
        self._there = self._there or inspect(connection).has_table(IMPORTS.name)
        return self._there
