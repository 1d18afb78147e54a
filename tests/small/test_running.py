"""A pathway of three states and one of a single state: written, run, replayed and kept like the large one."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from attrs import evolve

from pathway import BadInput, Case, Override
from pathway.model.canonical import from_json, to_json
from pathway.model.reference import Interval
from pathway.model.reference_file import read_reference
from pathway.run.handover import handover
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from pathway.scenarios.write import scenario_text
from tests.small.pathways import ANKLE, SINGLE

BORN = date(1990, 5, 17)
NINE = datetime(2026, 1, 22, 9, tzinfo=UTC)
BOTH = pytest.mark.parametrize("pathway", [ANKLE, SINGLE], ids=lambda one: one.id)


def at(minutes: int) -> datetime:
    return NINE + timedelta(minutes=minutes)


def broken() -> Case:
    case = Case(ANKLE, born=BORN, timezone="Europe/Berlin")
    case.record(ANKLE.event("ankle_examined", steps_walked=2), at=at(0), by="nurse")
    case.record(ANKLE.event("film_read", film="broken"), at=at(40), by="Dr B")
    return case


@BOTH
def test_it_is_written_as_canonical_json_and_comes_back(pathway):
    again = from_json(to_json(pathway))
    assert again == pathway and again.digest == pathway.digest
    assert "handover" not in to_json(pathway)


def test_a_case_runs_from_the_door_to_a_boot():
    case = broken()
    assert case.state == "imaging"
    assert case.plan(at=at(10)).ids == ("order_film",)
    assert case.plan(at=at(41)).ids == ("fit_boot",)
    step = case.record(ANKLE.event("boot_fitted"), at=at(60))
    assert [one.id for one in step.completed] == ["fit_boot"]
    assert case.advice == ()


def test_it_says_why_and_why_not_and_what_would_lead_on():
    case = broken()
    (reason,) = case.why("fit_boot", at=at(41))
    assert [one.words for one in reason.findings] == ["X-ray: broken"]
    assert [one.kind for one in case.why_not("home", at=at(41)).obstacles] == ["false"]
    fresh = Case(ANKLE, born=BORN)
    assert [one.event for one in fresh.next_events(at=at(0))] == ["ankle_examined", "film_read"]
    assert fresh.plan(at=at(0)).awaits == ("steps_walked", "tender_bone", "film")


def test_an_order_is_refused_overridden_and_kept():
    case = broken()
    assert case.propose("send_home", at=at(50)).verdict == "refused"
    case.propose("send_home", at=at(51), override=Override(by="Dr B", reason="lives next door"))
    assert [one.kind for one in case.log] == ["event", "event", "override"]


def test_a_correction_that_takes_urgent_advice_away_waits():
    case = Case(ANKLE, born=BORN)
    first = case.record(ANKLE.event("ankle_examined", steps_walked=2, tender_bone=False), at=at(0)).entry
    right = ANKLE.event("ankle_examined", steps_walked=20, tender_bone=False)
    step = case.correct(first, right, at=at(5), by="nurse")
    assert step.proposed and case.advice == ("order_film",)
    assert case.acknowledge(step.entry, at=at(6), by="Dr B").state == "home"


def test_a_late_result_is_folded_where_it_belongs():
    case = Case(ANKLE, born=BORN)
    case.record(ANKLE.event("film_read", film="whole"), at=at(40))
    assert case.record(ANKLE.event("ankle_examined", tender_bone=True), at=at(0)).state == "home"
    assert [one.transition.id for one in case.history] == ["to_imaging", "whole"]


@BOTH
def test_a_case_goes_to_json_and_comes_back(pathway):
    case = broken() if pathway is ANKLE else Case(SINGLE, born=BORN)
    again = Case.from_json(case.to_json(), pathway)
    assert again.to_json() == case.to_json()
    assert again.plan(at=at(60)) == case.plan(at=at(60))


def test_a_single_state_is_where_a_case_stays():
    case = Case(SINGLE, born=BORN)
    case.record(SINGLE.event("looked_at", tender_here=True), at=at(0))
    plan = case.plan(at=at(1))
    assert (plan.state, plan.ids, plan.age_months) == ("here", ("rest",), 428)
    assert case.next_events(at=at(1)) is not None
    with pytest.raises(BadInput, match="unknown state, advice or order 'home'; nearest: here"):
        case.why_not("home")


@BOTH
def test_a_pathway_that_words_no_call_asks_one_general_question(pathway):
    case = broken() if pathway is ANKLE else Case(SINGLE, born=BORN)
    call = handover(case, at=at(60))
    assert call.question == ("What is the next step, and who coordinates it?",)
    assert call.question_cites == ()
    assert [one.id for one in call.pending] == (["fit_boot"] if pathway is ANKLE else [])
    if pathway is ANKLE:
        assert [(one.fact, one.value) for one in call.findings] == [("steps_walked", "2"), ("film", "broken")]


STORY = """
title = "A broken ankle"
why = "It is not sent home."
cites = ["A2", "A3"]
born = 1990-05-17

[[step]]
at = 2026-01-22T09:00:00Z
event = "ankle_examined"
with = { tender_bone = true }
state = "imaging"
urgent = ["order_film"]

[[step]]
at = 2026-01-22T09:40:00Z
event = "film_read"
with = { film = "broken" }
today = ["fit_boot"]
awaits = ["film"]

[[step]]
at = 2026-01-22T10:00:00Z
order = "send_home"
verdict = "refused"
cites = ["A3"]
"""


def test_a_story_is_read_replayed_and_written():
    scenario = parse_scenario(STORY, ANKLE)
    found = replay(scenario, ANKLE)
    assert [str(one) for one in found.failures] == []
    assert replay(parse_scenario(scenario_text(scenario), ANKLE), ANKLE).case.to_json() == found.case.to_json()


def test_a_story_that_expects_something_else_fails():
    found = replay(parse_scenario(STORY.replace('verdict = "refused"', 'verdict = "permitted"'), ANKLE), ANKLE)
    assert len(found.failures) == 1


def test_a_table_of_the_house_cites_what_the_fact_cites_where_there_are_no_notes():
    row = Interval("steps_walked", 0, None, "0.04", None, ("A2",))
    ranged = ANKLE.with_reference(evolve(ANKLE.reference, rows=(row,)))
    text = 'dated = "2026-02-01"\ntitle = "Ours"\n[[interval]]\nfact = "steps_walked"\nfrom_month = 0\nlower = 6\n'
    (found,) = read_reference(f'{text}reference = "own"\n', ranged).rows
    assert found.cites == ("A1",)
