"""What was withdrawn never was, what was corrected was so from the start, and an event may move to another moment."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, BadInput, Case
from pathway.definition.events import BloodCountReported, SymptomsReported
from tests.children import BORN, CLEAR_EXAM, NORMAL_COUNT, ONLY_ANC_LOW, at, fever, in_follow_up, told
from tests.run.urgency import acknowledged, seen
from tests.strategies import START, events_of, stories

relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


# --- withdrawn ------------------------------------------------------------------------------------------------------


@relaxed
@given(stories(8), st.data())
def test_what_was_withdrawn_and_acknowledged_never_was(story, data):
    assume(story)
    number = data.draw(st.integers(0, len(story) - 1))
    case, without = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for place, (moment, event) in enumerate(story):
        case.record(event, at=moment, id=f"x{place}")
        if place != number:
            without.record(event, at=moment, id=f"x{place}")
    acknowledged(case)
    case.withdraw(f"x{number}", at=START + timedelta(days=50), by="lab")
    assert seen(acknowledged(case)) == seen(acknowledged(without))


@relaxed
@given(stories(8), st.data())
def test_what_was_corrected_and_acknowledged_was_so_from_the_start(story, data):
    assume(story)
    number = data.draw(st.integers(0, len(story) - 1))
    right = data.draw(events_of(story[number][1].kind))
    case, straight = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for place, (moment, event) in enumerate(story):
        case.record(event, at=moment, id=f"x{place}")
        straight.record(right if place == number else event, at=moment, id=f"x{place}")
    acknowledged(case)
    case.correct(f"x{number}", right, at=START + timedelta(days=50), by="lab")
    assert seen(acknowledged(case)) == seen(acknowledged(straight))


@relaxed
@given(stories(8), st.data())
def test_a_correction_to_the_same_values_changes_nothing(story, data):
    assume(story)
    case = Case(PATHWAY, born=BORN)
    for moment, event in story:
        case.record(event, at=moment)
    acknowledged(case)
    before = seen(case)
    wrong = data.draw(st.sampled_from([one for one in case.log if one.kind == "event"]))
    step = case.correct(wrong.id, wrong.event, at=START + timedelta(days=50))
    assert not step.proposed and seen(case) == before
    assert (step.change.added, step.change.removed, step.change.taken_away) == ((), (), ())


def test_a_withdrawn_correction_brings_back_what_it_corrected():
    case = told(ONLY_ANC_LOW)
    case.correct("e1", BloodCountReported(anc="1.1 10*9/L"), at=at(60))
    case.withdraw("e2", at=at(70))
    assert str(case.value("anc")) == "1.2" and case.log[0].id == "e1"
    case.correct("e1", BloodCountReported(anc="1.3 10*9/L"), at=at(80))
    assert str(case.value("anc")) == "1.3"


def test_a_correction_of_a_correction_is_about_the_same_event():
    case = told(ONLY_ANC_LOW)
    case.correct("e1", BloodCountReported(anc="1.1 10*9/L"), at=at(60))
    case.correct("e2", BloodCountReported(anc="1.0 10*9/L"), at=at(70))
    assert str(case.value("anc")) == "1"
    case.withdraw("e3", at=at(80))
    assert str(case.value("anc")) == "1.1"


def test_a_withdrawn_event_takes_its_corrections_along():
    case = told(CLEAR_EXAM, (60, BloodCountReported(hb="12 g/dL")))
    case.correct("e2", BloodCountReported(hb="13 g/dL"), at=at(70))
    case.withdraw("e2", at=at(80))
    assert case.value("hb") is None


def test_the_correction_of_a_withdrawn_event_can_be_neither_corrected_nor_withdrawn():
    case = told(CLEAR_EXAM, (60, BloodCountReported(hb="12 g/dL")))
    case.correct("e2", BloodCountReported(hb="13 g/dL"), at=at(70))
    case.withdraw("e2", at=at(80))
    with pytest.raises(BadInput, match=r"^correct: e3 is withdrawn$"):
        case.correct("e3", BloodCountReported(hb="14 g/dL"), at=at(90))
    with pytest.raises(BadInput, match=r"^withdraw: e3 is withdrawn already$"):
        case.withdraw("e3", at=at(90))
    assert len(case.log) == 4 and case.value("hb") is None


# --- another moment -------------------------------------------------------------------------------------------------


def test_a_correction_may_move_an_event_to_another_moment():
    case = told((0, fever("38.1")), (45, fever("38.1")), born=BORN)
    assert case.value("fever_for_an_hour") is None
    case.correct("e2", fever("38.1"), at=at(120), taken_at=at(60))
    assert case.value("fever_for_an_hour") is True


def test_an_event_that_moves_past_another_is_folded_after_it():
    case = told(SymptomsReported(fatigue=True), SymptomsReported(fatigue=False))
    assert case.value("fatigue") is False
    case.correct("e1", SymptomsReported(fatigue=True), at=at(120), taken_at=at(60))
    assert case.value("fatigue") is True


def test_a_repeat_count_that_was_taken_on_day_six_after_all_resolves_nothing():
    case = in_follow_up()
    case.record(NORMAL_COUNT, at=at(90, days=7), id="repeat")
    assert case.state == "resolved"
    step = case.correct("repeat", NORMAL_COUNT, at=at(90, days=8), taken_at=at(90, days=6))
    assert case.state == "follow_up" and step.change.state_before == "resolved"
