"""`pathway drive`: events and their facts, and what a step did."""

from __future__ import annotations

from datetime import UTC, datetime
from importlib import import_module
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest

from pathway import PATHWAY, Case
from tests.children import BORN, INDEX_COUNT, NINE, told
from tests.cli.driving import CHILD, COUNT, drive, entries, faults, kept
from tests.cli.terminal import section

# --- events and their facts ---------------------------------------------------------------------------------------


def test_the_events_that_would_move_the_case_on_are_offered_by_number():
    case = told(INDEX_COUNT)
    offered = section(drive(COUNT).out.partition("Blood count reported\n")[2], "WHAT COULD HAPPEN NEXT")
    for number, one in enumerate(case.next_events(at=NINE), 1):
        assert f"{number} {one.title}" in " ".join(offered.split())
        assert all(PATHWAY.state(name).title in offered for name in one.leads_to)


def test_every_offered_number_asks_for_the_event_that_stands_beside_it():
    offered = Case(PATHWAY, born=BORN).next_events(at=NINE)
    for number, one in enumerate(offered, 1):
        assert f"> {number}\n{one.title}\n  when [2026-01-22 09:00]:" in drive(str(number)).out


def test_another_event_is_found_by_name_by_its_beginning_and_by_its_number(log):
    last = str(len(Case(PATHWAY, born=BORN).next_events(at=NINE)) + 1)
    for name in (
        "history_taken",
        "history taken",
        "hist",
        str(list(PATHWAY.events_by_name).index("history_taken") + 1),
    ):
        done = drive(last, "histery_takn", name, "", "no", "yes", args=(*CHILD, "--log", str(log)))
        assert faults(done)[0].startswith("no event is called 'histery_takn'; nearest: history_taken")
        assert entries(log)[0]["with"] == {"causative_drug": False, "recent_viral_illness": True}
        log.unlink()


def test_each_fact_is_asked_for_with_title_units_range_and_choices():
    asked = " ".join(drive("blood_count_reported", "", "").out.split())
    assert "* white cell count in 10*9/L (0..2000); or 10*3/uL, 10^9/L," in asked
    asked = " ".join(drive("smear_reported", "", "other", "", "", "", "").out.split())
    assert "smear reviewer (pathologist, haematologist, analyser, other), must be given" in asked
    assert "blasts on the smear in % (0..100):" in asked
    assert "atypical lymphocytes (yes or no):" in asked


def test_what_is_entered_is_kept_as_it_was_given_and_bare_numbers_get_the_unit_that_was_shown(log):
    (entry,) = kept(log, "1", "", "2.5", "700 /uL", "1.4 10*9/L", "", "")
    assert entry["with"] == {"wbc": "2.5 10*9/L", "anc": "700 /uL", "alc": "1.4 10*9/L"}


def test_enter_leaves_every_fact_unknown_and_no_flag_false(log):
    count = len(PATHWAY.event_type("symptoms_reported").fields)
    (entry,) = kept(log, "symptoms_reported", "", "yes", *[""] * (count - 1))
    assert entry["with"] == {"fever": True}
    case = Case.from_json(log.read_text(encoding="utf-8"), PATHWAY)
    assert case.value("fever") is True
    assert case.value("bone_pain") is None


def test_an_event_without_a_single_fact_is_not_recorded_unless_it_tells_something_by_happening(log):
    assert kept(log, "chemistry_reported", "", ".") == []
    assert [one["event"] for one in kept(log, "haematology_consulted", "")] == ["haematology_consulted"]


def test_a_full_stop_leaves_the_rest_unknown_but_not_what_must_be_given(log):
    done = drive("smear_reported", "", ".", "pathologist", args=(*CHILD, "--log", str(log)))
    assert faults(done) == [
        "smear_reviewer: it must be given; one of pathologist, haematologist, analyser, other, or 'cancel'"
    ]
    assert entries(log)[0]["with"] == {"smear_reviewer": "pathologist"}


