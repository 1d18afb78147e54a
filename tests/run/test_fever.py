"""The thresholds of fever: one reading of 38.3, or 38.0 for an hour."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.definition.events import TemperatureMeasured
from tests.children import ONLY_ANC_LOW, at, fever, told


@pytest.mark.parametrize(
    ("celsius", "due"), [("38.2", False), ("38.29", False), ("38.3", True), ("38.31", True), ("39", True)]
)
def test_one_reading_of_38_3_with_low_neutrophils_calls_for_antimicrobials(celsius, due):
    case = told(ONLY_ANC_LOW, fever(celsius))
    assert ("antimicrobials_now" in case.advice) is due
    assert case.propose("start_antimicrobials", at=at(40)).verdict == ("permitted" if due else "refused")


@pytest.mark.parametrize(
    "reading",
    [None, TemperatureMeasured(temperature="380 Cel")],
    ids=["never measured", "held back"],
)
def test_a_temperature_that_is_unknown_calls_for_nothing_and_permits_nothing(reading):
    case = told(ONLY_ANC_LOW, *([reading] if reading else []))
    assert "antimicrobials_now" not in case.advice
    assert case.propose("start_antimicrobials", at=at(40)).verdict == "refused"


@pytest.mark.parametrize(("fahrenheit", "due"), [("100.9", False), ("100.94", True), ("101", True)])
def test_38_3_degrees_are_100_94_fahrenheit_exactly(fahrenheit, due):
    case = told(ONLY_ANC_LOW, TemperatureMeasured(temperature=f"{fahrenheit} [degF]"))
    assert ("antimicrobials_now" in case.advice) is due


@pytest.mark.parametrize(
    ("celsius", "state"), [("37.9", "smear"), ("37.99", "smear"), ("38.0", "referral"), ("38.1", "referral")]
)
def test_a_reading_of_38_0_is_a_symptom_and_with_a_low_count_a_same_day_criterion(celsius, state):
    assert told(ONLY_ANC_LOW, fever(celsius)).state == state


@pytest.mark.parametrize(("celsius", "again"), [("37.9", False), ("38.0", True), ("38.2", True), ("38.3", False)])
def test_a_reading_from_38_0_up_to_38_3_asks_for_another_one(celsius, again):
    """From 38.3 on the treatment is due, and no second reading is waited for."""
    assert ("recheck_temperature" in told(ONLY_ANC_LOW, fever(celsius)).advice) is again


@pytest.mark.parametrize(
    ("minutes", "celsius", "held"),
    [
        (0, "38.0", False), (59, "38.0", False), (60, "38.0", True), (61, "38.0", True), (60, "37.9", False),
        (60, "38.1", True),
    ],
)  # fmt: skip
def test_38_0_for_sixty_minutes_between_the_first_and_the_last_reading_is_an_hour(minutes, celsius, held):
    case = told((0, ONLY_ANC_LOW), (10, fever("38.0")), (10 + minutes, fever(celsius)))
    assert (case.value("fever_for_an_hour") is True) is held
    assert ("antimicrobials_now" in case.advice) is held


def test_a_lower_reading_between_begins_the_hour_anew():
    case = told((0, ONLY_ANC_LOW), (10, fever("38.2")), (40, fever("37.9")), (70, fever("38.2")), (129, fever("38.2")))
    assert case.value("fever_for_an_hour") is not True
    case.record(fever("38.0"), at=at(130))
    assert case.value("fever_for_an_hour") is True


def test_from_one_reading_to_now_is_no_hour():
    case = told((0, ONLY_ANC_LOW), (10, fever("38.0")))
    assert "antimicrobials_now" not in [line.id for line in case.plan(at=at(300)).lines]
    assert "recheck_temperature" in [line.id for line in case.plan(at=at(300)).lines]


@pytest.mark.parametrize(("minutes", "settled"), [(59, False), (60, True), (61, True)])
def test_a_reading_below_38_an_hour_later_settles_the_question_and_an_earlier_one_does_not(minutes, settled):
    case = told((0, ONLY_ANC_LOW), (10, fever("38.0")), (10 + minutes, fever("37.9")))
    assert ("recheck_temperature" not in case.advice) is settled


def test_after_treatment_the_hour_counts_new_readings_only():
    started = PATHWAY.event("antimicrobials_started")
    case = told((0, ONLY_ANC_LOW), (10, fever("38.0")), (30, started), (70, fever("38.0")))
    assert "antimicrobials_now" not in case.advice
    case.record(fever("38.0"), at=at(130))
    assert "antimicrobials_now" in case.advice
