"""The next events: what would bring what is awaited, or move the case on."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, Case
from pathway.definition.events import DiagnosisConfirmed, SmearReported
from pathway.run.answers import NextEvent
from tests.children import (
    BORN,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    ONLY_ANC_LOW,
    at,
    in_follow_up,
    in_leukaemia,
    told,
)
from tests.strategies import stories

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ids(advice) -> list[str]:
    return [one.id for one in advice]


def test_the_next_events_name_the_fields_that_are_awaited_and_those_that_must_be_given():
    found = {one.event: one for one in told(INDEX_COUNT).next_events()}
    assert all(isinstance(one, NextEvent) for one in found.values())
    assert found["blood_count_reported"].fields == ("hb", "platelets")
    assert found["chemistry_reported"].fields == ("potassium", "uric_acid", "ldh", "phosphate")
    assert found["smear_reported"].required == ("smear_reviewer",)
    assert found["haematology_consulted"].leads_to == ("specialist_workup",)
    assert found["haematology_consulted"].fields == ()


def test_an_event_that_a_way_out_waits_for_is_among_the_next_ones():
    found = {one.event: one for one in told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM).next_events()}
    assert found["workup_declared_negative"].leads_to == ("follow_up",)
    assert found["workup_declared_negative"].required == ("declared_by",)
    assert set({one.event for one in in_follow_up().next_events()}) >= {"blood_count_reported"}


def test_in_leukaemia_the_next_event_is_the_kmt2a_result():
    found = {one.event: one for one in in_leukaemia().next_events()}
    assert found["kmt2a_reported"].leads_to == ("kmt2a_stratification",)


@settings(relaxed, max_examples=30)
@given(stories(6))
def test_a_next_event_names_only_fields_that_it_has_and_states_that_can_be_reached_from_here(story):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    for one in case.next_events():
        kind = PATHWAY.event_type(one.event)
        assert set(one.fields) <= {field.fact for field in kind.fields}
        assert one.required == tuple(field.fact for field in kind.fields if field.required)
        assert set(one.leads_to) <= {rule.target for rule in PATHWAY.transitions if case.state in rule.sources}


def test_a_diagnosis_is_said_to_lead_where_it_leads():
    """A diagnosis stands for the consultation: from the referral it leads to the specialists."""
    case = told(INDEX_COUNT)
    found = {one.event: one for one in case.next_events()}
    assert case.what_if(DiagnosisConfirmed(diagnosis="cml"), at=at(30)).passed_through[1:2] == ("specialist_workup",)
    assert "specialist_workup" in found["diagnosis_confirmed"].leads_to


@pytest.mark.parametrize("count", [ONLY_ANC_LOW, INDEX_COUNT], ids=["smear", "referral"])
def test_after_the_smear_of_an_analyser_the_qualified_one_is_still_the_next_event(count):
    smear = SmearReported(smear_reviewer="analyser", blasts_percent="0 %", immature_cells=False)
    case = told(count, smear)
    assert "smear_now" in case.advice
    assert "smear_reported" in [one.event for one in case.next_events()]


BRINGS = {
    "antimicrobials_now": {"antimicrobials_started"},
    "recheck_temperature": {"temperature_measured"},
    "consult_same_day": {"haematology_consulted"},
    "reconsult_haematology": {"haematology_consulted"},
    "exam_now": {"examined"},
    "tumour_lysis_labs": {"chemistry_reported"},
}


@relaxed
@given(stories())
def test_what_urgent_advice_asks_for_is_always_among_the_next_events(story):
    """All but the smear; see the analyser, above."""
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    found = {one.event for one in case.next_events()}
    for name in set(BRINGS) & set(case.advice):
        assert BRINGS[name] <= found, name
