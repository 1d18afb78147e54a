"""`pathway case`: what is recorded stays, and says by whom, when, and what rests on it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest

from pathway import PATHWAY
from tests.cli.shop import LOW, MORNING, NEXT_DAY, NOON, joined

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
        ("set-aside", "C1", "smear_now", "--reason", "read elsewhere", "--by", "Dr H"),
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
