"""The plan of another moment, and what leaves the plan in the course of time. Asking changes nothing."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.definition.events import (
    AntimicrobialsStarted,
    BloodCountReported,
    BoneMarrowPerformed,
    Kmt2aReported,
    LiveVaccineGiven,
    SmearReported,
    VaccineHoldReleased,
)
from tests.children import (
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NINE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    in_follow_up,
    told,
)
from tests.run.everything import everything
from tests.strategies import START, moments, stories

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- at another moment ----------------------------------------------------------------------------------------------


def test_a_plan_of_an_earlier_moment_shows_what_had_happened_by_then():
    case = told((0, INDEX_COUNT), (60, CALL), (120, CLEAR_SMEAR))
    assert (
        case.plan(at=at(-60)).state == "initial_labs"
        and case.plan(at=at(-60)).lines[:1] != case.plan(at=at(0)).lines[:1]
    )
    assert case.plan(at=at(0)).state == "referral"
    assert case.plan(at=at(59)).state == "referral" and "consult_same_day" in {
        one.id for one in case.plan(at=at(59)).lines
    }
    assert case.plan(at=at(60)).state == "specialist_workup"
    assert "smear_now" in {one.id for one in case.plan(at=at(119)).lines}


@relaxed
@given(stories(), moments())
def test_it_is_the_plan_that_would_have_been_made_then(story, moment):
    """With the entries recorded in the order of time, nothing that happened later is on it."""
    story = sorted(story, key=lambda one: (one[0], one[1].kind.last, list(PATHWAY.events_by_name).index(one[1].name)))
    whole, until_then = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for when, event in story:
        whole.record(event, at=when)
        if when <= moment:
            until_then.record(event, at=when)
    assert whole.plan(at=moment).to_json() == until_then.plan(at=moment).to_json()


def test_a_contradiction_of_later_is_not_on_a_plan_of_before():
    case = told((0, Kmt2aReported(kmt2a="rearranged")), (60, Kmt2aReported(kmt2a="germline")))
    assert len(case.plan(at=at(60)).contradictions) == 1
    assert case.plan(at=at(59)).contradictions == ()


def test_before_anything_happened_the_plan_waits_for_a_count():
    plan = told((60, INDEX_COUNT)).plan(at=NINE)
    assert plan.state == "initial_labs" and plan.of("now") == () and "wbc" in {one.fact for one in plan.awaited}
    assert plan.counts == ()


@relaxed
@given(stories(8), st.lists(moments(60), min_size=1, max_size=4))
def test_making_a_plan_never_changes_the_case(story, times):
    case, untouched = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
        untouched.record(event, at=moment)
        for time in times:
            case.plan(at=time)
    assert case.to_json() == untouched.to_json() and case.advice == untouched.advice and case.state == untouched.state
    last = START + timedelta(days=70)
    assert case.plan(at=last).to_json() == untouched.plan(at=last).to_json()


@settings(relaxed, max_examples=25)
@given(stories(8), moments(60), moments(60))
def test_the_same_moment_gives_the_same_plan_whatever_was_asked_between(story, one, other):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    before = json.dumps(case.plan(at=one).to_json())
    case.plan(at=other)
    case.why_not("high_risk", at=other)
    case.next_events(at=other)
    assert json.dumps(case.plan(at=one).to_json()) == before


@relaxed
@given(stories(8), st.integers(0, 40), st.integers(1, 40))
def test_while_time_passes_nothing_is_withdrawn_and_what_is_overdue_stays_so(story, day, days):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    earlier = START + timedelta(days=31 + day)
    one, two = case.plan(at=earlier), case.plan(at=earlier + timedelta(days=days))
    assert [line.id for line in one.lines] == [line.id for line in two.lines]
    assert set(one.overdue) <= set(two.overdue)


@pytest.mark.parametrize("waits", [False, True], ids=["nothing waits", "something waits"])
def test_asking_at_another_moment_leaves_the_clock_of_the_case_where_it_was(waits):
    case = in_follow_up()
    if waits:
        case.record(fever("38.5"), at=at(100), id="hot")
        assert case.correct("hot", fever("37"), at=at(110), by="ward").proposed
    before, said = everything(case.timeline.end), case.to_json()
    days, age = case.value("days_in_state"), case.value("age")
    for moment in (at(-60), at(45), at(days=30), at(days=400)):
        case.plan(at=moment).to_json()
        case.why(at=moment)
        case.why("repeat_blood_count", at=moment)
        case.why_not("high_risk", at=moment)
        case.next_events(at=moment)
        case.propose("close_case", at=moment)
        case.what_if(NORMAL_COUNT, at=moment)
    assert everything(case.timeline.end) == before and case.to_json() == said
    assert (case.value("days_in_state"), case.value("age")) == (days, age)


def test_a_plan_that_is_read_late_says_what_it_would_have_said_at_once():
    case = told(INDEX_COUNT, fever("38.5"))
    plan, again = case.plan(at=at(60)), case.plan(at=at(60))
    said = again.to_json()
    case.record(CALL, at=at(30))
    case.correct("e2", fever("37"), at=at(70), by="ward")
    case.plan(at=at(days=3)).to_json()
    assert plan.to_json() == said


# --- advice over time -----------------------------------------------------------------------------------------------


def test_what_a_negative_work_up_left_undone_is_said_once_and_leaves_the_plan():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM)
    assert "medication_history" in {one.id for one in case.plan(at=at(80)).lines}
    step = case.record(NEGATIVE, at=at(90))
    assert "medication_history" in {one.id for one in step.left_undone}
    assert "medication_history" not in {one.id for one in case.plan(at=at(91)).lines}


def test_the_hold_on_live_vaccines_is_lifted_by_a_clinician_alone():
    case = told(INDEX_COUNT, NORMAL_COUNT, CALL, CLEAR_EXAM)
    assert "hold_live_vaccines" in case.advice
    case.record(VaccineHoldReleased(), at=at(150))
    assert "hold_live_vaccines" not in case.advice
    case.record(INDEX_COUNT, at=at(180))
    assert "hold_live_vaccines" in case.advice, "and again from a new low count"


def test_head_injury_is_to_be_avoided_while_platelets_are_low_or_unknown():
    assert "avoid_head_trauma" in told(INDEX_COUNT).advice
    low = BloodCountReported(platelets="149 10*9/L")
    fine = BloodCountReported(platelets="150 10*9/L")
    assert "avoid_head_trauma" in told(INDEX_COUNT, low).advice
    assert "avoid_head_trauma" not in told(INDEX_COUNT, fine).advice
    assert "avoid_head_trauma" in told(INDEX_COUNT, fine, low).advice


def test_treatment_that_was_begun_is_not_advised_again_without_a_new_ground():
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted(), CLEAR_EXAM)
    assert "antimicrobials_now" not in case.advice
    case.record(fever("38.4"), at=at(240))
    assert "antimicrobials_now" in case.advice


def test_the_smear_of_an_unqualified_reviewer_does_not_end_the_request_for_a_smear():
    smear = SmearReported(smear_reviewer="analyser", blasts_percent="0 %", immature_cells=False)
    assert "smear_now" in told(INDEX_COUNT, smear).advice
    assert "smear_now" not in told(INDEX_COUNT, smear, CLEAR_SMEAR).advice


def test_a_line_of_a_pathway_that_is_not_ours_is_printed_all_the_same():
    mine = evolve(PATHWAY.advice_named("hydration"), id="rest", words="Let the child rest.", family="Rest.")
    pathway = evolve(PATHWAY, advice=(*PATHWAY.advice, mine))
    case = Case(pathway, born=date(2024, 12, 22))
    case.record(INDEX_COUNT, at=NINE)
    assert "Rest." in case.plan(at=NINE).family


# --- what was done in spite -----------------------------------------------------------------------------------------


def test_a_deviation_is_on_every_plan_from_then_on():
    case = told((0, INDEX_COUNT), (60, BoneMarrowPerformed()), (90, CALL))
    assert case.plan(at=at(59)).deviations == ()
    (line,) = case.plan(at=at(days=3)).deviations
    assert "done although refused" in line


def test_a_live_vaccine_under_the_hold_is_a_deviation_and_after_its_release_none():
    assert len(told(INDEX_COUNT, LiveVaccineGiven()).deviations) == 1
    case = told(INDEX_COUNT, VaccineHoldReleased(), LiveVaccineGiven())
    assert case.deviations == () and case.propose("give_live_vaccine", at=at(200)).verdict == "permitted"
