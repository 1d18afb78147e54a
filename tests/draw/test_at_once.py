"""What is done at once is found by what raises it: never by the name of a rule or of a state."""

from __future__ import annotations

import re
from pathlib import Path

from attrs import evolve

from pathway import PATHWAY
from pathway.definition.conditions import FEVER_TRIGGER, SAME_DAY, SOMETHING_LOW
from pathway.draw.at_once import at_once, dated, in_any_state, triggers_of
from pathway.draw.overlaps import faults_of
from pathway.draw.overview import overview
from pathway.model.derived import Latched
from pathway.model.guards import InState, in_state, walk
from tests.draw.small import ONE_STATE, TWO_PHASES

FOLDER = Path(__file__).parents[2] / "pathway" / "draw"


def ids(advice):
    return [one.id for one in advice]


def test_the_call_the_smear_the_examination_and_the_panel_are_done_at_once_together():
    assert [(ids(group.advice), group.rules) for group in at_once(PATHWAY)] == [
        (["consult_same_day"], ("same_day_referral",)),
        (["smear_now", "exam_now", "tumour_lysis_labs"], ("same_day_referral", "count_low")),
    ]


def test_a_group_says_what_raises_it_without_states_and_without_what_must_not_be_shown():
    call, others = at_once(PATHWAY)
    assert call.when == SAME_DAY.as_guard()
    assert others.when == SOMETHING_LOW | SAME_DAY
    assert not [one for group in (call, others) for one in walk(group.when) if isinstance(one, InState)]


def test_the_fever_rule_holds_in_any_state_and_its_trigger_is_found():
    assert ids(in_any_state(PATHWAY)) == ["antimicrobials_now", "recheck_temperature"]
    assert [one.name for one in triggers_of(in_any_state(PATHWAY), PATHWAY)] == [FEVER_TRIGGER.name]


def test_what_presupposes_another_phase_is_neither_done_at_once_nor_in_any_state():
    found = [*ids(in_any_state(PATHWAY)), *(one for group in at_once(PATHWAY) for one in ids(group.advice))]
    assert "reconsult_haematology" not in found
    latch = PATHWAY.derived_by_name["declared_negative_before"]
    assert isinstance(latch, Latched) and latch.when == in_state("follow_up")


def test_the_repeat_count_has_a_date():
    assert ids(dated(PATHWAY)) == ["repeat_blood_count"]


def test_advice_that_is_no_longer_urgent_leaves_the_box():
    calm = tuple(evolve(one, urgency="today") if one.id == "exam_now" else one for one in PATHWAY.advice)
    groups = at_once(evolve(PATHWAY, advice=calm))
    assert ids(groups[1].advice) == ["smear_now", "tumour_lysis_labs"]


def test_advice_that_being_in_the_first_phase_raises_is_done_at_once():
    (group,) = at_once(TWO_PHASES)
    assert (ids(group.advice), group.rules) == (["look"], ())
    assert "In Waiting:" in [text.words for *_, text in overview(TWO_PHASES).texts]


def test_a_pathway_without_urgent_advice_has_an_overview_without_a_box():
    assert at_once(ONE_STATE) == in_any_state(ONE_STATE) == ()
    assert not [name for name, *_ in overview(ONE_STATE).tints]
    assert faults_of(overview(ONE_STATE)) == []


def test_no_name_of_the_definition_stands_in_the_code_that_draws():
    named = (*PATHWAY.states, *PATHWAY.derived_by_name.values(), *PATHWAY.facts, *PATHWAY.conditions, *PATHWAY.events)
    rules = (*PATHWAY.transitions, *PATHWAY.advice, *PATHWAY.orders)
    names = {name for name in (*(one.name for one in named), *(one.id for one in rules)) if "_" in name}
    names -= {"days_in_state"}
    for file in FOLDER.rglob("*.py"):
        assert names & set(re.findall("[a-z_0-9]+", file.read_text("utf-8"))) == set(), file
