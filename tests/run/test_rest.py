"""Transitions that do not come to rest are bad input: nothing is recorded, and the case goes on as before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Case
from pathway.definition.events import AntimicrobialsStarted
from pathway.definition.facts import TEMPERATURE
from pathway.model.rules import Transition
from tests.children import BORN, CALL, CLEAR_EXAM, INDEX_COUNT, NORMAL_COUNT, at, fever
from tests.run.everything import everything

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway import Step
    from pathway.model.events import Event, TypedEvent

CIRCLE = evolve(
    PATHWAY,
    version="9.0.0",
    transitions=(*PATHWAY.transitions, Transition("round", ("referral",), "smear", TEMPERATURE >= "41", "-", ("S07",))),
)
"""A child with a same-day criterion goes from the smear to the referral; at 41.0 this version leads it back."""

HOT = fever("41.2")


def told(*story: tuple[float, Event | TypedEvent]) -> Case:
    """The case of that pathway after events, each at its minute."""
    case = Case(CIRCLE, born=BORN)
    for minute, event in story:
        case.record(event, at=at(minute))
    return case


def refused(case: Case, call: Callable[[Case], Step]) -> None:
    """The call is refused in one line, and the case does and says what it would without it."""
    untouched = case.copy()
    with pytest.raises(BadInput, match=r"do not come to rest: .*round.*; nothing was recorded$") as found:
        call(case)
    assert len(found.value.faults) == 1
    assert case == untouched and everything(case.timeline.end) == everything(untouched.timeline.end)
    assert case.plan(at=at(300)) == untouched.plan(at=at(300)) and case.pending == untouched.pending
    for moment in (5, 200):
        steps = [one.record(CALL, at=at(moment)).to_json() for one in (case, untouched)]
        assert steps[0] == steps[1]
    assert everything(case.timeline.end) == everything(untouched.timeline.end)
    assert case.plan(at=at(300)) == Case.from_json(case.to_json(), CIRCLE).plan(at=at(300))


def test_an_event_after_all_others():
    refused(told((0, INDEX_COUNT)), lambda case: case.record(HOT, at=at(60)))


def test_the_first_events_of_a_case():
    refused(told((0, HOT)), lambda case: case.record(INDEX_COUNT, at=at(60)))


@pytest.mark.parametrize("count", [1, 15, 16, 17, 40])
def test_an_event_after_many_others(count):
    case = told((0, INDEX_COUNT), *((10 + number, CLEAR_EXAM) for number in range(count)))
    refused(case, lambda case: case.record(HOT, at=at(100)))


def test_an_event_that_is_recorded_late():
    case = told((0, INDEX_COUNT), (60, CLEAR_EXAM))
    refused(case, lambda case: case.record(HOT, at=at(30)))


def test_a_late_event_at_which_a_later_one_does_not_come_to_rest():
    case = told((0, NORMAL_COUNT), (60, HOT))
    refused(case, lambda case: case.record(INDEX_COUNT, at=at(30)))


def test_a_correction():
    case = told((0, INDEX_COUNT), (30, fever("37")), (60, CLEAR_EXAM))
    refused(case, lambda case: case.correct("e2", HOT, at=at(90), by="ward"))


def test_a_withdrawal():
    case = told((0, HOT), (20, fever("37")), (40, INDEX_COUNT))
    refused(case, lambda case: case.withdraw("e2", at=at(90), by="ward"))


def low_count_waits_to_be_corrected() -> Case:
    """Without the correction the case goes round at 41.0; with it there is no low count."""
    case = told((0, INDEX_COUNT))
    assert case.correct("e1", NORMAL_COUNT, at=at(30), by="lab").proposed
    return case


def heat_waits_to_count() -> Case:
    """With the correction the case goes round at a low count; without it the temperature is 38.0."""
    case = told((0, fever("38.0")), (30, AntimicrobialsStarted()))
    assert case.correct("e1", HOT, at=at(40), by="ward").proposed
    return case


@pytest.mark.parametrize("after", [(), ((90, CLEAR_EXAM),)], ids=["in order", "late"])
@pytest.mark.parametrize(
    ("waiting", "event"),
    [(low_count_waits_to_be_corrected, HOT), (heat_waits_to_count, INDEX_COUNT)],
    ids=["without what waits", "with what waits"],
)
def test_an_event_that_goes_round_in_one_of_two_readings(waiting, event, after):
    case = waiting()
    for minute, other in after:
        case.record(other, at=at(minute))
    refused(case, lambda case: case.record(event, at=at(60)))


def test_a_case_that_was_refused_something_takes_the_same_again_and_again():
    case = told((0, INDEX_COUNT))
    for _ in range(3):
        with pytest.raises(BadInput, match="do not come to rest"):
            case.record(HOT, at=at(60))
    assert len(case.log) == 1 and case.record(fever("40.9"), at=at(60)).entry == "e2"


def test_many_transitions_that_come_to_rest_are_taken():
    """The bound is far above what a pathway takes at one event."""
    case = Case(PATHWAY, born=BORN)
    case.record(CALL, at=at(0))
    assert len(case.record(INDEX_COUNT, at=at(10)).fired) <= 3
