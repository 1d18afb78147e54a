"""What was wrong from the start: more urgency counts at once, less of it waits for a clinician (N53, S88).

A better repeat count is no correction. It takes nothing urgent away, because it does not say that the first was wrong.
"""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case, Override
from pathway.definition.events import (
    AntimicrobialsStarted,
    BloodCountReported,
    BoneMarrowPerformed,
    ChemistryReported,
    InfectionSignsFound,
    SmearReported,
    SymptomsReported,
)
from tests.children import (
    BLASTS,
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    in_follow_up,
    in_leukaemia,
    told,
)
from tests.strategies import START, events_of, stories

NOW = {one.id for one in PATHWAY.advice if one.urgency == "now"}
TWO_LOW = BloodCountReported(wbc="9 10*9/L", anc="1.2 10*9/L", alc="1.4 10*9/L", hb="12 g/dL", platelets="300 10*9/L")
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def urgent(case: Case) -> set[str]:
    return set(case.advice) & NOW


def ids(advice) -> set[str]:
    return {one.id for one in advice}


def seen(case: Case) -> str:
    """What a reader sees of a case, apart from the names of entries."""
    data = case.plan(at=START + timedelta(days=90)).to_json()
    data["contradictions"] = sorted(line.split(" (entry")[0] for line in data["contradictions"])
    return json.dumps(data)


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


# --- withdrawn ------------------------------------------------------------------------------------------------------


@relaxed
@given(stories(8), st.data())
def test_what_was_withdrawn_and_acknowledged_never_was(story, data):
    assume(story)
    number = data.draw(st.integers(0, len(story) - 1))
    case, without = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for place, (moment, event) in enumerate(story):
        case.record(event, at=moment, id=f"x{place}")
        if place != number:
            without.record(event, at=moment, id=f"x{place}")
    settle(case)
    case.withdraw(f"x{number}", at=START + timedelta(days=50), by="lab")
    assert seen(settle(case)) == seen(settle(without))


@relaxed
@given(stories(8), st.data())
def test_what_was_corrected_and_acknowledged_was_so_from_the_start(story, data):
    assume(story)
    number = data.draw(st.integers(0, len(story) - 1))
    right = data.draw(events_of(story[number][1].kind))
    case, straight = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for place, (moment, event) in enumerate(story):
        case.record(event, at=moment, id=f"x{place}")
        straight.record(right if place == number else event, at=moment, id=f"x{place}")
    settle(case)
    case.correct(f"x{number}", right, at=START + timedelta(days=50), by="lab")
    assert seen(settle(case)) == seen(settle(straight))


@relaxed
@given(stories(8), st.data())
def test_a_correction_to_the_same_values_changes_nothing(story, data):
    assume(story)
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    settle(case)
    before = seen(case)
    wrong = data.draw(st.sampled_from([one for one in case.log if one.kind == "event"]))
    step = case.correct(wrong.id, wrong.event, at=START + timedelta(days=50))
    assert not step.proposed and seen(case) == before
    assert (step.change.added, step.change.removed, step.change.taken_away) == ((), (), ())


def settle(case: Case) -> Case:
    while case.pending:
        case.acknowledge(case.pending[0].id, at=START + timedelta(days=60), by="Dr A")
    return case


def test_a_withdrawn_correction_brings_back_what_it_corrected():
    case = told(ONLY_ANC_LOW)
    case.correct("e1", BloodCountReported(anc="1.1 10*9/L"), at=at(60))
    case.withdraw("e2", at=at(70))
    assert str(case.value("anc")) == "1.2" and case.log[0].id == "e1"
    case.correct("e1", BloodCountReported(anc="1.3 10*9/L"), at=at(80))
    assert str(case.value("anc")) == "1.3"


def test_a_correction_of_a_correction_is_about_the_same_event():
    case = told(ONLY_ANC_LOW)
    case.correct("e1", BloodCountReported(anc="1.1 10*9/L"), at=at(60))
    case.correct("e2", BloodCountReported(anc="1.0 10*9/L"), at=at(70))
    assert str(case.value("anc")) == "1"
    case.withdraw("e3", at=at(80))
    assert str(case.value("anc")) == "1.1"


def test_a_withdrawn_event_takes_its_corrections_along():
    case = told(CLEAR_EXAM, (60, BloodCountReported(hb="12 g/dL")))
    case.correct("e2", BloodCountReported(hb="13 g/dL"), at=at(70))
    case.withdraw("e2", at=at(80))
    assert case.value("hb") is None


# --- another moment -------------------------------------------------------------------------------------------------


def test_a_correction_may_move_an_event_to_another_moment():
    case = told((0, fever("38.1")), (45, fever("38.1")), born=BORN)
    assert case.value("fever_for_an_hour") is None
    case.correct("e2", fever("38.1"), at=at(120), taken_at=at(60))
    assert case.value("fever_for_an_hour") is True


def test_an_event_that_moves_past_another_is_folded_after_it():
    case = told(SymptomsReported(fatigue=True), SymptomsReported(fatigue=False))
    assert case.value("fatigue") is False
    case.correct("e1", SymptomsReported(fatigue=True), at=at(120), taken_at=at(60))
    assert case.value("fatigue") is True


def test_a_repeat_count_that_was_taken_on_day_six_after_all_resolves_nothing():
    case = in_follow_up()
    case.record(NORMAL_COUNT, at=at(90, days=7), id="repeat")
    assert case.state == "resolved"
    step = case.correct("repeat", NORMAL_COUNT, at=at(90, days=8), taken_at=at(90, days=6))
    assert case.state == "follow_up" and step.change.state_before == "resolved"


