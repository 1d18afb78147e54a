"""`pathway case`, as typed: what is recorded stays, and says by whom, when, and what rests on it."""

from __future__ import annotations

import builtins
import json
import os
import re
import sqlite3
import sys
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from unittest.mock import patch

import pytest

from pathway import PATHWAY
from pathway.cli.case import command
from pathway.store.store import Store
from tests.children import BORN, INDEX_COUNT, NINE, NORMAL_COUNT, at
from tests.cli.terminal import Output, pathway, section

LOW = ("blood_count_reported", "wbc=2.5", "anc=0.7", "alc=1.4")
MORNING = ("--at", "2026-01-22T09:00:00Z", "--by", "laboratory")
NOON = "2026-01-22T12:00:00Z"
NEXT_DAY = "2026-01-23T09:00:00Z"


class Shop:
    """A store of this test alone, and the command line that works on it."""

    def __init__(self, folder) -> None:
        self.folder, self.url = folder, str(folder / "cases.db")

    def __call__(self, *args: str, columns: int = 80) -> Output:
        return pathway("case", *args, "--store", self.url, columns=columns)

    def done(self, *args: str) -> Output:
        """What goes well."""
        done = self(*args)
        assert (done.code, done.err) == (0, ""), done.err
        return done

    def entries(self, name: str = "C1") -> list[dict]:
        return self.done("history", name, "--json").data["entries"]

    def open(self, name: str = "C1") -> None:
        self.done("open", name, "--born", BORN.isoformat(), "--timezone", "UTC", "--by", "ward")


@pytest.fixture
def shop(tmp_path) -> Shop:
    return Shop(tmp_path)


@pytest.fixture
def case(shop) -> Shop:
    """The source's patient, opened, with the index count."""
    shop.open()
    shop.done("record", "C1", *LOW, *MORNING)
    return shop


@pytest.fixture
def known(shop) -> Shop:
    """The patient in a store to which everything came as it happened: low counts, a marrow, then a correction."""
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, by="ward", now=at(-5))
        stored.record(INDEX_COUNT, at=at(), by="laboratory", now=at(10), source="LIS", key="m-1")
        marrow = PATHWAY.event("bone_marrow_performed")
        stored.record(marrow, at=at(60), by="Dr M", now=at(70), source="ward form")
        stored.correct("e1", NORMAL_COUNT, at=at(120), by="laboratory", now=at(130), source="LIS", key="m-2")
    return shop


def joined(text: str) -> str:
    return " ".join(text.split())


# --- opening and recording ----------------------------------------------------------------------------------------


def test_a_case_is_opened_once_and_says_where_it_is_kept(shop):
    done = shop.done("open", "C1", "--age", "13mo", "--timezone", "Europe/Berlin", "--by", "ward")
    assert "Case C1 is open." in done.out and "Europe/Berlin" in done.out
    again = shop("open", "C1", "--age", "13mo", "--by", "ward")
    assert again.code == 2 and again.faults == ["case C1: it is open already"]


def test_opening_wants_an_age_a_zone_and_a_name_and_tells_all_that_is_wrong_at_once(shop):
    done = shop("open", "C1", "--timezone", "Berlin")
    assert done.code == 2
    assert [fault.split(":")[0] for fault in done.faults] == ["timezone", "age", "by"]
    assert not (shop.folder / "cases.db").exists()


@pytest.mark.parametrize("words", [("record", "C1", "examined"), ("show", "C1"), ("list",), ("verify-log",)], ids=str)
def test_only_opening_and_import_make_a_store(shop, words):
    done = shop(*words)
    assert done.code == 2
    assert "there is no" in done.faults[0] and "'pathway case open' makes one" in done.faults[0]
    assert not (shop.folder / "cases.db").exists()


def test_the_same_opening_twice_by_one_key_is_one_case(shop):
    words = ("open", "C1", "--born", "2024-12-22", "--timezone", "UTC", "--by", "ward", "--key", "a")
    assert shop.done(*words, "--json").data["already"] is False
    assert shop.done(*words, "--json").data["already"] is True
    assert "nothing was recorded" in shop.done(*words).out
    assert len(shop.entries()) == 1


