"""What the outcomes before a fold tell: since when something is so, when it was done, and what is a deviation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from pathway import PATHWAY
from pathway.run.outcome import Deviation, Fired, Outcome, Raised
from pathway.run.past import Past, excused
from tests.children import NINE, at

if TYPE_CHECKING:
    from datetime import datetime

DEVIATION = Deviation(PATHWAY.orders[0], "e1", NINE, overridden=False)
URGENT, PLANNED = 0b01, 0b10


class Stretch:
    """One stretch of what happened."""

    def __init__(self, *outcomes: Outcome | None) -> None:
        self.outcomes: list[Outcome | None] = list(outcomes)


def outcome(minute: float, **parts: Any) -> Outcome:
    """What the event of a minute did."""
    return Outcome("smear", f"e{minute}", at(minute), 1).changed(**parts)


def past(*outcomes: Outcome | None) -> Past:
    """The past of these outcomes."""
    return Past([Stretch(*outcomes)], (0, len(outcomes)))


# --- a deviation, or none -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("completed", "deviations", "none"),
    [(URGENT, (), True), (URGENT | PLANNED, (), True), (PLANNED, (), False), (0, (), False),
     (URGENT, (DEVIATION,), False)],
    ids=["advised urgently", "advised urgently and otherwise", "advised, but not urgently", "permitted",
         "advised, and refused by another rule"],
)  # fmt: skip
def test_an_act_is_no_deviation_only_where_the_other_reading_advises_it_urgently_and_refuses_nothing(
    completed, deviations, none
):
    other = outcome(0, completed=completed, deviations=deviations)
    assert excused(other, URGENT) is none
    here = past(outcome(0, deviations=(DEVIATION,))).beside(past(other), URGENT)
    assert here.deviations() == ([] if none else [DEVIATION])


def test_an_act_that_the_other_reading_knows_nothing_of_is_a_deviation():
    assert not excused(None, URGENT)
    assert past(outcome(0, deviations=(DEVIATION,))).beside(past(), URGENT).deviations() == [DEVIATION]


# --- when -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("here", "there", "last"),
    [((10,), (), 10), ((), (20,), 20), ((10,), (20,), 20), ((20,), (10,), 20), ((10, 30), (20,), 30), ((), (), None)],
)
def test_what_was_done_in_either_reading_was_done_last_in_the_later_of_both(here, there, last):
    for part, asked in (("completed", Past.completed_at), ("left_undone", Past.left_at)):
        both = past(*(outcome(one, **{part: 0b100}) for one in here)).beside(
            past(*(outcome(one, **{part: 0b100}) for one in there)), 0
        )
        assert asked(both, 2) == (None if last is None else at(last))
        assert asked(both, 1) is None


def test_advice_is_in_force_since_it_was_raised_last():
    known = past(outcome(0, raised=0b11), outcome(10, raised=0b10), outcome(20))
    assert {place: raised.at for place, raised in known.raised_at(0b11).items()} == {0: at(0), 1: at(10)}
    assert set(known.raised_at(0b01)) == {0}


def test_advice_that_was_kept_is_in_force_since_the_moment_that_was_kept_until_it_is_raised_again():
    kept = Raised(at(-60), 1, "e0")
    known = past(outcome(0, raised=0b1), outcome(10, forced={0: kept}))
    assert known.raised_at(0b1) == {0: kept}
    again = past(outcome(0, raised=0b1), outcome(10, forced={0: kept}), outcome(20, raised=0b1))
    assert again.raised_at(0b1)[0].at == at(20)


def moved(minute: float) -> tuple[Outcome, Fired]:
    rule = PATHWAY.transitions[0]
    fired = Fired(rule, rule.sources[0], at(minute), "e", None)  # type: ignore[arg-type]  # nobody asks the record
    return outcome(minute, fired=[fired], latched=(7,)), fired


@pytest.mark.parametrize(("until", "since"), [(0, 10), (1, 20), (None, 30)])
def test_a_latch_explains_a_transition_since_it_was_met_for_it_and_not_later(until: int | None, since: datetime):
    (one, first), (two, second) = moved(10), moved(20)
    known = past(outcome(0), one, two, outcome(30, latched=(7,)))
    assert known.latched_at(7, None if until is None else (first, second)[until]) == at(since)
    assert known.latched_at(8) is None


def test_a_contradiction_of_either_kind_is_one():
    differing = PATHWAY.contradictions[:1]
    known = [outcome(0), outcome(10, contradictions=1), outcome(20, differing=differing)]
    assert past(*known).contradicted() == known[1:]


def test_a_past_ends_where_it_ended_however_many_events_follow():
    one, two, three = outcome(0), outcome(10), outcome(20)
    path = [Stretch(one, None), Stretch(two)]
    known = Past(path, (1, 1))
    path[-1].outcomes.append(three)
    path.append(Stretch(three))
    assert list(known) == [one, two] and list(reversed(known)) == [two, one]
    assert list(Past([], (0, 0))) == list(reversed(Past([], (0, 0)))) == []
