"""What is recorded is kept, once, in order, whoever records it; the same in a file and on a server."""

from __future__ import annotations

import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, BadInput, Override
from pathway.model.errors import Unavailable
from pathway.scenarios.replay import replay_file, scenario_files
from pathway.store.store import Store
from pathway.store.stored_case import Conflict
from tests.children import BLASTS, CALL, INDEX_COUNT, NINE, NORMAL_COUNT, at, fever
from tests.store.children import NOW, opened, tamper, tell, tell_log
from tests.strategies import stories

STORIES = Path(__file__).parents[2] / "scenarios"
SCENARIOS = [*scenario_files([STORIES])[::14], *(STORIES / "corrections").glob("*.toml")]


# --- kept -----------------------------------------------------------------------------------------------------------


def test_a_case_read_back_is_the_case_that_was_recorded(store):
    case = opened(store, zone="Europe/Berlin")
    tell(case, INDEX_COUNT, CALL, BLASTS)
    again = store.case("C1")
    assert again.case == case.case and again.case.state == "confirmed_all"
    assert again.case.plan(at=NOW) == case.case.plan(at=NOW)


def test_every_story_told_in_a_store_ends_where_it_ends_outside(store):
    for number, file in enumerate(SCENARIOS):
        outside = replay_file(file, PATHWAY).case
        late = max((one.at for one in outside.log), default=NINE)
        inside = opened(store, f"{number}", born=outside.born, zone=outside.timezone, now=late)
        tell_log(inside, outside, late)
        found = store.case(f"{number}").case
        assert (found.state, found.episode, found.advice) == (outside.state, outside.episode, outside.advice), file
        assert len(found.pending) == len(outside.pending) and len(found.deviations) == len(outside.deviations), file


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=stories())
def test_in_whatever_order_things_are_recorded_the_log_read_back_makes_the_same_case(tmp_path_factory, story):
    file = tmp_path_factory.getbasetemp() / "stories.db"
    with Store(str(file), PATHWAY) as store:
        case = opened(store, f"{store.count()[0]}", now=at(days=40))
        for moment, event in story:
            case.record(event, at=moment, by="ward", now=at(days=40))
        assert store.case(case.id).case == case.case


def test_an_entry_says_when_it_happened_when_it_was_recorded_by_whom_from_where_and_under_which_pathway(store):
    case = opened(store)
    entry = case.record(INDEX_COUNT, at=at(5), by="Dr L", now=at(90), source="laboratory", key="m1").entry
    assert (entry.case_id, entry.sequence, entry.kind, entry.event) == ("C1", 1, "event", "blood_count_reported")
    assert (entry.happened_at, entry.recorded_at) == ("2026-01-22T09:05:00.000000Z", "2026-01-22T10:30:00.000000Z")
    assert (entry.recorded_by, entry.source, entry.source_key) == ("Dr L", "laboratory", "m1")
    assert (entry.pathway_version, entry.pathway_digest) == (PATHWAY.version, PATHWAY.digest)
    assert store.log_of("C1")[1] == entry and entry.previous_hash == store.log_of("C1")[0].hash


def test_a_store_that_is_closed_and_opened_holds_what_it_held(url):
    with Store(url, PATHWAY) as store:
        tell(opened(store), INDEX_COUNT)
    with Store(url, PATHWAY, create=False) as store:
        assert store.case("C1").case.state == "referral"


def test_names_of_any_script_are_names_and_come_in_the_same_order_everywhere(store):
    names = ["a", "B", "Z", "c", "ä", "Ö", "ж", "中", "a b", "a-b", "Zz", "0"]
    for name in names:
        opened(store, name)
    assert [one.case_id for one in store.entries()] == sorted(names)


def test_the_database_itself_refuses_to_change_or_remove_an_entry(store):
    tell(opened(store), INDEX_COUNT)
    for statement in ("UPDATE entries SET recorded_by = 'x'", "DELETE FROM entries", "DELETE FROM pathways"):
        with pytest.raises(Unavailable, match="nothing was recorded"), store.database.writing() as connection:
            connection.exec_driver_sql(statement)
    assert len(store.log_of("C1")) == 2


# --- once -----------------------------------------------------------------------------------------------------------


def test_the_same_laboratory_message_twice_is_one_entry(store):
    case = opened(store)
    first = case.record(INDEX_COUNT, at=at(), by="laboratory", now=at(1), source="lis", key="m1")
    again = case.record(INDEX_COUNT, at=at(), by="laboratory", now=at(9), source="lis", key="m1")
    other = store.case("C1").record(INDEX_COUNT, at=at(), by="somebody", now=at(9), source="lis", key="m1")
    assert (first.already, again.already, other.already) == (False, True, True)
    assert first.entry == again.entry == other.entry and len(store.log_of("C1")) == 2
    assert case.case == store.case("C1").case


