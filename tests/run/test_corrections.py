"""What was wrong from the start: more urgency counts at once, less of it waits for a clinician (N53, S88).

A better repeat count is no correction. It takes nothing urgent away, because it does not say that the first was wrong.
"""

from __future__ import annotations

from contextlib import nullcontext
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from pathway.definition.events import (
    AntimicrobialsStarted,
    BloodCountReported,
    ChemistryReported,
    InfectionSignsFound,
    SmearReported,
    SymptomsReported,
)
from pathway.run.log import event_of
from tests.children import BORN, CALL, CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at, fever, told
from tests.run.urgency import URGENT, ids, seen, urgent
from tests.strategies import START, events_of, stories

TWO_LOW = BloodCountReported(wbc="9 10*9/L", anc="1.2 10*9/L", alc="1.4 10*9/L", hb="12 g/dL", platelets="300 10*9/L")
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- a correction that adds urgency ---------------------------------------------------------------------------------


def test_a_correction_that_adds_urgency_counts_at_once():
    case = told(ONLY_ANC_LOW)
    assert case.state == "smear" and "consult_same_day" not in case.advice
    step = case.correct("e1", TWO_LOW, at=at(60), by="lab")
    assert not step.proposed and case.pending == ()
    assert (step.came_from, step.state, case.state) == ("smear", "referral", "referral")
    assert "consult_same_day" in ids(step.raised)
    assert step.change is not None and (step.change.state_before, step.change.state_after) == ("smear", "referral")
    assert "consult_same_day" in ids(step.change.added) and step.change.taken_away == ()


def test_it_counts_from_the_moment_of_the_sample_and_not_of_the_correction():
    case = told(ONLY_ANC_LOW)
    case.correct("e1", TWO_LOW, at=at(days=2), by="lab")
    (line,) = [one for one in case.plan(at=at(days=2)).lines if one.id == "consult_same_day"]
    assert line.since == at() and line.overdue


def test_a_correction_that_changes_nothing_urgent_counts_at_once():
    case = told(ONLY_ANC_LOW, ChemistryReported(potassium="4.4 mmol/L"))
    step = case.correct("e2", ChemistryReported(potassium="5.4 mmol/L"), at=at(60))
    assert not step.proposed and str(case.value("potassium")) == "5.4"
    assert step.change.added == step.change.removed == step.change.taken_away == ()


def test_an_urgent_advice_that_is_completed_is_not_taken_away():
    """A smear of an unqualified reviewer turns out to be the haematologist's: the review is done."""
    case = told(ONLY_ANC_LOW, SmearReported(smear_reviewer="other", blasts_percent="0 %", immature_cells=False))
    assert "smear_now" in case.advice
    step = case.correct("e2", CLEAR_SMEAR, at=at(60))
    assert not step.proposed and "smear_now" in ids(step.completed) and case.state == "exam"


def test_a_withdrawn_consultation_makes_the_call_due_again_at_once():
    case = told(INDEX_COUNT, CALL)
    step = case.withdraw("e2", at=at(60), by="ward", reason="another child")
    assert not step.proposed and case.state == "referral" and "consult_same_day" in case.advice


def test_a_withdrawn_treatment_makes_it_due_again_at_once():
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted())
    assert "antimicrobials_now" not in case.advice
    assert not case.withdraw("e3", at=at(90)).proposed
    assert "antimicrobials_now" in case.advice


@pytest.mark.parametrize("change", ["correct", "withdraw"])
def test_a_change_may_come_at_the_very_moment_of_its_entry_and_not_before(change):
    for minutes, taken in ((60, True), (59.9, False)):
        case = told(INDEX_COUNT, (60, BloodCountReported(hb="12 g/dL")))
        correct = BloodCountReported(hb="13 g/dL")
        with nullcontext() if taken else pytest.raises(BadInput, match="is before the entry e2"):
            if change == "correct":
                case.correct("e2", correct, at=at(minutes), by="lab")
            else:
                case.withdraw("e2", at=at(minutes), by="lab")
        assert len(case.log) == 2 + taken


