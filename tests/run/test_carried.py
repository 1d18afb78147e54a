"""Advice of a closed episode that is still in force: what ends it, and what it is asked of."""

from __future__ import annotations

import pytest

from pathway import PATHWAY, Case
from pathway.definition.events import AntimicrobialsStarted, BloodCountReported, InfectionSignsFound
from tests.children import (
    CALL,
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    fever,
    told,
)
from tests.run.everything import everything
from tests.run.urgency import ids

DAY = 24 * 60


def opened_again() -> Case:
    """Outside the pathway with a temperature of 38.0; two days later a low count opens the work-up anew."""
    case = told((0, NORMAL_COUNT), (DAY, fever("38.0")), (3 * DAY, ONLY_ANC_LOW))
    assert case.episode == 2 and "recheck_temperature" in case.advice and case.value("temperature") is None
    return case


# --- what ends it ---------------------------------------------------------------------------------------------------


def test_a_temperature_that_settles_in_the_new_episode_ends_the_request_of_the_old_one():
    """Whether a fever has settled is known beyond the episode in which it began."""
    case = opened_again()
    step = case.record(fever("37.2"), at=at(4 * DAY))
    assert ids(step.completed) >= {"recheck_temperature"} and "recheck_temperature" not in case.advice


def test_a_trigger_of_the_new_episode_ends_the_request_of_the_old_one():
    case = opened_again()
    step = case.record(InfectionSignsFound(), at=at(4 * DAY))
    assert "recheck_temperature" in ids(step.completed) and "antimicrobials_now" in case.advice


def test_what_has_nothing_to_do_with_it_leaves_it_in_force_since_it_was_raised():
    case = opened_again()
    for minute, event in ((4 * DAY, CLEAR_SMEAR), (5 * DAY, CLEAR_EXAM)):
        case.record(event, at=at(minute))
    line = next(one for one in case.plan(at=at(6 * DAY)).lines if one.id == "recheck_temperature")
    assert line.since == at(DAY) and "38 Cel" in " ".join(finding.words for finding in line.findings)


def test_a_treatment_in_the_new_episode_ends_the_antimicrobials_of_the_old_one():
    case = told(ONLY_ANC_LOW, InfectionSignsFound(), CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    assert case.episode == 2 and "antimicrobials_now" in case.advice
    step = case.record(AntimicrobialsStarted(), at=at(DAY))
    assert "antimicrobials_now" in ids(step.completed) and case.deviations == ()


# --- what it is asked of --------------------------------------------------------------------------------------------


def missing_counts() -> Case:
    """A count without haemoglobin and platelets, with one line low, whose work-up was declared negative."""
    case = told(BloodCountReported(wbc="9 10*9/L", anc="1.2 10*9/L", alc="5 10*9/L"), CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    assert case.episode == 2 and "obtain_missing_counts" in case.advice
    return case


def test_the_counts_that_an_old_episode_lacked_are_those_that_are_missing_on_the_plan():
    case = missing_counts()
    case.record(BloodCountReported(hb="12 g/dL"), at=at(DAY))
    line = next(one for one in case.plan(at=at(DAY)).lines if one.id == "obtain_missing_counts")
    assert line.missing


@pytest.mark.parametrize("count", [NORMAL_COUNT, BloodCountReported(hb="12 g/dL", platelets="300 10*9/L")])
def test_a_report_of_the_new_episode_counts_in_the_old_one_too(count):
    case = missing_counts()
    before = case.timeline.end.record.carried
    assert before
    case.record(count, at=at(DAY))
    index = case.timeline.end.compiled.layout.index
    for frame in case.timeline.end.record.carried.values():
        assert str(frame.values[index["platelets"]]) == "300" and str(frame.values[index["hb"]]) == "12"


def test_what_the_new_episode_calls_for_itself_is_no_advice_of_the_old_one_any_more():
    """Once infection signs are found again, the advice is the new episode's, and stands since it was first raised."""
    case = told(ONLY_ANC_LOW, InfectionSignsFound(), CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    place = list(PATHWAY.advice_by_id).index("antimicrobials_now")
    assert place in case.timeline.end.record.carried and case.timeline.end.record.old >> place & 1
    case.record(InfectionSignsFound(), at=at(DAY))
    assert place not in case.timeline.end.record.carried and not case.timeline.end.record.old >> place & 1
    line = next(one for one in case.plan(at=at(DAY)).lines if one.id == "antimicrobials_now")
    assert line.since == at(30)


def test_a_case_with_advice_of_two_episodes_is_its_log_folded_whole():
    case = told((0, NORMAL_COUNT), (DAY, fever("38.0")), (3 * DAY, ONLY_ANC_LOW))
    for minute, event in (
        (4 * DAY, CLEAR_SMEAR), (4 * DAY + 10, CLEAR_EXAM), (5 * DAY, NEGATIVE), (6 * DAY, INDEX_COUNT),
        (6 * DAY + 5, CALL), (2 * DAY, CLEAR_EXAM), (DAY + 30, fever("38.1")),
    ):  # fmt: skip
        case.record(event, at=at(minute))
        assert everything(case.timeline.end) == everything(case.copy().timeline.end)
