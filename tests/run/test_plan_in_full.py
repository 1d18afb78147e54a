"""Each part of the plan, where it says something and where it says nothing."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

from pathway import PATHWAY, Case, Override
from pathway.definition.events import BloodCountReported, BoneMarrowPerformed
from tests.children import BORN, CALL, INDEX_COUNT, NINE, NORMAL_COUNT, ONLY_ANC_LOW, at, in_leukaemia, told

SECOND_COUNT = BloodCountReported(wbc="3.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")


def corrected() -> Case:
    case = told(INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory")
    return case


def test_only_what_was_counted_is_held_against_its_limit():
    assert {one.fact for one in told(INDEX_COUNT).plan(at=at(1)).counts} == {"wbc", "anc", "alc"}
    assert told().plan(at=NINE).counts == ()


def test_the_notes_on_waiting_corrections_are_on_the_plan_while_one_waits_and_not_otherwise():
    case = corrected()
    cited, notes = set(PATHWAY.pending_cites), {one.id for one in PATHWAY.notes}
    assert cited & notes, "no note is cited"
    assert cited & notes <= {one.id for one in case.plan(at=at(61)).notes}
    quiet = {one.id for one in told(INDEX_COUNT).plan(at=at(61)).notes}
    assert not (cited & notes) <= quiet


def test_what_waits_is_on_the_plan_from_its_own_moment_on():
    case = corrected()
    assert [case.plan(at=at(minute)).pending for minute in (59, 60)] == [(), ("e2",)]
    assert [case.plan(at=at(minute)).to_json()["pending"] for minute in (59, 60)] == [[], ["e2"]]


@pytest.mark.parametrize(("born", "warned"), [(BORN, False), (date(2026, 1, 1), True)])
def test_a_child_of_whom_the_source_does_not_speak_is_named_so(born, warned):
    plan = told(INDEX_COUNT, born=born).plan(at=at(1))
    assert plan.scope == plan.to_json()["scope"] == PATHWAY.scope_words if warned else plan.to_json()["scope"] is None


def test_what_is_due_today_is_not_urgent():
    plan = told(INDEX_COUNT).plan(at=at(1))
    assert plan.of("today") and set(plan.urgent) == {one.id for one in plan.of("now")}


def test_why_a_case_is_in_its_state_is_the_last_move_and_not_all_of_them():
    case = in_leukaemia()
    assert len(case.history) > len(case.plan(at=at(90)).reasons) >= 1
    assert case.plan(at=at(90)).reasons[-1].rule == case.history[-1].transition.id


@pytest.mark.parametrize("overridden", [False, True])
def test_an_act_against_a_refusal_is_on_the_plan_and_says_whether_a_clinician_answered_for_it(overridden):
    case = told(INDEX_COUNT)
    if overridden:
        case.propose("order_bone_marrow", at=at(5), override=Override("Dr A", "bleeding"))
    case.record(BoneMarrowPerformed(), at=at(30))
    data = case.plan(at=at(40)).to_json()
    (said,) = data["deviations"]
    assert ("overridden" in said) is overridden


def test_the_same_words_for_the_family_are_said_once():
    words = "Please stay within reach."
    advice = tuple(evolve(one, family=words) for one in PATHWAY.advice)
    case = Case(evolve(PATHWAY, version="9.0.0", advice=advice), born=BORN)
    case.record(INDEX_COUNT, at=NINE)
    assert case.plan(at=at(1)).family == (words,)


def test_the_form_for_programs_tells_what_the_plan_tells():
    case = told((0, INDEX_COUNT), (0, SECOND_COUNT))
    plan = case.plan(at=at(days=2))
    data = plan.to_json()
    assert data["overdue"] == list(plan.overdue) == ["consult_same_day"]
    assert data["contradictions"] == list(plan.contradictions) != []
    assert data["notes"] == [one.id for one in plan.notes] != []
    assert (
        data["end"] is None
        and told(NORMAL_COUNT).plan(at=at(1)).to_json()["end"] == PATHWAY.state("outside_pathway").end
    )


def test_two_plans_are_equal_where_they_say_the_same_of_the_same_moment():
    case = told(ONLY_ANC_LOW)
    assert case.plan(at=at(5)) == case.copy().plan(at=at(5)) and case.plan(at=at(5)) != case.plan(at=at(6))
    assert case.plan(at=at(5)) != told(ONLY_ANC_LOW, (1, CALL)).plan(at=at(5))
    assert Case.plan(case, at=at(5)).__eq__("a plan") is NotImplemented
