"""A role that may add to the log and not change it, as the README of the store has it."""

from __future__ import annotations

import psycopg
import pytest
from attrs import evolve
from sqlalchemy import make_url

from pathway import PATHWAY
from pathway.store.audit import verify_log
from pathway.store.migration import migrate
from pathway.store.store import Store
from pathway.store.transfer import export, take
from pathway.store.worklist import worklist
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT, at
from tests.store.children import NOW, opened, tell
from tests.store.conftest import _execute
from tests.store.proxy import Proxy
from tests.store.role import ROLE, statements


@pytest.fixture
def written_by_role(emptied):
    """The URL for the role, in a store that its owner has made."""
    with Store(emptied, PATHWAY) as store:
        tell(opened(store, "C1"), INDEX_COUNT)
    drop(emptied)
    _execute(emptied, *statements())
    yield make_url(emptied).set(username=ROLE).render_as_string(hide_password=False)
    drop(emptied)


def drop(url: str) -> None:
    dropped = f"DROP OWNED BY {ROLE}; DROP ROLE {ROLE};"
    _execute(url, f"DO $$ BEGIN IF to_regrole('{ROLE}') IS NOT NULL THEN {dropped} END IF; END $$")


def test_the_role_does_all_that_a_ward_does(written_by_role, tmp_path):
    with Store(tmp_path / "from.db", PATHWAY) as there:
        tell(opened(there, "C7"), INDEX_COUNT)
        lines = list(export(there))
    with Store(written_by_role, PATHWAY) as store:
        case = opened(store, "C2")
        tell(case, INDEX_COUNT, CALL)
        case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
        case.acknowledge("e1", at=at(61), by="Dr H", now=at(61))
        case.withdraw("e2", at=at(62), by="ward", now=at(62))
        migrate(store, case, evolve(PATHWAY, version="0.9.9"), by="Dr M", now=NOW, acknowledge_another_way=True)
        assert take(store, lines, now=NOW, key="k").new == 2 and take(store, lines, now=NOW, key="k").already
        assert worklist(store, at=NOW).open_cases == 2 and store.rebuild() == 3
        assert verify_log(store).damage == ()
    with Store(written_by_role, PATHWAY, create=False) as store:
        assert store.case("C2").sequence == 6 and len(list(export(store))) > 8


def test_a_commit_of_the_role_that_was_cut_is_looked_up_too(written_by_role):
    proxy = Proxy(written_by_role)
    with Store(proxy.url, PATHWAY, create=False, wait=1.5) as store:
        case = store.case("C1")
        proxy.cut_at(b"INSERT INTO entries", "left")
        with pytest.raises(Exception, match="nothing was recorded"):
            case.record(CALL, at=at(60), by="ward", now=NOW)
        proxy.cut_at(b"INSERT INTO entries", "after")
        assert case.record(CALL, at=at(60), by="ward", now=NOW).entry.sequence == 2
    proxy.close()


@pytest.mark.parametrize("statement", [
    "UPDATE entries SET recorded_by = 'x'", "DELETE FROM entries", "TRUNCATE entries", "DROP TABLE entries",
    "UPDATE pathways SET version = 'x'", "DELETE FROM pathways", "TRUNCATE pathways",
    "ALTER TABLE entries DISABLE TRIGGER ALL", "ALTER TABLE pathways DISABLE TRIGGER ALL",
    "DROP TRIGGER entries_only_added ON entries", "DROP FUNCTION refuse_entries CASCADE",
    "CREATE OR REPLACE FUNCTION refuse_entries() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NEW; END $$",
    "SET session_replication_role = replica", "CREATE TABLE more (x int)", "SELECT setval('entries_position_seq', 1)",
    "INSERT INTO entries SELECT * FROM entries ON CONFLICT (case_id, sequence) DO UPDATE SET recorded_by = 'x'",
])  # fmt: skip
def test_the_role_may_change_nothing_that_is_recorded(written_by_role, statement):
    with psycopg.connect(written_by_role) as connection, pytest.raises(psycopg.errors.InsufficientPrivilege):
        connection.execute(statement)
