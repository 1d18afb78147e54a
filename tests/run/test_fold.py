"""A fold goes on by itself once it is copied, is known before its first event, and takes no more than is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pathway import PATHWAY, BadInput
from pathway.definition.events import BcrAbl1Reported, BloodCountReported, ChemistryReported
from pathway.run.compiled import compiled
from pathway.run.item import Item
from pathway.run.outcome import Raised
from tests.children import (
    BLASTS,
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    told,
)
from tests.records import COMPILED, fold_in

if TYPE_CHECKING:
    from pathway.model.rules import Advice

PLACE = COMPILED.place_of


def test_a_child_of_whom_nothing_is_reported_is_as_after_a_report_that_says_nothing():
    """What time alone decides (the age, that nothing was declared negative) is known before the first event."""
    untouched, told_nothing = (one.timeline.at(at(0)) for one in (told(), told(ChemistryReported())))
    assert untouched.record.episode.values == told_nothing.record.episode.values
    assert (untouched.active, untouched.awaits()) == (told_nothing.active, told_nothing.awaits())
    assert [one.id for one in PATHWAY.advice if untouched.active >> PLACE[one.id] & 1] == ["avoid_head_trauma"]


def test_what_is_reported_to_a_copy_is_not_latched_in_the_fold_that_it_was_copied_from():
    case = told(CLEAR_EXAM)
    fold = case.timeline.end.copy()
    other = fold.copy()
    assert fold_in(other, INDEX_COUNT.event, at(60)).latched
    assert fold_in(fold, CLEAR_EXAM.event, at(60)).latched == ()


def test_of_what_an_entry_keeps_in_force_only_what_had_gone_is_in_force_since_it_was_kept():
    fold = told(INDEX_COUNT).timeline.end.copy()
    gone, there = PLACE["antimicrobials_now"], PLACE["consult_same_day"]
    kept = {place: Raised(at(-60), 1, "x") for place in (gone, there)}
    outcome = fold.apply((Item.retained(at(60), 1, "x", kept),))
    assert outcome is not None and set(outcome.forced) == {gone}
    assert fold.active >> gone & 1 and fold.active >> there & 1


def test_transitions_up_to_the_bound_are_taken_and_one_more_is_refused(monkeypatch):
    case = told(BLASTS)
    count = len(case.copy().record(CALL, at=at(60)).fired)
    assert count > 1
    monkeypatch.setattr(compiled(PATHWAY), "most_transitions", count)
    assert len(case.copy().record(CALL, at=at(60)).fired) == count
    monkeypatch.setattr(compiled(PATHWAY), "most_transitions", count - 1)
    with pytest.raises(BadInput, match="do not come to rest"):
        case.record(CALL, at=at(60))
    assert case == told(BLASTS)


# --- before a transition and after it -------------------------------------------------------------------------------


def ids(advice: tuple[Advice, ...]) -> set[str]:
    return {one.id for one in advice}


def test_a_step_tells_what_was_raised_before_its_transition_and_after_it():
    """The low count raises the hold on vaccines outside the pathway, and the smear once it is back in it."""
    case = told(NORMAL_COUNT)
    before = set(case.advice)
    step = case.record(ONLY_ANC_LOW, at=at(days=2))
    assert step.passed_through[0] == "outside_pathway" and {"hold_live_vaccines", "smear_now"} <= ids(step.raised)
    assert ids(step.raised) == set(case.advice) - before


def test_a_step_tells_what_was_completed_before_its_transition_though_more_ends_after_it():
    """The result completes the test; it leads out of leukaemia, where the trial and the risk group end."""
    step = told(INDEX_COUNT, CALL, BLASTS).record(BcrAbl1Reported(bcr_abl1="positive"), at=at(120))
    assert step.fired and step.state == "specialist_pathway"
    assert "bcr_abl1_test" in ids(step.completed) and {"kmt2a_test", "offer_trial"} <= ids(step.withdrawn)


def test_a_step_tells_what_a_count_withdraws_and_what_it_completes():
    """Platelets in range end one precaution, and the resolution the others."""
    no_platelets = BloodCountReported(wbc="9 10*9/L", anc="1.2 10*9/L", alc="5 10*9/L", hb="12 g/dL")
    case = told(no_platelets, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    assert "avoid_head_trauma" in case.advice
    step = case.record(NORMAL_COUNT, at=at(days=8))
    assert step.state == "resolved" and {"hydration", "bleeding_watch"} <= ids(step.completed)
    assert "avoid_head_trauma" in ids(step.withdrawn)
