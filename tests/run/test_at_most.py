"""White cells without a differential: a part that is not given is at most the rest, and may be low for certain."""

from __future__ import annotations

from decimal import Decimal

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.definition.events import BloodCountReported
from pathway.model.canonical import from_json, to_json
from pathway.model.derived import AtMost
from pathway.model.derived_words import derived_in_words
from tests.bounding import BOUNDING, bounding
from tests.children import BORN, CALL, CLEAR_EXAM, CLEAR_SMEAR, NEGATIVE, NORMAL_COUNT, at
from tests.model.broken import faults


def count(**counts):
    return BOUNDING.event("blood_count_reported", **{name: f"{amount} 10*9/L" for name, amount in counts.items()})


def case_of(*story) -> Case:
    case = Case(BOUNDING, born=BORN)
    for minute, event in story:
        case.record(event, at=at(minute))
    return case


@pytest.mark.parametrize(
    ("counts", "alc", "anc"),
    [
        ({"wbc": "2.5", "anc": "0.7"}, "1.8", None),
        ({"wbc": "2.5", "alc": "1.4"}, None, "1.1"),
        ({"wbc": "1.4"}, "1.4", "1.4"),
        ({"wbc": "12", "anc": "8.6"}, "3.4", None),
        ({"wbc": "3", "anc": "4"}, "0", None),
        ({"anc": "0.7"}, None, None),
        ({"wbc": "9", "anc": "3", "alc": "5"}, None, None),
    ],
)
def test_a_part_is_at_most_the_white_cells_less_the_other_part(counts, alc, anc):
    case = case_of((0, count(**counts)))
    found = (case.value("alc_at_most"), case.value("anc_at_most"))
    assert found == tuple(None if amount is None else Decimal(amount) for amount in (alc, anc))


def test_the_source_s_child_without_a_lymphocyte_count_is_called_for_and_the_sum_is_said():
    case = case_of((0, count(wbc="2.5", anc="0.7")))
    assert case.state == "referral"
    assert "consult_same_day" in case.plan(at=at()).urgent
    said = "alc at most 1.8 10*9/L (white cell count 2.5 less neutrophils (ANC) 0.7), < 3.5 10*9/L (12 to 23 months)"
    assert any(said in str(reason) for reason in case.why("consult_same_day"))


@pytest.mark.parametrize(
    ("counts", "state"),
    [
        ({"wbc": "12", "anc": "8.6"}, "smear"),
        ({"wbc": "12.1", "anc": "8.6"}, "initial_labs"),
        ({"wbc": "12.2", "anc": "8.6"}, "initial_labs"),
        ({"wbc": "1.4"}, "referral"),
    ],
)
def test_a_bound_below_the_limit_is_low_and_one_on_the_limit_or_above_it_is_not(counts, state):
    assert case_of((0, count(**counts))).state == state


@pytest.mark.parametrize(("later", "stands"), [({"alc": "5"}, None), ({"wbc": "9"}, "9"), ({"anc": "2"}, "1.8")])
def test_it_stands_until_a_later_report_gives_the_part_or_white_cells_again(later, stands):
    case = case_of((0, count(wbc="2.5", anc="0.7")), (60, count(**later)))
    assert case.value("alc_at_most") == (None if stands is None else Decimal(stands))


def test_a_later_sample_takes_the_call_away_from_nobody():
    case = case_of((0, count(wbc="2.5", anc="0.7")), (60, NORMAL_COUNT))
    assert "consult_same_day" in case.plan(at=at(60)).urgent


def test_the_real_count_of_the_same_sample_waits_for_acknowledgement_and_then_takes_it_away():
    case = case_of((0, count(wbc="12", anc="1.2")), (30, CLEAR_EXAM))
    case = case_of((0, count(wbc="5", anc="3")))
    assert case.state == "smear"
    step = case.record(count(alc="4"), at=at(0))
    assert case.value("alc_at_most") in (Decimal(2), None)
    for waiting in case.pending:
        case.acknowledge(waiting.id, at=at(90), by="Dr A")
    assert case.value("alc_at_most") is None
    assert step is not None


