"""An override answers for one act of one order in its episode. Only acts against a refusal are deviations."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from pathway import PATHWAY, Case, Override
from pathway.definition.events import (
    AntimicrobialsStarted,
    BoneMarrowPerformed,
    LiveVaccineGiven,
    Transplanted,
    VaccineHoldReleased,
)
from pathway.model.canonical import with_changes
from tests.children import (
    BORN,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    told,
)

BLEEDING = Override("Dr A", "bleeding")


def overridden(case: Case) -> list[bool]:
    """Of each deviation whether it was overridden."""
    return [deviation.overridden for deviation in case.deviations]


# --- the override ---------------------------------------------------------------------------------------------------


def test_an_override_is_kept_with_name_and_reason_and_the_refusal_stands():
    case = told(INDEX_COUNT)
    verdict = case.propose("order_bone_marrow", at=at(5), override=Override("Dr A", "bleeding into the brain"))
    assert verdict.verdict == "refused" and verdict.override == Override("Dr A", "bleeding into the brain")
    assert "S108" in verdict.cites
    entry = case.log[-1]
    assert (entry.kind, entry.by, entry.order, entry.reason) == (
        "override", "Dr A", "order_bone_marrow", "bleeding into the brain",
    )  # fmt: skip


def test_an_override_of_what_is_permitted_anyway_is_none():
    case = told(INDEX_COUNT, CALL)
    verdict = case.propose("order_bone_marrow", at=at(60), override=Override("Dr A", "needed"))
    assert verdict.verdict == "permitted" and verdict.override is None and len(case.log) == 2


# --- the act --------------------------------------------------------------------------------------------------------


def test_an_act_in_spite_of_a_refusal_is_recorded_and_marked_as_a_deviation():
    case = told(INDEX_COUNT)
    step = case.record(BoneMarrowPerformed(), at=at(30))
    assert case.value("bone_marrow_performed") is True, "a result or an act is never refused"
    (deviation,) = step.deviations
    assert (deviation.order.id, deviation.entry, deviation.overridden) == ("order_bone_marrow", "e2", False)
    assert case.deviations == step.deviations


def test_an_act_that_was_permitted_is_no_deviation():
    assert told(INDEX_COUNT, CALL, BoneMarrowPerformed()).deviations == ()
    assert told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted()).deviations == ()


def test_an_act_is_judged_by_what_was_so_before_it():
    """The first dose ends the fever trigger; the second is given without one."""
    case = told(INDEX_COUNT, fever("38.5"), AntimicrobialsStarted(), AntimicrobialsStarted())
    assert [deviation.entry for deviation in case.deviations] == ["e4"]


def test_a_treatment_is_judged_by_the_trigger_that_it_ends():
    """With neutrophils in range the fever calls for nothing urgent; it permits the treatment all the same."""
    case = told(NORMAL_COUNT, fever("38.5"), AntimicrobialsStarted())
    assert "fever_trigger" not in case.plan(at=at(90)).awaits and case.value("fever_trigger") is not True
    assert case.deviations == ()


def test_only_the_act_that_was_refused_is_a_deviation():
    """Of two transplants under six months of age, the one after total body irradiation breaks two rules."""
    born = date(2025, 9, 1)
    gentle = told(Transplanted(conditioning="chemotherapy_only"), born=born)
    harsh = told(Transplanted(conditioning="tbi_based"), born=born)
    assert [one.order.id for one in gentle.deviations] == ["transplant"]
    assert sorted(one.order.id for one in harsh.deviations) == ["condition_with_tbi", "transplant"]


# --- the act after the override -------------------------------------------------------------------------------------


def test_an_act_after_an_override_is_a_deviation_that_a_clinician_had_answered_for():
    case = told(INDEX_COUNT)
    case.propose("order_bone_marrow", at=at(5), override=BLEEDING)
    case.record(BoneMarrowPerformed(), at=at(30))
    assert overridden(case) == [True]
    assert "overridden by a clinician" in case.plan(at=at(60)).deviations[0]


def test_an_override_after_the_act_excuses_nothing():
    case = told(INDEX_COUNT, BoneMarrowPerformed())
    case.propose("order_bone_marrow", at=at(60), override=Override("Dr A", "it is done"))
    assert overridden(case) == [False]


def test_an_override_at_the_moment_of_the_act_excuses_the_next_act_and_not_that_one():
    case = told(INDEX_COUNT, BoneMarrowPerformed())
    case.propose("order_bone_marrow", at=at(30), override=BLEEDING)
    case.record(BoneMarrowPerformed(), at=at(40))
    assert overridden(case) == [False, True]


def test_an_override_at_the_moment_of_the_act_excuses_the_next_one_also_of_a_kind_that_is_folded_last():
    events = (evolve(kind, last=True) if kind.name == "bone_marrow_performed" else kind for kind in PATHWAY.events)
    pathway = with_changes(PATHWAY, version="9.0.0", events=tuple(events))
    case = Case(pathway, born=BORN)
    case.record(INDEX_COUNT, at=at(0))
    case.record(pathway.event("bone_marrow_performed"), at=at(30))
    case.propose("order_bone_marrow", at=at(30), override=BLEEDING)
    case.record(pathway.event("bone_marrow_performed"), at=at(40))
    assert overridden(case) == [False, True]


def test_an_override_excuses_one_act_and_the_next_wants_its_own():
    case = told(INDEX_COUNT)
    case.propose("order_bone_marrow", at=at(5), override=BLEEDING)
    case.record(BoneMarrowPerformed(), at=at(30))
    case.record(BoneMarrowPerformed(), at=at(60))
    assert overridden(case) == [True, False]
    case.propose("order_bone_marrow", at=at(70), override=BLEEDING)
    case.record(BoneMarrowPerformed(), at=at(90))
    assert overridden(case) == [True, False, True]


def test_an_act_that_is_permitted_uses_no_override_up():
    """The hold on live vaccines is lifted, and raised again by the next low count: the override still stands."""
    case = told(INDEX_COUNT)
    case.propose("give_live_vaccine", at=at(5), override=Override("Dr A", "measles in the ward"))
    for minute, event in (
        (10, VaccineHoldReleased()), (20, LiveVaccineGiven()), (30, INDEX_COUNT), (40, LiveVaccineGiven()),
        (50, LiveVaccineGiven()),
    ):  # fmt: skip
        case.record(event, at=at(minute))
    assert [(one.entry, one.overridden) for one in case.deviations] == [("e6", True), ("e7", False)]


def test_an_override_is_of_its_order_alone():
    case = told(INDEX_COUNT)
    case.propose("give_live_vaccine", at=at(5), override=BLEEDING)
    case.record(BoneMarrowPerformed(), at=at(30))
    assert overridden(case) == [False]


def test_an_override_excuses_nothing_after_its_episode_is_closed():
    case = told(ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM)
    case.propose("order_bone_marrow", at=at(80), override=BLEEDING)
    twin = case.copy()
    case.record(NEGATIVE, at=at(90))
    assert case.episode == 2
    for one in (case, twin):
        one.record(BoneMarrowPerformed(), at=at(120))
    assert (overridden(case), overridden(twin)) == ([False], [True])


def test_two_overrides_of_one_moment_each_excuse_their_act():
    case = told(INDEX_COUNT)
    case.propose("order_bone_marrow", at=at(5), override=BLEEDING)
    case.propose("give_live_vaccine", at=at(5), override=Override("Dr A", "measles in the ward"))
    for again in (case, case.copy(), Case.from_json(case.to_json(), PATHWAY)):
        again.record(BoneMarrowPerformed(), at=at(30))
        again.record(LiveVaccineGiven(), at=at(40))
        assert overridden(again) == [True, True]


def test_an_override_that_is_recorded_late_excuses_the_act_that_came_after_it():
    case = told(INDEX_COUNT, (60, BoneMarrowPerformed()))
    case.propose("order_bone_marrow", at=at(30), override=BLEEDING)
    assert overridden(case) == [True]


@pytest.mark.parametrize("order", PATHWAY.orders_by_id)
def test_an_override_changes_no_fact_and_no_advice(order):
    case = told(INDEX_COUNT, NORMAL_COUNT, born=BORN)
    before = case.plan(at=at(60)).to_json()
    case.propose(order, at=at(45), override=BLEEDING)
    assert case.plan(at=at(60)).to_json() == before
