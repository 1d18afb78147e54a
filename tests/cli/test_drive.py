from __future__ import annotations

import json
import logging
import os
import select
import subprocess
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from importlib import import_module
from io import StringIO
from pathlib import Path
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from pathway.cli.drive.commands import COMMANDS, NAMES, completions
from pathway.cli.drive.files import KeptFile
from pathway.cli.drive.session import Session
from pathway.cli.drive.when import read_when
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from tests.children import BORN, INDEX_COUNT, NINE, told
from tests.cli.terminal import Output, pathway, section

CHILD = ("--born", "2024-12-22", "--at", "2026-01-22T09:00:00Z", "--timezone", "UTC")
COUNT = "blood_count_reported wbc=2.5 anc=0.7 alc=1.4"
PROMPT = "2026-01-22 09:00 initial_labs> "


def drive(*lines: str, args: tuple[str, ...] = CHILD, columns: int = 80) -> Output:
    """A session that is read from a pipe."""
    with patch.object(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines))):
        return pathway("drive", *args, columns=columns)


def faults(done: Output, columns: int = 80) -> list[str]:
    """What the session told was wrong, each without its wrapping: a line goes on where no word more had found room."""
    found: list[str] = []
    before = ""
    for line in done.out.splitlines():
        if line.startswith("! "):
            found.append(line[2:])
        elif before and line.startswith("  ") and len(f"{before} {line.split()[0]}") > columns:
            found[-1] += f" {line.strip()}"
        else:
            before = ""
            continue
        before = line
    return found


@pytest.fixture
def log(tmp_path) -> Path:
    return tmp_path / "case.json"


@pytest.fixture
def story(tmp_path) -> Path:
    return tmp_path / "story.toml"


def entries(log: Path) -> list[dict]:
    return json.loads(log.read_text(encoding="utf-8"))["entries"]


def kept(log: Path, *lines: str) -> list[dict]:
    """The entries of the log after a session that went well."""
    done = drive(*lines, args=(*CHILD, "--log", str(log)))
    assert (done.code, done.err) == (0, "")
    return entries(log) if log.exists() else []


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
    from pathway.cli.render import plan_text

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


# --- orders, corrections ------------------------------------------------------------------------------------------


def test_a_refused_order_names_rule_and_citations_and_is_overridden_with_name_and_reason(log):
    done = drive(COUNT, "order order_bone_marrow", "Dr O'Brien", "", "haematology asked for it",
                 args=(*CHILD, "--log", str(log)))  # fmt: skip
    said = " ".join(done.out.split())
    assert "REFUSED No bone marrow biopsy or aspirate before haematology is consulted" in said
    assert "because consultation of haematology/oncology is not recorded yet" in said
    assert "ORDERED in spite of the refusal, by Dr O'Brien: haematology asked for it [S92 S93 N52 S108]" in said
    assert faults(done) == ["override: a reason is wanted, or 'cancel'"]
    override = entries(log)[1]
    assert override["kind"] == "override"
    assert (override["order"], override["by"], override["reason"]) == (
        "order_bone_marrow", "Dr O'Brien", "haematology asked for it",
    )  # fmt: skip


@pytest.mark.parametrize("answers", [("",), ("no",), ("cancel",), ("Dr Sato", "cancel"), ("Dr Sato", "x" * 501)])
def test_a_refusal_that_nobody_overrides_stands_and_is_told_in_the_story(log, story, answers):
    drive(COUNT, "order order_bone_marrow", *answers, args=(*CHILD, "--log", str(log), "--record", str(story)))
    assert [one["kind"] for one in entries(log)] == ["event"]
    (_, order) = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY).steps
    assert (order.name, order.override) == ("order_bone_marrow", None)
    assert ("verdict", "refused") in order.expects


def test_an_order_that_is_permitted_is_not_offered_for_override():
    done = drive(COUNT, "haematology_consulted", "", "order bone_marrow")
    assert "PERMITTED" in done.out
    assert "override it?" not in done.out


def test_all_orders_are_told_with_their_verdicts():
    listed = section(drive(COUNT, "order").out, "ORDERS")
    case = told(INDEX_COUNT)
    for rule in PATHWAY.orders:
        verdict = case.propose(rule.id, at=NINE).verdict.replace("_", " ")
        assert f"{rule.id} {verdict}: " in " ".join(listed.split())


