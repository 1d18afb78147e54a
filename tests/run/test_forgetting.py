"""Memory that ends: spans of readings near one another, latches that end, facts that a state forgets."""

from __future__ import annotations

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.definition.conditions import DAYS_IN_STATE, FEVER_SETTLED
from pathway.definition.events import Examined, SymptomsReported
from pathway.model.canonical import from_json, to_json
from pathway.model.derived_words import derived_in_words
from pathway.model.guards import in_report
from tests.children import BORN, CLEAR_EXAM, NORMAL_COUNT, at, fever
from tests.model.broken import faults

DAY = 24 * 60


def changed(*, states=(), **derived):
    """The pathway with some derived facts or states changed."""
    return evolve(
        PATHWAY,
        derived=tuple(evolve(one, **derived.get(one.name, {})) for one in PATHWAY.derived),
        states=tuple(evolve(one, **dict(states).get(one.name, {})) for one in PATHWAY.states),
    )


WINDOW = changed(fever_for_an_hour={"within": 180})
SETTLES = changed(fever_trigger={"ends_when": FEVER_SETTLED.as_guard()})
TWO_DAYS = changed(fever_trigger={"lasts_days": 2})
FORGETS = changed(
    states={"outside_pathway": {"forgets": ("fever", "measured_fever"), "forgets_after": 14}},
)


def case_of(pathway, *story) -> Case:
    case = Case(pathway, born=BORN)
    for minute, event in story:
        case.record(event, at=at(minute))
    return case


# --- two readings near one another ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("minutes", "held"),
    [
        ((0, 59), None), ((0, 60), True), ((0, 180), True), ((0, 181), None), ((0, 100, 200), True),
        ((0, 30, 211), None), ((0, 300, 330, 360), True), ((0,), None),
    ],
)  # fmt: skip
def test_an_hour_of_fever_is_shown_by_two_readings_from_one_to_three_hours_apart(minutes, held):
    assert case_of(WINDOW, *((minute, fever("38")) for minute in minutes)).value("fever_for_an_hour") is held


def test_a_lower_reading_begins_the_span_anew_and_antimicrobials_do():
    lower = case_of(WINDOW, (0, fever("38")), (30, fever("37")), (60, fever("38")))
    assert lower.value("fever_for_an_hour") is None
    assert case_of(WINDOW, (0, fever("38")), (30, fever("37"))).value("fever_for_an_hour") is False
    treated = case_of(WINDOW, (0, fever("38")), (30, PATHWAY.event("antimicrobials_started")), (60, fever("38")))
    assert treated.value("fever_for_an_hour") is None


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 400), st.sampled_from(["37.9", "38", "38.1"])), min_size=1, max_size=9))
def test_a_window_is_what_a_look_at_all_readings_says(readings):
    readings = sorted(dict(readings).items())
    last, warm = readings[-1][0], [minute for minute, _ in readings]
    lows = [minute for minute, celsius in readings if celsius == "37.9"]
    run = [minute for minute in warm if not lows or minute > lows[-1]]
    expected = False if last in lows else any(60 <= last - minute <= 180 for minute in run) or None
    assert (
        case_of(WINDOW, *((minute, fever(warmth)) for minute, warmth in readings)).value("fever_for_an_hour")
        is expected
    )


# --- latches that end -------------------------------------------------------------------------------------------------


def test_a_trigger_ends_before_the_event_that_follows_the_settling_and_not_at_the_settling():
    story = [(0, fever("38.3")), (60, fever("36.9"))]
    assert case_of(SETTLES, *story).value("fever_trigger") is True
    assert case_of(SETTLES, *story, (61, CLEAR_EXAM)).value("fever_trigger") is not True
    assert case_of(PATHWAY, *story, (61, CLEAR_EXAM)).value("fever_trigger") is True


def test_a_trigger_that_ended_is_met_again_by_the_event_itself():
    assert case_of(SETTLES, (0, fever("38.3")), (60, fever("36.9")), (90, fever("38.3"))).value("fever_trigger") is True


def test_advice_that_rests_on_it_is_raised_no_more_and_stays_where_it_was_raised():
    """The trigger ended on Friday; a low count on Saturday is not beside a fever."""
    low = PATHWAY.event("blood_count_reported", wbc="9 10*9/L", anc="0.7 10*9/L", alc="5 10*9/L")
    normal = (0, NORMAL_COUNT)
    settled = [normal, (10, fever("38.3")), (90, fever("36.9")), (100, CLEAR_EXAM)]
    assert "antimicrobials_now" not in case_of(SETTLES, *settled, (DAY, low)).advice
    assert "antimicrobials_now" in case_of(PATHWAY, *settled, (DAY, low)).advice
    assert "antimicrobials_now" in case_of(SETTLES, (0, low), *settled[1:]).advice