def test_a_bare_number_is_in_the_canonical_unit_and_another_unit_is_written_behind_it(shop):
    shop.open()
    shop.done("record", "C1", "blood_count_reported", "anc=700 /uL", "alc=1.4", *MORNING)
    assert shop.entries()[1]["with"] == {"anc": "700 /uL", "alc": "1.4 10*9/L"}


def test_recording_says_what_it_was_where_the_case_is_now_and_what_is_to_be_done(case):
    done = case.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    assert "Case C1: recorded as e2." in done.out
    assert "2026-01-22 12:00  Haematology/oncology consulted" in done.out
    assert "State: Same-day referral -> " in done.out
    assert "Done: Call paediatric haematology/oncology today" in done.out
    assert PATHWAY.banner[:40] in done.out


def test_what_is_recorded_is_told_to_a_program_with_its_place_in_the_log(case):
    data = case.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H", "--json").data
    assert (data["case"], data["entry"], data["number"], data["already"]) == ("C1", "e2", 2, False)
    assert data["completed"] == ["consult_same_day"] and data["came_from"] == "referral"
    assert data["hash"] == case.entries()[2]["hash"]
    assert data["banner"] == PATHWAY.banner


def test_the_same_laboratory_message_twice_is_one_entry(shop):
    shop.open()
    words = ("record", "C1", *LOW, *MORNING, "--source", "LIS", "--key", "m-1")
    shop.done(*words)
    again = shop.done(*words)
    assert "e1 was there already, by the same source and key; nothing was recorded" in joined(again.out)
    data = shop.done(*words, "--json").data
    assert (data["already"], data["number"], data["entry"]) == (True, 1, "e1")
    assert len(shop.entries()) == 2


def test_another_message_under_a_key_that_is_taken_is_refused(shop):
    shop.open()
    shop.done("record", "C1", *LOW, *MORNING, "--key", "m-1")
    done = shop("record", "C1", "blood_count_reported", "anc=3", *MORNING, "--key", "m-1")
    assert done.code == 2 and done.faults == ["key: 'm-1' of this source is taken by another entry, 1 of this case"]
    assert len(shop.entries()) == 2


CONSULTED = ("record", "C1", "haematology_consulted", "--by", "Dr H")


@pytest.mark.parametrize(
    "words",
    [
        ("record", "C1", *LOW, "--by", "laboratory"),
        ("correct", "C1", "e1", "anc=0.6", "--by", "laboratory"),
        ("withdraw", "C1", "e1", "--reason", "another child's", "--by", "laboratory"),
        ("acknowledge", "C1", "e2", "--by", "Dr H"),
        ("order", "C1", "order_bone_marrow", "--override", "--reason", "by telephone", "--by", "Dr M"),
    ],
    ids=lambda words: words[0],
)
def test_the_same_command_twice_by_one_key_and_no_moment_is_one_entry_also_later(case, words):
    if words[0] == "acknowledge":
        case.done("correct", "C1", "e1", "wbc=9", "anc=3", "alc=5", "--at", NOON, "--by", "laboratory")
    clock = datetime(2026, 1, 23, 9, tzinfo=UTC)
    for later, already in ((0, False), (1, True), (2, True)):
        now = clock + timedelta(hours=later)
        with patch("pathway.cli.moments.datetime", wraps=datetime, now=lambda zone, now=now: now.astimezone(zone)):
            done = case.done(*words, "--key", "m-1")
        assert ("there already, by the same source and key" in joined(done.out)) is already, done.out
    kept = [one for one in case.entries() if one["key"] == "m-1"]
    assert [one["happened_at"] for one in kept] == ["2026-01-23T09:00:00.000000Z"]


def test_a_key_of_another_case_is_taken_also_without_a_moment(case):
    case.open("C2")
    case.done(*CONSULTED, "--key", "m-1")
    done = case("record", "C2", *CONSULTED[2:], "--key", "m-1")
    assert done.code == 2 and "key: 'm-1' of this source is taken by another entry" in done.faults[0]
    done = case(*CONSULTED, "--key", "k" * 201)
    assert done.code == 2 and done.faults == ["key: one line of words is wanted, of at most 200 characters"]


