"""The guards of a store: triggers that refuse to change or remove a row, and the one that adds a head to each entry.

An audit compares them with what they are when they are made: by their text and state, not only by their names.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.errors import one_line
from pathway.store.schema import ENTRIES, HEADS, METADATA, PATHWAYS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

_BEFORE_HEADS = (ENTRIES.name, PATHWAYS.name)
"""The tables that a store guarded before there were heads."""
_GUARDED = (*_BEFORE_HEADS, HEADS.name)
_NEW_HEAD = (
    "INSERT INTO heads (follows, case_id, sequence, hash) "
    "VALUES ((SELECT coalesce(max(number), 0) FROM heads), NEW.case_id, NEW.sequence, NEW.hash);"
)

# --- SQLite ---------------------------------------------------------------------------------------------------------

# "INSERT OR REPLACE" removes rows without asking the guards of DELETE, unless the connection says otherwise. The words
# are those by which an ordinary writer is told that another was faster (`TAKEN`).
_REPLACES = {
    ENTRIES.name: (
        "WHEN EXISTS (SELECT 1 FROM entries WHERE position = NEW.position) "
        "OR EXISTS (SELECT 1 FROM entries WHERE case_id = NEW.case_id AND sequence = NEW.sequence) "
        "OR EXISTS (SELECT 1 FROM entries WHERE source = NEW.source AND source_key = NEW.source_key) "
        "BEGIN SELECT RAISE(ABORT, 'entries are only ever added: that key is taken'); END"
    ),
    # The same version may be given again and again: it stays as it is.
    PATHWAYS.name: (
        "WHEN EXISTS (SELECT 1 FROM pathways WHERE digest = NEW.digest) "
        "BEGIN SELECT CASE WHEN EXISTS (SELECT 1 FROM pathways WHERE digest = NEW.digest "
        "AND canonical_json = NEW.canonical_json AND version = NEW.version AND pathway_id = NEW.pathway_id) "
        "THEN RAISE(IGNORE) ELSE RAISE(ABORT, 'pathways are only ever added: that key is taken') END; END"
    ),
    HEADS.name: (
        "WHEN EXISTS (SELECT 1 FROM heads WHERE number = NEW.number) "
        "BEGIN SELECT RAISE(ABORT, 'heads are only ever added: that key is taken'); END"
    ),
}


def _sqlite(*, heads: bool) -> dict[str, str]:
    """The triggers of a file: name and text."""
    found = {}
    for table in _GUARDED if heads else _BEFORE_HEADS:
        for act in ("UPDATE", "DELETE"):
            name = f"{table}_no_{act.lower()}"
            refusal = f"BEGIN SELECT RAISE(ABORT, '{table} are only ever added'); END"
            found[name] = f"CREATE TRIGGER {name} BEFORE {act} ON {table} {refusal}"
        if heads:
            name = f"{table}_no_replace"
            found[name] = f"CREATE TRIGGER {name} BEFORE INSERT ON {table} {_REPLACES[table]}"
    if heads:
        found["entries_head"] = f"CREATE TRIGGER entries_head AFTER INSERT ON entries BEGIN {_NEW_HEAD} END"
    return found


def _faults_of_file(connection: Connection, *, heads: bool) -> Iterator[str]:
    wanted = _sqlite(heads=heads)
    asked = "SELECT name, tbl_name, sql FROM sqlite_master WHERE type = 'trigger'"
    there = {name: (table, text) for name, table, text in connection.exec_driver_sql(asked)}
    yield from _missing(wanted.keys() - there.keys())
    for name, (table, text) in sorted(there.items()):
        if name not in wanted:
            yield _extra(name, table)
        elif _squeezed(text) != _squeezed(wanted[name]):
            yield f"the guard {name} was changed: its text is another"
    kinds = connection.exec_driver_sql("SELECT name, type FROM sqlite_master WHERE type NOT IN ('trigger', 'index')")
    for name, kind in kinds:
        if name in METADATA.tables and kind != "table":
            yield f"{name} is a {kind}, and should be a table"


# --- PostgreSQL -----------------------------------------------------------------------------------------------------

_EACH_ENTRY, _EACH_CHANGE = 5, 58
"""How the server numbers "after insert, each row" and "before update, delete or truncate, each statement"."""
_STATES = {
    "D": "is off", "R": "fires for a replica only", "A": "fires for a replica too",
    "O": "can be passed over by a session that calls itself a replica",
}  # fmt: skip


@frozen
class _Guard:
    """A trigger of a server: table, function and its text, the moment by the server's number, and the states it may
    have: always (`A`) or not for a replica (`O`).
    """

    table: str
    function: str
    text: str
    moment: int
    states: str


def _server(*, heads: bool) -> dict[str, _Guard]:
    """The triggers of a server, by name."""
    found = {}
    for table in _GUARDED if heads else _BEFORE_HEADS:
        text = f" BEGIN RAISE EXCEPTION '{table} are only ever added'; END "
        found[f"{table}_only_added"] = _Guard(table, f"refuse_{table}", text, _EACH_CHANGE, "A" if heads else "OA")
    if heads:
        # A replica is sent the heads together with the entries: it must not make them a second time.
        text = f" BEGIN {_NEW_HEAD} RETURN NULL; END "
        found["entries_head"] = _Guard(ENTRIES.name, "head_of_entry", text, _EACH_ENTRY, "O")
    return found


_TRIGGERS = """
SELECT t.tgname::text, c.relname::text, t.tgtype::int, t.tgenabled::text, p.proname::text, p.prosrc, l.lanname::text,
    t.tgqual IS NULL AND t.tgattr::text = '' AND t.tgnargs = 0 AND NOT p.prosecdef AND p.proconfig IS NULL