def test_a_correction_keeps_what_is_not_said_again_and_a_minus_makes_unknown(log):
    given = kept(log, COUNT, "correct e1", "", "2.6", "-", ".")
    assert given[1]["kind"] == "correction"
    assert given[1]["with"] == {"wbc": "2.6 10*9/L", "alc": "1.4 10*9/L"}
    assert "taken_at" not in given[1]


def test_a_correction_that_says_the_same_is_refused(log):
    done = drive(COUNT, "correct e1", "", ".", args=(*CHILD, "--log", str(log)))
    assert faults(done) == ["correct: e1 says so already; nothing is recorded"]
    assert len(entries(log)) == 1


def test_a_correction_can_move_an_entry_to_another_moment(log):
    assert kept(log, COUNT, "correct e1", "08:30", ".")[1]["taken_at"] == "2026-01-22T08:30:00Z"


def test_a_correction_of_a_correction_stays_at_the_moment_that_the_first_moved_it_to(log):
    given = kept(log, COUNT, "correct e1", "08:30", ".", "correct e2", "", "3", ".")
    assert given[2]["target"] == "e2"
    assert given[2]["taken_at"] == "2026-01-22T08:30:00Z"
    log.unlink()
    done = drive(COUNT, "correct e1", "", "3", ".", "correct e2", args=(*CHILD, "--log", str(log)))
    assert "Blood count reported, e2\n  when it was so [2026-01-22 09:00]:" in done.out


def test_a_change_that_takes_urgent_advice_away_waits_until_a_named_clinician_acknowledges_it(log):
    lines = ("temperature_measured temperature=38.4", "correct e1", "", "36.9", "")
    done = drive(*lines, "acknowledge", "", "acknowledge", "Dr Marek", args=(*CHILD, "--log", str(log)))
    waits, acknowledged = done.out.split("=" * 80)[2:]
    assert "! WAITS  e2 does not count yet" in waits
    assert "Start antimicrobials promptly" in section(waits, "NOW")
    assert "Cancelled; nothing is recorded." in waits
    assert "Dr Marek acknowledges the change of e2" in acknowledged
    assert "Start antimicrobials promptly" not in acknowledged.partition("\nNOW\n")[2].partition("DO NOT")[0]
    assert [one["kind"] for one in entries(log)] == ["event", "correction", "acknowledgement"]


def test_an_entry_is_withdrawn_with_its_reason(log):
    given = kept(log, "by Dr Sato", COUNT, "withdraw e1", "another child")
    assert (given[1]["target"], given[1]["reason"], given[1]["by"]) == ("e1", "another child", "Dr Sato")
    assert given[0]["by"] == "Dr Sato"


# --- undo, save, resume -------------------------------------------------------------------------------------------


def test_an_undone_step_leaves_no_trace_in_the_saved_log_nor_in_the_story(log, story):
    files = ("--log", str(log), "--record", str(story))
    drive(COUNT, args=(*CHILD, *files))
    texts = [log.read_bytes(), story.read_bytes()]
    log.unlink(), story.unlink()
    for lines in (("haematology_consulted", ""), ("order order_bone_marrow", "Dr Sato", "told so"), ("clock 2d",),
                  ("correct e1", "", "9", "."), ("withdraw e1", "")):  # fmt: skip
        done = drive(COUNT, *lines, "undo", args=(*CHILD, *files, "--force"))
        assert "Taken back: " in done.out
        assert [log.read_bytes(), story.read_bytes()] == texts
        log.unlink()


@settings(deadline=None, max_examples=20)
@given(st.integers(0, 4))
def test_undo_takes_back_any_number_of_steps_and_the_case_is_as_it_was(count):
    session = Session.resume(Case(PATHWAY, born=BORN), NINE, lambda: NINE)
    steps = parse_scenario(STORY, PATHWAY).steps
    before = []
    for step in steps:
        before.append((session.case.to_json(), session.now, session.next_moment, session.clock))
        session.take(step)
    if count == 0 or count > len(steps):
        with pytest.raises(BadInput, match="undo"):
            session.undo(count)
        return
    session.undo(count)
    assert (session.case.to_json(), session.now, session.next_moment, session.clock) == before[-count]


