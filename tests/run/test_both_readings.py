"""What an event did to the advice of both readings together: what is in force after it tells, not one reading alone.

And what a plan says of advice that only the reading with what is pending calls for.
"""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from pathway import PATHWAY, Case, Pathway
from pathway.definition.events import BloodCountReported, ChemistryReported, WorkupDeclaredNegative
from pathway.run.outcome import Deviation, Outcome
from pathway.run.timeline import told_of_both
from tests.children import BORN, CALL, CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, NINE, NORMAL_COUNT, at

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


# --- what only the reading with what is pending calls for -----------------------------------------------------------

DAY = 24 * 60
NO_DISEASE = WorkupDeclaredNegative(declared_by="haematologist", reason="a cold")


def opened_in_the_other_reading_alone(
    *then: tuple[int, Any], labs: ChemistryReported | None = None, pathway: Pathway = PATHWAY
) -> Case:
    """A low count that the laboratory corrects after the call; two days later another, which opens the corrected case.

    Nobody has acknowledged the correction.
    """
    case = Case(pathway, born=BORN)
    for minute, event in ((0, INDEX_COUNT), (30, CALL), (40, labs or CLEAR_SMEAR)):
        case.record(event, at=at(minute), by="ward")
    case.correct("e1", NORMAL_COUNT, at=at(50), by="laboratory")
    low = BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
    for minute, event in ((2 * DAY, low), *then):
        case.record(event, at=at(minute), by="ward")
    assert [one.id for one in case.pending] == ["e4"]
    return case


def test_a_step_awaits_what_the_advice_of_both_readings_waits_for():
    """The case that stands was declared negative and calls nobody; the other reading still waits for the call."""
    case = opened_in_the_other_reading_alone(
        (2 * DAY + 10, CLEAR_SMEAR), (2 * DAY + 20, CLEAR_EXAM), (2 * DAY + 30, NO_DISEASE)
    )
    step = case.record(CLEAR_EXAM, at=at(2 * DAY + 40), by="ward")
    assert step.state == "follow_up" and "haematology_consulted" in step.awaits
    assert step.awaits == case.plan(at=at(2 * DAY + 40)).awaits


def test_results_that_the_episode_with_what_waits_knows_are_not_missing_on_the_line_that_it_alone_calls_for():
    """The case that stands was declared negative and knows no result; the labs are asked for by the other reading."""
    story = (
        (2 * DAY + 5, ChemistryReported(potassium="4 mmol/L")), (2 * DAY + 10, CLEAR_SMEAR),
        (2 * DAY + 20, CLEAR_EXAM), (2 * DAY + 30, NO_DISEASE),
    )  # fmt: skip
    plan = opened_in_the_other_reading_alone(*story).plan(at=at(2 * DAY + 40))
    (line,) = [one for one in plan.lines if one.id == "tumour_lysis_labs"]
    assert plan.state == "follow_up" and line.missing == ("uric_acid", "ldh", "phosphate")


def test_what_such_a_line_lacks_is_what_its_own_episode_lacked_also_where_that_is_closed():
    """In a version whose labs are asked for beyond their episode, of a child whose labs of the first day are known."""
    advice = (evolve(one, outlives_episode=True) if one.id == "tumour_lysis_labs" else one for one in PATHWAY.advice)
    asking = evolve(PATHWAY, version="9.0.0", advice=tuple(advice))
    labs = ChemistryReported(potassium="4 mmol/L", uric_acid="300 umol/L", ldh="300 U/L", phosphate="1.5 mmol/L")
    story = (
        (2 * DAY + 5, ChemistryReported(potassium="4 mmol/L")), (2 * DAY + 8, CALL), (2 * DAY + 10, CLEAR_SMEAR),
        (2 * DAY + 20, CLEAR_EXAM), (2 * DAY + 30, NO_DISEASE),
    )  # fmt: skip
    case = opened_in_the_other_reading_alone(*story, labs=labs, pathway=asking)
    assert case.timeline.end.beside is not None and case.timeline.end.beside.episode == 3
    (line,) = [one for one in case.plan(at=at(2 * DAY + 40)).lines if one.id == "tumour_lysis_labs"]
    assert line.missing == ("uric_acid", "ldh", "phosphate")
