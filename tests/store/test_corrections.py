"""Corrections are durable: what adds urgency counts at once, what takes it away waits; the old view stays."""

from __future__ import annotations

import pytest

from pathway import PATHWAY, BadInput
from pathway.store.store import Store
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at
from tests.store.children import NOW, opened, tell


def urgent(case):
    return {one.id for one in case.plan(at=NOW).lines if one.urgency == "now"}


def test_a_correction_that_takes_urgent_advice_away_waits_over_a_restart_with_the_advice_in_force(url):
    with Store(url, PATHWAY) as store:
        case = opened(store)
        tell(case, INDEX_COUNT)
        done = case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
        assert done.step.proposed and "consult_same_day" in {one.id for one in done.step.change.taken_away}
    with Store(url, PATHWAY, create=False) as store:
        case = store.case("C1")
        assert [one.id for one in case.case.pending] == ["e2"] and "consult_same_day" in urgent(case.case)
        with pytest.raises(BadInput, match="by: it is empty"):
            case.acknowledge("e2", at=at(70), by="", now=at(70))
        case.acknowledge("e2", at=at(70), by="Dr H", now=at(70))
    with Store(url, PATHWAY, create=False) as store:
        case = store.case("C1")
        assert case.case.pending == () and urgent(case.case) == set() and case.case.state == "outside_pathway"
        assert (case.last.kind, case.last.recorded_by, case.last.target) == ("acknowledgement", "Dr H", "e2")


def test_a_correction_that_adds_urgency_counts_at_once(store):
    case = opened(store)
    tell(case, ONLY_ANC_LOW)
    done = case.correct("e1", INDEX_COUNT, at=at(60), by="laboratory", now=at(60))
    assert not done.step.proposed and "consult_same_day" in urgent(store.case("C1").case)


def test_what_was_done_on_the_strength_of_the_old_value_is_listed_for_review_also_later(store):
    case = opened(store)
    tell(case, INDEX_COUNT, CALL)
    case.record(PATHWAY.event("bone_marrow_performed"), at=at(90), by="Dr H", now=at(90))
    done = case.withdraw("e1", at=at(120), by="laboratory", reason="another child's tube", now=at(120))
    assert done.step.change.review == ("e3",)
    assert store.case("C1").case.to_review("e4") == ("e3",)


def test_a_late_result_is_folded_where_it_happened_and_kept_with_both_times(store):
    case = opened(store)
    case.record(CALL, at=at(60), by="Dr H", now=at(60))
    case.record(INDEX_COUNT, at=at(), by="laboratory", now=at(120))
    entry = store.log_of("C1")[2]
    assert (entry.happened_at[11:16], entry.recorded_at[11:16]) == ("09:00", "11:00")
    assert store.case("C1").case.state == "specialist_workup"


def test_the_old_view_is_what_was_known_then_not_what_is_known_now_about_then(store):
    case = opened(store)
    case.record(ONLY_ANC_LOW, at=at(), by="laboratory", now=at(10))
    case.record(INDEX_COUNT, at=at(5), by="laboratory", now=at(120))
    case.correct("e1", INDEX_COUNT, at=at(180), by="laboratory", now=at(180))
    then = store.as_known_at("C1", at(60))
    assert then.state == "smear" and "consult_same_day" not in then.plan(at=at(60)).ids
    assert "consult_same_day" in store.case("C1").case.plan(at=at(60)).ids
    assert [len(store.as_known_at("C1", at(minute)).log) for minute in (0, 9, 10, 119, 120, 179, 180)] == [
        0, 0, 1, 1, 2, 2, 3,
    ]  # fmt: skip


def test_before_it_was_opened_a_case_was_not_known(store):
    opened(store, now=at(60))
    with pytest.raises(BadInput, match="case C1: it was not open yet at 2026-01-22T09:00"):
        store.as_known_at("C1", at())
