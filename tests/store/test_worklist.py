"""What is due, overdue and awaited: from the log alone, at any moment, whoever was running."""

from __future__ import annotations

import gc
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy.event import listen

from pathway import PATHWAY, BadInput
from pathway.run.fold import Fold
from pathway.run.schedule import completed_by, expires, schedule_of
from pathway.store.chain import FIRST, canonical, chained, stamp
from pathway.store.projection import row_of, schedule_from
from pathway.store.store import Store
from pathway.store.worklist import all_cases, worklist
from tests.children import (
    BORN,
    CALL,
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
)  # fmt: skip
from tests.store.children import NOW, opened, tamper, tell
from tests.strategies import stories


def names(found):
    return [one.case_id for one in found.rows]


def test_the_most_urgent_case_comes_first_and_of_those_the_longest_overdue(store):
    tell(opened(store, "quiet"), NORMAL_COUNT)
    tell(opened(store, "smear"), ONLY_ANC_LOW)
    for name, minutes in (("since yesterday", -24 * 60), ("since today", 0), ("since the day before", -48 * 60)):
        case = opened(store, name, now=at(minutes))
        case.record(INDEX_COUNT, at=at(minutes), by="ward", now=at(minutes))
    found = worklist(store, at=NOW)
    assert names(found) == ["since the day before", "since yesterday", "since today", "smear"]
    assert (found.open_cases, found.overdue, found.counts) == (4, 2, {"now": 4})
    first = found.rows[0].tasks[0]
    assert (first.advice, first.urgency, first.due, first.overdue) == ("consult_same_day", "now", "2026-01-20", True)
    assert first.overdue_from == "2026-01-21T00:00:00Z" and first.trigger == "2026-01-20T09:00:00Z"


def test_overdue_begins_with_the_day_after_in_the_time_zone_of_the_child(store):
    for name, zone in (("Berlin", "Europe/Berlin"), ("Apia", "Pacific/Apia"), ("Honolulu", "Pacific/Honolulu")):
        case = opened(store, name, zone=zone)
        case.record(INDEX_COUNT, at=NINE, by="ward", now=NINE)
    begins = {row.case_id: row.tasks[0].overdue_from for row in worklist(store, at=NOW).rows}
    assert begins == {
        "Berlin": "2026-01-22T23:00:00Z", "Apia": "2026-01-22T11:00:00Z", "Honolulu": "2026-01-22T10:00:00Z",
    }  # fmt: skip
    assert names(worklist(store, at=datetime(2026, 1, 22, 23, tzinfo=UTC), overdue_only=True)) == [
        "Honolulu", "Apia", "Berlin",
    ]  # fmt: skip


def test_a_recheck_is_due_and_overdue_without_anything_having_run(store):
    tell(opened(store), ONLY_ANC_LOW, CLEAR_SMEAR, CLEAR_EXAM, NEGATIVE)
    for days, overdue in ((0, False), (7, False), (14, False), (15, True), (40, True)):
        found = worklist(store, at=at(120, days=days))
        task = next(one for one in found.rows[0].tasks if one.due)
        assert (task.due, task.overdue, found.overdue) == ("2026-01-29", overdue, int(overdue)), days


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=stories())
def test_the_schedule_says_at_every_later_moment_what_the_plan_says_then(story):
    case = told(born=BORN)
    for moment, event in story:
        case.record(event, at=moment, by="ward")
    schedule = schedule_of(case, begun=NINE)
    last = max((moment for moment, _ in story), default=NINE)
    for later in (timedelta(), timedelta(hours=5), *(timedelta(days=days) for days in (1, 6, 7, 8, 14, 15, 60, 400))):
        plan = case.plan(at=last + later)
        assert {one.advice for one in schedule.tasks} == set(plan.ids)
        assert {one.advice for one in schedule.tasks
                if one.overdue_from is not None and one.overdue_from <= last + later} == set(plan.overdue)  # fmt: skip
        assert schedule.awaits == plan.awaits
        assert {(one.advice, one.due) for one in schedule.tasks if one.due} == {
            (line.id, line.due) for line in plan.lines if line.due
        }


def test_a_schedule_has_the_columns_of_who_trigger_due_overdue_expires_completed_by():
    case = in_follow_up()
    (task,) = (one for one in schedule_of(case, begun=NINE).tasks if one.due is not None)
    advice = PATHWAY.advice_named(task.advice)
    assert (task.trigger, task.entry) == (at(90), "e4")
    assert (task.due.isoformat(), task.overdue_from) == ("2026-01-29", datetime(2026, 2, 6, tzinfo=UTC))
    assert completed_by(advice, PATHWAY) and expires(PATHWAY.advice_named("repeat_blood_count"), PATHWAY)
    assert any(expires(one, PATHWAY).startswith("when no longer: ") for one in PATHWAY.advice)


