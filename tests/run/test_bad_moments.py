"""A moment that cannot be is bad input: without a zone, before birth, of a grown-up, later than now."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from pathway import PATHWAY, BadInput, Case, Override
from tests.children import BORN, CALL, INDEX_COUNT, NORMAL_COUNT, at, told
from tests.run.refusing import refused

if TYPE_CHECKING:
    from collections.abc import Callable

NAIVE = datetime(2026, 1, 22, 9)
LATER = at(days=1)


RECORDING: list[tuple[str, Callable[[Case, datetime], object]]] = [
    ("record", lambda case, moment: case.record(CALL, at=moment)),
    ("correct", lambda case, moment: case.correct("e1", NORMAL_COUNT, at=moment)),
    ("correct taken_at", lambda case, moment: case.correct("e1", NORMAL_COUNT, at=LATER, taken_at=moment)),
    ("withdraw", lambda case, moment: case.withdraw("e1", at=moment)),
    ("propose", lambda case, moment: case.propose("transplant", at=moment)),
    ("propose in spite", lambda case, moment: case.propose("transplant", at=moment, override=Override("Dr A", "so"))),
    ("what_if", lambda case, moment: case.what_if(CALL, at=moment)),
]
ASKING: list[tuple[str, Callable[[Case, datetime], object]]] = [
    ("plan", lambda case, moment: case.plan(at=moment)),
    ("why", lambda case, moment: case.why(at=moment)),
    ("why_not", lambda case, moment: case.why_not("smear", at=moment)),
    ("next_events", lambda case, moment: case.next_events(at=moment)),
]
every_call = pytest.mark.parametrize(
    "call", [call for _, call in RECORDING + ASKING], ids=[n for n, _ in RECORDING + ASKING]
)


@every_call
def test_a_time_without_a_zone_is_refused_with_one_that_has_one(call):
    line = refused(told(INDEX_COUNT), lambda case: call(case, NAIVE))
    assert line.endswith("2026-01-22T09:00:00 has no time zone; write for example 2026-01-22T09:00:00Z")


@every_call
@pytest.mark.parametrize("moment", ["2026-01-22T09:00:00Z", date(2026, 1, 22), 1769072400], ids=str)
def test_what_is_no_moment_is_refused(call, moment):
    assert "is no date and time" in refused(told(INDEX_COUNT), lambda case: call(case, moment))


@every_call
def test_a_time_before_birth_is_refused_with_the_birthday(call):
    line = refused(told(INDEX_COUNT), lambda case: call(case, datetime(2024, 12, 21, 12, tzinfo=UTC)))
    assert "2024-12-21T12:00:00Z is before the birth on 2024-12-22" in line


def test_the_day_of_birth_is_not_before_birth():
    assert told().record(CALL, at=datetime(2024, 12, 22, tzinfo=UTC)).state == "initial_labs"
    case = Case(PATHWAY, born=BORN, timezone="Europe/Berlin")
    assert case.record(CALL, at=datetime(2024, 12, 21, 23, tzinfo=UTC)).entry == "e1"


@every_call
def test_over_eighteen_years_is_refused(call):
    line = refused(told(INDEX_COUNT), lambda case: call(case, datetime(2042, 12, 23, tzinfo=UTC)))
    assert "the child is over 18 years old on 2042-12-23" in line


def test_the_eighteenth_birthday_is_not_over_eighteen():
    assert told(INDEX_COUNT).plan(at=datetime(2042, 12, 22, 23, 59, tzinfo=UTC)).age_months == 216
    leap = Case(PATHWAY, born=date(2008, 2, 29))
    assert leap.plan(at=datetime(2026, 3, 1, tzinfo=UTC)).age_months == 216
    with pytest.raises(BadInput, match="over 18 years"):
        leap.plan(at=datetime(2026, 3, 2, tzinfo=UTC))


NOW: list[tuple[str, Callable[[Case, datetime], object]]] = [
    ("record", lambda case, now: case.record(CALL, at=LATER, now=now)),
    ("correct", lambda case, now: case.correct("e1", NORMAL_COUNT, at=LATER, now=now)),
    ("correct taken_at", lambda case, now: case.correct("e1", NORMAL_COUNT, at=LATER, taken_at=LATER, now=now)),
    ("withdraw", lambda case, now: case.withdraw("e1", at=LATER, now=now)),
    ("propose", lambda case, now: case.propose("transplant", at=LATER, now=now)),
]
every_now = pytest.mark.parametrize("call", [call for _, call in NOW], ids=[name for name, _ in NOW])


@every_now
def test_what_is_later_than_now_is_refused_with_both_times(call):
    line = refused(told(INDEX_COUNT), lambda case: call(case, LATER - timedelta(seconds=1)))
    assert line.endswith("2026-01-23T09:00:00Z is later than now, 2026-01-23T08:59:59Z")


@every_now
def test_what_is_just_now_is_not_later_than_now(call):
    call(told(INDEX_COUNT), LATER)


@every_now
def test_a_now_without_a_zone_is_refused(call):
    assert refused(told(INDEX_COUNT), lambda case: call(case, NAIVE)).startswith("now: ")


def test_an_acknowledgement_later_than_now_is_refused():
    case = told(INDEX_COUNT)
    case.withdraw("e1", at=at(60))
    line = refused(case, lambda case: case.acknowledge("e2", at=LATER, by="Dr A", now=at(90)))
    assert "is later than now" in line


@pytest.mark.parametrize("moment", [datetime.min, datetime.max], ids=["first", "last"])
def test_the_ends_of_the_calendar_are_bad_input(moment):
    zone = "America/New_York" if moment is datetime.min else "Asia/Tokyo"
    refused(told(INDEX_COUNT, zone=zone), lambda case: case.plan(at=moment.replace(tzinfo=UTC)))