def test_nothing_else_found_is_asked_first_and_makes_the_rest_absent(log):
    done = drive("examined", "", "y", "yes", ".", args=(*CHILD, "--log", str(log)))
    assert "nothing else found (yes: all that you leave out is absent): y" in done.out
    assert "enlarged liver (yes or no, Enter: no): ." in done.out
    assert entries(log)[0]["with"] == {"nothing_else_found": True, "splenomegaly": True}


@pytest.mark.parametrize(
    ("event", "answer", "fault"),
    [
        ("temperature_measured", "38,4", "temperature: '38,4' is not a number; write for example '25.2 Cel'"),
        ("temperature_measured", "38.4 K", "temperature: unit 'K' is not accepted; accepted: Cel, [degF]"),
        ("bcr_abl1_reported", "perhaps", "bcr_abl1: 'perhaps' is none of positive, negative"),
        ("trial_decided", "maybe", "trial_available: 'maybe' is neither true nor false; write true, false, yes or no"),
        ("kmt2a_reported", "", "kmt2a: it must be given; one of germline, rearranged, failed, or 'cancel'"),
    ],
)
def test_a_wrong_answer_is_told_in_one_line_and_asked_again(log, event, answer, fault):
    right = {
        "temperature_measured": ("38.4", "."), "trial_decided": ("n",), "bcr_abl1_reported": ("positive",),
        "kmt2a_reported": ("rearranged",),
    }  # fmt: skip
    done = drive(event, "", answer, *right[event], args=(*CHILD, "--log", str(log)))
    (said,) = faults(done)
    assert said.startswith(fault)
    assert len(entries(log)) == 1


def test_a_value_that_cannot_be_true_is_held_back_by_name_and_the_rest_counts(log):
    done = drive("blood_count_reported", "", "2500", "0.7", "1.4", ".", args=(*CHILD, "--log", str(log)))
    held = "blood_count_reported: wbc 2500 10*9/L is outside 0..2000 10*9/L (2500 10*6/L would be 2.5 10*9/L)"
    assert faults(done)[0].startswith(held.partition(" (")[0])
    assert faults(done)[0].endswith("held back.")
    assert "Not what was meant? 'undo', or 'correct e1'." in done.out
    assert "Moved: First results -> Same-day referral" in done.out


def test_cancel_at_any_question_records_nothing(log):
    for count in range(4):
        lines = ["smear_reported", "", "pathologist", "34", "cancel"]
        answers = [*lines[: count + 1], "cancel"]
        assert kept(log, *answers, "cancel") == []


def test_a_question_mark_tells_more_and_asks_again(log):
    done = drive("temperature_measured", "", "?", "38.4", "", args=(*CHILD, "--log", str(log)))
    assert "fact temperature" in done.out
    assert "8310-5" in done.out
    assert entries(log)[0]["with"] == {"temperature": "38.4 Cel"}


def test_the_input_that_ends_within_an_event_leaves_it_unrecorded_and_says_so(log):
    done = drive("blood_count_reported", "", "2.5", args=(*CHILD, "--log", str(log)))
    assert done.code == 0
    assert faults(done) == ["the input ended before the answers did; what they were for is not recorded"]
    assert not log.exists()


def test_facts_behind_an_event_are_taken_at_once_with_all_their_faults(log):
    done = drive(
        "blood_count_reported wbc=2.5 ank=0.7 alc", 'blood_count_reported anc="700 /uL" at=09:30 by="Dr Sato"',
        'temperature_measured "temperature=38', args=(*CHILD, "--log", str(log)),
    )  # fmt: skip
    told_faults = faults(done)
    assert told_faults[0].startswith("blood_count_reported: unknown fact 'ank'; nearest: ")
    assert told_faults[1].startswith("blood_count_reported: 'alc' is not name=value")
    assert told_faults[2].endswith("a quotation mark does not close")
    (entry,) = entries(log)
    assert (entry["with"], entry["at"], entry["by"]) == ({"anc": "700 /uL"}, "2026-01-22T09:30:00Z", "Dr Sato")