def test_the_same_correction_twice_is_one_although_the_second_alone_would_be_wrong(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    for _ in range(2):
        done = case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60), source="lis", key="m2")
    assert done.already and len(store.log_of("C1")) == 3


def test_a_key_stands_for_one_message_another_one_under_it_is_refused(store):
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="lab", now=at(1), source="lis", key="m1")
    for wrong in (NORMAL_COUNT, CALL):
        with pytest.raises(BadInput, match="key: 'm1' of this source is taken by another entry, 1 of this case"):
            case.record(wrong, at=at(), by="lab", now=at(2), source="lis", key="m1")
    with pytest.raises(BadInput, match=r"taken by another entry$"):
        opened(store, "C2").record(INDEX_COUNT, at=at(), by="lab", now=at(2), source="lis", key="m1")
    assert store.count()[1] == 3


def test_the_same_key_of_another_source_is_another_message(store):
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="lab", now=at(1), source="one", key="m1")
    assert not case.record(CALL, at=at(1), by="lab", now=at(1), source="other", key="m1").already


def test_a_case_is_opened_once_and_the_same_opening_by_its_key_is_the_same(store):
    first = store.open_case("C1", born=date(2024, 12, 22), by="ward", now=NINE, source="his", key="p1")
    assert store.open_case("C1", born=date(2024, 12, 22), by="ward", now=NOW, source="his", key="p1").last == first.last
    with pytest.raises(BadInput, match="case C1: it is open already"):
        opened(store)
    with pytest.raises(BadInput, match="key: 'p1' of this source is taken"):
        store.open_case("C2", born=date(2024, 12, 22), by="ward", now=NOW, source="his", key="p1")


# --- two writers ----------------------------------------------------------------------------------------------------


def test_of_two_writers_on_one_case_one_wins_and_the_other_is_told_and_can_retry(store):
    one, other = opened(store), store.case("C1")
    one.record(INDEX_COUNT, at=at(), by="ward", now=at(1))
    with pytest.raises(Conflict, match="somebody else recorded an entry meanwhile; nothing was recorded"):
        other.record(CALL, at=at(5), by="Dr H", now=at(6))
    assert other.record(CALL, at=at(5), by="Dr H", now=at(6)).step.state == "specialist_workup"
    assert [entry.event for entry in store.log_of("C1")] == ["", "blood_count_reported", "haematology_consulted"]


def test_writers_in_threads_lose_nothing_and_double_nothing(store):
    opened(store)
    told: list[int] = []

    def write(number: int) -> None:
        case = store.case("C1")
        for turn in range(6):
            while True:
                try:
                    done = case.record(
                        fever("37.0"), at=at(number * 10 + turn), by=f"writer {number}", now=NOW, source=f"{number}",
                        key=f"{turn}",
                    )  # fmt: skip
                except Conflict:
                    continue
                told.append(done.entry.sequence)
                break
        store.database.give_back()

    threads = [threading.Thread(target=write, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    log = store.log_of("C1")
    assert sorted(told) == list(range(1, 25)) and len(log) == 25
    assert len({(one.source, one.source_key) for one in log[1:]}) == 24


# --- bad input ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "said"),
    [
        (lambda c: c.record(CALL, at=NOW, by="x", now=NINE), "later than now"),
        (lambda c: c.record(CALL, at=NINE, by=" ", now=NOW), "by: it is empty; a name is wanted"),
        (lambda c: c.record(CALL, at=NINE, by="two\nlines", now=NOW), "by: one line of words"),
        (lambda c: c.record(CALL, at=NINE, by="x", now=NOW, key="k" * 201), "key: one line of words"),
        (lambda c: c.record(CALL, at=NINE, by="x", now=NOW, source="\0"), "source: one line of words"),
        (lambda c: c.record(CALL, at=NINE, by="x", now=NOW.replace(tzinfo=None)), "has no time zone"),
        (lambda c: c.correct("e9", CALL, at=NOW, by="x", now=NOW), "there is no entry 'e9'"),
        (lambda c: c.correct("e1", CALL, at=NOW, by="x", now=NOW), "e1 is a blood_count_reported"),
        (lambda c: c.withdraw("e0", at=NOW, by="x", now=NOW), "there is no entry 'e0'"),
        (lambda c: c.acknowledge("e1", at=NOW, by="x", now=NOW), "e1 does not wait for acknowledgement"),
        (lambda c: c.propose("no_order", at=NOW, now=NOW), "unknown order 'no_order'"),
    ],
)
def test_what_is_wrong_is_told_in_a_line_and_nothing_is_recorded(store, act, said):
    case = opened(store)
    tell(case, INDEX_COUNT)
    before = store.log_of("C1")
    with pytest.raises(BadInput, match=said):
        act(case)
    assert store.log_of("C1") == before and case.case == store.case("C1").case


def test_what_is_written_within_a_reading_would_not_be_kept_and_is_refused(store):
    case = opened(store)
    with store.database.reading(), pytest.raises(RuntimeError, match="a transaction is open on this thread"):
        case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
    assert store.case("C1").sequence == 0 and case.case.log == ()


def test_a_key_of_the_entry_that_is_corrected_is_told_as_taken(store):
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="lab", now=NOW, source="lis", key="m1")
    with pytest.raises(BadInput, match="key: 'm1' of this source is taken by another entry, 1 of this case"):
        case.correct("e1", NORMAL_COUNT, at=at(60), by="lab", now=NOW, source="lis", key="m1")
    with pytest.raises(BadInput, match="an override is an Override"):
        case.propose("order_bone_marrow", at=at(), now=NOW, override="tonight")


