"""Small pathways are proved clean, and a fault in one is found."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway.model.errors import DefinitionError
from pathway.model.rules import Transition
from tests.small.pathways import ANKLE, BROKEN, FILM, SINGLE

pytest.importorskip("z3")

from pathway.verify.mutants import mutants_of
from pathway.verify.verification import verify


@pytest.mark.parametrize("pathway", [ANKLE, SINGLE], ids=lambda one: one.id)
def test_it_verifies_clean(pathway):
    assert [str(one) for one in verify(pathway).flaws] == []


def test_a_transition_that_breaks_a_promise_is_found_with_a_patient():
    rule = Transition("home_anyway", ("imaging",), "home", BROKEN, "home anyway", ("A2",))
    flaws = verify(evolve(ANKLE, transitions=(*ANKLE.transitions, rule))).flaws
    (found,) = (one for one in flaws if one.name == "home_unbroken")
    assert found.patient is not None


def built(mutant, pathway):
    """The mutated pathway; None where its own checks refuse it."""
    try:
        return mutant.build(pathway)
    except DefinitionError:
        return None


@pytest.mark.parametrize("pathway", [ANKLE, SINGLE], ids=lambda one: one.id)
def test_it_has_mutants_and_each_is_a_pathway(pathway):
    mutants = list(mutants_of(pathway))
    assert all(built(one, pathway) != pathway for one in mutants)
    assert len({one.id for one in mutants}) == len(mutants)
    assert mutants or pathway is SINGLE


def test_transitions_that_follow_one_another_without_an_end_are_found():
    rule = Transition("look_again", ("imaging",), "door", FILM.known(), "again", ("A2",))
    flaws = verify(evolve(ANKLE, transitions=(*ANKLE.transitions, rule))).flaws
    assert {one.name for one in flaws} >= {"circle at door", "circle at imaging"}