@pytest.mark.parametrize(
    ("line", "nearest"),
    [("9" * 5000, "is no command"), ("undo " + "9" * 5000, "no number of steps"), ("undoo", "undo"),
     ("blod_count_reported", "blood_count_reported"), ("e", "either of events, explain, examined"),
     ("99", "99 is not offered"), ("order order_bone", ""), ("why-not conformed_all", "nearest: confirmed_all"),
     ("order bone_marow", "nearest: order_bone_marrow"), ("withdraw e9", "the log has none"), ("undo two", "undo 2")],
)  # fmt: skip
def test_an_unknown_word_is_answered_with_the_nearest(line, nearest):
    done = drive(line)
    assert done.code == 0
    assert any(nearest in fault for fault in faults(done)) or not nearest


# --- what a step did ----------------------------------------------------------------------------------------------


def test_after_a_step_the_plan_says_what_is_new_what_is_done_and_where_the_case_moved():
    done = drive(COUNT, "examined nothing_else_found=yes", "haematology_consulted", "")
    first, second, third = done.out.split("=" * 80)[1:]
    assert "Moved: First results -> Same-day referral\n" in first
    assert "+ Call paediatric haematology/oncology today" in first
    assert "Moved: no, the state stays Same-day referral" in second
    assert "Done:  Examine for enlarged spleen" in second
    assert "Moved: Same-day referral -> Specialist work-up\n" in third
    assert "(haematology reached): consultation of haematology/oncology: yes [S93]" in " ".join(third.split())


def test_the_plan_of_the_session_is_the_plan_of_the_case():
    from tests.cli.terminal import plan_text

    done = drive(COUNT, "plan")
    case = told(INDEX_COUNT)
    assert plan_text(case.plan(at=NINE), PATHWAY) in done.out


def test_why_and_why_not_answer_with_facts_limits_and_citations():
    said = " ".join(drive(COUNT, "why", "why-not confirmed_all", "why consult_same_day", "why smear").out.split())
    assert "neutrophils (ANC) 0.7 10*9/L, < 1.5 10*9/L" in said
    assert "the shortest way: Specialist work-up -> ALL confirmed" in said
    assert "waits for consultation of haematology/oncology" in said
    assert "'smear' does not hold; ask why-not smear." in said


def test_time_passes_by_a_span_or_to_a_date_and_tells_what_is_overdue():
    done = drive(COUNT, "clock 1h", "clock 2026-01-23", "clock 2026-01-22", "clock")
    parts = done.out.split("=" * 80)
    assert "2026-01-22 10:00  Time passes\nNothing has ended or become overdue." in parts[2]
    assert "Overdue now: Call paediatric haematology/oncology today" in parts[3]
    assert faults(done)[0].startswith("clock: 2026-01-22 10:00 is before 2026-01-23 10:00; time only passes")
    assert faults(done)[1].startswith("clock: until when? write for example 09:30")


def test_events_follow_one_another_a_minute_apart_unless_a_moment_is_told(log):
    given = kept(
        log, COUNT, "haematology_consulted", "", "clock 2h", "history_taken", "", "n", "n", "examined", "08:30", "."
    )
    assert [one["at"][11:16] for one in given] == ["09:00", "09:01", "11:01", "08:30"]


def test_without_a_moment_the_session_follows_the_clock(log):
    times = iter([datetime(2026, 1, 22, 9, 0, 30, tzinfo=UTC), datetime(2026, 1, 22, 9, 47, 12, tzinfo=UTC)])
    last = [NINE]

    def clock(text, zone):
        last[0] = next(times, last[0])
        return last[0].astimezone(ZoneInfo(zone))

    with patch.object(import_module("pathway.cli.drive"), "read_at", clock):
        drive(COUNT, args=("--born", "2024-12-22", "--tz", "Europe/Berlin", "--log", str(log)))
    assert entries(log)[0]["at"] == "2026-01-22T09:47:00Z"
