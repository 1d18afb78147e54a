"""Advice of a closed episode that is still in force: what ends it, and what it is asked of."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings

from pathway import PATHWAY, Case
from pathway.definition.conditions import AGE, SOMETHING_LOW
from pathway.definition.events import (
    AntimicrobialsStarted,
    BloodCountReported,
    HistoryTaken,
    InfectionSignsFound,
    WorkupDeclaredNegative,
)
from pathway.definition.facts import CAUSATIVE_DRUG
from pathway.model.guards import shown
from tests.children import (
    BORN,
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
from tests.strategies import stories

if TYPE_CHECKING:
    from pathway import Pathway
    from pathway.model.events import Event, TypedEvent

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


# --- which episode it is asked of -----------------------------------------------------------------------------------


def version(**changes: Any) -> Pathway:
    """A version in which the advice to drink is another."""
    advice = (evolve(one, **changes) if one.id == "hydration" else one for one in PATHWAY.advice)
    return evolve(PATHWAY, version="9.0.0", advice=tuple(advice))


def declared_negative(pathway: Pathway, *before: Event | TypedEvent) -> Case:
    """A low count, what was reported on that day, and three days later a negative work-up, which closes the episode."""
    case = Case(pathway, born=BORN)
    for number, event in enumerate((ONLY_ANC_LOW, *before, CLEAR_SMEAR, CLEAR_EXAM)):
        case.record(event, at=at(10 * number))
    case.record(NEGATIVE, at=at(3 * DAY))
    assert case.episode == 2 and "hydration" in case.advice
    return case


def test_what_was_begun_for_a_finding_does_not_end_because_the_new_episode_knows_nothing_of_it():
    """Only a report that the drug is stopped ends it: not the closing, and not a low count of the new episode."""
    drug = version(when=SOMETHING_LOW.as_guard(), until=~shown(CAUSATIVE_DRUG))
    case = declared_negative(drug, HistoryTaken(causative_drug=True))
    assert case.value("causative_drug") is None
    case.record(BloodCountReported(wbc="2.5 10*9/L", anc="1.2 10*9/L"), at=at(4 * DAY))
    assert case.value("something_low") is True and "hydration" in case.advice
    step = case.record(HistoryTaken(causative_drug=False), at=at(5 * DAY))
    assert "hydration" in ids(step.completed) and "hydration" not in case.advice


def test_a_birthday_ends_what_a_closed_episode_called_for_until_then():
    case = declared_negative(version(when=SOMETHING_LOW.as_guard(), until=AGE >= 14))
    case.record(CLEAR_EXAM, at=at(20 * DAY))
    assert "hydration" in case.advice, "13 months"
    step = case.record(CLEAR_EXAM, at=at(31 * DAY))
    assert "hydration" in ids(step.completed), "14 months"


def test_what_was_raised_two_episodes_ago_is_asked_of_the_episode_in_which_it_was_raised():
    """The temperature of the first episode is known in its record alone."""
    case = opened_again()
    negative = WorkupDeclaredNegative(declared_by="haematologist", reason="a cold")
    for minute, event in ((4 * DAY, CALL), (4 * DAY + 10, CLEAR_SMEAR), (8 * DAY, negative)):
        case.record(event, at=at(minute))
    assert case.episode == 3
    record, index = case.timeline.end.record, case.timeline.end.compiled.layout.index
    places = {one: place for place, one in enumerate(PATHWAY.advice_by_id)}
    first, second = record.carried[places["recheck_temperature"]], record.carried[places["hydration"]]
    assert (str(first.values[index["temperature"]]), second.values[index["temperature"]]) == ("38", None)


# --- what is kept of a closed episode -------------------------------------------------------------------------------


def carried(case: Case) -> set[str]:
    """The advice that stands on a closed episode, by id."""
    advice = PATHWAY.advice
    return {advice[place].id for place in case.timeline.end.record.carried}


def test_nothing_is_kept_of_a_closed_episode_for_advice_that_has_ended():
    case = opened_again()
    assert carried(case) == {"recheck_temperature"}
    case.record(fever("37.2"), at=at(4 * DAY))
    assert carried(case) == set()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(stories(12))
def test_a_closed_episode_is_kept_for_the_advice_of_it_that_is_in_force_and_for_no_other(story):
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
        record = case.timeline.now.record
        assert set(record.carried) == {place for place in range(len(PATHWAY.advice)) if record.old >> place & 1}
        assert record.old & ~record.active == 0


# --- what the closing leaves undone ---------------------------------------------------------------------------------


def test_what_there_was_nothing_to_do_about_is_withdrawn_with_the_episode_and_not_left_undone():
    """Advice that holds while a count is low asks for no act that could be left undone."""
    while_low = version(when=SOMETHING_LOW.as_guard(), until=None, outlives_episode=False)
    case = Case(while_low, born=BORN)
    for number, event in enumerate((ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM)):
        case.record(event, at=at(number))
    assert "hydration" in case.advice
    step = case.record(NEGATIVE, at=at(3 * DAY))
    assert {"hydration", "tumour_lysis_labs"} <= ids(step.withdrawn)
    assert "tumour_lysis_labs" in ids(step.left_undone) and "hydration" not in ids(step.left_undone)