@pytest.mark.parametrize("name", ["", " ", " C1", "C1 ", "a\nb", "a\0", "x" * 101, None, 3])
def test_a_name_that_names_no_case_is_refused(store, name):
    with pytest.raises(BadInput, match="case: "):
        store.open_case(name, born=date(2024, 12, 22), by="ward", now=NINE)
    assert store.count() == (0, 0)


def test_a_child_is_not_born_after_its_case_is_opened(store):
    with pytest.raises(BadInput, match="born: 2027-01-01 is after now"):
        store.open_case("C1", born=date(2027, 1, 1), by="ward", now=NINE)


def test_a_case_that_is_not_there_is_not_there(store):
    with pytest.raises(BadInput, match="there is no case 'C9' in "):
        store.case("C9")


# --- orders ---------------------------------------------------------------------------------------------------------


def test_asking_records_nothing_and_an_override_is_kept_with_name_and_reason(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    assert case.propose("order_bone_marrow", at=at(60), now=NOW).verdict == "refused"
    assert len(store.log_of("C1")) == 2
    case.propose("order_bone_marrow", at=at(60), override=Override("Dr H", "transport tonight"), now=NOW)
    entry = store.log_of("C1")[2]
    assert (entry.kind, entry.event, entry.recorded_by) == ("override", "order_bone_marrow", "Dr H")
    assert entry.data["reason"] == "transport tonight" and store.case("C1").case == case.case


# --- the clock ------------------------------------------------------------------------------------------------------


def test_a_clock_that_was_ahead_hides_nothing_that_was_recorded_after_it(store):
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="ward", now=at(days=365))
    case.record(CALL, at=at(5), by="Dr H", now=at(30))
    assert [one.recorded_at[:10] for one in store.log_of("C1")] == ["2026-01-22", "2027-01-22", "2026-01-22"]
    assert store.as_known_at("C1", at(20)).log == ()
    assert [one.id for one in store.as_known_at("C1", at(40)).log] == ["e1", "e2"]


# --- no store -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("", "name a file, or a URL"),
        ("mysql://x/y", "neither a file nor postgresql://"),
        ("no/such/folder/cases.db", "lies in a folder that does not exist; make it first"),
        (".", "is a folder; name a file"),
        (":memory:", "outlives nothing; name a file"),
        ("sqlite://", "name the file alone, without options"),
        ("sqlite:///x.db?mode=ro", "name the file alone, without options"),
        ("postgresql://host:port/cases", "this is no URL"),
    ],
)
def test_what_is_no_store_is_told_in_a_line(url, said):
    with pytest.raises(BadInput, match=said):
        Store(url, PATHWAY)


def test_reading_makes_no_store(tmp_path):
    with pytest.raises(BadInput, match=r"there is no .*cases.db; 'pathway case open' makes one"):
        Store(str(tmp_path / "cases.db"), PATHWAY, create=False)
    assert not list(tmp_path.iterdir())


def test_a_file_that_is_something_else_is_left_as_it_is(tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("Dear colleague, " * 100)
    with pytest.raises(BadInput, match=r"letter.txt: the file is no database; nothing was opened"):
        Store(str(file), PATHWAY)
    assert file.read_text() == "Dear colleague, " * 100


def test_a_server_that_is_not_there_is_told_without_its_password():
    with pytest.raises(Unavailable) as told:
        Store("postgresql://ward:secret@127.0.0.1:1/cases", PATHWAY, wait=1)
    assert "nothing was opened" in str(told.value) and "secret" not in str(told.value)
    with pytest.raises(Unavailable) as told:
        Store("postgresql://127.0.0.1:1/cases?user=ward&password=secret", PATHWAY, wait=1)
    assert "postgresql://127.0.0.1:1/cases: " in str(told.value) and "secret" not in str(told.value)


def test_a_store_of_another_format_is_refused(store, url):
    tamper(store, "UPDATE marks SET value = '99' WHERE name = 'format'")
    with pytest.raises(BadInput, match="is of format 99, this program reads format 1"):
        Store(url, PATHWAY)
