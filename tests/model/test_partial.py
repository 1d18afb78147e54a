"""What is left of a guard in a state: as true, as false and as unknown as the guard is there, for any child."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.definition.conditions import LOW_ANC
from pathway.definition.facts import FEVER, PETECHIAE, SPLENOMEGALY
from pathway.model.guards import (
    ALWAYS,
    NEVER,
    All,
    AnyOf,
    AtLeast,
    Guard,
    InState,
    IsTrue,
    Known,
    Named,
    Not,
    Shown,
    at_least,
    in_state,
    shown,
    walk,
)
from pathway.model.partial import in_that_state
from pathway.model.pathway import guards_of
from pathway.run.compiled import compiled
from pathway.run.evaluate import Evaluator
from pathway.run.record import Record
from tests.strategies import BORN, START, stories

COMPILED = compiled(PATHWAY)
STATES = tuple(one.name for one in PATHWAY.states)
GUARDS = tuple(dict.fromkeys(guard for _, guard in guards_of(PATHWAY)))
LEFT = {(guard, state): in_that_state(guard, state) for guard in GUARDS for state in STATES}
ASKING = tuple(guard for guard in GUARDS if any(isinstance(node, InState) for node in walk(guard)))
FLAGS = ("splenomegaly", "petechiae", "fever")

ANY_GUARD = st.recursive(
    st.one_of(
        st.sampled_from(FLAGS).flatmap(lambda name: st.sampled_from([IsTrue(name), Known(name)])),
        st.lists(st.sampled_from(STATES[:4]), unique=True, max_size=3).map(lambda names: InState(tuple(names))),
    ),
    lambda inner: st.one_of(
        st.builds(Not, inner),
        st.builds(Shown, inner),
        st.builds(Named, st.just("low_anc"), inner),
        st.lists(inner, max_size=4).map(tuple).map(All),
        st.lists(inner, max_size=4).map(tuple).map(AnyOf),
        st.builds(AtLeast, st.integers(0, 4), st.lists(inner, min_size=1, max_size=4).map(tuple)),
    ),
    max_leaves=12,
)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories())
def test_what_is_left_of_a_rule_is_as_true_as_the_rule_whatever_is_known_of_the_child(story):
    case = Case(PATHWAY, born=BORN)
    for at, event in story:
        case.record(event, at=at, by="ward")
    record = case.timeline.at(START + timedelta(days=31)).record
    truth = Evaluator(COMPILED, record).truth
    for state in STATES:
        record.state = state
        for guard in ASKING:
            assert truth(LEFT[guard, state]) is truth(guard), (state, guard)


@settings(max_examples=300, deadline=None)
@given(ANY_GUARD, st.lists(st.sampled_from([True, False, None]), min_size=3, max_size=3), st.sampled_from(STATES[:5]))
def test_what_is_left_of_any_guard_is_as_true_as_the_guard_and_asks_for_no_state(guard, values, state):
    record = Record(COMPILED, BORN, None)
    record.state = state
    for name, value in zip(FLAGS, values, strict=True):
        record.episode.values[COMPILED.layout.index[name]] = value
    left = in_that_state(guard, state)
    truth = Evaluator(COMPILED, record).truth
    assert truth(left) is truth(guard)
    assert not asks_for_a_state(left)


def asks_for_a_state(guard: Guard) -> bool:
    return any(isinstance(node, InState) for node in walk(guard))


def test_what_is_left_of_a_rule_asks_for_no_state():
    assert ASKING, "else this would hold of nothing"
    assert [guard for guard in LEFT.values() if asks_for_a_state(guard)] == []


def test_a_guard_that_asks_for_no_state_is_left_as_it_is_in_words_and_by_name():
    for guard in GUARDS:
        if guard not in ASKING:
            assert {LEFT[guard, state] for state in STATES} == {guard}


SMEAR = in_state("smear")


@pytest.mark.parametrize(
    ("guard", "there", "elsewhere"),
    [
        (SMEAR, ALWAYS, NEVER),
        (SMEAR & FEVER, FEVER.as_guard(), NEVER),
        (SMEAR | FEVER, ALWAYS, FEVER.as_guard()),
        (~SMEAR & FEVER, NEVER, FEVER.as_guard()),
        (shown(SMEAR), ALWAYS, NEVER),
        (at_least(2, SMEAR, FEVER, PETECHIAE), at_least(1, FEVER, PETECHIAE), at_least(2, FEVER, PETECHIAE)),
        (at_least(2, SMEAR, FEVER), at_least(1, FEVER), NEVER),
        (at_least(1, SMEAR, FEVER), ALWAYS, at_least(1, FEVER)),
        (Named("both", SMEAR & SPLENOMEGALY), SPLENOMEGALY.as_guard(), NEVER),
        (Named("both", SMEAR & SPLENOMEGALY) | LOW_ANC, SPLENOMEGALY | LOW_ANC, LOW_ANC),
    ],
    ids=["in", "and", "or", "not", "shown", "two of", "two of two", "one of", "named", "named or"],
)
def test_a_reader_of_one_state_meets_only_what_is_still_to_be_judged_there(guard, there, elsewhere):
    assert in_that_state(guard, "smear") == there
    assert in_that_state(guard, "exam") == elsewhere