# --- a correction that takes urgency away ---------------------------------------------------------------------------


def test_a_correction_that_takes_urgency_away_waits_and_nothing_changes():
    case = told(INDEX_COUNT)
    before = urgent(case), case.state, case.value("anc")
    step = case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    assert step.proposed and [one.id for one in case.pending] == ["e2"]
    assert (urgent(case), case.state, case.value("anc")) == before
    assert step.state == "referral" and step.raised == step.completed == step.withdrawn == step.fired == ()


def test_the_step_says_what_would_change_and_what_would_be_taken_away():
    case = told(INDEX_COUNT)
    step = case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    assert (step.change.state_before, step.change.state_after) == ("referral", "outside_pathway")
    assert {"consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"} == ids(step.change.taken_away)
    assert step.to_json()["proposed"] is True and "consult_same_day" in step.to_json()["change"]["taken_away"]


def test_from_the_acknowledgement_on_it_counts():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    step = case.acknowledge("e2", at=at(90), by="Dr A")
    assert case.state == step.state == "outside_pathway" and case.pending == () and urgent(case) == set()
    assert "consult_same_day" in ids(step.withdrawn) and not step.proposed
    assert seen(case) == seen(told(NORMAL_COUNT)), "it was so from the start"


def test_it_may_be_acknowledged_by_the_name_of_what_it_would_change():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    case.acknowledge("e1", at=at(90), by="Dr A")
    assert case.log[-1].target == "e2" and case.state == "outside_pathway"


def test_what_waits_is_on_every_plan_until_it_is_answered():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    assert case.plan(at=at(days=3)).pending == ("e2",)
    case.acknowledge("e2", at=at(days=4), by="Dr A")
    assert case.plan(at=at(days=5)).pending == ()


def test_what_waits_may_be_withdrawn_instead():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    case.withdraw("e2", at=at(70), by="lab", reason="wrong child")
    assert case.pending == () and case.state == "referral"


def test_other_events_go_on_while_a_correction_waits():
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="lab")
    case.record(CALL, at=at(90))
    assert case.state == "specialist_workup" and [one.id for one in case.pending] == ["e2"]


def test_a_withdrawn_count_waits_like_a_correction():
    case = told(INDEX_COUNT)
    step = case.withdraw("e1", at=at(60), by="lab", reason="another child's sample")
    assert step.proposed and urgent(case) >= {"consult_same_day"}
    case.acknowledge("e2", at=at(90), by="Dr A")
    assert case.state == "initial_labs" and urgent(case) == set()
    assert case.log[1].reason == "another child's sample"


def test_a_late_result_that_takes_urgency_away_waits_like_a_correction():
    """The fever was gone before the count: with it, the count alone is no reason for the call on the same day."""
    case = told((60, SymptomsReported(fever=True)), (90, ONLY_ANC_LOW))
    assert "consult_same_day" in case.advice
    step = case.record(SymptomsReported(fever=False), at=at(75), by="ward")
    assert step.proposed and "consult_same_day" in case.advice and step.change.taken_away
    case.acknowledge(step.entry, at=at(120), by="Dr A")
    assert "consult_same_day" not in case.advice and case.state == "smear"


# --- a correction that does both ------------------------------------------------------------------------------------