FROM pg_trigger t JOIN pg_class c ON c.oid = t.tgrelid JOIN pg_proc p ON p.oid = t.tgfoid
    JOIN pg_language l ON l.oid = p.prolang
WHERE NOT t.tgisinternal AND t.tgrelid IN ({tables}) ORDER BY 1
"""
_TABLES = """
SELECT c.relname::text, c.relkind = 'r', c.relrowsecurity, EXISTS (SELECT 1 FROM pg_rewrite r WHERE r.ev_class = c.oid),
    EXISTS (SELECT 1 FROM pg_inherits i WHERE i.inhparent = c.oid OR i.inhrelid = c.oid)
FROM pg_class c WHERE c.oid IN ({tables}) ORDER BY 1
"""


def _faults_of_server(connection: Connection, *, heads: bool) -> Iterator[str]:
    wanted = _server(heads=heads)
    tables = ", ".join(f"to_regclass('{name}')" for name in METADATA.tables)
    there = {row[0]: row[1:] for row in connection.exec_driver_sql(_TRIGGERS.format(tables=tables))}
    yield from _missing(wanted.keys() - there.keys())
    for name, (table, moment, state, function, text, language, plain) in there.items():
        guard = wanted.get(name)
        if guard is None:
            yield _extra(name, table)
            continue
        if (guard.table, guard.function, guard.moment) != (table, function, moment) or not plain:
            yield f"the guard {name} was changed: it is another trigger"
        if _squeezed(text) != _squeezed(guard.text) or language != "plpgsql":
            yield f"the guard {name} was changed: its function {one_line(function)} was replaced"
        if state not in guard.states:
            yield f"the guard {name} was changed: it {_STATES.get(state, 'is in no known state')}"
    for name, is_table, filtered, ruled, inherited in connection.exec_driver_sql(_TABLES.format(tables=tables)):
        if not is_table or inherited:
            yield f"{name} should be a table, and nothing else"
        if filtered:
            yield f"{name} is under row security, which can hide rows"
        if ruled:
            yield f"{name} has a rule, which can put one statement in place of another"


# --- both -----------------------------------------------------------------------------------------------------------


def put_up(connection: Connection) -> None:
    """Make the guards of a store that keeps heads; those that are there already are left alone."""
    if connection.dialect.name == "sqlite":
        for text in _sqlite(heads=True).values():
            connection.exec_driver_sql(text.replace("CREATE TRIGGER", "CREATE TRIGGER IF NOT EXISTS", 1))
        return
    for name, guard in _server(heads=True).items():
        when = "AFTER INSERT" if guard.moment == _EACH_ENTRY else "BEFORE UPDATE OR DELETE OR TRUNCATE"
        each = "ROW" if guard.moment == _EACH_ENTRY else "STATEMENT"
        for statement in (
            f"CREATE OR REPLACE FUNCTION {guard.function}() RETURNS trigger LANGUAGE plpgsql AS $${guard.text}$$",
            f"CREATE OR REPLACE TRIGGER {name} {when} ON {guard.table} FOR EACH {each} "
            f"EXECUTE FUNCTION {guard.function}()",
            f"ALTER TABLE {guard.table} ENABLE {'ALWAYS ' if guard.states == 'A' else ''}TRIGGER {name}",
        ):
            connection.exec_driver_sql(statement)


def faults_of_guards(connection: Connection, *, heads: bool) -> list[str]:
    """What is wrong with the guards, each in words. `heads`: whether the store keeps heads."""
    look: Any = _faults_of_file if connection.dialect.name == "sqlite" else _faults_of_server
    return list(look(connection, heads=heads))


def _missing(names: set[str]) -> Iterator[str]:
    yield from (f"the guard {name}, which refuses changes, is missing" for name in sorted(names - {"entries_head"}))
    if "entries_head" in names:
        yield "the guard entries_head, which keeps the head of each entry, is missing"


def _extra(name: str, table: str) -> str:
    return f"the trigger {one_line(str(name))} on {one_line(str(table))} is none of this program"


def _squeezed(text: object) -> str:
    return " ".join(str(text).split())