STORY = """
title = "Undone"
why = "To have steps of several kinds."
born = 2024-12-22
[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "0.7 10*9/L", alc = "1.4 10*9/L" }
[[step]]
at = 2026-01-22T09:10:00Z
order = "order_bone_marrow"
override = { by = "Dr Sato", reason = "told so" }
[[step]]
at = 2026-01-24T09:00:00Z
clock = true
[[step]]
at = 2026-01-22T08:00:00Z
event = "haematology_consulted"
"""


def test_a_resumed_log_goes_on_and_undo_stops_at_its_end(log):
    args = ("--log", str(log))
    drive(COUNT, args=(*CHILD, *args))
    done = drive("undo", "haematology_consulted", "", "undo 2", "log", args=(*CHILD, *args))
    assert faults(done) == [
        "undo: there is nothing of this session to take back; the entries from before it stay",
        "undo: there is 1 step of this session to take back; the entries from before it stay",
    ]
    listed = done.out.rpartition("> log")[2]
    assert "from before this session" in " ".join(listed.partition("e2")[0].split())
    assert "from before" not in " ".join(listed.partition("e2")[2].split())
    assert [one["event"] for one in entries(log)] == ["blood_count_reported", "haematology_consulted"]


def test_a_resumed_case_is_the_case_that_was_saved(log):
    drive(COUNT, "clock 1d", "haematology_consulted", "", args=(*CHILD, "--log", str(log)))
    text = log.read_bytes()
    done = drive("plan", args=("--log", str(log)))
    assert done.code == 0
    assert "State: Specialist work-up" in done.out
    assert log.read_bytes() == text
    assert "The last entry is of 2026-01-23 09:00; the session follows the clock." in " ".join(done.out.split())


def test_save_keeps_the_log_from_then_on_and_never_overwrites_another_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other, log = Path("other.json"), Path("new.json")
    other.write_text("mine", encoding="utf-8")
    done = drive("save", f"save {other}", COUNT, f"save {log}", "haematology_consulted", "")
    assert faults(done) == [
        "save: to which file? write for example save case.json",
        f"log: {other} exists; it is not overwritten. Name another file",
    ]
    assert other.read_text(encoding="utf-8") == "mine"
    assert len(entries(log)) == 2


class Interrupted(StringIO):
    """Answers, and then Ctrl-C."""

    def readline(self, size: int | None = -1) -> str:
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.mark.parametrize("within", [(), ("haematology_consulted",), ("order order_bone_marrow", "Dr Sato")])
def test_an_interrupt_exits_with_130_and_loses_nothing(log, story, within):
    lines = "\n".join((COUNT, *within)) + "\n"
    with patch.object(sys, "stdin", Interrupted(lines)):
        done = pathway("drive", *CHILD, "--log", str(log), "--record", str(story))
    assert done.code == 130
    assert [one["event"] for one in entries(log)] == ["blood_count_reported"]
    assert replay(parse_scenario(story.read_text(encoding="utf-8"), PATHWAY), PATHWAY).passed
    assert "Interrupted." in done.out


def test_the_log_is_on_disk_after_each_step_and_not_only_at_the_end(log):
    seen: list[int] = []

    class Watching(StringIO):
        def readline(self, size: int | None = -1) -> str:
            seen.append(len(entries(log)) if log.exists() else 0)
            return super().readline()

    with patch.object(sys, "stdin", Watching(f"{COUNT}\norder\nhaematology_consulted\n\nundo\n")):
        pathway("drive", *CHILD, "--log", str(log))
    assert seen == [0, 1, 1, 1, 2, 1]


def _case(**changes: object) -> str:
    return json.dumps({**json.loads(told(INDEX_COUNT).to_json()), **changes})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "this is no JSON"),
        ("", "this is no JSON"),
        ("[]", "no case of format 1"),
        (_case(format=9), "no case of format 1"),
        (_case(pathway={"id": "other", "version": "9.9", "digest": "0" * 64}), "another pathway (other 9.9)"),
        (_case(born="yesterday"), "born is no date"),
        (_case(entries=[{"id": "e1", "kind": "event", "at": "2026-01-22T09:00:00Z", "event": "blod"}]), "event 'blod'"),
        (_case(entries=[{"id": "e1", "kind": "event", "event": "examined", "with": {"x": 1, "y": 2}}]), "unknown fact"),
        (told(INDEX_COUNT).to_json()[:-200], "this is no JSON"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else None,
)  # fmt: skip
def test_a_log_that_is_damaged_or_of_another_pathway_is_refused_in_one_line_and_left_as_it_is(log, text, words):
    log.write_text(text, encoding="utf-8")
    done = drive(COUNT, args=(*CHILD, "--log", str(log)))
    assert (done.code, done.out) == (2, "")
    (fault,) = done.faults
    assert fault.startswith(f"log: {log} is left as it is: ")
    assert words in fault
    assert log.read_text(encoding="utf-8") == text


