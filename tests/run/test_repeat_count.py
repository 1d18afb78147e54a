"""The repeat count: from day seven on, all five counts within their limits; and what is due on the same day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pathway.definition.events import BloodCountReported
from tests.children import (
    CLEAR_EXAM,
    CLEAR_SMEAR,
    INDEX_COUNT,
    NEGATIVE,
    NINE,
    NORMAL_COUNT,
    ONLY_ANC_LOW,
    at,
    in_follow_up,
    told,
)

# --- the repeat count -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("day", "state"), [(6, "follow_up"), (7, "resolved"), (8, "resolved"), (14, "resolved"), (15, "resolved")]
)
def test_a_repeat_count_in_range_resolves_from_day_seven_on(day, state):
    case = in_follow_up()
    case.record(NORMAL_COUNT, at=at(days=day))
    assert case.state == state
    assert ("repeat_blood_count" in case.advice) is (state == "follow_up")


@pytest.mark.parametrize(("day", "state"), [(6, "follow_up"), (7, "referral"), (14, "referral"), (15, "referral")])
def test_a_repeat_count_out_of_range_refers_from_day_seven_on(day, state):
    case = in_follow_up()
    case.record(ONLY_ANC_LOW, at=at(days=day))
    assert case.state == state


@pytest.mark.parametrize(("day", "overdue"), [(6, False), (7, False), (13, False), (14, False), (15, True), (40, True)])
def test_the_repeat_count_is_due_on_day_seven_and_overdue_after_day_fourteen(day, overdue):
    plan = in_follow_up().plan(at=at(days=day))
    (line,) = [one for one in plan.lines if one.id == "repeat_blood_count"]
    assert line.due == NINE.date() + timedelta(days=7)
    assert line.overdue is overdue and ("repeat_blood_count" in plan.overdue) is overdue


def test_the_days_count_from_the_declaration_and_not_from_the_first_count():
    case = told((0, ONLY_ANC_LOW), (10, CLEAR_SMEAR), (20, CLEAR_EXAM))
    case.record(NEGATIVE, at=at(days=3))
    case.record(NORMAL_COUNT, at=at(days=9))
    assert case.state == "follow_up"
    case.record(NORMAL_COUNT, at=at(days=10))
    assert case.state == "resolved"


@pytest.mark.parametrize(
    ("count", "value", "state"),
    [
        ("wbc", "5.99 10*9/L", "referral"), ("wbc", "6 10*9/L", "resolved"), ("wbc", "17.5 10*9/L", "resolved"),
        ("wbc", "17.51 10*9/L", "referral"), ("alc", "3.5 10*9/L", "resolved"), ("alc", "10.4 10*9/L", "resolved"),
        ("alc", "10.41 10*9/L", "referral"), ("hb", "10.5 g/dL", "resolved"), ("hb", "10.49 g/dL", "referral"),
        ("platelets", "150 10*9/L", "resolved"), ("platelets", "149.9 10*9/L", "referral"),
        ("platelets", None, "follow_up"), ("hb", None, "follow_up"), ("hb", "105 g/dL", "follow_up"),
    ],
)  # fmt: skip
def test_resolution_wants_all_five_counts_within_their_limits(count, value, state):
    given = {**dict(NORMAL_COUNT.event.raw), count: value}
    case = in_follow_up()
    case.record(BloodCountReported(**given), at=at(days=7))
    assert case.state == state


# --- the same day ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("moment", "overdue"),
    [
        (datetime(2026, 1, 22, 9, tzinfo=UTC), False), (datetime(2026, 1, 22, 22, 59, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 22, 23, 0, tzinfo=UTC), True), (datetime(2026, 1, 25, tzinfo=UTC), True),
    ],
)  # fmt: skip
def test_the_same_day_ends_at_midnight_at_home(moment, overdue):
    plan = told(INDEX_COUNT, zone="Europe/Berlin").plan(at=moment)
    assert ("consult_same_day" in plan.overdue) is overdue
    (line,) = [one for one in plan.lines if one.id == "consult_same_day"]
    assert line.due == NINE.date()