def test_two_reports_of_one_sample_are_one_and_draw_no_bound_of_a_part_that_either_gives():
    for order in (({"wbc": "2.5"}, {"alc": "1.4"}), ({"alc": "1.4"}, {"wbc": "2.5"})):
        case = Case(BOUNDING, born=BORN)
        for counts in order:
            case.record(count(**counts), at=at())
        assert (case.value("alc_at_most"), case.value("anc_at_most")) == (None, Decimal("1.1"))


def test_a_bound_of_today_goes_with_the_child_into_the_next_episode_and_one_of_before_does_not():
    outside = count(wbc="9", anc="3", alc="5")
    today = case_of((0, outside), (60, count(wbc="3")))
    assert today.episode == 2
    assert today.value("alc_at_most") == 3
    negative = case_of((0, count(wbc="9", anc="1.2")), (10, CLEAR_SMEAR), (20, CLEAR_EXAM), (30, NEGATIVE))
    assert negative.state == "follow_up"
    assert negative.value("alc_at_most") is None


AT_DOOR = bounding(door=True)


@pytest.mark.parametrize(
    ("counts", "most"),
    [
        ({"wbc": "2.5", "anc": "<0.5"}, "2.5"),
        ({"wbc": "2.5", "anc": ">0.5"}, "2.0"),
        ({"wbc": "<1.0", "anc": "0.2"}, "0.8"),
        ({"wbc": ">1.0", "anc": "0.2"}, None),
        ({"wbc": "3", "anc": "4"}, None),
        ({"wbc": "3", "anc": "3.1"}, "0"),
    ],
)
def test_a_bound_taken_off_counts_nothing_and_no_bound_is_drawn_from_a_report_whose_part_exceeds_its_whole(
    counts, most
):
    case = Case(AT_DOOR, born=BORN)
    case.record(
        AT_DOOR.event("blood_count_reported", **{name: f"{amount} 10*9/L" for name, amount in counts.items()}), at=at()
    )
    assert case.value("alc_at_most") == (None if most is None else Decimal(most))


def test_it_is_not_a_known_count():
    case = case_of((0, count(wbc="2.5", anc="0.7")))
    assert "alc" in case.plan(at=at()).awaits
    (line,) = [line for line in case.plan(at=at()).lines if line.id == "obtain_missing_counts"]
    assert "alc" in line.missing


@settings(max_examples=60, deadline=None)
@given(st.permutations(range(5)))
def test_in_whatever_order_reports_are_recorded_it_is_the_same_bound(order):
    story = [(0, count(wbc="2.5")), (0, count(anc="0.7")), (60, count(wbc="3")), (120, CALL), (180, count(anc="1"))]
    case = Case(BOUNDING, born=BORN)
    for number in order:
        case.record(story[number][1], at=at(story[number][0]))
    for waiting in case.pending:
        case.acknowledge(waiting.id, at=at(900), by="Dr A")
    assert (case.value("alc_at_most"), case.value("anc_at_most")) == (Decimal(3), None)


def test_it_comes_back_from_json_and_stands_in_the_words():
    assert from_json(to_json(BOUNDING)) == BOUNDING
    (said,) = [derived_in_words(one, BOUNDING) for one in BOUNDING.derived if one.name == "alc_at_most"]
    assert said.startswith("The most that lymphocytes (ALC) can be where a report does not give it: white cell count")


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"part": "alk"}, "unknown fact 'alk'"),
        ({"less": "fever"}, "fever is no reported amount"),
        ({"less": "temperature"}, "no event carries alc, wbc, temperature together"),
    ],
)
def test_what_cannot_be_a_bound_is_refused(changes, line):
    bound = AtMost("alc_at_most", "at most", "alc", "wbc", "anc", "10*9/L", ("S36",))
    assert any(line in fault for fault in faults(derived=(*PATHWAY.derived, evolve(bound, **changes))))


def test_a_report_may_give_the_counts_as_a_class_of_the_definition_does():
    assert BloodCountReported(wbc="2.5 10*9/L").event.given == count(wbc="2.5").given