def test_a_value_that_cannot_be_true_is_held_back_and_the_rest_counts(shop):
    shop.open()
    done = shop("record", "C1", "blood_count_reported", "wbc=2500", "anc=0.7", "alc=1.4", *MORNING)
    assert done.code == 1
    assert "! HELD BACK  wbc 2500 10*9/L is outside 0..2000" in done.out
    assert done.faults[0].startswith("blood_count_reported: wbc 2500 10*9/L is outside")
    assert "Same-day referral" in shop.done("show", "C1").out
    assert "held back: wbc" in joined(shop.done("history", "C1").out)


def test_all_that_is_wrong_with_an_event_is_told_at_once_and_nothing_is_recorded(shop):
    shop.open()
    done = shop("record", "C1", "blood_count_reported", "anc0.7", "ank=0.7", "alc=low", "hb=9", "hb=10", "--at", "noon")
    assert done.code == 2
    assert [fault.partition(";")[0] for fault in done.faults] == [
        "by: who records it? write --by NAME, or set PATHWAY_BY",
        "at: 'noon' is no date and time",
        "blood_count_reported: 'anc0.7' is not name=value",
        "blood_count_reported: unknown fact 'ank'",
        "blood_count_reported: hb is given twice",
        "blood_count_reported: alc: 'low' is not a number",
    ]
    assert len(shop.entries()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("record", "C1", "blood_count"), "unknown event 'blood_count'; nearest: blood_count_reported"),
        (("record", "C1", "haematology_consulted", "anc=1"), "unknown fact 'anc'; this event takes no fact"),
        (("record", "C1", "symptoms_reported"), "without a fact it records nothing; it takes fever, weight_loss"),
        (("record", "C1", "smear_reported"), "smear_reported: smear_reviewer is missing"),
        (("record", "C2", "examined"), "there is no case 'C2' in"),
        (("record", "C1", *LOW, "--at", "2036-01-01T00:00:00Z"), "is later than now"),
        (("record", "C1", *LOW, "--at", "2026-01-22T09:00:00"), "has no time zone"),
        (("record", "C1", *LOW, "--at", "2020-01-22T09:00:00Z"), "is before the birth on 2024-12-22"),
    ],
    ids=str,
)
def test_what_cannot_be_recorded_is_one_clear_line(shop, words, said):
    shop.open()
    done = shop(*words, "--by", "ward")
    assert done.code == 2 and done.out == ""
    (fault,) = done.faults
    assert said in fault
    assert len(shop.entries()) == 1


# --- changing the past --------------------------------------------------------------------------------------------


def test_a_correction_names_only_what_was_wrong_and_the_other_counts_stay(case):
    done = case.done("correct", "C1", "e1", "anc=0.6", "wbc=-", "--at", NOON, "--by", "laboratory")
    assert "e1 is corrected: Blood count reported: ANC 0.6 10*9/L, ALC 1.4 10*9/L" in joined(done.out)
    assert case.entries()[2]["with"] == {"anc": "0.6 10*9/L", "alc": "1.4 10*9/L"}


def test_a_correction_that_would_take_urgent_advice_away_waits_and_names_the_advice(case):
    done = case.done("correct", "C1", "1", "wbc=9", "anc=3", "alc=5", "--at", NOON, "--by", "laboratory")
    assert "State: Same-day referral, as before" in done.out
    assert "! WAITS  e2 does not count yet" in done.out
    assert "- Call paediatric haematology/oncology today" in done.out
    assert "! WAITS" in case.done("show", "C1", "--at", NEXT_DAY).out
    assert "e2 would change it, and waits for acknowledgement" in case.done("history", "C1").out
    case.done("acknowledge", "C1", "e2", "--at", NOON, "--by", "Dr H")
    told = case.done("history", "C1").out
    assert "corrected by e2" in told and "acknowledged by e3" in told and "WAITS" not in told
    assert "Outside the pathway" in case.done("show", "C1", "--at", NEXT_DAY).out


