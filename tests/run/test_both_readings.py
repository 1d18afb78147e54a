"""What an event did to the advice of both readings together: what is in force after it tells, not one reading alone."""

from __future__ import annotations

from typing import Any

import pytest

from pathway import PATHWAY
from pathway.run.outcome import Deviation, Outcome
from pathway.run.timeline import told_of_both
from tests.children import NINE

ONE = 0b1
NOTHING = {"raised": 0, "completed": 0, "left_undone": 0, "withdrawn": 0}


def told(here: dict[str, int], there: dict[str, int], *, before: bool, after: bool) -> dict[str, Any]:
    """What is told of one advice that was, and is, on the plan or not: what the event did to it in each reading."""
    standing, other = (Outcome("smear", "e1", NINE, 1).changed(**parts) for parts in (here, there))
    outcome = told_of_both(standing, other, ONE * before, ONE * after, 0)
    return {name: getattr(outcome, name) for name in NOTHING}


@pytest.mark.parametrize("part", ["completed", "withdrawn", "left_undone"])
def test_what_ends_in_the_reading_that_stands_goes_on_while_the_other_one_calls_for_it(part):
    assert told({part: ONE}, {}, before=True, after=True) == NOTHING


@pytest.mark.parametrize("part", ["completed", "left_undone"])
def test_what_only_the_other_reading_called_for_ends_as_it_ends_there(part):
    found = told({}, {part: ONE}, before=True, after=False)
    assert found[part] == ONE and found["completed"] | found["withdrawn"] == ONE


def test_what_only_the_other_reading_called_for_and_calls_for_no_more_is_withdrawn():
    assert told({}, {}, before=True, after=False) == NOTHING | {"withdrawn": ONE}


@pytest.mark.parametrize("part", ["completed", "left_undone"])
def test_what_ends_in_the_other_reading_alone_is_not_told_while_it_stands_or_where_it_was_on_no_plan(part):
    assert told({}, {part: ONE}, before=True, after=True) == NOTHING
    assert told({}, {part: ONE}, before=False, after=False) == NOTHING


def test_what_was_on_the_plan_already_is_not_raised():
    assert told({"raised": ONE}, {}, before=True, after=True) == NOTHING
    assert told({"raised": ONE}, {}, before=False, after=True) == NOTHING | {"raised": ONE}


def test_what_the_other_reading_alone_calls_for_is_raised():
    assert told({}, {"raised": ONE}, before=False, after=True) == NOTHING | {"raised": ONE}


def test_what_is_completed_is_not_withdrawn_too():
    assert told({"completed": ONE}, {}, before=True, after=False) == NOTHING | {"completed": ONE}


@pytest.mark.parametrize(("urgent", "none"), [(ONE, True), (0, False)])
def test_an_act_that_the_other_reading_advises_urgently_is_no_deviation(urgent, none):
    deviation = Deviation(PATHWAY.orders[0], "e1", NINE, overridden=False)
    standing = Outcome("smear", "e1", NINE, 1).changed(deviations=(deviation,))
    other = Outcome("smear", "e1", NINE, 1).changed(completed=ONE)
    assert told_of_both(standing, other, ONE, 0, urgent).deviations == (() if none else (deviation,))
