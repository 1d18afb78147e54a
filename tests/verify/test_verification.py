"""What is proved of the pathway, and that the proofs are not empty."""

from __future__ import annotations

import json
from functools import cache

import pytest

from pathway import PATHWAY
from pathway.model.invariants import Always, Entry, Lasting, Refusal, UrgentStays
from pathway.verify.anatomy import Anatomy
from pathway.verify.claims import claims_of
from pathway.verify.findings import SECTIONS
from pathway.verify.induction import Induction
from pathway.verify.stuck import stuck_in
from pathway.verify.verification import verify
from pathway.verify.ways import circles, never_taken

ANATOMY = Anatomy(PATHWAY)


@cache
def verification():
    return verify(PATHWAY)


@cache
def induction():
    found = Induction(ANATOMY)
    found.run()
    return found


def test_nothing_overlaps_nobody_gets_stuck_and_every_invariant_holds_in_every_case():
    assert verification().findings == ()


def test_every_section_put_claims_to_the_proof():
    assert {one.section: one.claims > 20 for one in verification().checked} == dict.fromkeys(SECTIONS, True)


def test_at_least_eighteen_invariants_are_written_in_the_definition_each_with_its_citation():
    assert len(PATHWAY.invariants) >= 18
    assert all(one.cites for one in PATHWAY.invariants)
    kinds = {type(one) for one in PATHWAY.invariants}
    assert kinds == {Always, Entry, Lasting, Refusal, UrgentStays}


def test_every_invariant_is_a_claim_that_is_proved():
    claimed = {one.id for one in claims_of(ANATOMY) if one.kind == "invariant"}
    assert claimed == set(PATHWAY.invariants_by_id)


def test_for_each_state_every_pair_of_ways_is_asked_about():
    asked = {one.id for one in claims_of(ANATOMY) if one.kind == "overlap"}
    for state in PATHWAY.states_by_name:
        ways = [rule for rule in PATHWAY.transitions if state in rule.sources]
        for one in ways:
            for two in ways:
                apart = one.on is not None and two.on is not None and one.on != two.on
                if one.id < two.id and not apart:
                    pair = (f"{one.id} or {two.id} from {state}", f"{two.id} or {one.id} from {state}")
                    assert asked & set(pair)


def test_each_state_that_is_no_end_says_what_it_waits_for():
    for state in PATHWAY.states:
        assert (state.waits is not None) or state.end


@pytest.mark.parametrize("what", [never_taken, circles, stuck_in])
def test_every_way_can_be_taken_none_goes_round_and_some_event_leads_on(what):
    assert list(what(ANATOMY, induction())) == []


def test_the_verification_is_told_as_json():
    data = json.loads(json.dumps(verification().to_json()))
    assert data["digest"] == PATHWAY.digest
    assert data["findings"] == []
    assert data["checked"]["invariant"] == len(PATHWAY.invariants)