def test_a_withdrawn_entry_stays_in_the_history_with_the_reason(case):
    case.done("withdraw", "C1", "e1", "--reason", "another child's sample", "--at", NOON, "--by", "laboratory")
    case.done("acknowledge", "C1", "e1", "--at", NOON, "--by", "Dr H")
    told = joined(case.done("history", "C1").out)
    assert "e1 is withdrawn: another child's sample" in told and "withdrawn by e2" in told
    assert "ANC 0.7" in told
    assert case.done("show", "C1", "--at", NEXT_DAY, "--json").data["state"] == "initial_labs"


def test_a_moment_that_was_wrong_is_corrected_without_a_fact(case):
    moved = ("--taken-at", "2026-01-21T18:00:00Z")
    done = case.done("correct", "C1", "e1", *moved, "--at", NOON, "--by", "laboratory")
    assert "now of 2026-01-21 18:00" in joined(done.out)
    wrong = case("correct", "C1", "e2", "--taken-at", "18:00", "--at", NOON, "--by", "laboratory")
    assert wrong.faults == ["taken-at: '18:00' is no date and time; write for example 2026-01-22T09:00:00Z"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("correct", "C1", "e1"), "correct: what was wrong with e1?"),
        (("correct", "C1", "e1", "anc=0.7"), "correct: e1 says so already; nothing was recorded"),
        (("correct", "C1", "e9", "anc=1"), "correct: case C1 has no entry 'e9'; nearest: e1"),
        (("withdraw", "C1", "0"), "withdraw: case C1 has no entry '0'; known: e1"),
        (("acknowledge", "C1", "e1"), "acknowledge: e1 does not wait for acknowledgement; waiting: none"),
        (("correct", "C1", "e1", "ank=1"), "unknown fact 'ank'; nearest: anc"),
    ],
    ids=str,
)
def test_what_cannot_be_changed_is_one_clear_line(case, words, said):
    done = case(*words, "--by", "laboratory")
    assert done.code == 2
    (fault,) = done.faults
    assert said in fault
    assert len(case.entries()) == 2


def test_what_was_done_on_the_old_value_is_listed_for_review(known):
    told = known.done("history", "C1").out
    assert "! REVIEW  done before on the old value:" in told
    assert "- e2, 2026-01-22 10:00: Bone marrow examined" in told
    assert [one["review"] for one in known.entries()] == [[], [], [], ["e2"]]
    done = known.done("correct", "C1", "e3", "anc=2", "--at", NOON, "--by", "laboratory")
    assert "! REVIEW" in done.out and "Bone marrow examined" in done.out


def test_what_was_done_after_the_correction_did_not_rest_on_the_old_value(known):
    known.done("acknowledge", "C1", "e3", "--at", NOON, "--by", "Dr H")
    known.done("record", "C1", "antimicrobials_started", "--at", "2026-01-22T13:00:00Z", "--by", "Dr M")
    reviews = {one["entry"]: one["review"] for one in known.entries()}
    assert reviews["e3"] == reviews["e4"] == ["e2"] and reviews["e5"] == []


def test_a_late_result_is_marked_and_lists_what_was_done_without_it(case):
    case.done("record", "C1", "bone_marrow_performed", "--at", NOON, "--by", "Dr M")
    low = ("record", "C1", "blood_count_reported", "platelets=20")
    done = case.done(*low, "--at", "2026-01-22T10:00:00Z", "--by", "laboratory")
    assert "! REVIEW" in done.out and "e2, 2026-01-22 12:00: Bone marrow examined" in done.out
    entry = case.entries()[3]
    assert (entry["late"], entry["review"]) == (True, ["e2"])
    assert "late, recorded" in case.done("history", "C1").out


# --- orders -------------------------------------------------------------------------------------------------------


def test_asking_for_an_order_says_why_it_is_refused_and_records_nothing(case):
    done = case.done("order", "C1", "order_bone_marrow", "--at", NOON)
    assert "REFUSED" in done.out and "S92" in done.out and "Asking records nothing." in done.out
    data = case.done("order", "C1", "order_bone_marrow", "--at", NOON, "--json").data
    assert (data["verdict"], data["recorded"]) == ("refused", None)
    assert len(case.entries()) == 2


