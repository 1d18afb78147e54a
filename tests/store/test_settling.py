"""Counting in is shared: a writer does its own cases and a few of others, readers do not do the same work twice."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from pathway import PATHWAY
from pathway.store import projection, settling
from pathway.store.schema import CASES
from pathway.store.store import Store
from pathway.store.worklist import worklist
from tests.children import CALL, INDEX_COUNT
from tests.store.children import NOW, opened, tell

LEFT = 30


@pytest.fixture
def left_behind(url):
    """A store with thirty cases of somebody who was killed before they were counted in, and one that was."""
    with Store(url, PATHWAY) as one:
        opened(one, "mine")
        worklist(one, at=NOW)
    other = Store(url, PATHWAY)
    for number in range(LEFT):
        tell(opened(other, f"{number:02}"), INDEX_COUNT)
    other.database.close()
    return url


def counted_in(url):
    """The names of the cases that have rows, and of those that a reader would still count in."""
    one = Store(url, PATHWAY)
    with one.database.reading() as connection:
        names = set(connection.execute(select(CASES.c.case_id)).scalars())
    stale = set(one.projection.stale())
    missing = set(one.names()) - names
    one.database.close()
    assert missing <= stale, "nobody is lost: what has no row lies behind the mark"
    return names, stale


def test_no_writer_pays_for_the_thirty_cases_of_another(left_behind):
    with Store(left_behind, PATHWAY) as store:
        tell(store.case("mine"), CALL)
    names, stale = counted_in(left_behind)
    assert "mine" in names and "mine" not in stale
    assert len(names) == 1 + settling.OTHERS and len(stale) == LEFT - settling.OTHERS


def test_the_little_that_each_writer_does_for_others_adds_up(left_behind):
    counts = []
    for _ in range(LEFT // settling.OTHERS + 1):
        with Store(left_behind, PATHWAY) as store:
            tell(store.case("mine"), CALL)
        counts.append(len(counted_in(left_behind)[1]))
    assert counts == [25, 20, 15, 10, 5, 0, 0]
    with Store(left_behind, PATHWAY) as store:
        assert store.row("mine")["sequence"] == store.case("mine").sequence


def test_a_worklist_has_all_of_them_whatever_the_writers_left(left_behind):
    with Store(left_behind, PATHWAY) as store:
        tell(store.case("mine"), CALL)
    with Store(left_behind, PATHWAY) as store:
        assert worklist(store, at=NOW, limit=100).open_cases == LEFT + 1


def test_who_only_reads_a_case_writes_nothing_when_leaving(left_behind):
    with Store(left_behind, PATHWAY) as store:
        assert store.case("00").sequence == 1
    assert counted_in(left_behind)[0] == {"mine"}


def test_a_writer_who_has_no_time_leaves_everything_to_the_next_reader(left_behind, monkeypatch):
    monkeypatch.setattr(settling, "SECONDS", -1.0)
    with Store(left_behind, PATHWAY) as store:
        tell(store.case("mine"), CALL)
    names, stale = counted_in(left_behind)
    assert names == {"mine"} and len(stale) == LEFT + 1


def test_what_was_not_written_after_all_gets_no_row(left_behind):
    with Store(left_behind, PATHWAY) as store:
        store.written.add("never opened")
        tell(store.case("mine"), CALL)
    assert "never opened" not in counted_in(left_behind)[0]


def test_two_readers_at_once_do_not_do_the_same_work(left_behind, monkeypatch):
    monkeypatch.setattr(projection, "_AT_ONCE", 5)
    with Store(left_behind, PATHWAY) as one, Store(left_behind, PATHWAY) as other:
        folded = []
        rows = one.projection.rows
        monkeypatch.setattr(one.projection, "rows", lambda cases: folded.extend(cases) or rows(cases))
        told = []

        def meanwhile(*done):
            if not told:
                other.projection.catch_up()
            told.append(done)

        assert one.projection.catch_up(meanwhile) == LEFT
        assert len(folded) == 5 and told[-1] == (LEFT, LEFT)
        assert counted_in(left_behind)[1] == set()


def test_the_cases_that_cannot_be_folded_are_found_by_an_index(tmp_path):
    with Store(tmp_path / "cases.db", PATHWAY) as store, store.database.reading() as connection:
        asked = projection._CANNOT_BE_FOLDED.compile(connection, compile_kwargs={"literal_binds": True})
        plan = " ".join(row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked}"))
    assert "SEARCH cases USING" in plan and "cases_by_urgency (open=? AND urgency=? AND pressing_from=?)" in plan