def test_a_log_that_is_no_text_or_no_file_is_refused_in_one_line(tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name in ("bytes", "", "none/case.json"):
        done = drive(args=(*CHILD, "--log", str(tmp_path / name)))
        assert (done.code, done.out, len(done.faults)) == (2, "", 1)
        assert done.faults[0].startswith("log: ")


@pytest.mark.parametrize(
    ("args", "word"),
    [((), ""), (("--age", "13mo"), ""), (("--born", "2024-12-22"), ""), (("--born", "2024-12-23"), "born: "),
     (("--tz", "Asia/Tokyo"), "timezone: "), (("--tz", "Nowhere"), "timezone: "), (("--age", "x"), "age: ")],
)  # fmt: skip
def test_a_resumed_log_knows_its_child_and_another_one_is_refused(log, args, word):
    log.write_text(told(INDEX_COUNT).to_json(), encoding="utf-8")
    done = drive(args=(*args, "--log", str(log), "--at", "2026-01-22T09:30:00Z"))
    assert done.code == (2 if word else 0)
    assert [fault.startswith(word) for fault in done.faults] == [True] * bool(word)


def test_what_another_program_wrote_meanwhile_is_not_overwritten(log):
    class Meddling(StringIO):
        def readline(self, size: int | None = -1) -> str:
            line = super().readline()
            if line.startswith("haem"):
                log.write_text("theirs", encoding="utf-8")
            return line

    with patch.object(sys, "stdin", Meddling(f"{COUNT}\nhaematology_consulted\n\n")):
        done = pathway("drive", *CHILD, "--log", str(log))
    assert done.code == 1
    assert f"log: {log} was changed by another program meanwhile" in done.faults[0]
    assert log.read_text(encoding="utf-8") == "theirs"


def test_a_log_that_cannot_be_written_is_told_and_the_old_one_stays_whole(log):
    drive(COUNT, args=(*CHILD, "--log", str(log)))
    text = log.read_bytes()
    with patch("os.replace", side_effect=OSError(28, "No space left on device")):
        done = drive("haematology_consulted", "", "log", args=(*CHILD, "--log", str(log)))
    assert done.code == 1
    assert "cannot be written: No space left on device" in faults(done)[0]
    assert "e2" in done.out.rpartition("> log")[2]  # the session went on
    assert log.read_bytes() == text
    assert os.listdir(log.parent) == [log.name]


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path):
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    KeptFile(str(tmp_path / "link"), "log").write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"


# --- the story ----------------------------------------------------------------------------------------------------


INDEX_CASE = (
    COUNT, "order order_bone_marrow", "Dr Sato", "haematology asked for it", "clock 1d",
    "examined nothing_else_found=yes",
    "temperature_measured temperature=98", "correct e4", "", '"98 [degF]"', "98 [degF]", ".", "haematology_consulted",
    "", "smear_reported smear_reviewer=haematologist blasts_percent=34 lineage=lymphoid immature_cells=y", "undo",
    "smear_reported smear_reviewer=haematologist blasts_percent=34 lineage=lymphoid", "clock 2d",
    "history_taken causative_drug=no at=2026-01-22T09:10", "withdraw e3", "another child",
    "kmt2a_reported kmt2a=rearranged", "order assign_risk_group", "",
)  # fmt: skip


def test_the_index_case_is_driven_to_its_risk_and_the_story_holds(story):
    done = drive(*INDEX_CASE, args=(*CHILD, "--record", str(story)))
    assert done.code == 0, done.err
    assert "kmt2a_stratification> order assign_risk_group" in done.out
    again = pathway("replay", str(story))
    assert (again.code, again.err) == (0, "")
    scenario = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY)
    assert {one.kind for one in scenario.steps} == {"event", "order", "correct", "withdraw", "clock"}
    assert {key for one in scenario.steps for key, _ in one.expects} >= {
        "state", "passes_through", "urgent", "advises", "no_longer_advises", "overdue", "awaits", "notes", "held",
        "verdict", "cites",
    }  # fmt: skip
    assert "S92" in scenario.cites
    assert replay(scenario, PATHWAY).case.state == "kmt2a_stratification"


