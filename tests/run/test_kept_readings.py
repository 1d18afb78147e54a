"""White cells at diagnosis: the highest of some days before, of whatever episode, and never after an event."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.model.canonical import from_json, to_json
from pathway.model.derived_words import derived_in_words
from tests.children import ALL_CONFIRMED, BORN, CALL, INDEX_COUNT, NORMAL_COUNT, at
from tests.model.broken import faults

DAY = 24 * 60


def with_days(days=14, ends_with="chemotherapy_started", **more):
    derived = tuple(
        evolve(one, days=days, ends_with=ends_with, **more) if one.name == "wbc_at_diagnosis" else one
        for one in PATHWAY.derived
    )
    return evolve(PATHWAY, derived=derived)


PATH = with_days()
CHEMOTHERAPY = PATHWAY.event("chemotherapy_started")


def cells(wbc):
    return PATHWAY.event("blood_count_reported", wbc=f"{wbc} 10*9/L")


def captured(*story):
    """The white cells at diagnosis after a story of (days, event); the diagnosis comes on day 20."""
    case = Case(PATH, born=BORN)
    for day, event in sorted([(20, ALL_CONFIRMED), *story], key=lambda told: told[0]):
        case.record(event, at=at(day * DAY))
    assert case.state in ("confirmed_all", "kmt2a_stratification")
    return case.value("wbc_at_diagnosis")


LOW = (19, INDEX_COUNT)


@pytest.mark.parametrize(
    ("story", "value"),
    [
        ([LOW], "2.5"),
        ([(6, cells(300)), LOW], "300"),
        ([(5.9, cells(300)), LOW], "300"),
        ([(5, cells(300)), LOW], "2.5"),
        ([LOW, (20.3, cells(310))], "310"),
        ([LOW, (20.3, cells(2))], "2.5"),
        ([LOW, (21, cells(310))], "2.5"),
        ([(1, cells(300))], "300"),
        ([(1, cells(300)), (30, cells(90))], "300"),
        ([(1, cells(90)), (30, cells(300))], "300"),
        ([(1, cells(90)), (30, cells(200)), (31, cells(300))], "200"),
        ([(1, cells(300)), (5, cells(90)), (30, cells(100))], "100"),
        ([(22, cells(90))], "90"),
        ([(22, cells(90)), (23, cells(300))], "90"),
        ([], None),
    ],
)  # fmt: skip
def test_the_highest_of_fourteen_days_counts_else_the_higher_of_the_last_before_and_the_next(story, value):
    assert captured(*story) == (None if value is None else Decimal(value))


def test_the_days_of_another_episode_count():
    """A count of 300 outside the pathway, where none is low, and the low count three days later."""
    outside = PATHWAY.event("blood_count_reported", wbc="300 10*9/L", anc="5 10*9/L", alc="30 10*9/L")
    assert captured((16, outside), LOW) == 300


@pytest.mark.parametrize(
    ("story", "value"),
    [
        ([LOW, (19.5, CHEMOTHERAPY), (19.6, cells(300))], "2.5"),
        ([LOW, (20.1, CHEMOTHERAPY), (20.2, cells(300))], "2.5"),
        ([(1, cells(300)), (21, CHEMOTHERAPY), (22, cells(400))], "300"),
        ([(21, CHEMOTHERAPY), (22, cells(400))], None),
    ],
)  # fmt: skip
def test_no_reading_counts_after_chemotherapy(story, value):
    assert captured(*story) == (None if value is None else Decimal(value))


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 40 * 24), st.integers(1, 400)), max_size=9), st.integers(0, 41 * 24))
def test_it_is_what_a_look_at_all_readings_says(readings, chemotherapy):
    readings = sorted(dict(readings).items())
    case = Case(PATH, born=BORN)
    diagnosis = 20 * 24 + 0.5
    story = [(hour, cells(wbc)) for hour, wbc in readings] + [(diagnosis, ALL_CONFIRMED), (chemotherapy, CHEMOTHERAPY)]
    order = {"blood_count_reported": 0, "diagnosis_confirmed": 1, "chemotherapy_started": 2}
    for hour, event in sorted(story, key=lambda told: (told[0], order[getattr(told[1], "event", told[1]).name])):
        case.record(event, at=at(hour * 60))
    counting = [(at(hour * 60).date(), wbc) for hour, wbc in readings if hour <= chemotherapy]
    today = at(diagnosis * 60).date()
    first = today - timedelta(days=14)
    near = [wbc for day, wbc in counting if first <= day <= today]
    before, after = [day for day, _ in counting if day < first], [wbc for day, wbc in counting if day > today]
    last = [wbc for day, wbc in counting if before and day == before[-1]]
    expected = max(near, default=None) or max([*last, *after[:1]], default=None)
    assert case.value("wbc_at_diagnosis") == expected


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(5)))
def test_in_whatever_order_it_is_recorded_it_is_the_same_value(order):
    story = [(3, cells(300)), (16, NORMAL_COUNT), (18, INDEX_COUNT), (19, CALL), (20, ALL_CONFIRMED)]
    case = Case(PATH, born=BORN)
    for number in order:
        case.record(story[number][1], at=at(story[number][0] * DAY))
    for waiting in case.pending:
        case.acknowledge(waiting.id, at=at(50 * DAY), by="Dr A")
    assert case.value("wbc_at_diagnosis") == 9


def test_it_comes_back_from_json_and_stands_in_the_words():
    assert from_json(to_json(PATH)) == PATH
    (said,) = [derived_in_words(one, PATH) for one in PATH.derived if one.name == "wbc_at_diagnosis"]
    assert "the highest of the 14 days before and of that day, of whatever episode" in said


@pytest.mark.parametrize(
    ("more", "line"),
    [
        ({"how": "value"}, "days and ends_with are of the highest reading"),
        ({"days": 0}, "ends_with is of a number of days"),
        ({"ends_with": "chemotherapy"}, "unknown event 'chemotherapy'"),
        ({"days": 10**9}, "days is 1,000,000,000; write a whole number"),
    ],
)  # fmt: skip
def test_what_cannot_be_captured_so_is_refused(more, line):
    derived = tuple(
        evolve(one, **{"days": 14, "ends_with": "chemotherapy_started"} | more)
        if one.name == "wbc_at_diagnosis"
        else one
        for one in PATHWAY.derived
    )
    assert any(line in fault for fault in faults(derived=derived))
