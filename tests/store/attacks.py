"""What somebody can do to a store who has all rights on it: each attack by its name, as it stands in the README."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING

from pathway import PATHWAY
from pathway.store.audit import verify_log
from pathway.store.chain import StoredEntry, hash_of
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import CALL, at
from tests.store.children import NOW, opened, tamper, tell

if TYPE_CHECKING:
    from collections.abc import Callable

Attack = tuple[str, "str | tuple[str, ...] | Callable[[Store], None]", str]
C2 = "WHERE case_id = 'C2'"


def quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def rewritten(entry: StoredEntry) -> StoredEntry:
    """The entry with another author, and with the hash that is right for it."""
    changed = entry._replace(recorded_by="nobody", body=entry.body.replace(f'"{entry.recorded_by}"', '"nobody"'))
    assert changed.body != entry.body
    return changed._replace(hash=hash_of(changed))


def rewrite_last(store: Store, *also: str) -> None:
    """Rewrite the last entry of C2, with all that follows from it but the heads."""
    entry = rewritten(store.raw_log("C2")[-1])
    columns = ", ".join(f"{name} = {quoted(getattr(entry, name))}" for name in ("recorded_by", "body", "hash"))
    tamper(store, f"UPDATE entries SET {columns} {C2} AND sequence = 2",
           *(words.format(hash=entry.hash) for words in also))  # fmt: skip
    store.rebuild()


def launder(store: Store) -> None:
    """Remove the last entry of C2, then record as usual until nothing points to it."""
    last = store.case("C2").sequence
    tamper(store, f"DELETE FROM entries {C2} AND sequence = {last}", f"DELETE FROM cases {C2}")
    case = store.case("C2")
    for hour in (1, 2):
        case.record(CALL, at=at(60 * hour), by="ward", now=NOW)
    store.rebuild()


def remove_with_head(store: Store) -> None:
    """Remove the last entry of C1 with its head; heads of other cases follow."""
    where = "WHERE case_id = 'C1' AND sequence = 5"
    tamper(store, f"DELETE FROM entries {where}", f"DELETE FROM heads {where}", "DELETE FROM cases")
    store.rebuild()


def remove_case(store: Store) -> None:
    tamper(store, *(f"DELETE FROM {table} {C2}" for table in ("entries", "cases", "names")))


def past_the_guards(store: Store) -> None:
    """Put an entry into C2 that is right in itself, while no guard looks."""
    last = store.raw_log("C2")[-1]
    entry = last._replace(sequence=3, previous_hash=last.hash, source_key=None,
                          body=last.body.replace('"id":"e2"', '"id":"e3"'))  # fmt: skip
    entry = entry._replace(hash=hash_of(entry))
    values = ", ".join("NULL" if value is None else str(value) if isinstance(value, int) else quoted(value)
                       for value in entry)  # fmt: skip
    tamper(store, f"INSERT INTO entries ({', '.join(entry._fields)}) VALUES ({values})")
    store.rebuild()


def as_of_before(store: Store) -> None:
    """Make it a store that was written before there were heads."""
    sqlite = store.database.is_sqlite
    with store.database.writing() as connection:
        if sqlite:
            for name in ("entries_head", "entries_no_replace", "pathways_no_replace"):
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            connection.exec_driver_sql("DROP TRIGGER entries_head ON entries")
            for table in ("entries", "pathways"):
                connection.exec_driver_sql(f"ALTER TABLE {table} ENABLE TRIGGER {table}_only_added")
        connection.exec_driver_sql("DROP TABLE heads")
        connection.exec_driver_sql("DELETE FROM marks WHERE name = 'heads'")


def plainly(*statements: str) -> Callable[[Store], None]:
    """Statements as anybody with the rights can give them, guards and all."""

    def attack(store: Store) -> None:
        with store.database.writing() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)

    return attack


def imported(*statements: str) -> Callable[[Store], None]:
    """Import a case of two entries, then give the statements."""

    def attack(store: Store) -> None:
        with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/from.db", PATHWAY) as there:
            tell(opened(there, "C3"), CALL)
            take(store, list(export(there)), now=NOW)
        assert verify_log(store).damage == ()
        plainly(*statements)(store)

    return attack


# --- noticed ----------------------------------------------------------------------------------------------------------

ANYWHERE: tuple[Attack, ...] = (
    ("a value in an entry changed", f"UPDATE entries SET body = replace(body, '0.7', '1.7') {C2}",
     "case C2: entry 1 was changed: it does not match its hash"),
    ("the author of an entry changed", f"UPDATE entries SET recorded_by = 'nobody' {C2} AND sequence = 2",
     "case C2: entry 2 was changed: it does not match its hash"),
    ("an entry moved to another case", "UPDATE entries SET case_id = 'C2', sequence = 3 WHERE case_id = 'C1' "
     "AND sequence = 5", "case C2: entry 3 was changed"),
    ("an entry rewritten, with its right hash", rewrite_last,
     "case C2: entry 2 was recorded, and another one is in its place, or it was rewritten"),
    ("two entries exchanged", (
        f"UPDATE entries SET sequence = -1 {C2} AND sequence = 1",
        f"UPDATE entries SET sequence = 1 {C2} AND sequence = 2",
        f"UPDATE entries SET sequence = 2 {C2} AND sequence = -1",
     ),
     "case C2: entry 1 was changed"),
    ("an entry in the middle removed", f"DELETE FROM entries {C2} AND sequence = 1", "case C2: entry 1 is missing"),
    ("the last entry of a case removed", f"DELETE FROM entries {C2} AND sequence = 2",
     "case C2: entry 2 was recorded, and is gone"),
    ("the last entry removed, and two recorded after it", launder,
     "case C2: entry 2 was recorded, and another one is in its place"),
    ("an entry removed with its head", remove_with_head, "of the log is gone or was changed"),
    ("a whole case removed, row and name with it", remove_case,
     "case C2: the whole case was removed; entries up to 2 of it were recorded"),
    ("an entry put in while no guard looked", past_the_guards, "case C2: entry 3 has no head"),
    ("a head changed", f"UPDATE heads SET hash = 'x' {C2} AND sequence = 1",
     "case C2: entry 1 was recorded, and another"),
    ("all heads removed", "DELETE FROM heads", "the first head of the log is gone"),
    ("the table of heads dropped", plainly("DROP TABLE heads"), "the heads of this store are gone"),
    ("a version of the pathway changed", "UPDATE pathways SET canonical_json = replace(canonical_json, '20', '30')",
     "was changed: it does not match its digest"),
    ("a version renamed", "UPDATE pathways SET version = '9.9.9'", "and its row says leukopenia-small-child 9.9.9"),
    ("a case taken off the worklist", f"UPDATE cases SET open = 0 {C2}",
     "case C2: its row is not what its entries make"),
    ("a row of the worklist removed", f"DELETE FROM cases {C2}", "case C2: it has no row"),
    ("the counts of an import changed", imported("UPDATE imports SET cases_done = 3"),
     "is 'whole' by its row, and has 3 of 1 cases and 2 of 2 entries by its counts"),
    ("an import counted larger than the store", imported(
        "UPDATE imports SET cases = 9, cases_done = 9, entries = 40, entries_done = 40"),
     "brought 9 cases with 40 entries by its row, and 3 cases with 11 entries are here"),
    ("an import in part called whole", imported("UPDATE imports SET cases = 2", "UPDATE imports SET state = 'whole'"),
     "is 'whole' by its row, and has 1 of 2 cases"),
    ("an import called given up", imported("UPDATE imports SET cases = 2, state = 'given up'"),
     "is called given up, and nothing says by whom"),
    ("an import that names an entry which is not here", imported("UPDATE imports SET reached = hash FROM (SELECT "
     "'00' || substr(reached, 3) AS hash FROM imports) AS other"), "reached the entry with hash 00"),
    ("the mark of the worklist moved", "UPDATE marks SET value = 'file 99999999' WHERE name = 'projected'",
     "the mark up to which cases are counted in is none of this database"),
)  # fmt: skip

IN_A_FILE: tuple[Attack, ...] = (
    ("a guard dropped", plainly("DROP TRIGGER entries_no_update"), "the guard entries_no_update, which refuses"),
    ("a guard replaced by one that lets through", plainly(
        "DROP TRIGGER entries_no_delete",
        "CREATE TRIGGER entries_no_delete BEFORE DELETE ON entries WHEN OLD.case_id <> 'C2' "
        "BEGIN SELECT RAISE(ABORT, 'entries are only ever added'); END",
     ), "the guard entries_no_delete was changed: its text is another"),
    ("a trigger added", plainly(
        "CREATE TRIGGER more AFTER INSERT ON cases BEGIN DELETE FROM cases WHERE case_id = NEW.case_id; END",
     ), "the trigger more on cases is none of this program"),
)  # fmt: skip

_NOTHING = "RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$"
ON_A_SERVER: tuple[Attack, ...] = (
    ("a guard dropped", plainly("DROP TRIGGER entries_only_added ON entries"), "the guard entries_only_added, which"),
    ("a guard replaced by one that lets through", plainly(
        "CREATE OR REPLACE TRIGGER entries_only_added BEFORE UPDATE ON entries FOR EACH STATEMENT "
        "EXECUTE FUNCTION refuse_entries()",
     ), "the guard entries_only_added was changed: it is another trigger"),
    ("a trigger added", plainly(
        f"CREATE FUNCTION more() {_NOTHING}",
        "CREATE TRIGGER more BEFORE INSERT ON entries FOR EACH ROW EXECUTE FUNCTION more()",
     ), "the trigger more on entries is none of this program"),
    ("the function of a guard replaced", plainly(f"CREATE OR REPLACE FUNCTION refuse_entries() {_NOTHING}"),
     "the guard entries_only_added was changed: its function refuse_entries was replaced"),
    ("a guard turned off", plainly("ALTER TABLE entries DISABLE TRIGGER entries_only_added"),
     "the guard entries_only_added was changed: it is off"),
    ("a guard kept for replicas", plainly("ALTER TABLE heads ENABLE REPLICA TRIGGER heads_only_added"),
     "the guard heads_only_added was changed: it fires for a replica only"),
    ("a guard that a session can pass over", plainly("ALTER TABLE entries ENABLE TRIGGER entries_only_added"),
     "the guard entries_only_added was changed: it can be passed over by a session that calls itself a replica"),
    ("an entry put in by a session that calls itself a replica", plainly(
        "SET LOCAL session_replication_role = replica",
        "INSERT INTO entries SELECT 9999, 1, 'C9', sequence, kind, happened_at, recorded_at, recorded_by, source, "
        "NULL, event, target, body, pathway_version, pathway_digest, previous_hash, hash FROM entries "
        "WHERE case_id = 'C2' AND sequence = 0",
     ), "case C9: entry 0 has no head"),
    ("a rule put in place of a statement", plainly("CREATE RULE more AS ON INSERT TO heads DO INSTEAD NOTHING"),
     "heads has a rule"),
    ("rows hidden by row security", plainly("ALTER TABLE entries ENABLE ROW LEVEL SECURITY"),
     "entries is under row security, which can hide rows"),
)  # fmt: skip

# --- not noticed ------------------------------------------------------------------------------------------------------


def remove_end(store: Store) -> None:
    """Remove the last entry of the log with its head and its row."""
    where = f"{C2} AND sequence = 2"
    tamper(store, f"DELETE FROM entries {where}", f"DELETE FROM heads {where}", f"DELETE FROM cases {C2}")
    store.rebuild()


def remove_case_whole(store: Store) -> None:
    """Remove C1 with everything, and let the heads of C2 follow one another anew."""
    tamper(store, *(f"DELETE FROM {table} WHERE case_id = 'C1'" for table in ("entries", "heads", "cases", "names")),
           f"UPDATE heads SET number = -(sequence + 2), follows = sequence + 1 {C2}",
           f"UPDATE heads SET number = -number {C2}")  # fmt: skip
    store.rebuild()


def record_as_another(store: Store) -> None:
    store.case("C2").record(CALL, at=at(120), by="Dr Who", now=NOW)


UNNOTICED: tuple[tuple[str, Callable[[Store], None], str], ...] = (
    ("the end of the log removed, heads and row with it", remove_end, "1 of its 10 heads are gone"),
    ("a whole case removed, heads and all, and the other heads numbered anew", remove_case_whole,
     "6 of its 10 heads are gone"),
    ("the last entry rewritten, hash, head and row with it",
     lambda store: rewrite_last(store, f"UPDATE heads SET hash = '{{hash}}' {C2} AND sequence = 2"),
     "what was recorded by then was changed"),
    ("heads, their mark and their guards removed, as in a store written before", as_of_before,
     "the checkpoint cannot be verified"),
    ("guards put aside and back", tamper, ""),
    ("the order of recording among cases changed", lambda store: tamper(
        store, "UPDATE entries SET position = position + 1000 WHERE case_id = 'C1'"), ""),
    ("the first use of a version changed", lambda store: tamper(
        store, "UPDATE pathways SET first_used_at = '2000-01-01T00:00:00.000000Z'"), ""),
    ("a name taken off the list of names", lambda store: tamper(store, f"DELETE FROM names {C2}"), ""),
    ("an entry recorded under the name of another", record_as_another, ""),
    ("the row of an import removed", imported("DELETE FROM imports"), ""),
    ("an import in part called whole, with its counts", imported(
        "UPDATE imports SET cases = 2, state = 'in part'", "UPDATE imports SET cases = 1, state = 'whole'"), ""),
)  # fmt: skip
"""Name, attack, and what `verify-log --since` says to it; "" where nothing does."""
