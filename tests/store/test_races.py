"""Several at once, on the same store: whoever is slower is told so or waits, and no child is lost from the worklist."""

from __future__ import annotations

import os
import threading
from itertools import count
from pathlib import Path

import pytest
from attrs import evolve
from sqlalchemy import text

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.projection import Projection
from pathway.store.schema import CASES, MARKS
from pathway.store.store import Store
from pathway.store.transfer import export, take
from pathway.store.worklist import worklist
from tests.children import INDEX_COUNT, NINE, at
from tests.store.children import NOW, opened, tamper, tell


def at_once(works):
    """Do several things at the same moment, each in a thread of its own; what each gave or raised."""
    barrier, found = threading.Barrier(len(works)), [None] * len(works)

    def run(number: int) -> None:
        barrier.wait()
        try:
            found[number] = works[number]()
        except Exception as fault:  # noqa: BLE001  # whatever it is, the test looks at it
            found[number] = fault

    threads = [threading.Thread(target=run, args=(number,)) for number in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return found


def test_different_cases_opened_at_once_under_a_version_that_is_new_here_are_all_opened(url):
    new = evolve(PATHWAY, version="0.9.0")
    Store(url, PATHWAY).close()
    stores = [Store(url, new, wait=30) for _ in range(5)]
    found = at_once([lambda number=number: opened(stores[number], f"C{number}").id for number in range(5)])
    assert found == [f"C{number}" for number in range(5)]
    for one in stores:
        one.database.close()


def test_the_first_worklists_of_a_store_can_be_asked_for_at_once(url):
    with Store(url, PATHWAY) as store:
        for number in range(8):
            tell(opened(store, f"{number}"), INDEX_COUNT)
        store.database.close()
    stores = [Store(url, PATHWAY, wait=30) for _ in range(4)]
    found = at_once([lambda one=one: worklist(one, at=NOW).open_cases for one in stores])
    assert found == [8, 8, 8, 8]
    for one in stores:
        one.database.close()


def test_the_same_file_imported_twice_at_once_is_imported_once(url, tmp_path):
    with Store(tmp_path / "from.db", PATHWAY) as other:
        tell(opened(other), INDEX_COUNT)
        lines = list(export(other))
    Store(url, PATHWAY).close()
    stores = [Store(url, PATHWAY, wait=30) for _ in range(3)]
    found = at_once([lambda one=one: take(one, lines, now=NOW).new for one in stores])
    assert sorted(one for one in found if isinstance(one, int))[-1] == 2
    assert all(isinstance(one, int | Unavailable) for one in found), found
    for one in stores:
        one.database.close()
    with Store(url, PATHWAY) as store:
        assert store.count()[1] == 2 and verify_log(store).damage == ()


def test_a_rebuild_that_is_broken_off_while_another_counts_in_loses_no_case(url, monkeypatch):
    with Store(url, PATHWAY) as store, Store(url, PATHWAY) as other:
        for number in range(6):
            tell(opened(store, f"{number}"), INDEX_COUNT)
        once = count()
        rows = Projection.rows

        def meanwhile(self, cases):
            if next(once) == 0:
                with other.database.writing() as connection:
                    connection.execute(CASES.delete())
                    connection.execute(MARKS.delete().where(MARKS.c.name == "projected"))
                other.projection.catch_up()
                with other.database.writing() as connection:
                    connection.execute(CASES.delete())
                    connection.execute(MARKS.delete().where(MARKS.c.name == "projected"))
                return rows(self, cases)[:3]
            return rows(self, cases)

        monkeypatch.setattr(Projection, "rows", meanwhile)
        store.projection.catch_up()
        tamper(store, "DELETE FROM marks WHERE name = 'projected'")
        assert worklist(store, at=NOW).open_cases == 6 and verify_log(store).damage == ()


def test_who_counts_in_moves_no_mark_that_somebody_else_has_removed(store, monkeypatch):
    tell(opened(store), INDEX_COUNT)
    store.projection.catch_up()
    tell(opened(store, "C2"), INDEX_COUNT)
    rows = Projection.rows

    def meanwhile(self, cases):
        with store.database.writing() as connection:
            connection.execute(MARKS.delete().where(MARKS.c.name == "projected"))
            connection.execute(CASES.delete())
        return rows(self, cases)

    monkeypatch.setattr(Projection, "rows", meanwhile)
    store.projection.catch_up()
    monkeypatch.setattr(Projection, "rows", rows)
    assert worklist(store, at=NOW).open_cases == 2


@pytest.mark.parametrize("mark", ["900000", "another 5", "file 99999999", "7649000000000000000 900000", "", "x y"])
def test_a_mark_of_another_database_as_after_a_restore_hides_no_case(store, mark):
    tell(opened(store, "old"), INDEX_COUNT)
    store.projection.catch_up()
    tamper(store, f"UPDATE marks SET value = '{mark}' WHERE name = 'projected'")
    tell(opened(store, "new"), INDEX_COUNT)
    assert worklist(store, at=NOW).open_cases == 2


def test_a_worklist_is_shown_while_somebody_else_writes_with_what_is_not_counted_in_yet(url):
    with Store(url, PATHWAY, wait=0.2) as store, Store(url, PATHWAY) as other:
        tell(opened(store, "C1"), INDEX_COUNT)
        store.projection.catch_up()
        tell(opened(store, "C2"), INDEX_COUNT)
        opened(store, "C3")
        before = worklist(store, at=NOW).to_json()
        tamper(store, "DELETE FROM cases WHERE case_id <> 'C1'", "DELETE FROM marks WHERE name = 'projected'")
        with other.database.writing() as connection:
            connection.execute(text("UPDATE cases SET urgency = urgency"))
            if not store.database.is_sqlite:
                connection.execute(text("LOCK TABLE cases IN EXCLUSIVE MODE"))
            assert worklist(store, at=NOW).to_json() == before
            assert [row.case_id for row in worklist(store, at=NOW, limit=2).rows] == ["C1", "C2"]
            assert worklist(store, at=NOW, state="referral").open_cases == 2


def test_many_threads_that_live_at_once_each_have_their_turn(store):
    cases = [opened(store, f"{number}") for number in range(16)]
    found = at_once([
        lambda case=case: case.record(INDEX_COUNT, at=NINE, by="ward", now=NOW).entry.sequence for case in cases
    ])  # fmt: skip
    assert found == [1] * 16


def test_a_fork_leaves_the_connection_of_its_parent_alone(store):
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:  # nothing of pytest may run here
        said = b"failed"
        try:
            found = at_once([lambda: store.case("C1").sequence, lambda: store.case("C1").sequence])
            said = str([store.case("C1").sequence, *found]).encode()
        finally:
            os.write(writer, said)
            os._exit(0)
    os.waitpid(child, 0)
    assert os.read(reader, 1000) == b"[1, 1, 1]"
    assert store.case("C1").sequence == 1
    assert case.record(INDEX_COUNT, at=at(9), by="ward", now=NOW).entry.sequence == 2
    os.close(reader)
    os.close(writer)


def test_the_servers_own_log_names_no_case(emptied):
    """A taken key that is an error stands in the server's log with its values; ours is none."""
    with Store(emptied, PATHWAY) as store:
        case, other = opened(store, "Anna Example"), store.case("Anna Example")
        case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
        with pytest.raises(Unavailable):
            other.record(INDEX_COUNT, at=at(1), by="ward", now=NOW)
        with store.database.reading() as connection:
            folder = connection.exec_driver_sql("SHOW data_directory").scalar()
    said = "".join(one.read_text(errors="replace") for one in Path(folder).glob("*log*") if one.is_file())
    assert "database system is ready" in said and "Anna Example" not in said
