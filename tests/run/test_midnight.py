"""A clock that is put back at midnight: the calendar day comes twice, and a record does not go back in it.

In St John's, from 2007 to 2010, summer time ended at 00:01: it was 23:01 of the day before again.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from pathway import PATHWAY, Case
from pathway.definition.events import ChemistryReported, SymptomsReported
from tests.children import CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, NEGATIVE, NORMAL_COUNT, ONLY_ANC_LOW
from tests.run.everything import everything

ZONE = "America/St_Johns"
MIDNIGHT = datetime(2009, 11, 1, 2, 30, tzinfo=UTC)
"""The first midnight of 1 November 2009; a minute later it is 23:01 of 31 October."""


def after_midnight(minutes: float) -> datetime:
    """A moment, counted from the first midnight."""
    return MIDNIGHT + timedelta(minutes=minutes)


def at_home(moment: datetime, case: Case) -> date:
    return moment.astimezone(case.zone).date()


def in_follow_up() -> Case:
    """A child of St John's whose work-up was declared negative on 24 October."""
    case = Case(PATHWAY, born=date(2008, 9, 1), timezone=ZONE)
    begun = MIDNIGHT - timedelta(days=8)
    for number, event in enumerate((ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)):
        case.record(event, at=begun + timedelta(minutes=30 * number))
    assert case.state == "follow_up"
    return case


def outside() -> Case:
    """A child of St John's without a low count, on 31 October."""
    case = Case(PATHWAY, born=date(2008, 9, 1), timezone=ZONE)
    case.record(NORMAL_COUNT, at=after_midnight(-12 * 60))
    assert case.state == "outside_pathway"
    return case


def test_the_day_of_the_story_comes_twice():
    case = in_follow_up()
    days = [at_home(after_midnight(minutes), case).day for minutes in (-1, 0, 0.9, 1, 59, 61, 120)]
    assert days == [31, 1, 1, 31, 31, 1, 1]


def test_today_does_not_go_back():
    case = in_follow_up()
    case.record(ChemistryReported(potassium="4 mmol/L"), at=after_midnight(0.5))
    plans = [case.plan(at=after_midnight(minutes)) for minutes in (-1, 0.5, 5, 65)]
    assert [plan.today.day for plan in plans] == [31, 1, 1, 1]


def test_nobody_grows_younger_at_the_second_midnight():
    case = Case(PATHWAY, born=date(2008, 11, 1), timezone=ZONE)
    case.record(INDEX_COUNT, at=after_midnight(0.5))
    assert [case.plan(at=after_midnight(minutes)).age_months for minutes in (-1, 0.5, 5, 65)] == [11, 12, 12, 12]


def test_the_days_in_a_state_do_not_go_back():
    """Seven days after the declaration a normal count resolves: on the first 1 November, and in the hour after it."""
    declared = Case(PATHWAY, born=date(2008, 9, 1), timezone=ZONE)
    for number, event in enumerate((ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)):
        declared.record(event, at=datetime(2009, 10, 25, 12, 30 + number, tzinfo=UTC))
    late = declared.copy()
    assert declared.record(NORMAL_COUNT, at=after_midnight(5)).state == "follow_up", "31 October: the sixth day"
    late.record(ChemistryReported(potassium="4 mmol/L"), at=after_midnight(0.5))
    assert late.record(NORMAL_COUNT, at=after_midnight(5)).state == "resolved", "1 November has begun in the record"


@pytest.mark.parametrize("minutes", [5, 59, 65], ids=["23:05 again", "23:59 again", "00:05 again"])
@pytest.mark.parametrize(
    ("before", "event", "state"),
    [
        (in_follow_up, INDEX_COUNT, "referral"), (in_follow_up, SymptomsReported(fever=True), "referral"),
        (outside, INDEX_COUNT, "referral"), (outside, ONLY_ANC_LOW, "smear"),
    ],
    ids=["follow-up, two low", "follow-up, fever", "outside, two low", "outside, one low"],
)  # fmt: skip
def test_what_reopens_a_case_after_the_second_midnight_stays_in_the_case_that_it_reopened(
    before, event, state, minutes
):
    """A report of 00:00:30 makes it 1 November. What comes at 23:05 again is of that day."""
    case = before()
    case.record(ChemistryReported(potassium="4 mmol/L"), at=after_midnight(0.5))
    step = case.record(event, at=after_midnight(minutes))
    assert (step.state, case.episode) == (state, 2)
    for name, value in event.event.given:
        assert case.value(name) == value
    assert str(case.value("potassium")) == "4", "it is of the same day"
    again = Case.from_json(case.to_json(), PATHWAY)
    assert everything(again.timeline.end) == everything(case.timeline.end)


def test_what_was_reported_on_the_first_midnights_day_is_not_renewed_in_the_hour_after_it():
    """A count of 00:00:30 and one of 23:05 again are of one day: they complete each other."""
    case = in_follow_up()
    case.record(SymptomsReported(fever=False), at=after_midnight(0.2))
    case.record(INDEX_COUNT, at=after_midnight(0.5))
    assert case.state == "referral"
    case.record(ChemistryReported(potassium="4 mmol/L"), at=after_midnight(5))
    assert str(case.value("anc")) == "0.7" and str(case.value("wbc")) == "2.5"