def test_an_order_is_permitted_once_haematology_was_consulted(case):
    case.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    assert "PERMITTED" in case.done("order", "C1", "order_bone_marrow", "--at", NEXT_DAY).out


def test_an_override_is_recorded_with_its_reason_once(case):
    words = ("order", "C1", "order_bone_marrow", "--override", "--reason", "by telephone", "--by", "Dr M", "--at", NOON)
    done = case.done(*words, "--key", "o-1")
    assert "ORDERED" in done.out and "recorded as e2" in done.out
    assert "nothing was recorded" in joined(case.done(*words, "--key", "o-1").out)
    (entry,) = [one for one in case.entries() if one["kind"] == "override"]
    assert entry["by"] == "Dr M" and "ordered in spite of the refusal: by telephone" in entry["what"]
    done = case.done("record", "C1", "bone_marrow_performed", "--at", "2026-01-22T13:00:00Z", "--by", "Dr M")
    assert "! DEVIATION" in done.out and "overridden by a clinician with a reason" in joined(done.out)


def test_an_order_that_is_not_refused_needs_no_override(case):
    case.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    words = ("order", "C1", "order_bone_marrow", "--override", "--reason", "needed", "--by", "Dr M", "--at", NEXT_DAY)
    assert "there is nothing to override; nothing was recorded" in joined(case.done(*words).out)
    assert len(case.entries()) == 3


def test_an_override_without_name_or_reason_and_an_unknown_order_are_told_at_once(case):
    done = case("order", "C1", "order_marrow", "--override")
    assert done.code == 2
    assert [fault.split(":")[0] for fault in done.faults] == ["unknown order 'order_marrow'; nearest", "by", "reason"]
    assert case("order", "C1", "order_bone_marrow", "--reason", "why").faults[0].startswith("reason: it belongs to")


# --- looking ------------------------------------------------------------------------------------------------------


def test_the_plan_names_the_case_its_last_entry_and_its_version(case):
    done = case.done("show", "C1", "--at", NOON)
    assert f"Case C1: the last entry is e1; pinned to {PATHWAY.id} {PATHWAY.version}, digest" in joined(done.out)
    assert "Call paediatric haematology/oncology today" in section(done.out, "NOW")


def test_the_plan_of_a_later_day_says_what_is_overdue(case):
    assert "OVERDUE: it was due on 2026-01-22" in joined(case.done("show", "C1", "--at", NEXT_DAY).out)


def test_the_old_view_is_as_it_was_known_then(known):
    now = known.done("show", "C1", "--at", "2026-01-22T11:05:00Z", "--json").data
    then = known.done("show", "C1", "--as-known-at", "2026-01-22T11:05:00Z", "--json").data
    assert (now["pending"], now["number"]) == (["e3"], 3)  # it came at eleven, and was recorded ten minutes later
    assert (then["pending"], then["number"], then["left_out"]) == ([], 2, 1)
    assert then["state"] == "referral" and then["at"] == then["as_known_at"] == "2026-01-22T11:05:00Z"
    done = known.done("show", "C1", "--as-known-at", "2026-01-22T11:05:00Z")
    assert "! OLD VIEW as it was known at 2026-01-22 11:05: 1 entry recorded later is left out." in joined(done.out)


def test_the_old_view_of_a_result_that_came_late_does_not_know_it(shop):
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, by="ward", now=at())
        stored.record(INDEX_COUNT, at=at(), by="laboratory", now=at(180))
    noon = "2026-01-22T11:00:00Z"
    assert shop.done("show", "C1", "--at", noon, "--json").data["state"] == "referral"
    assert shop.done("show", "C1", "--as-known-at", noon, "--json").data["state"] == "initial_labs"
    ward = joined(shop.done("show", "C1", "--at", NEXT_DAY, "--as-known-at", "2026-01-22T13:00:00Z").out)
    assert "nothing has been recorded since" in ward and "OVERDUE" in ward


