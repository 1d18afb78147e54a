"""What an invariant promises is taken apart without loss: its kind, its guards, and what of the pathway it names."""

from __future__ import annotations

import json
from typing import get_args

import pytest

from pathway import PATHWAY
from pathway.definition.facts import FEVER, WBC
from pathway.model.canonical import to_json
from pathway.model.guards import AnyOf, Not, Shown, any_of, implies, in_state, shown, walk
from pathway.model.invariants import TAGS, Always, Invariant, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.model.pathway import guards_of
from pathway.model.promises import KINDS, kind_of, promised, rules_spoken_of, states_spoken_of

INVARIANTS = pytest.mark.parametrize("one", PATHWAY.invariants, ids=lambda one: one.id)


def always(holds):
    return Always("x", "x", holds, ("S01",))


def test_every_kind_of_invariant_has_a_name_and_says_what_it_means():
    named = {kind_of(one) for one in PATHWAY.invariants}
    assert named == set(dict(KINDS))
    assert {type(one) for one in PATHWAY.invariants} == {Always, OnEntering, Lasting, OrderRefused, UrgentStays}


@INVARIANTS
def test_the_parts_of_an_invariant_are_all_of_its_guards(one):
    own = [guard for owner, guard in guards_of(PATHWAY) if owner == f"invariant {one.id}"]
    told = [guard for _, guard in promised(one)]
    if told and promised(one)[0][0] == "wherever shown":
        told = [AnyOf((Not(Shown(told[0])), told[1]))]
    assert told == own


def test_what_holds_wherever_something_is_shown_is_told_in_that_order():
    where, then = WBC < 4, FEVER.as_guard()
    assert promised(always(implies(where, then))) == (("wherever shown", where), ("holds", then))


@pytest.mark.parametrize(
    "guard", [FEVER.as_guard(), any_of(FEVER, WBC < 4), any_of(~shown(FEVER), WBC < 4, in_state("smear"))], ids=str
)
def test_what_is_no_implication_of_two_parts_is_told_as_it_stands(guard):
    assert promised(always(guard)) == (("holds", guard),)


@INVARIANTS
def test_what_an_invariant_speaks_of_is_there_and_named_once(one):
    rules, states = rules_spoken_of(one, PATHWAY), states_spoken_of(one, PATHWAY)
    assert len({*rules}) == len(rules) and len({*states}) == len(states)
    for rule in rules:
        kind, _, name = rule.partition(" ")
        assert name in {"order": PATHWAY.orders_by_id, "advice": PATHWAY.advice_by_id}[kind]
    named = {name for _, guard in promised(one) for node in walk(guard) for name in getattr(node, "states", ())}
    assert set(states) >= named
    assert (set(states) == named) or isinstance(one, OnEntering)


def test_the_promise_of_urgent_advice_speaks_of_all_of_it_and_of_nothing_else():
    (one,) = (one for one in PATHWAY.invariants if isinstance(one, UrgentStays))
    assert rules_spoken_of(one, PATHWAY) == tuple(f"advice {a.id}" for a in PATHWAY.advice if a.urgency == "now")
    assert promised(one) == ()


def test_each_kind_of_invariant_keeps_its_word_in_json_whatever_its_class_is_called():
    assert set(TAGS) == set(get_args(Invariant))
    assert sorted(TAGS.values()) == ["Always", "Entry", "Lasting", "Refusal", "UrgentStays"]
    kinds = {one["kind"] for one in json.loads(to_json(PATHWAY))["pathway"]["invariants"]}
    assert kinds == set(TAGS.values())
