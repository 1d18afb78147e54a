"""A case is open while there is something to do, though its state is an end of the source. When a day is over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from pathway import PATHWAY, Case
from pathway.run.schedule import schedule_of
from tests.children import BORN, INDEX_COUNT, NORMAL_COUNT, at, fever, told
from tests.small.pathways import ANKLE


def test_a_case_in_a_state_that_is_an_end_is_open_while_advice_is_in_force():
    quiet, warm = told(NORMAL_COUNT), told(NORMAL_COUNT, fever("38.0"))
    assert quiet.state == warm.state == "outside_pathway"
    assert "recheck_temperature" in warm.advice and quiet.advice == ()
    assert [schedule_of(one, begun=at(0)).open for one in (quiet, warm)] == [False, True]


def test_a_case_at_an_end_with_nothing_to_do_is_open_while_a_correction_waits_and_closed_once_it_counts():
    """The film that the wrong count of steps called for is read and whole; nobody has answered the correction yet."""
    case = Case(ANKLE, born=BORN)
    case.record(ANKLE.event("ankle_examined", steps_walked=2, tender_bone=False), at=at(0))
    right = case.correct("e1", ANKLE.event("ankle_examined", steps_walked=20, tender_bone=False), at=at(5), by="nurse")
    case.record(ANKLE.event("film_read", film="whole"), at=at(40))
    found = schedule_of(case, begun=at(0))
    assert (found.state, found.tasks, found.waiting, found.open) == ("home", (), (right.entry,), True)
    case.acknowledge(right.entry, at=at(50), by="Dr B")
    assert not schedule_of(case, begun=at(0)).open


def test_a_case_with_nothing_to_do_is_open_until_its_state_is_an_end():
    case = Case(ANKLE, born=BORN)
    case.record(ANKLE.event("ankle_examined", steps_walked=20), at=at(0))
    found = schedule_of(case, begun=at(0))
    assert (found.state, found.tasks, found.waiting, found.open) == ("door", (), (), True)
    case.record(ANKLE.event("ankle_examined", tender_bone=False), at=at(10))
    assert case.state == "home" and not schedule_of(case, begun=at(0)).open


@pytest.mark.parametrize(
    ("zone", "noon", "overdue"),
    [
        ("America/Sao_Paulo", datetime(2018, 11, 3, 15, tzinfo=UTC), "2018-11-04T01:00:00-02:00"),
        ("Pacific/Apia", datetime(2011, 12, 29, 22, tzinfo=UTC), "2011-12-31T00:00:00+14:00"),
        ("America/St_Johns", datetime(2008, 11, 1, 15, tzinfo=UTC), "2008-11-02T00:00:00-02:30"),
    ],
    ids=["midnight is skipped", "the whole day is skipped", "midnight comes twice"],
)
def test_a_call_is_overdue_from_the_first_moment_of_the_day_after_it_was_due(zone, noon, overdue):
    """The schedule and the plan agree to the second, whatever the clocks do that night."""
    case = Case(PATHWAY, born=noon.date() - timedelta(days=400), timezone=zone)
    case.record(INDEX_COUNT, at=noon, by="ward")
    (task,) = [one for one in schedule_of(case, begun=noon).tasks if one.advice == "consult_same_day"]
    assert task.overdue_from is not None and task.overdue_from.astimezone(case.zone).isoformat() == overdue
    assert case.plan(at=task.overdue_from).overdue == ("consult_same_day",)
    assert case.plan(at=task.overdue_from - timedelta(seconds=1)).overdue == ()