def test_a_case_leaves_the_worklist_when_nothing_is_left_to_do(store):
    case = opened(store)
    tell(case, NORMAL_COUNT)
    assert worklist(store, at=NOW).open_cases == 0 and [one[0] for one in all_cases(store)] == ["C1"]
    case.record(INDEX_COUNT, at=at(60), by="ward", now=at(60))
    assert names(worklist(store, at=NOW)) == ["C1"]


def test_the_worklist_counts_in_what_any_other_writer_recorded_and_died(store, url):
    opened(store)
    assert [one.advice for one in worklist(store, at=NOW).rows[0].tasks] == ["avoid_head_trauma"]
    other = Store(url, PATHWAY)
    other.case("C1").record(INDEX_COUNT, at=at(), by="ward", now=at())
    other.database.close()  # without counting it in
    assert worklist(store, at=NOW).rows[0].urgency == "now"


def test_rows_that_are_rebuilt_from_the_log_are_the_rows_that_were_there(store):
    for number in range(5):
        tell(opened(store, f"{number}"), *(INDEX_COUNT, CALL, CLEAR_SMEAR)[: number % 4])
    before = worklist(store, at=NOW).to_json()
    assert store.projection.rebuild() == 5 and worklist(store, at=NOW).to_json() == before


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(story=stories())
def test_the_schedule_of_a_row_is_canonical_json(story):
    case = told(born=BORN)
    for moment, event in story:
        case.record(event, at=moment, by="ward")
    last = chained(
        FIRST, case_id="C1", sequence=len(story), kind="event", happened_at=stamp(NINE), recorded_at=stamp(NINE),
        recorded_by="ward", source="", source_key=None, event="", target="", body="{}",
        pathway_version=PATHWAY.version, pathway_digest=PATHWAY.digest,
    )  # fmt: skip
    kept = row_of(case, last)["schedule"]
    assert kept == canonical(schedule_from(kept))


def test_a_case_that_was_counted_in_leaves_nothing_of_itself_in_memory(store):
    for number in range(3):
        tell(opened(store, f"{number}"), INDEX_COUNT, CALL, CLEAR_SMEAR)
    case = opened(store, "waits")
    tell(case, INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="ward", now=at(60))
    assert case.case.pending
    del case
    gc.collect()
    gc.disable()
    try:
        before = folds_in_memory()
        store.projection.rows(["0", "1", "2", "waits"])
        assert folds_in_memory() == before
    finally:
        gc.enable()


def folds_in_memory():
    return sum(isinstance(one, Fold) for one in gc.get_objects())


def test_a_case_that_cannot_be_folded_comes_first_and_says_why_until_it_can_be(store):
    tell(opened(store, "sound"), INDEX_COUNT)
    tell(opened(store, "damaged"), INDEX_COUNT)
    tamper(store, "UPDATE entries SET recorded_by = 'x' WHERE case_id = 'damaged' AND sequence = 1",
           "DELETE FROM cases")  # fmt: skip
    tamper(store, "DELETE FROM marks WHERE name = 'projected'")
    found = worklist(store, at=NOW)
    assert names(found) == ["damaged", "sound"] and "entry 1 was changed" in found.rows[0].fault
    tamper(store, "UPDATE entries SET recorded_by = 'ward' WHERE case_id = 'damaged' AND sequence = 1")
    found = worklist(store, at=NOW)
    assert not any(one.fault for one in found.rows) and len(found.rows) == 2


def test_the_list_is_as_long_as_is_asked_and_can_be_of_one_state(store):
    for number in range(4):
        tell(opened(store, f"{number}"), INDEX_COUNT)
    tell(opened(store, "s"), ONLY_ANC_LOW)
    found = worklist(store, at=NOW, limit=2)
    assert len(found.rows) == 2 and found.open_cases == 5
    assert names(worklist(store, at=NOW, state="smear")) == ["s"]
    with pytest.raises(BadInput, match="unknown state 'no_state'"):
        worklist(store, at=NOW, state="no_state")


def test_counting_in_asks_the_database_as_often_for_many_cases_as_for_few(store):
    asked: list[str] = []
    listen(store.database.engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    counts = []
    for few in (2, 40):
        for number in range(few):
            tell(opened(store, f"{few} {number}"), INDEX_COUNT)
        asked.clear()
        assert store.projection.catch_up() == few
        counts.append(len(asked))
    assert counts[0] == counts[1]