def test_the_story_of_a_resumed_log_begins_where_the_log_does(log, story):
    drive(COUNT, args=(*CHILD, "--log", str(log)))
    drive("haematology_consulted", "", args=(*CHILD, "--log", str(log), "--record", str(story)))
    scenario = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY)
    assert [one.name for one in scenario.steps] == ["blood_count_reported", "haematology_consulted"]
    assert replay(scenario, PATHWAY).passed


def test_title_and_reason_of_the_story_can_be_given(story):
    drive(COUNT, args=(*CHILD, "--record", str(story), "--title", 'The "index" case', "--why", "To have one."))
    scenario = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY)
    assert (scenario.title, scenario.why) == ('The "index" case', "To have one.")


def test_a_story_that_exists_is_overwritten_only_by_force(story):
    story.write_text("mine", encoding="utf-8")
    done = drive(COUNT, args=(*CHILD, "--record", str(story)))
    assert (done.code, done.out) == (2, "")
    assert done.faults == [f"record: {story} exists; it is not overwritten. Name another file, or add --force"]
    assert story.read_text(encoding="utf-8") == "mine"
    assert drive(args=(*CHILD, "--record", str(story), "--force")).code == 0
    assert story.read_text(encoding="utf-8") == "mine"  # nothing happened, so nothing is told
    assert drive(COUNT, args=(*CHILD, "--record", str(story), "--force")).code == 0
    assert pathway("replay", str(story)).code == 0


def test_a_story_of_which_every_step_is_undone_is_removed(story):
    drive(COUNT, "undo", args=(*CHILD, "--record", str(story)))
    assert not story.exists()