def mixed() -> Case:
    """Infection signs with low neutrophils; then the neutrophils were normal after all, and two other lines low."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound())
    assert "antimicrobials_now" in case.advice and "consult_same_day" not in case.advice
    two_other_lines = BloodCountReported(
        wbc="9 10*9/L", anc="3 10*9/L", alc="1.4 10*9/L", hb="9 g/dL", platelets="300 10*9/L"
    )
    step = case.correct("e1", two_other_lines, at=at(60), by="lab")
    assert not step.proposed and ids(step.change.taken_away) == {"antimicrobials_now"}
    return case


def test_a_correction_that_does_both_adds_at_once_and_keeps_what_it_would_take_away():
    case = mixed()
    assert {"consult_same_day", "antimicrobials_now"} <= urgent(case)
    assert [one.id for one in case.pending] == ["e3"] and case.state == "referral"


def test_what_was_kept_is_kept_since_it_was_raised():
    (line,) = [one for one in mixed().plan(at=at(120)).lines if one.id == "antimicrobials_now"]
    assert line.since == at(30)


def test_what_was_kept_goes_when_it_is_done():
    case = mixed()
    case.record(AntimicrobialsStarted(), at=at(90))
    assert "antimicrobials_now" not in case.advice


def test_what_was_kept_goes_when_it_is_acknowledged_and_what_was_added_stays():
    case = mixed()
    case.acknowledge("e3", at=at(90), by="Dr A")
    assert "antimicrobials_now" not in case.advice and "consult_same_day" in case.advice and case.pending == ()


def test_what_was_kept_survives_further_results_and_json():
    case = mixed()
    case.record(CLEAR_EXAM, at=at(90))
    case.record(ChemistryReported(ldh="300 U/L"), at=at(45))
    for one in (case, case.copy(), Case.from_json(case.to_json(), PATHWAY)):
        assert "antimicrobials_now" in one.advice


# --- a repeat is no correction --------------------------------------------------------------------------------------


def test_a_better_repeat_count_does_not_cancel_the_call_to_haematology():
    case = told(INDEX_COUNT)
    before = urgent(case)
    step = case.record(NORMAL_COUNT, at=at(60))
    assert not step.proposed and case.state == "referral" and before <= urgent(case) | ids(step.completed)
    assert "consult_same_day" in case.advice
    assert case.propose("defer_referral", at=at(61)).verdict == "refused"


def test_a_better_repeat_count_that_comes_late_does_not_cancel_it_either():
    case = told((0, INDEX_COUNT), (120, CLEAR_EXAM))
    assert not case.record(NORMAL_COUNT, at=at(60)).proposed
    assert "consult_same_day" in case.advice


def test_a_worse_count_of_an_earlier_moment_counts_at_once():
    case = told((60, ONLY_ANC_LOW))
    step = case.record(INDEX_COUNT, at=at(0))
    assert not step.proposed and case.state == "referral" and "consult_same_day" in ids(step.raised)
    assert step.change is not None


# --- nothing is lost ------------------------------------------------------------------------------------------------


@relaxed
@given(stories(8), st.data())
def test_urgent_advice_leaves_by_completion_or_acknowledgement_and_in_no_other_way(story, data):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    for number in range(4):
        before = urgent(case)
        moment = START + timedelta(days=50, hours=number)
        events = [one for one in case.log if event_of(one) is not None]
        assume(events)
        target = data.draw(st.sampled_from(events))
        try:
            if data.draw(st.booleans()):
                step = case.withdraw(target.id, at=moment)
            else:
                step = case.correct(target.id, data.draw(events_of(target.event.kind)), at=moment)
        except BadInput:
            continue
        assert before - urgent(case) <= ids(step.completed), step.to_json()
        assert not ids(step.withdrawn) & URGENT
        assert bool(step.change.taken_away) is bool(step.proposed or case.log[-1].retains)


@pytest.mark.parametrize("how", ["correct", "withdraw", "late"])
def test_what_is_refused_or_waits_leaves_the_log_whole(how):
    case = told((0, INDEX_COUNT), (60, CLEAR_EXAM))
    match how:
        case "correct":
            case.correct("e1", NORMAL_COUNT, at=at(90))
        case "withdraw":
            case.withdraw("e1", at=at(90))
        case "late":
            case.record(NORMAL_COUNT, at=at(-30))
    assert len(case.log) == 3 and [one.id for one in case.log[:2]] == ["e1", "e2"]
    assert case.log[0].event == INDEX_COUNT.event