def test_before_a_case_was_open_there_is_no_view_of_it(known):
    done = known("show", "C1", "--as-known-at", "2026-01-21T09:00:00Z")
    assert done.code == 2 and "it was not open yet" in done.faults[0]
    done = known("show", "C1", "--as-known-at", "yesterday", "--at", "today")
    assert [fault.split(":")[0] for fault in done.faults] == ["at", "as-known-at"]


def test_the_history_says_who_recorded_what_when_and_from_where_in_the_time_of_the_case(shop):
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, timezone="Europe/Berlin", by="ward", now=NINE)
        stored.record(INDEX_COUNT, at=NINE, by="laboratory", now=at(30), source="LIS", key="m-1")
    told = shop.done("history", "C1").out
    assert "Times are of Europe/Berlin." in joined(told)
    assert "e1  2026-01-22 10:00  Blood count reported: white cell count 2.5 10*9/L" in told
    assert "recorded 2026-01-22 10:30 by laboratory, from LIS, key m-1" in told


def test_an_entry_that_was_recorded_by_a_clock_that_was_behind_is_marked(shop):
    with Store(shop.url, PATHWAY) as store:
        stored = store.open_case("C1", born=BORN, by="ward", now=at())
        stored.record(INDEX_COUNT, at=at(), by="laboratory", now=at(60))  # an hour ahead
        stored.record(PATHWAY.event("haematology_consulted"), at=at(5), by="Dr H", now=at(10))
        stored.record(NORMAL_COUNT, at=at(15), by="laboratory", now=at(20))
    assert [one["clock_behind"] for one in shop.entries()] == [False, False, True, False]
    told = joined(shop.done("history", "C1").out)
    marked = "! CLOCK recorded by a clock that was behind the entry before"
    assert told.count(marked) == 1 and told.index("e2 2026") < told.index(marked) < told.index("e3 2026")
    then = shop.done("show", "C1", "--as-known-at", "2026-01-22T09:30:00Z", "--json").data
    assert (then["number"], then["left_out"]) == (3, 0)


def test_cases_are_listed_by_name_with_state_version_and_entries(case):
    case.open("B1")
    told = case.done("list").out
    assert re.search(r"^B1  First results; 1 entry; version .*\nC1  Same-day referral; 2 entries; version", told)
    assert "2 open cases." in told
    data = case.done("list", "--json").data
    assert [(one["case"], one["state"], one["entries"]) for one in data["cases"]] == [
        ("B1", "initial_labs", 1), ("C1", "referral", 2),
    ]  # fmt: skip
    assert data["banner"] == PATHWAY.banner and data["cases"][0]["digest"] == PATHWAY.digest


# --- the log as a whole -------------------------------------------------------------------------------------------


def tamper(url: str, *statements: str) -> None:
    """What somebody with the file in hand can do, past the triggers."""
    connection = sqlite3.connect(url)
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    for statement in statements:
        connection.execute(statement)
    connection.commit()
    connection.close()


