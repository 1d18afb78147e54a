"""What is proved of the pathway, and that the proofs are not empty."""

from __future__ import annotations

import json
from functools import cache

import pytest

from pathway import PATHWAY
from pathway.model.invariants import Always, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.verify.claims import claims_of
from pathway.verify.encoding import Encoding
from pathway.verify.flaws import SECTIONS
from pathway.verify.houdini import Houdini
from pathway.verify.prove import follows_from_guards
from pathway.verify.stuck import stuck_in
from pathway.verify.verification import verify
from pathway.verify.ways import circles, never_taken

pytestmark = pytest.mark.xdist_group("proofs")  # the proofs are made once for all these tests

ENCODING = Encoding(PATHWAY)


@cache
def verification():
    return verify(PATHWAY)


@cache
def induction():
    found = Houdini(ENCODING)
    found.run()
    return found


def test_nothing_overlaps_nobody_gets_stuck_and_every_invariant_holds_in_every_case():
    assert verification().flaws == ()


def test_every_section_put_claims_to_the_proof():
    assert {one.section: one.claims > 20 for one in verification().checked} == dict.fromkeys(SECTIONS, True)


def test_at_least_eighteen_invariants_are_written_in_the_definition_each_with_its_citation():
    assert len(PATHWAY.invariants) >= 18
    assert all(one.cites for one in PATHWAY.invariants)
    kinds = {type(one) for one in PATHWAY.invariants}
    assert kinds == {Always, OnEntering, Lasting, OrderRefused, UrgentStays}


def test_every_invariant_is_a_claim_that_is_proved():
    claimed = {one.id for one in claims_of(ENCODING) if one.kind == "invariant"}
    assert claimed == set(PATHWAY.invariants_by_id)


def test_for_each_state_every_pair_of_ways_is_asked_about():
    asked = {one.id for one in claims_of(ENCODING) if one.kind == "overlap"}
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
    assert list(what(ENCODING, induction())) == []


def test_it_is_counted_which_invariants_follow_from_the_guards_alone():
    alone = {one.id for one in claims_of(ENCODING) if one.kind == "invariant" and follows_from_guards(ENCODING, one)}
    assert verification().from_guards == len(alone) < len(PATHWAY.invariants)
    assert "no_live_vaccine_while_held" in alone, "the order is refused by the very guard that the invariant names"
    assert "live_vaccines_are_held" not in alone, "a low count holds vaccines only by what an event does"
    lasting = {one.id for one in PATHWAY.invariants if isinstance(one, Lasting | UrgentStays)}
    assert not alone & lasting, "what lasts is a claim about two records"


def test_the_verification_is_told_as_json():
    data = json.loads(json.dumps(verification().to_json()))
    assert data["digest"] == PATHWAY.digest
    assert data["findings"] == []
    assert data["invariants_from_guards_alone"] == verification().from_guards
    assert data["checked"]["invariant"] == len(PATHWAY.invariants)
