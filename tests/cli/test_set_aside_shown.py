"""What was set aside is shown wherever a plan is: the words, by whom, when and why; it is never cut."""

from __future__ import annotations

from io import StringIO

import pytest

from pathway import PATHWAY, Case
from pathway.cli.page import open_console
from pathway.cli.render_handover import print_handover
from pathway.run.handover import handover
from pathway.scenarios.read import parse_scenario
from tests.children import INDEX_COUNT, at, told
from tests.cli.driving import CHILD, COUNT, drive, entries, faults
from tests.cli.shop import NEXT_DAY, NOON, joined
from tests.cli.terminal import pathway, plan_text, section
from tests.run.test_setting_aside import BORN, lapsing

SMEAR = PATHWAY.advice_named("smear_now").words.rstrip(".")
LONG = "an outside laboratory read it at eight, no blasts among 200 cells, and will fax the report; " * 5
ASIDE = ("set-aside smear_now", "Dr X", "read elsewhere")


def aside(reason: str = "read elsewhere", by: str = "Dr X") -> Case:
    """The index child, the smear set aside at 10:00."""
    case = told(INDEX_COUNT)
    case.set_aside("smear_now", at=at(60), by=by, reason=reason)
    return case


def call_text(case: Case, minutes: float) -> str:
    out = StringIO()
    print_handover(handover(case, at=at(minutes)), PATHWAY, open_console(out))
    return out.getvalue()


# --- the plan as text ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("compact", [False, True])
def test_the_plan_lists_it_with_words_name_time_and_reason(compact):
    text = joined(plan_text(aside().plan(at=at(90)), PATHWAY, compact=compact))
    assert f"Set aside: {SMEAR}, by Dr X, 10:00: read elsewhere" in text
    assert text.count(SMEAR) == 1, "the plan asks for it no more"


def test_on_another_day_it_says_which():
    text = joined(plan_text(aside().plan(at=at(days=1)), PATHWAY))
    assert f"Set aside: {SMEAR}, by Dr X, 2026-01-22 10:00: read elsewhere" in text


def test_before_it_was_set_aside_nothing_is_said_of_it():
    assert "Set aside" not in plan_text(aside().plan(at=at(59)), PATHWAY)


def test_the_time_is_that_of_the_child():
    case = told(INDEX_COUNT, zone="Europe/Berlin")
    case.set_aside("smear_now", at=at(60), by="Dr X", reason="read elsewhere")
    assert "by Dr X, 11:00: read" in joined(plan_text(case.plan(at=at(90)), PATHWAY))


@pytest.mark.parametrize("width", [40, 80])
@pytest.mark.parametrize("compact", [False, True])
def test_it_is_never_cut_however_long_the_reason(width, compact):
    text = plan_text(aside(LONG[:499].strip()).plan(at=at(90)), PATHWAY, width=width, compact=compact)
    assert joined(LONG[:499]) in joined(text)
    assert all(len(line) <= width for line in text.splitlines())


def test_case_show_lists_it_in_words_and_as_json(case):
    case.done("set-aside", "C1", "smear_now", "--reason", "read elsewhere", "--by", "Dr X", "--at", NOON)
    shown = case.done("show", "C1", "--at", NEXT_DAY)
    assert f"Set aside: {SMEAR}, by Dr X, 2026-01-22 12:00: read elsewhere" in joined(shown.out)
    assert case.done("show", "C1", "--at", NEXT_DAY, "--json").data["set_aside"] == [{
        "id": "smear_now", "words": f"{SMEAR}.", "by": "Dr X", "reason": "read elsewhere",
        "at": "2026-01-22T12:00:00Z", "entry": "e2",
    }]  # fmt: skip


def test_a_story_is_told_with_it_and_its_json_names_it(tmp_path):
    file = tmp_path / "story.toml"
    file.write_text(
        f'title = "t"\nwhy = "w"\nborn = {BORN}\n\n'
        '[[step]]\nat = 2026-01-22T09:00:00Z\nevent = "blood_count_reported"\nwith = { anc = "0.7 10*9/L" }\n\n'
        '[[step]]\nat = 2026-01-22T10:00:00Z\nset_aside = "smear_now"\nby = "Dr X"\nreason = "read elsewhere"\n'
        'answered = ["smear_now"]\n',
        encoding="utf-8",
    )
    narrated = joined(pathway("replay", str(file), "--narrate").out)
    assert f"Dr X sets aside: {SMEAR}" in narrated
    assert f"Set aside: {SMEAR}, by Dr X, 10:00: read elsewhere" in narrated
    (first, second) = pathway("replay", str(file), "--json").data[0]["steps"]
    assert (first["set_aside"], second["set_aside"]) == ([], ["smear_now"])


