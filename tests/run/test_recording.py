"""What recording an event promises: the step says what it did, and the case changes in nothing else."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, BadInput, Case, Step
from pathway.definition.events import (
    BloodCountReported,
    ChemistryReported,
    DiagnosisConfirmed,
    Kmt2aReported,
    SmearReported,
)
from tests.children import (
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NINE,
    ONLY_ANC_LOW,
    at,
    in_leukaemia,
    told,
)
from tests.strategies import START, stories

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ids(advice) -> list[str]:
    return [one.id for one in advice]


# --- record ---------------------------------------------------------------------------------------------------------


def test_a_new_case_waits_for_a_blood_count_and_has_no_urgent_advice():
    case = Case(PATHWAY, born=BORN)
    assert (case.state, case.episode, case.log, case.history, case.pending, case.deviations) == (
        "initial_labs", 1, (), (), (), (),
    )  # fmt: skip
    assert case.timezone == "UTC"
    assert case.plan(at=NINE).of("now") == ()
    assert "blood_count_reported" in [one.event for one in case.next_events()]


def test_recording_the_pages_patient_says_where_the_child_is_and_what_to_do():
    case = Case(PATHWAY, born=BORN)
    step = case.record(INDEX_COUNT, at=NINE, by="ward")
    assert isinstance(step, Step)
    assert (step.entry, step.event, step.at) == ("e1", "blood_count_reported", NINE)
    assert (step.came_from, step.passed_through, step.state) == ("initial_labs", ("initial_labs",), "referral")
    assert {"consult_same_day", "smear_now", "exam_now", "tumour_lysis_labs"} <= set(ids(step.raised))
    assert {"hb", "platelets", "haematology_consulted"} <= set(step.awaits)
    assert not step.proposed and step.change is None
    assert [one.transition.id for one in step.fired] == ["same_day_referral"]


def test_an_entry_keeps_when_it_was_so_who_said_it_and_its_name():
    case = Case(PATHWAY, born=BORN)
    case.record(INDEX_COUNT, at=NINE, by="ward", id="cbc-1")
    case.record(CLEAR_EXAM, at=at(5))
    first, second = case.log
    assert (first.id, first.kind, first.at, first.by, first.event) == (
        "cbc-1",
        "event",
        NINE,
        "ward",
        INDEX_COUNT.event,
    )
    assert second.id == "e2" and second.by == ""


def test_a_given_name_that_looks_like_a_number_of_ours_is_not_given_twice():
    case = Case(PATHWAY, born=BORN)
    case.record(CLEAR_EXAM, at=NINE, id="e2")
    assert case.record(CLEAR_EXAM, at=at(1)).entry == "e3"


def test_several_states_may_be_passed_at_one_event():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR)
    assert [one.transition.target for one in case.history] == ["smear", "exam"]
    step = case.record(DiagnosisConfirmed(diagnosis="all"), at=at(90))
    assert step.passed_through == ("exam", "specialist_workup") and step.state == "confirmed_all"


def test_an_event_that_moves_nothing_still_brings_its_facts():
    case = told(INDEX_COUNT)
    step = case.record(ChemistryReported(potassium="4.4 mmol/L"), at=at(5))
    assert step.fired == () and step.state == step.came_from == "referral"
    assert str(case.value("potassium")) == "4.4"
    assert "potassium" not in step.awaits and "ldh" in step.awaits


def test_what_was_held_back_is_said_in_the_step_and_the_rest_counts():
    step = told().record(BloodCountReported(hb="91 g/dL", anc="0.7 10*9/L", alc="1.4 10*9/L"), at=NINE)
    assert [(one.fact, one.given) for one in step.held] == [("hb", "91 g/dL")]
    assert "would be 9.1 g/dL" in step.held[0].reason
    assert step.state == "referral" and "hb" in step.awaits


def test_completed_advice_leaves_and_is_said_to_be_completed():
    case = told(INDEX_COUNT)
    step = case.record(CALL, at=at(30))
    assert ids(step.completed) == ["consult_same_day"] and "consult_same_day" not in case.advice


def test_what_a_closed_episode_left_undone_is_said():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM)
    step = case.record(NEGATIVE, at=at(90))
    assert step.state == "follow_up" and case.episode == 2
    assert "medication_history" in ids(step.left_undone)


def test_two_results_that_cannot_both_be_so_are_both_kept_and_shown():
    case = told(Kmt2aReported(kmt2a="rearranged"))
    step = case.record(Kmt2aReported(kmt2a="germline"), at=at(30))
    assert ids(step.contradictions) == ["germline_after_rearranged"]
    assert case.value("kmt2a") == "rearranged" and len(case.log) == 2


def test_the_facts_of_a_case_can_be_asked_by_name():
    case = in_leukaemia()
    assert (str(case.value("wbc")), case.value("lineage"), case.value("something_low")) == ("2.5", "lymphoid", True)
    assert (case.value("age"), case.value("age_at_diagnosis"), str(case.value("wbc_at_diagnosis"))) == (13, 13, "2.5")
    assert case.value("hb") is None


def test_blasts_are_computed_from_one_sample_and_said_to_be():
    case = Case(PATHWAY, born=BORN)
    case.record(BloodCountReported(wbc="2.5 10*9/L"), at=NINE)
    case.record(SmearReported(smear_reviewer="pathologist", blasts_percent="34 %"), at=NINE)
    assert str(case.value("blasts")) == "850.0" or case.value("blasts") == 850
    later = told(
        BloodCountReported(wbc="2.5 10*9/L"), SmearReported(smear_reviewer="pathologist", blasts_percent="34 %")
    )
    assert later.value("blasts") is None, "another sample"


def test_the_grade_of_neutropenia_is_for_display_and_refused_as_a_value():
    with pytest.raises(BadInput, match="anc_grade"):
        told(INDEX_COUNT).value("anc_grade")


@relaxed
@given(stories())
def test_a_step_says_what_became_of_state_and_advice_and_nothing_else_changes(story):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        state, advice, entries = case.state, set(case.advice), case.log
        step = case.record(event, at=moment)
        assert (step.came_from, step.state) == (state, case.state)
        assert case.log[:-1] == entries and case.log[-1].id == step.entry
        gained, lost = set(case.advice) - advice, advice - set(case.advice)
        assert gained <= set(ids(step.raised)), (gained, step.to_json())
        assert lost <= set(ids((*step.completed, *step.withdrawn))), (lost, step.to_json())
        assert step.passed_through == tuple(one.source for one in step.fired)
        assert not step.proposed or (gained, lost) == (set(), set())


@settings(relaxed, max_examples=15)
@given(stories(8))
def test_every_answer_is_json_that_does_not_depend_on_when_it_was_made(story):
    def answers() -> list[str]:
        case = Case(PATHWAY, born=BORN)
        made = [case.record(event, at=moment).to_json() for moment, event in story]
        later = START + timedelta(days=40)
        made += [case.plan(at=later).to_json(), *(one.to_json() for one in case.next_events(at=later))]
        made += [case.propose(order, at=later).to_json() for order in PATHWAY.orders_by_id]
        made += [case.why_not(state, at=later).to_json() for state in PATHWAY.states_by_name]
        made += [one.to_json() for target in (None, *case.advice) for one in case.why(target, at=later)]
        return [json.dumps(one) for one in made]

    assert answers() == answers()


def test_the_json_of_a_step_has_every_part_of_it():
    step = told(INDEX_COUNT).record(CALL, at=at(30))
    names = set(Step._fields) - {"fired"} | {"transitions"}
    assert set(step.to_json()) == names
    assert step.to_json()["transitions"] == ["haematology_reached"]
    assert step.to_json()["at"] == "2026-01-22T09:30:00Z"
