"""The tables, the same in SQLite and PostgreSQL: entries, which are only ever added, and tables computed from them."""

from __future__ import annotations

from sqlalchemy import (
    DDL,
    BigInteger,
    Column,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    event,
)

FORMAT = 1
TAKEN = "that key is taken"
"""What the guards of a file say of a key that is there already: another writer was faster."""
METADATA = MetaData()
# Order by code point on every machine: the collation of a PostgreSQL database differs from place to place.
WORD = String(200).with_variant(String(200, collation="C"), "postgresql")
MOMENT = String(27).with_variant(String(27, collation="C"), "postgresql")
DIGEST = String(64)

ENTRIES = Table(
    "entries", METADATA,
    Column("position", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("written_in", BigInteger, nullable=True),
    Column("case_id", WORD, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("happened_at", MOMENT, nullable=False),
    Column("recorded_at", MOMENT, nullable=False),
    Column("recorded_by", String(500), nullable=False),
    Column("source", WORD, nullable=False),
    Column("source_key", WORD, nullable=True),
    Column("event", WORD, nullable=False),
    Column("target", WORD, nullable=False),
    Column("body", Text, nullable=False),
    Column("pathway_version", WORD, nullable=False),
    Column("pathway_digest", DIGEST, nullable=False),
    Column("previous_hash", DIGEST, nullable=False),
    Column("hash", DIGEST, nullable=False),
    UniqueConstraint("case_id", "sequence", name="entries_of_case"),
    implicit_returning=False,
)  # fmt: skip
"""One row for each entry of each case. Moments are text of one width, in UTC: text order is time order.

`position` and `written_in` (the transaction, PostgreSQL only) show which entries are newer than the rows of the cases.
They are no part of an entry.
"""

Index("entries_written_in", ENTRIES.c.written_in).ddl_if(dialect="postgresql")
Index(
    "entries_by_source_key", ENTRIES.c.source, ENTRIES.c.source_key, unique=True,
    sqlite_where=ENTRIES.c.source_key.is_not(None), postgresql_where=ENTRIES.c.source_key.is_not(None),
)  # fmt: skip

CASES = Table(
    "cases", METADATA,
    Column("case_id", WORD, primary_key=True),
    Column("sequence", Integer, nullable=False),
    Column("hash", DIGEST, nullable=False),
    Column("pathway_digest", DIGEST, nullable=False),
    Column("state", WORD, nullable=False),
    Column("open", Integer, nullable=False),
    Column("urgency", Integer, nullable=False),
    Column("pressing_from", MOMENT, nullable=False),
    Column("overdue_from", MOMENT, nullable=False),
    Column("schedule", Text, nullable=False),
    sqlite_with_rowid=False,
)  # fmt: skip
"""One row for each case, computed from its entries: the last entry that is counted in, and what is due.

`open` is 1 or 0. `urgency` is the place of the most urgent task in the order of urgencies, one more than the last place
where there is no task. `pressing_from` is when the first task of that urgency is overdue, `overdue_from` when the first
task of any urgency is; `NEVER` where no task ever is.
"""

NEVER = "9999-12-31T00:00:00.000000Z"

Index("cases_by_urgency", CASES.c.open, CASES.c.urgency, CASES.c.pressing_from, CASES.c.case_id, CASES.c.overdue_from)

PATHWAYS = Table(
    "pathways", METADATA,
    Column("digest", DIGEST, primary_key=True),
    Column("pathway_id", WORD, nullable=False),
    Column("version", WORD, nullable=False),
    Column("first_used_at", MOMENT, nullable=False),
    Column("canonical_json", Text, nullable=False),
)  # fmt: skip
"""Every version of a pathway that a case was ever pinned to, whole."""

MARKS = Table(
    "marks", METADATA,
    Column("name", WORD, primary_key=True),
    Column("value", WORD, nullable=False),
)  # fmt: skip
"""`format` is the version of these tables; `projected` is the mark up to which entries are counted into `cases`."""

NAMES = Table(
    "names", METADATA,
    Column("looks", WORD, primary_key=True),
    Column("case_id", WORD, nullable=False),
)  # fmt: skip
"""The name of each case by what it looks like, so that no two can be taken for each other. Computed from the entries.

A store that was written before there was this table gets it when the next case is opened.
"""

HEADS = Table(
    "heads", METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("follows", BigInteger, nullable=False),
    Column("case_id", WORD, nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("hash", DIGEST, nullable=False),
    implicit_returning=False,
)  # fmt: skip
"""What each entry was when it was written, kept apart from the entries: its case, its number there, its hash.

`number` counts the whole log; `follows` is the newest head that was there when this one was written. The database
itself adds a head with each entry, in the same transaction; rows are only ever added. The first row stands
for no entry.
"""


def _after_create(dialect: str, statement: str) -> None:
    made = DDL(statement)  # type: ignore[no-untyped-call]  # as the library has it
    event.listen(METADATA, "after_create", made.execute_if(dialect=dialect))


_after_create(
    "postgresql", "ALTER TABLE entries ALTER COLUMN written_in SET DEFAULT (pg_current_xact_id()::text::bigint)"
)