def test_a_log_that_is_what_was_written_gives_a_digest_to_be_kept_elsewhere(case):
    done = case.done("verify-log")
    assert "Checked 1 case with 2 entries." in done.out and "No damage" in done.out
    (digest,) = re.findall(r"^  ([0-9a-f]{64})$", done.out, re.MULTILINE)
    assert case.done("verify-log", "--expect", digest.upper()).code == 0
    case.done("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    grown = case("verify-log", "--expect", digest)
    assert grown.code == 1 and "NOT AS EXPECTED" in grown.out
    assert case("verify-log", "--expect", "abc").code == 2


def test_an_entry_that_was_changed_is_named_and_so_is_one_that_is_gone(case):
    case.open("C2")
    tamper(case.url, "UPDATE entries SET body = replace(body, '0.7', '1.7') WHERE sequence = 1")
    done = case("verify-log")
    assert done.code == 1 and "case C1: entry 1 was changed: it does not match its hash" in done.out
    tamper(case.url, "DELETE FROM entries WHERE case_id = 'C2'")
    data = case("verify-log", "--json").data
    assert [one["case"] for one in data["damage"] if one["case"]] == ["C1", "C2"] and data["sound"] is False
    shown = case("show", "C1")
    assert shown.code == 2 and "'pathway case verify-log' says what else" in shown.faults[0]


def test_cases_go_from_one_store_to_another_and_twice_is_once(case, tmp_path):
    file, other = tmp_path / "cases.jsonl", Shop(tmp_path / "other")
    other.folder.mkdir()
    assert "Written to" in case.done("export", "--to", str(file)).out
    assert file.stat().st_mode & 0o077 == 0
    done = other.done("import", str(file))
    assert "Read 1 case with 2 entries, 2 of them new, and 1 version of the pathway." in joined(done.out)
    assert other.done("import", str(file), "--json").data == {"cases": 1, "entries": 2, "new": 0, "versions": 1}
    assert other.entries() == case.entries()
    assert other.done("export").out == case.done("export").out == file.read_text(encoding="utf-8")


def test_an_export_is_read_from_the_input(case, tmp_path):
    case.open("C2")
    text = case.done("export", "C2").out
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    with patch.object(sys, "stdin", StringIO(text)):
        assert other.done("import", "-", "--json").data["cases"] == 1
    assert other("show", "C1").code == 2


class Slow(StringIO):
    """Input that is long in coming: meanwhile somebody else writes into the store."""

    def __init__(self, text: str, meanwhile) -> None:
        super().__init__(text)
        self.meanwhile, self.lines = meanwhile, 0

    def read(self, size: int | None = -1) -> str:
        self.meanwhile()
        return super().read(size)

    def __next__(self) -> str:
        self.lines += 1
        if self.lines == 3:
            self.meanwhile()
        return super().__next__()


def test_nobody_has_to_wait_while_an_import_waits_for_its_input(case, tmp_path):
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    other.open("C2")

    def meanwhile() -> None:
        with patch("pathway.store.store.Store.__init__.__kwdefaults__", {"create": True, "wait": 0.05}):
            other.done("record", "C2", *LOW, *MORNING)

    with patch.object(sys, "stdin", Slow(case.done("export").out, meanwhile)):
        assert other.done("import", "-", "--json").data["new"] == 2
    assert len(other.entries("C2")) == 2


def test_a_pipe_and_bytes_that_are_no_text_are_read_like_the_input(case, tmp_path):
    text = case.done("export").out.encode()
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(text))
    writer.start()
    assert other.done("import", pipe, "--json").data["new"] == 2
    writer.join()
    with patch.object(sys, "stdin", TextIOWrapper(BytesIO(b"\xff\n"), encoding="utf-8")):
        assert other("import", "-").faults == ["input: this is not UTF-8 text"]
    with patch.object(sys, "stdin", None):
        assert other("import", "-").faults == ["input: there is none"]
    assert other("import", str(tmp_path)).faults == [f"{tmp_path}: cannot be read: Is a directory"]


