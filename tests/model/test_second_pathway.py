"""Another pathway than the one of the definition: rules of its own, no clocks, other calls."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from pathway import PATHWAY, Pathway
from pathway.definition.conditions import (
    QUALIFIED_SMEAR,
)
from pathway.definition.facts import FEVER, KMT2A
from pathway.model.guards import (
    in_state,
)
from pathway.model.pathway import Condition
from pathway.model.rules import HandoverRule, Question, Transition
from tests.model.broken import OWNER, faults, first, when

# --- a second pathway -----------------------------------------------------------------------------------------------


def test_a_rule_of_ones_own_can_be_added_and_removed():
    rule = Transition("to_smear_again", ("exam",), "smear", QUALIFIED_SMEAR, "again", ("S13",))
    assert evolve(PATHWAY, transitions=(*PATHWAY.transitions, rule)).digest != PATHWAY.digest


def test_a_condition_of_ones_own_must_be_listed():
    own = Condition("ill", "ill", FEVER.as_guard(), ("S31",))
    assert f"{OWNER}: unknown condition 'ill'" in when(own.as_guard())
    listed = {"conditions": (*PATHWAY.conditions, own), **first("transitions", when=own.as_guard() & KMT2A.known())}
    assert isinstance(evolve(PATHWAY, **listed), Pathway)


def without_days(one: Any) -> Any:
    """The rule, with a guard on the state in the place of every guard on the days in a state."""
    guards = ("when", "until", "lapses", "guard", "waits", "requires")
    asked = [name for name in guards if "days_in_state" in repr(getattr(one, name, None))]
    return evolve(one, **dict.fromkeys(asked, in_state("follow_up"))) if asked else one


def test_a_pathway_needs_no_clock_that_no_rule_reads():
    kinds = ("conditions", "transitions", "advice", "contradictions", "notes", "states", "invariants")
    changes = {kind: tuple(without_days(one) for one in getattr(PATHWAY, kind)) for kind in kinds}
    derived = tuple(without_days(one) for one in PATHWAY.derived if one.name != "days_in_state")
    assert isinstance(evolve(PATHWAY, derived=derived, **changes), Pathway)


def test_two_clocks_that_count_the_same_are_refused():
    clock = evolve(next(one for one in PATHWAY.derived if one.name == "age"), name="years")
    assert faults(derived=(*PATHWAY.derived, clock)) == ("derived: 2 clocks count age; one is enough",)


@pytest.mark.parametrize(
    ("questions", "fault"),
    [
        ((), "handover: asks nothing; give it questions, each with words"),
        ((Question((), (), ("S08",)),), "handover: asks nothing; give it questions, each with words"),
        ((Question(("call_me",), ("When?",), ()),), "handover: unknown advice 'call_me'"),
        (
            (Question((), ("What next?",), ()), Question(("smear_now",), ("When?",), ())),
            "handover: a question without advice always applies; put it last",
        ),
    ],
)
def test_a_call_asks_something_and_every_question_of_it_can_be_put(questions, fault):
    assert faults(handover=HandoverRule("the specialist", questions, ("S08",))) == (fault,)


def test_which_value_prevails_is_lower_higher_or_not_said():
    (first, *rest) = PATHWAY.facts
    assert faults(facts=(evolve(first, prevails="mean"), *rest)) == (
        "fact wbc: prevails is 'mean'; write lower, higher, or nothing",
    )


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        ({"how": "lowest"}, "derived age_at_diagnosis: how is 'lowest'; write value or highest_of_day"),
        ({"how": "highest_of_day"}, "derived age_at_diagnosis: age has no readings of a day; take its value"),
    ],
)
def test_what_is_captured_is_a_value_or_the_highest_reading_of_a_fact(changes, fault):
    derived = tuple(evolve(one, **changes) if one.name == "age_at_diagnosis" else one for one in PATHWAY.derived)
    assert faults(derived=derived) == (fault,)


def test_a_clock_counts_the_age_or_the_days_in_the_state():
    derived = tuple(evolve(one, counts="hours") if one.name == "age" else one for one in PATHWAY.derived)
    assert faults(derived=derived) == ("derived age: counts 'hours'; write age or days_in_state",)