@pytest.mark.parametrize(("days", "stands"), [(1, True), (2, True), (3, False)])
def test_a_trigger_lasts_two_calendar_days_after_the_day_on_which_it_was_last_met(days, stands):
    case = case_of(TWO_DAYS, (0, fever("38.3")), (days * DAY, CLEAR_EXAM))
    assert (case.value("fever_trigger") is True) is stands


def test_the_day_on_which_it_was_last_met_counts():
    case = case_of(TWO_DAYS, (0, fever("38.3")), (2 * DAY, fever("38.4")), (4 * DAY, CLEAR_EXAM))
    assert case.value("fever_trigger") is True


# --- facts that a state forgets ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("days", "known"), [(13, True), (14, True), (15, None)])
def test_outside_a_reported_fever_counts_for_fourteen_days_and_then_is_unknown(days, known):
    case = case_of(FORGETS, (0, NORMAL_COUNT), (10, SymptomsReported(fever=True)), (days * DAY, Examined()))
    assert case.state == "outside_pathway"
    assert case.value("fever") is known


@pytest.mark.parametrize(("days", "known"), [(14, True), (15, None)])
def test_with_a_latch_the_reading_behind_it_is_forgotten_too(days, known):
    case = case_of(FORGETS, (0, NORMAL_COUNT), (10, fever("38.1")), (days * DAY, Examined()))
    assert case.value("measured_fever") is known
    assert (case.value("temperature") is None) is (known is None)


def test_elsewhere_nothing_is_forgotten():
    low = PATHWAY.event("blood_count_reported", anc="1.2 10*9/L")
    case = case_of(FORGETS, (0, low), (10, SymptomsReported(weight_loss=False, fever=False)), (20 * DAY, NORMAL_COUNT))
    assert case.state == "smear"
    assert case.value("fever") is False


# --- in any order, and as data ----------------------------------------------------------------------------------------


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(6)), st.sampled_from([WINDOW, SETTLES, TWO_DAYS, FORGETS]))
def test_in_whatever_order_it_is_recorded_it_is_the_same_case(order, pathway):
    story = [(0, NORMAL_COUNT), (10, fever("38")), (80, fever("38.3")), (200, fever("36.9")),
             (3 * DAY, SymptomsReported(fever=True)), (18 * DAY, CLEAR_EXAM)]  # fmt: skip
    expected, case = case_of(pathway, *story), Case(pathway, born=BORN)
    for number in order:
        case.record(story[number][1], at=at(story[number][0]))
    for waiting in case.pending:
        case.acknowledge(waiting.id, at=at(30 * DAY), by="Dr A")
    names = ("fever_for_an_hour", "fever_trigger", "measured_fever", "fever", "temperature")
    assert [case.value(name) for name in names] == [expected.value(name) for name in names]


@pytest.mark.parametrize("pathway", [WINDOW, SETTLES, TWO_DAYS, FORGETS])
def test_it_comes_back_from_json_and_stands_in_the_words(pathway):
    assert from_json(to_json(pathway)) == pathway
    said = " ".join(derived_in_words(one, pathway) for one in pathway.derived)
    plain = " ".join(derived_in_words(one, PATHWAY) for one in PATHWAY.derived)
    assert (said != plain) is (pathway is not FORGETS)


@pytest.mark.parametrize(
    ("pathway", "line"),
    [
        ({"fever_for_an_hour": {"within": 59}}, "within 59 minutes is shorter than 60 minutes"),
        ({"declared_negative_before": {"lasts_days": 3}}, "lasts for good, and ends"),
        ({"fever_trigger": {"ends_when": in_report(FEVER_SETTLED)}}, "fever_settled is of a report or a clock"),
        ({"fever_trigger": {"ends_when": DAYS_IN_STATE >= 3}}, "days_in_state is of a report or a clock"),
        ({"fever_trigger": {"lasts_days": -1}}, "lasts_days is -1; write a whole number"),
    ],
)  # fmt: skip
def test_what_cannot_end_so_is_refused(pathway, line):
    derived = tuple(evolve(one, **pathway.get(one.name, {})) for one in PATHWAY.derived)
    assert any(line in fault for fault in faults(derived=derived))


def test_a_state_forgets_only_reported_facts_and_latches():
    states = tuple(evolve(one, forgets=("age", "fevr"), forgets_after=1) for one in PATHWAY.states)
    found = faults(states=states)
    assert any("forgets age, which is neither a reported fact nor a latch" in fault for fault in found)
    assert any("unknown fact 'fevr'" in fault for fault in found)
