"""Kinds of tampering, each by its name: what an audit notices, and what it does not, which the README says too."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import make_url

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.worklist import worklist
from tests.children import CALL, INDEX_COUNT, at
from tests.store import attacks
from tests.store.children import NOW, opened, tamper, tell
from tests.store.role import README as WHOLE_README
from tests.store.role import statements
from tests.store.test_audit import filled

README = " ".join(WHOLE_README.split())


def done(store, attack) -> list[str]:
    """What an audit says after an attack."""
    filled(store)
    assert verify_log(store).damage == ()
    if isinstance(attack, str | tuple):
        tamper(store, *([attack] if isinstance(attack, str) else attack))
    else:
        attack(store)
    return [str(one) for one in verify_log(store).damage]


@pytest.mark.parametrize(("name", "attack", "words"), attacks.ANYWHERE, ids=[one[0] for one in attacks.ANYWHERE])
def test_tampering_is_noticed(store, name, attack, words):
    found = done(store, attack)
    assert any(words in one for one in found), found


@pytest.mark.parametrize(("name", "attack", "words"), attacks.IN_A_FILE, ids=[one[0] for one in attacks.IN_A_FILE])
def test_tampering_with_a_file_is_noticed(tmp_path, name, attack, words):
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        found = done(store, attack)
    assert [one for one in found if words in one], found


@pytest.mark.parametrize(("name", "attack", "words"), attacks.ON_A_SERVER, ids=[one[0] for one in attacks.ON_A_SERVER])
def test_tampering_with_a_server_is_noticed(emptied, name, attack, words):
    with Store(emptied, PATHWAY) as store:
        found = done(store, attack)
    assert [one for one in found if words in one], found


@pytest.mark.parametrize(("name", "attack", "words"), attacks.UNNOTICED, ids=[one[0] for one in attacks.UNNOTICED])
def test_what_is_not_noticed_stands_in_the_readme_and_whether_a_checkpoint_shows_it(store, name, attack, words):
    filled(store)
    kept = verify_log(store).checkpoint
    attack(store)
    assert verify_log(store).damage == ()
    assert name in README
    found = [str(one) for one in verify_log(store, since=kept).damage]
    assert found == [] if words == "" else any(words in one for one in found), found


def test_there_are_twenty_kinds_and_each_stands_in_the_readme(figure):
    for backend in (attacks.IN_A_FILE, attacks.ON_A_SERVER):
        names = {name for name, *_ in (*attacks.ANYWHERE, *backend)}
        assert len(names) >= 20
        assert not {name for name in names if name not in README}
    kinds = {name for name, *_ in (*attacks.ANYWHERE, *attacks.IN_A_FILE, *attacks.ON_A_SERVER)}
    figure(f"{len(kinds)} kinds of tampering noticed, {len(attacks.UNNOTICED)} not, each by its name in the README")


def test_an_older_copy_of_the_whole_store_put_in_its_place_is_shown_by_a_checkpoint_alone(tmp_path):
    file, older = tmp_path / "cases.db", tmp_path / "older.db"
    with Store(file, PATHWAY) as store:
        filled(store)
        with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(older)) as copy:
            source.backup(copy)
        attacks.record_as_another(store)
        kept = verify_log(store).checkpoint
    older.replace(file)
    for name in ("cases.db-wal", "cases.db-shm"):
        (tmp_path / name).unlink(missing_ok=True)
    assert "an older copy of the whole store put in its place" in README
    with Store(file, PATHWAY, create=False) as store:
        assert verify_log(store).damage == ()
        (found,) = verify_log(store, since=kept).damage
    assert "1 of its 11 heads are gone" in found.words


# --- what the guards refuse -------------------------------------------------------------------------------------------

COPY = "INSERT {how} INTO {table} SELECT {columns} FROM {table} WHERE {where}"
REPLACES = [
    ("entries", "position", "case_id = 'C2' AND sequence = 1"),
    ("entries", "case_id, sequence", "case_id = 'C2' AND sequence = 1"),
    ("entries", "source, source_key", "source_key = 'm1'"),
    ("heads", "number", "case_id = 'C2' AND sequence = 1"),
    ("pathways", "digest", "true"),
]


@pytest.mark.parametrize(("table", "key", "where"), REPLACES, ids=[f"{one[0]} by {one[1]}" for one in REPLACES])
@pytest.mark.parametrize("recursive", ["ON", "OFF"])
def test_insert_or_replace_is_refused_whatever_the_pragmas_of_the_connection(tmp_path, table, key, where, recursive):
    file = tmp_path / "cases.db"
    with Store(file, PATHWAY) as store:
        filled(store)
        before = verify_log(store)
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA recursive_triggers = {recursive}")
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        other = {"position": "position + 1000", "case_id": "'C7'", "source": "'elsewhere'", "body": "'{}'",
                 "hash": "'x'", "canonical_json": "'{}'"}  # fmt: skip
        words = ", ".join(name if name in key.split(", ") else other.get(name, name) for name in columns)
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} are only ever added"):
            connection.execute(COPY.format(how="OR REPLACE", table=table, columns=words, where=where))
        with pytest.raises(sqlite3.IntegrityError, match=f"{table} are only ever added"):
            connection.execute(f"UPDATE OR REPLACE {table} SET {key.split(', ')[0]} = 1 WHERE {where}")
    with Store(file, PATHWAY, create=False) as store:
        after = verify_log(store)
    assert after.damage == () and after.checkpoint == before.checkpoint


def test_a_session_that_calls_itself_a_replica_is_refused_too(emptied):
    with Store(emptied, PATHWAY) as store:
        filled(store)
        for act in ("DELETE FROM {}", "UPDATE {} SET {} = 'x'", "TRUNCATE {}"):
            for table, column in (("entries", "hash"), ("heads", "hash"), ("pathways", "version")):
                attack = attacks.plainly("SET LOCAL session_replication_role = replica", act.format(table, column))
                with pytest.raises(Unavailable):
                    attack(store)
        assert verify_log(store).damage == ()


def test_a_role_that_may_neither_change_nor_remove_records_and_can_do_no_harm(emptied):
    role = f"ward_{os.getpid()}"
    with Store(emptied, PATHWAY) as store:
        filled(store)
        attacks.plainly(*statements(role))(store)
        try:
            url = make_url(emptied).set(username=role).render_as_string(hide_password=False)
            with Store(url, PATHWAY, create=False) as theirs:
                tell(opened(theirs, "C3"), INDEX_COUNT)
                theirs.case("C2").record(CALL, at=at(120), by="ward", now=NOW)
                assert worklist(theirs, at=NOW).open_cases == 3 and verify_log(theirs).damage == ()
                for words in (
                    "UPDATE entries SET hash = 'x'", "DELETE FROM entries", "TRUNCATE entries", "DELETE FROM heads",
                    "UPDATE heads SET hash = 'x'", "UPDATE pathways SET version = 'x'", "DELETE FROM pathways",
                    "ALTER TABLE entries DISABLE TRIGGER entries_only_added", "DROP TABLE heads",
                    "SET session_replication_role = replica", "DROP FUNCTION refuse_entries() CASCADE",
                    "CREATE OR REPLACE FUNCTION head_of_entry() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN END'",
                ):  # fmt: skip
                    with pytest.raises(Unavailable, match="this user may not do that"):
                        attacks.plainly(words)(theirs)
            assert verify_log(store).damage == ()
        finally:
            attacks.plainly(f"DROP OWNED BY {role}", f"DROP ROLE {role}")(store)
