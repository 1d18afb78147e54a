"""Heads are kept from the first entry on, a store of before is taken over, and an audit sees one moment."""

from __future__ import annotations

import gzip
import os
import threading
import time
from pathlib import Path

import pytest
from sqlalchemy import make_url

from pathway import PATHWAY
from pathway.model.errors import BadInput, Unavailable
from pathway.store.audit import verify_log
from pathway.store.checkpoint import checkpoint_from
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import CALL, INDEX_COUNT, at
from tests.store.attacks import as_of_before, launder, plainly
from tests.store.children import NOW, opened, tamper, tell
from tests.store.role import statements
from tests.store.test_audit import FULL, filled

RUNS, AHEAD = 400 if FULL else 40, 1
"""So many audits are made; each writer opens a case in the time of one."""


def heads(store) -> list[tuple]:
    """Number, the one it follows, case and number of the entry, of each head."""
    with store.database.reading() as connection:
        asked = "SELECT number, follows, case_id, sequence FROM heads ORDER BY number"
        return [tuple(row) for row in connection.exec_driver_sql(asked)]


# --- keeping ----------------------------------------------------------------------------------------------------------


def test_each_entry_has_a_head_whichever_way_it_was_written(store, tmp_path):
    filled(store)
    with Store(tmp_path / "other.db", PATHWAY) as other:
        tell(opened(other, "C3"), INDEX_COUNT)
        lines = list(export(other))
    take(store, lines, now=NOW)
    found = heads(store)
    assert [one[:2] for one in found] == [(number, number - 1) for number in range(1, 13)]
    assert found[0][2:] == ("", -1)
    assert sorted(one[2:] for one in found[1:]) == sorted((one.case_id, one.sequence) for one in store.entries())


def test_an_entry_that_was_not_written_has_no_head(store, url):
    filled(store)
    before = heads(store)
    with Store(url, PATHWAY, create=False) as other:
        mine, theirs = store.case("C2"), other.case("C2")
        theirs.record(CALL, at=at(100), by="ward", now=NOW)
        with pytest.raises(Unavailable, match="somebody else recorded an entry meanwhile"):
            mine.record(CALL, at=at(101), by="ward", now=NOW)
    again = store.case("C1").record(INDEX_COUNT, at=at(), by="laboratory", now=NOW, source="lis", key="m1")
    assert again.already and len(heads(store)) == len(before) + 1 and verify_log(store).damage == ()


# --- stores of before -------------------------------------------------------------------------------------------------


@pytest.fixture
def before(url) -> str:
    """A store that was written before there were heads."""
    with Store(url, PATHWAY) as store:
        filled(store)
        as_of_before(store)
    return url


def test_a_store_of_before_is_audited_as_before_and_reading_changes_nothing(before):
    for _ in range(2):
        with Store(before, PATHWAY, create=False) as store:
            found = verify_log(store)
            assert found.damage == () and found.checkpoint is None


@pytest.mark.parametrize("way", ["record", "open", "import"])
def test_a_store_of_before_is_taken_over_when_an_entry_is_recorded(before, way, tmp_path):
    with Store(before, PATHWAY, create=False) as store:
        match way:
            case "record":
                store.case("C2").record(CALL, at=at(100), by="ward", now=NOW)
            case "open":
                opened(store, "C3")
            case "import":
                with Store(tmp_path / "other.db", PATHWAY) as other:
                    opened(other, "C3")
                    lines = list(export(other))
                take(store, lines, now=NOW)
        assert [one[2:] for one in heads(store)[:3]] == [("", -1), ("C1", 5), ("C2", 2)]
        assert len(heads(store)) == 4 and verify_log(store).damage == ()
        last = store.case("C2").sequence
        launder(store)
        assert any(f"entry {last} was recorded, and another" in one.words for one in verify_log(store).damage)


def test_a_store_that_version_0_1_0_wrote_is_taken_over(tmp_path):
    file = tmp_path / "cases.db"
    file.write_bytes(gzip.decompress((Path(__file__).parent / "before" / "cases.db.gz").read_bytes()))
    with Store(file, PATHWAY, create=False) as store:
        assert verify_log(store).checkpoint is None
        opened(store, "C9")
        found = verify_log(store)
        assert found.damage == () and found.checkpoint.heads == 6