# --- what rests on what was wrong -----------------------------------------------------------------------------------


def test_acts_and_overrides_after_what_was_corrected_are_listed_for_review():
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted(), CLEAR_EXAM)
    case.propose("order_bone_marrow", at=at(100), override=Override("Dr A", "bleeding"))
    case.record(BoneMarrowPerformed(), at=at(110), id="marrow")
    step = case.correct("e2", fever("37.5"), at=at(120), by="ward")
    assert set(step.change.review) == {"e3", "e5", "marrow"}


def test_acts_before_what_was_corrected_do_not_rest_on_it():
    case = told(AntimicrobialsStarted(), INDEX_COUNT)
    assert case.correct("e2", NORMAL_COUNT, at=at(120)).change.review == ()


def test_the_acknowledgement_lists_for_review_as_the_correction_did():
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted())
    proposed = case.correct("e1", NORMAL_COUNT, at=at(120))
    assert proposed.proposed and proposed.change.review == ("e3",)
    assert case.acknowledge("e4", at=at(130), by="Dr A").change.review == ("e3",)


def test_a_late_result_lists_the_acts_that_came_after_it():
    case = told((30, INDEX_COUNT), (60, AntimicrobialsStarted()))
    assert case.record(fever("38.5"), at=at(0)).change.review == ("e2",)


def test_an_act_that_a_correction_makes_permitted_is_no_deviation_any_more_and_the_other_way_round():
    case = told(INDEX_COUNT, fever("37.0"), AntimicrobialsStarted())
    assert [one.order.id for one in case.deviations] == ["start_antimicrobials"]
    case.correct("e2", fever("38.5"), at=at(120))
    assert case.deviations == ()


def test_a_diagnosis_that_rests_on_a_corrected_smear_is_revised_once_someone_says_so():
    case = in_leukaemia()
    smear = next(one.id for one in case.log if one.event == BLASTS.event)
    few = SmearReported(smear_reviewer="haematologist", blasts_percent="3 %", lineage="lymphoid", immature_cells=True)
    step = case.correct(smear, few, at=at(120), by="lab")
    assert step.change.state_after == "specialist_workup"
    settle(case)
    assert case.state == "specialist_workup"


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
        events = [one for one in case.log if one.event is not None]
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
        assert not ids(step.withdrawn) & NOW
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


# --- while something waits ------------------------------------------------------------------------------------------


def of_four_months() -> Case:
    """One low count, of a child whose neutrophils it shows in range; the laboratory takes it back, and that waits."""
    count = BloodCountReported(
        wbc="8 10*9/L", anc="1.2 10*9/L", alc="3.6 10*9/L", hb="11.2 g/dL", platelets="260 10*9/L"
    )
    case = told(count, born=date(2025, 9, 22))
    assert case.withdraw("e1", at=at(30), by="lab").proposed
    return case


def test_while_a_withdrawal_waits_what_is_urgent_without_the_count_is_urgent():
    case = of_four_months()
    step = case.record(InfectionSignsFound(), at=at(60))
    assert "antimicrobials_now" in urgent(case) and "antimicrobials_now" in ids(step.raised)
    assert step.state == "smear" and str(case.value("anc")) == "1.2"
    (line,) = [one for one in case.plan(at=at(90)).lines if one.id == "antimicrobials_now"]
    assert line.since == at(60) and line.findings


def test_what_only_the_other_reading_calls_for_is_done_by_doing_it():
    case = of_four_months()
    case.record(InfectionSignsFound(), at=at(60))
    step = case.record(AntimicrobialsStarted(), at=at(90))
    assert "antimicrobials_now" in ids(step.completed) and "antimicrobials_now" not in case.advice
    assert case.deviations == ()


def test_the_acknowledgement_decides_between_the_two_readings():
    case = of_four_months()
    case.record(InfectionSignsFound(), at=at(60))
    case.acknowledge("e2", at=at(90), by="Dr A")
    assert urgent(case) == {"antimicrobials_now"} and case.state == "initial_labs"


@relaxed
@given(stories(5), stories(5), st.data())
def test_while_something_waits_the_plan_holds_what_is_urgent_with_it_and_without_it(before, after, data):
    case = Case(PATHWAY, born=BORN)
    for moment, event in [(START, INDEX_COUNT), *before]:
        case.record(event, at=moment)
    without = settle(case).copy()
    events = [one.id for one in case.log if one.kind == "event"]
    later = START + timedelta(days=40)
    waits = [one for one in events if case.copy().withdraw(one, at=later).proposed]
    if not waits:
        return
    case.withdraw(data.draw(st.sampled_from(waits)), at=later, by="lab")
    with_it = settle(case.copy())
    for number, (_, event) in enumerate(after):
        moment = START + timedelta(days=41, hours=number)
        then = urgent(case)
        told_of = case.record(event, at=moment)
        for one in (without, with_it):
            one.record(event, at=moment)
        assert urgent(case) == urgent(without) | urgent(with_it)
        assert ids(told_of.raised) & NOW >= urgent(case) - then
        assert then - urgent(case) <= ids(told_of.completed) | ids(told_of.left_undone)
    assert seen(Case.from_json(case.to_json(), PATHWAY)) == seen(case)
