"""Age in completed months, and calendar days at home."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY, Case
from pathway.definition.events import DiagnosisConfirmed
from pathway.run.moments import completed_months
from tests.children import BORN, CLEAR_EXAM, CLEAR_SMEAR, INDEX_COUNT, NEGATIVE, NORMAL_COUNT, ONLY_ANC_LOW, fever, told
from tests.strategies import START, stories

BERLIN = ZoneInfo("Europe/Berlin")
relaxed = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def ids(advice) -> list[str]:
    return [one.id for one in advice]


# --- age ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("born", "on", "months"),
    [
        ("2024-12-22", "2026-01-21", 12), ("2024-12-22", "2026-01-22", 13), ("2026-01-22", "2026-01-22", 0),
        ("2025-07-22", "2026-01-21", 5), ("2025-07-22", "2026-01-22", 6), ("2025-07-22", "2026-01-23", 6),
        ("2025-08-31", "2025-09-30", 0), ("2025-08-31", "2025-10-01", 1), ("2025-08-31", "2026-02-28", 5),
        ("2025-08-31", "2026-03-01", 6), ("2025-08-30", "2026-02-28", 5), ("2025-08-30", "2026-03-01", 6),
        ("2024-02-29", "2025-02-28", 11), ("2024-02-29", "2025-03-01", 12), ("2024-02-29", "2028-02-28", 47),
        ("2024-02-29", "2028-02-29", 48), ("2025-12-31", "2026-01-31", 1), ("2025-12-31", "2026-01-30", 0),
        ("2008-01-22", "2026-01-22", 216),
    ],
)  # fmt: skip
def test_a_month_is_complete_on_the_day_of_the_birthday_or_on_the_first_after_a_month_without_one(born, on, months):
    assert completed_months(date.fromisoformat(born), date.fromisoformat(on)) == months
    moment = datetime.fromisoformat(f"{on}T12:00:00Z")
    assert Case(PATHWAY, born=date.fromisoformat(born)).plan(at=moment).age_months == months


@given(st.dates(date(2007, 1, 1), date(2026, 1, 1)), st.integers(0, 216 * 28))
def test_from_one_day_to_the_next_a_child_grows_by_a_month_or_not_at_all(born, days):
    on = born + timedelta(days=days)
    today, tomorrow = completed_months(born, on), completed_months(born, on + timedelta(days=1))
    assert tomorrow - today in (0, 1)
    assert days // 31 - 1 <= today <= days // 28


def test_the_birthday_begins_at_midnight_at_home():
    born = date(2024, 12, 22)
    here, there = Case(PATHWAY, born=born, timezone="Europe/Berlin"), Case(PATHWAY, born=born, timezone="UTC")
    midnight = datetime(2026, 1, 21, 23, 0, tzinfo=UTC)
    assert here.plan(at=midnight - timedelta(seconds=1)).age_months == 12
    assert here.plan(at=midnight).age_months == 13
    assert there.plan(at=midnight).age_months == 12


def test_the_day_of_birth_begins_at_midnight_at_home_too():
    case = Case(PATHWAY, born=date(2026, 1, 22), timezone="Europe/Berlin")
    assert case.plan(at=datetime(2026, 1, 21, 23, 0, tzinfo=UTC)).age_months == 0


# --- calendar days --------------------------------------------------------------------------------------------------


def resolved_after(begun: datetime, repeated: datetime, zone: str = "Europe/Berlin") -> bool:
    case = Case(PATHWAY, born=BORN, timezone=zone)
    for minute, event in ((-90, ONLY_ANC_LOW), (-60, CLEAR_SMEAR), (-30, CLEAR_EXAM), (0, NEGATIVE)):
        case.record(event, at=begun + timedelta(minutes=minute))
    assert case.state == "follow_up"
    case.record(NORMAL_COUNT, at=repeated)
    return case.state == "resolved"


def test_day_seven_begins_at_midnight_and_not_at_the_hour():
    begun = datetime(2026, 1, 22, 15, tzinfo=BERLIN)
    assert not resolved_after(begun, datetime(2026, 1, 28, 23, 59, 59, tzinfo=BERLIN))
    assert resolved_after(begun, datetime(2026, 1, 29, 0, 0, tzinfo=BERLIN))


def test_the_midnight_that_counts_is_the_one_at_home():
    begun = datetime(2026, 1, 22, 23, 30, tzinfo=BERLIN)
    repeated = datetime(2026, 1, 28, 23, 30, tzinfo=UTC)
    assert resolved_after(begun, repeated), "in Berlin it is the 29th already"
    assert not resolved_after(begun, repeated, zone="UTC")


@pytest.mark.parametrize(
    "begun", [datetime(2026, 3, 25, 23, 30), datetime(2026, 10, 21, 0, 30)], ids=["summer", "winter"]
)
def test_the_change_of_the_clocks_makes_no_day_longer_or_shorter(begun):
    begun = begun.replace(tzinfo=BERLIN)
    last = datetime(begun.year, begun.month, begun.day, 23, 59, tzinfo=BERLIN) + timedelta(days=6)
    first = datetime(begun.year, begun.month, begun.day, 0, 0, tzinfo=BERLIN) + timedelta(days=7)
    for zone in (BERLIN, UTC):
        assert not resolved_after(begun, last.astimezone(zone))
        assert resolved_after(begun, first.astimezone(zone))


def test_the_day_on_which_the_clocks_go_forward_is_over_after_23_hours():
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(INDEX_COUNT, at=datetime(2026, 3, 28, 23, 0, tzinfo=UTC))
    assert case.plan(at=datetime(2026, 3, 29, 21, 59, tzinfo=UTC)).overdue == ()
    assert "consult_same_day" in case.plan(at=datetime(2026, 3, 29, 22, 0, tzinfo=UTC)).overdue


@relaxed
@given(stories(8), st.sampled_from([UTC, timezone(timedelta(hours=5, minutes=30)), ZoneInfo("America/New_York")]))
def test_in_which_zone_a_moment_is_written_changes_nothing(story, zone):
    one, two = Case(PATHWAY, born=BORN), Case(PATHWAY, born=BORN)
    for moment, event in story:
        assert one.record(event, at=moment).state == two.record(event, at=moment.astimezone(zone)).state
    later = START + timedelta(days=60)
    assert one == two
    assert one.plan(at=later).to_json()["advice"] is not None
    assert (one.state, one.advice, one.plan(at=later).overdue) == (two.state, two.advice, two.plan(at=later).overdue)


def test_twenty_minutes_of_fever_over_the_lost_hour_are_not_an_hour():
    """01:50 and 03:10 on the night when the clocks go forward are twenty minutes apart."""
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(fever("38.1"), at=datetime(2026, 3, 29, 1, 50, tzinfo=BERLIN))
    case.record(fever("38.1"), at=datetime(2026, 3, 29, 3, 10, tzinfo=BERLIN))
    assert case.value("fever_for_an_hour") is not True


def test_seventy_minutes_of_fever_in_the_hour_that_comes_twice_are_an_hour():
    """02:30 and again 02:40 on the night when the clocks go back are seventy minutes apart: antimicrobials are due."""
    case = told(INDEX_COUNT, zone="Europe/Berlin")
    case.record(fever("38.1"), at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    case.record(fever("38.1"), at=datetime(2026, 10, 25, 2, 40, tzinfo=BERLIN, fold=1))
    assert case.value("fever_for_an_hour") is True and "antimicrobials_now" in case.advice


def test_in_the_hour_that_comes_twice_the_later_result_is_the_later_one():
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(DiagnosisConfirmed(diagnosis="all"), at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    case.record(DiagnosisConfirmed(diagnosis="benign"), at=datetime(2026, 10, 25, 2, 10, tzinfo=BERLIN, fold=1))
    assert case.value("diagnosis") == "benign"


def test_a_case_of_the_night_of_the_change_survives_json():
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    case.record(INDEX_COUNT, at=datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN))
    assert Case.from_json(case.to_json(), PATHWAY) == case