def test_of_several_who_take_over_at_once_one_does_and_all_record(before):
    done: list[object] = []

    def write(number: int) -> None:
        try:
            with Store(before, PATHWAY, create=False, wait=30) as store:
                opened(store, f"more {number}")
            done.append(number)
        except (BadInput, Unavailable) as fault:
            done.append(fault)

    threads = [threading.Thread(target=write, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(done, key=str) == list(range(6))
    with Store(before, PATHWAY, create=False) as store:
        assert len(heads(store)) == 1 + 2 + 6 and verify_log(store).damage == ()


def test_a_role_that_may_not_make_tables_records_in_a_store_of_before_and_leaves_the_taking_over_to_others(emptied):
    role = f"ward_{os.getpid()}"
    with Store(emptied, PATHWAY) as store:
        filled(store)
        as_of_before(store)
        plainly(*(one.replace(", heads", "") for one in statements(role)))(store)  # there is no such table yet
        try:
            url = make_url(emptied).set(username=role).render_as_string(hide_password=False)
            with Store(url, PATHWAY, create=False) as theirs:
                theirs.case("C2").record(CALL, at=at(100), by="ward", now=NOW)
                assert verify_log(theirs).checkpoint is None
        finally:
            plainly(f"DROP OWNED BY {role}", f"DROP ROLE {role}")(store)
    with Store(emptied, PATHWAY) as store:
        opened(store, "C3")
        assert len(heads(store)) == 4 and verify_log(store).damage == ()


# --- one moment -------------------------------------------------------------------------------------------------------


def test_an_audit_sees_one_moment_whatever_is_written_between_its_questions(store, url):
    filled(store)
    store.case("C2").record(CALL, at=at(150), by="ward", now=NOW)  # not counted in: the audit looks at its row again
    with Store(url, PATHWAY, create=False) as other:
        case, ask = other.case("C2"), store.raw_log

        def meanwhile(*args):
            found = ask(*args)
            case.record(CALL, at=at(200), by="ward", now=NOW)
            other.projection.catch_up()
            return found

        store.raw_log = meanwhile
        found = verify_log(store)
        assert case.sequence > 3
    assert found.damage == () and found.entries == 10


def test_an_audit_beside_writers_finds_no_damage(url, figure):
    with Store(url, PATHWAY) as store:
        filled(store)
        checkpoints = [verify_log(store).checkpoint]
        going, wrote, runs = threading.Event(), [0, 0, 0], 0

        def write(place: int) -> None:
            with Store(url, PATHWAY, create=False, wait=30) as mine:
                while not going.is_set():
                    case = opened(mine, f"{place} {wrote[place]}")
                    case.record(INDEX_COUNT, at=at(1), by="ward", now=NOW)
                    mine.projection.catch_up()
                    wrote[place] += 1
                    # A log that grows as fast as it can would make the last audits take a thousand times the first.
                    while wrote[place] > AHEAD * (runs + 1) and not going.is_set():
                        time.sleep(0.002)

        threads = [threading.Thread(target=write, args=(place,)) for place in range(len(wrote))]
        for thread in threads:
            thread.start()
        try:
            began = time.monotonic()
            while runs < RUNS and (FULL or time.monotonic() - began < 20):
                found = verify_log(store, since=checkpoints[-1])
                assert found.damage == ()
                checkpoints.append(found.checkpoint)
                runs += 1
        finally:
            going.set()
            for thread in threads:
                thread.join()
        for kept in checkpoints[:: max(1, len(checkpoints) // 5)]:
            assert verify_log(store, since=kept).damage == ()
        figure(f"{runs} audits beside {len(wrote)} writers of {2 * sum(wrote)} entries, no false damage")
        assert min(wrote) > 0 and runs >= 5


# --- checkpoints ------------------------------------------------------------------------------------------------------


def test_a_checkpoint_that_was_read_again_is_the_same(store):
    filled(store)
    kept = verify_log(store).checkpoint
    assert checkpoint_from(kept.text()) == kept and (kept.cases, kept.entries, kept.heads) == (2, 9, 10)


def test_what_was_under_way_at_a_checkpoint_and_came_later_does_not_break_it(emptied):
    with Store(emptied, PATHWAY) as store, Store(emptied, PATHWAY) as slow:
        filled(store)
        line = opened(store, "C3").last
        entry = line._replace(case_id="C4")
        with slow.database.writing() as connection:
            slow.add(connection, [entry])  # has its number, and is not committed
            opened(store, "C5")
            kept = verify_log(store).checkpoint
            assert kept.without == ((12, 12),)
        tamper(store, "DELETE FROM cases WHERE case_id = 'C4'")
        assert 12 in [one[0] for one in heads(store)]
        found = [one.words for one in verify_log(store, since=kept).damage if one.case_id != "C4"]
    assert found == []