def test_a_file_that_exists_is_not_overwritten_and_none_is_left_half(case, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("mine", encoding="utf-8")
    done = case("export", "--to", str(file))
    assert done.code == 2 and "exists; it is not overwritten" in done.faults[0]
    assert file.read_text(encoding="utf-8") == "mine"
    case.done("export", "--to", str(file), "--force")
    assert file.read_text(encoding="utf-8") != "mine"
    tamper(case.url, "UPDATE entries SET body = replace(body, '0.7', '1.7') WHERE sequence = 1")
    assert case("export", "--to", str(tmp_path / "damaged.jsonl")).code == 2
    assert sorted(one.name for one in tmp_path.glob("*.jsonl")) == ["cases.jsonl"]
    assert not list(tmp_path.glob(".*.new"))
    assert case("export", "--to", str(tmp_path)).faults == [f"to: {tmp_path} is no file; name one"]
    assert case("export", "--to", str(tmp_path / "no" / "x")).code == 2
    assert [fault.split(" in ")[0] for fault in case("export", "X", "Y").faults] == [
        "there is no case 'X'", "there is no case 'Y'",
    ]  # fmt: skip


def test_a_changed_export_is_refused_with_its_line_and_nothing_comes_in(case, tmp_path):
    lines = case.done("export").out.splitlines()
    changed = [line.replace("0.7 10*9/L", "1.7 10*9/L") for line in lines]
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    for number, text in enumerate(("\n".join(changed), "\n".join(lines[:-1]), "", "no json", "\udcff")):
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(text.encode(errors="surrogateescape"))
        done = other("import", str(file))
        assert done.code == 2, text
        assert done.faults[0].startswith(f"{file}: ") and len(done.faults) == 1
    assert other.done("list", "--json").data["cases"] == []
    assert other("import", str(tmp_path / "none.jsonl")).faults == [
        f"{tmp_path / 'none.jsonl'}: cannot be read: No such file or directory"
    ]


# --- what holds for all of them -----------------------------------------------------------------------------------


def test_without_a_command_the_commands_are_listed_and_an_unknown_one_is_answered_with_the_nearest():
    done = pathway("case")
    assert done.code == 0 and all(name in done.out for name in command.commands)
    wrong = pathway("case", "histroy")
    assert wrong.code == 2 and wrong.faults == [
        "unknown command 'case histroy'; nearest: history, list; see 'pathway case --help'"
    ]


@pytest.mark.parametrize("name", command.commands)
def test_every_line_of_help_fits_80_columns_and_says_what_each_option_is(name):
    done = pathway("case", name, "--help")
    assert done.code == 0 and max(map(len, done.out.splitlines())) <= 80
    assert f"pathway case {name}" in done.out.partition("Options:")[0].partition("\n\n")[2]
    assert all(one.help for one in command.commands[name].params if one.param_type_name == "option")
    assert "PATHWAY_STORE" in done.out and "cases.db" in done.out


@pytest.mark.parametrize("columns", [60, 80])
def test_what_is_printed_fits_the_terminal_in_plain_characters(known, columns):
    at_noon = ("--at", NOON, "--by", "Dr H")
    for words in (
        ("history", "C1"), ("show", "C1", "--as-known-at", NOON), ("list",),
        ("order", "C1", "order_bone_marrow", "--at", NOON), ("acknowledge", "C1", "e3", *at_noon),
        ("record", "C1", *LOW, *at_noon),
    ):  # fmt: skip
        done = known(*words, columns=columns)
        assert done.code == 0, done.err
        assert done.out.isascii() and all(len(line) <= columns for line in done.out.splitlines())
        assert all(line == line.rstrip() for line in done.out.splitlines())
        assert PATHWAY.banner[:40] in done.out


def test_without_the_extra_one_line_says_what_to_install(shop, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.split(".")[0] == "sqlalchemy":
            raise ModuleNotFoundError(f"No module named '{name}'", name="sqlalchemy")
        return real(name, *args, **kwargs)

    for name in [one for one in sys.modules if one.split(".")[0] == "sqlalchemy" or one.startswith("pathway.store")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    assert shop("show", "C1").faults == ["the store is not installed: pip install 'leukopenia-pathway[store]'"]
    assert shop("show", "C1").code == 2


def test_a_store_that_somebody_else_writes_to_can_be_tried_again(case):
    connection = sqlite3.connect(case.url, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        with patch("pathway.store.store.Store.__init__.__kwdefaults__", {"create": True, "wait": 0.05}):
            done = case("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    finally:
        connection.close()
    assert done.code == 75
    assert "another program is writing" in done.faults[0] and "nothing was recorded" in done.faults[0]
    assert len(case.entries()) == 2


def test_what_is_recorded_now_is_of_now(shop):
    shop.open()
    shop.done("record", "C1", *LOW, "--by", "laboratory")
    entry = shop.entries()[1]
    happened = datetime.strptime(entry["happened_at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    assert entry["happened_at"] == entry["recorded_at"]
    assert abs(datetime.now(UTC) - happened) < timedelta(minutes=1)


def test_store_and_name_may_stand_in_the_environment(shop, monkeypatch):
    monkeypatch.setenv("PATHWAY_STORE", shop.url)
    monkeypatch.setenv("PATHWAY_BY", "ward")
    assert pathway("case", "open", "C1", "--born", "2024-12-22", "--timezone", "UTC").code == 0
    assert json.loads(pathway("case", "history", "C1", "--json").out)["entries"][0]["by"] == "ward"