def test_the_story_can_be_asked_for_at_the_prompt(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    story = Path("story.toml")
    done = drive(f"record {story}", COUNT, f"record {story}", f"save {story}", "haematology_consulted", "", "record")
    assert faults(done) == [
        "record: nothing has happened yet; a story has one step at least",
        f"log: {story} is where the record is kept; name another file",
    ]
    assert len(parse_scenario(story.read_text(encoding="utf-8"), PATHWAY).steps) == 2


def test_log_and_story_do_not_share_a_file(log):
    done = drive(COUNT, args=(*CHILD, "--log", str(log), "--record", str(log)))
    assert done.code == 2
    assert done.faults == [f"record: {log} is where the log is kept; name another file"]


# --- at large -----------------------------------------------------------------------------------------------------


def test_every_fault_of_the_options_is_told_at_once():
    done = drive(args=("--at", "yesterday", "--age", "old"))
    assert done.code == 2
    assert [fault.split(":")[0] for fault in done.faults] == ["at", "age"]
    assert drive(args=()).faults[0].startswith("age: how old is the child?")
    assert (
        drive(args=("--born", "2024-12-22", "--at", "2024-12-01T09:00:00Z"))
        .faults[0]
        .endswith("is before the birth on 2024-12-22")
    )


def test_each_word_of_the_help_does_something():
    listed = section(drive("help").out, "COMMANDS")
    for one in COMMANDS:
        assert one.usage in listed
        assert f"'{one.name}' is no command" not in drive(one.name).out


def test_a_line_that_begins_with_a_hash_is_a_remark():
    done = drive("# 1", "", COUNT)
    assert faults(done) == []
    assert done.out.count("Moved: ") == 1


def test_a_name_or_a_value_reaches_neither_stderr_nor_a_log_line(caplog):
    with caplog.at_level(logging.DEBUG):
        done = drive(*INDEX_CASE, "smear_reported smear_reviewer=Sato")
    assert done.err == ""
    assert caplog.records == []


@pytest.mark.parametrize("columns", [60, 80, 110])
def test_what_is_printed_fits_the_terminal_and_is_plain(columns):
    done = drive(*INDEX_CASE, "log", "order", "events", "next", "help", "why", "why-not high_risk", "explain S92",
                 "events smear", "correct e1", "", ".", columns=columns)  # fmt: skip
    assert done.out.isascii()
    assert "\x1b" not in done.out
    for line in done.out.splitlines():
        # What was typed stands where it was typed.
        assert len(line) <= columns or "> " in line or ": " in line, line
        assert line == line.rstrip()
    plans = [line for line in done.out.splitlines() if line[:2] in ("- ", "+ ", "! ")]
    assert plans
    assert max(map(len, plans)) <= columns


def test_the_banner_is_printed_before_the_first_question_and_at_the_end():
    first, _, last = drive(COUNT).out.partition(PROMPT.strip())
    for part in (first, last):
        assert "no clinician has reviewed or signed" in " ".join(part.split())


def test_names_are_completed_where_they_can_stand():
    session = Session.resume(told(INDEX_COUNT), NINE, None)
    for line, found in (
        ("wh", "why-not"), ("sme", "smear_reported"), ("order order_b", "order_bone_marrow"),
        ("why consult_s", "consult_same_day"),
        ("smear_reported bl", "blasts="), ("correct ", "e1"), ("explain S10", "S108"), ("events sme", "smear_reported"),
    ):  # fmt: skip
        assert found in completions(line, session), line
        assert all(word.startswith(line.rpartition(" ")[2]) for word in completions(line, session))


def test_every_command_is_listed_once():
    assert len(set(NAMES)) == len(NAMES)
    assert not set(NAMES) & set(PATHWAY.events_by_name)


BERLIN = ZoneInfo("Europe/Berlin")
TEN = datetime(2026, 3, 27, 10, tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2d", "2026-03-29T10:00:00+02:00"), ("+1w 1d", "2026-04-04T10:00:00+02:00"),
        ("48h", "2026-03-29T11:00:00+02:00"), ("1h30min", "2026-03-27T11:30:00+01:00"),
        ("0d", "2026-03-27T10:00:00+01:00"), ("9:05", "2026-03-27T09:05:00+01:00"),
        ("2026-03-30", "2026-03-30T10:00:00+02:00"), ("2026-03-30 08:15", "2026-03-30T08:15:00+02:00"),
        ("2026-03-30T08:15:00Z", "2026-03-30T10:15:00+02:00"),
    ],
)  # fmt: skip
def test_a_moment_is_a_time_a_date_both_or_a_span_of_calendar_days(text, moment):
    assert read_when(text, TEN, BERLIN).isoformat() == moment


@pytest.mark.parametrize(
    "text", ["", "soon", "25:00", "2026-02-30", "2", "100000w", "2026-03-29 02:30", "2026", "1d x"]
)
def test_what_is_no_moment_is_told_with_what_would_be_one(text):
    with pytest.raises(BadInput, match=r"when: .*(write for example|give another moment)"):
        read_when(text, TEN, BERLIN)


LINES = st.one_of(
    st.sampled_from(
        [
            *NAMES, *PATHWAY.events_by_name, "1", "2", "3", "7", "0", "", ".", "-", "?", "y", "n", "yes", "2.5", "0.7",
            "38.6", "999999", "34 %", "pathologist", "haematologist", "all", "rearranged", "lymphoid", "cancel", COUNT,
            "order order_bone_marrow", "order start_antimicrobials", "undo 2", "clock 1d", "clock 2026-01-25", "09:30",
            "correct e1", "withdraw e1", "withdraw e2", "correct e2", "acknowledge e2", "Dr Sato", "why smear_now",
            "why-not follow_up", "by Dr Sato", "save", "record", "# x", "temperature_measured temperature=38.6",
            "temperature_measured temperature=36.6 at=08:00", "haematology_consulted at=08:59", "explain anc",
            "workup_declared_negative declared_by=clinician",
            "smear_reported smear_reviewer=haematologist blasts_percent=0 immature_cells=no",
        ]
    ),
    st.text(max_size=12).filter(lambda text: not text.strip().lower().startswith(("save", "record"))),
).map(lambda line: line.replace("\n", " "))  # fmt: skip