# --- what is offered ----------------------------------------------------------------------------------------------


def test_a_line_that_is_offered_for_setting_aside_says_when_that_is():
    small = lapsing()
    case = Case(small, born=BORN)
    case.record(small.event("ankle_examined", steps_walked="2"), at=at())
    assert "may be set aside" not in plan_text(case.plan(at=at()), small)
    case.record(small.event("ankle_examined", tender_bone=True), at=at(10))
    assert "    may be set aside: bone tender to touch\n" in plan_text(case.plan(at=at(10)), small)


def test_a_program_is_told_what_is_offered():
    assert all(line["offered"] is False for line in pathway("advise", "--age", "13mo", "--anc", "0.7", "--json").data[
        "advice"
    ])  # fmt: skip


# --- the call -----------------------------------------------------------------------------------------------------


def test_the_call_says_under_done_what_was_set_aside_by_whom_and_why():
    text = call_text(aside(), 90)
    assert f"2026-01-22 10:00 set aside by Dr X: {SMEAR}: read elsewhere" in section(text, "DONE")
    assert SMEAR not in section(text, "PENDING")
    assert "set aside" not in call_text(aside(), 59)


def test_the_call_as_json_has_it():
    (line,) = handover(aside(), at=at(90)).to_json()["set_aside"]
    assert (line["id"], line["by"], line["reason"]) == ("smear_now", "Dr X", "read elsewhere")


def test_only_a_call_about_a_child_of_whom_nothing_was_done_says_so():
    assert "nothing recorded" in section(call_text(Case(PATHWAY, born=BORN), 0), "DONE")
    assert "nothing recorded" not in section(call_text(aside(), 90), "DONE")


# --- drive --------------------------------------------------------------------------------------------------------


def test_at_the_prompt_urgent_advice_is_set_aside_with_name_and_reason(log, story):
    done = drive(COUNT, *ASIDE, args=(*CHILD, "--log", str(log), "--record", str(story)))
    said = joined(done.out)
    assert f"Dr X sets aside: {SMEAR}" in said
    assert f"Set aside: {SMEAR}, by Dr X, 09:01: read elsewhere" in said
    (_, entry) = entries(log)
    assert (entry["kind"], entry["advice"], entry["by"], entry["reason"]) == (
        "set_aside", "smear_now", "Dr X", "read elsewhere",
    )  # fmt: skip
    (_, step) = parse_scenario(story.read_text(encoding="utf-8"), PATHWAY).steps
    assert ("answered", ("smear_now",)) in [(key, tuple(value)) for key, value in step.expects if key == "answered"]
    assert pathway("replay", str(story)).code == 0


def test_its_first_letters_and_me_are_enough_and_the_log_tells_it():
    done = drive("by Dr Sato", COUNT, "set-aside sm", "me", "read elsewhere", "log")
    assert f"Set aside: {SMEAR}: read elsewhere (by Dr Sato)" in joined(done.out)


@pytest.mark.parametrize("answers", [("",), ("cancel",), ("Dr X", "cancel")])
def test_who_names_nobody_or_gives_no_reason_sets_nothing_aside(log, answers):
    done = drive(COUNT, "set-aside smear_now", *answers, args=(*CHILD, "--log", str(log)))
    assert "Cancelled; nothing is recorded." in done.out
    assert len(entries(log)) == 1


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("set-aside", "set-aside: which advice? urgent is consult_same_day, smear_now, exam_now, tumour_lysis_labs"),
        ("set-aside smeer", "unknown advice 'smeer'"),
        ("set-aside antimicrobials_now", "set_aside: the plan does not ask for antimicrobials_now then"),
        ("set-aside obtain_missing_counts", "set_aside: obtain_missing_counts is not urgent"),
    ],
)
def test_what_cannot_be_set_aside_at_the_prompt_is_one_line(words, fault):
    done = drive(COUNT, words, "Dr X", "known")
    assert faults(done)[0].startswith(fault)


def test_an_undone_setting_aside_is_asked_for_again():
    done = drive(COUNT, *ASIDE, "undo", "plan")
    assert "Taken back: 2026-01-22 09:01 set aside smear_now" in joined(done.out)
    assert SMEAR in joined(done.out.partition("Taken back")[2].partition("DO NOT")[0])


def test_the_prompt_completes_what_is_urgent():
    from pathway.cli.drive.commands import completions
    from pathway.cli.drive.session import Session

    case = aside()
    session = Session.resume(case, at(90), None)
    assert list(completions("set-aside ", session)) == list(case.plan(at=at(90)).urgent)
    assert "smear_now" not in completions("set-aside sm", session)