@settings(deadline=None, max_examples=400 if os.environ.get("PATHWAY_TEST_FULL") else 25)
@given(st.lists(LINES, max_size=25))
def test_whatever_is_typed_the_session_ends_well_its_log_opens_again_and_its_story_holds(tmp_path_factory, lines):
    folder = tmp_path_factory.mktemp("session")
    log, story = folder / "case.json", folder / "story.toml"
    done = drive(*lines, args=(*CHILD, "--log", str(log), "--record", str(story)))
    assert (done.code, done.err) == (0, ""), lines
    case = None
    if log.exists():
        text = log.read_text(encoding="utf-8")
        case = Case.from_json(text, PATHWAY)
        assert case.to_json() + "\n" == text
    if story.exists():
        again = replay(parse_scenario(story.read_text(encoding="utf-8"), PATHWAY), PATHWAY)
        assert again.passed
        assert case is not None
        assert again.case == case
    assert sorted(os.listdir(folder)) == sorted(one.name for one in (log, story) if one.exists())


# --- at a terminal ------------------------------------------------------------------------------------------------


PATIENCE = 60
"""Seconds after which a session that prints nothing is held to hang."""


class Terminal:
    """A session at a pseudo-terminal: what is typed, and what is seen up to the next prompt."""

    def __init__(self, *args: str) -> None:
        import pty

        self.screen, keyboard = pty.openpty()
        # Its own terminal, so that Ctrl-C reaches it and nobody else; what runs in the background ignores Ctrl-C.
        code = (
            "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
            "signal.signal(signal.SIGINT, signal.default_int_handler); from pathway.cli import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "drive", *CHILD, *args], stdin=keyboard, stdout=keyboard, stderr=keyboard,
            env={**os.environ, "TERM": "dumb", "COLUMNS": "80"}, start_new_session=True,
        )  # fmt: skip
        os.close(keyboard)
        self.seen = ""

    def until(self, words: str) -> str:
        """What is printed up to and with some words; what was printed so far, where the session ends before."""
        while words not in self.seen:
            ready, _, _ = select.select([self.screen], [], [], PATIENCE)
            if not ready:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"waited in vain for {words!r} after:\n{self.seen}")
            try:
                read = os.read(self.screen, 4096)
            except OSError:  # a pseudo-terminal whose other end is closed
                break
            if not read:
                break
            self.seen += read.decode()
        found, _, self.seen = self.seen.partition(words)
        return found + words

    def type(self, keys: str) -> None:
        """Type once the session reads keys: until then the terminal would make its own of Tab, arrow and Ctrl-C."""
        import termios

        for _ in range(100 * PATIENCE):
            with suppress(termios.error):  # the session may have ended meanwhile
                if not termios.tcgetattr(self.screen)[3] & termios.ICANON:
                    break
            time.sleep(0.01)
        os.write(self.screen, keys.encode())

    def interrupt(self) -> None:
        """Ctrl-C, and again: Python's line editor sees one that falls between two of its waits with the next key."""
        for _ in range(PATIENCE):
            self.type("\x03")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return

    def ended(self) -> int:
        """The exit code."""
        self.until("no such words")
        os.close(self.screen)
        return self.process.wait()


terminals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@terminals
def test_at_a_terminal_words_are_completed_with_tab_and_commands_come_back_with_the_arrow():
    terminal = Terminal()
    terminal.until("initial_labs> ")
    terminal.type(f"{COUNT}\r")
    terminal.until("referral> ")
    terminal.type("order order_b\t\r")
    assert "REFUSED" in terminal.until("(Enter: no): ")
    terminal.type("\r")
    terminal.until("referral> ")
    terminal.type("\x1b[A\r")
    assert "REFUSED" in terminal.until("(Enter: no): ")
    terminal.interrupt()
    assert terminal.ended() == 130


@terminals
def test_at_a_terminal_work_that_is_kept_nowhere_is_asked_for_before_the_end(log):
    terminal = Terminal()
    terminal.until("initial_labs> ")
    terminal.type(f"{COUNT}\r")
    terminal.until("referral> ")
    terminal.type("quit\r")
    terminal.until("in which file? (Enter: in none, cancel: stay): ")
    terminal.type("cancel\r")
    terminal.until("referral> ")
    terminal.type("q\r")
    terminal.until("cancel: stay): ")
    terminal.type(f"{log}\r")
    assert terminal.ended() == 0
    assert len(entries(log)) == 1


@terminals
def test_at_a_terminal_the_end_of_the_input_ends_the_session():
    terminal = Terminal()
    terminal.until("initial_labs> ")
    terminal.type("\x04")
    assert terminal.ended() == 0
