"""Small pathways in a store: cases are opened, listed, verified, and moved to another version."""

from __future__ import annotations

from datetime import timedelta

from attrs import evolve

from pathway.run.compare import compare, retold
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.worklist import worklist
from tests.small.pathways import ANKLE, SINGLE
from tests.small.test_running import BORN, NINE, at, broken

LATER = NINE + timedelta(days=1)


def test_a_case_is_kept_listed_and_verified(tmp_path):
    with Store(tmp_path / "cases.db", ANKLE) as store:
        case = store.open_case("C1", born=BORN, by="ward", now=LATER)
        case.record(ANKLE.event("ankle_examined", steps_walked=2), at=at(0), by="nurse", now=LATER)
    with Store(tmp_path / "cases.db", ANKLE, create=False) as store:
        (row,) = worklist(store, at=LATER).rows
        assert [one.advice for one in row.tasks] == ["order_film"]
        assert store.case("C1").case.state == "imaging"
        assert verify_log(store).to_json()["damage"] == []


def test_a_case_of_a_single_state_is_kept(tmp_path):
    with Store(tmp_path / "cases.db", SINGLE) as store:
        case = store.open_case("C1", born=BORN, by="ward", now=LATER)
        case.record(SINGLE.event("looked_at", tender_here=True), at=at(0), by="nurse", now=LATER)
        assert store.case("C1").case.advice == ("rest",)


def test_two_versions_of_a_small_pathway_are_compared():
    later = tuple(evolve(one, due_day=1) if one.id == "fit_boot" else one for one in ANKLE.advice)
    other = evolve(ANKLE, version="0.0.2", advice=later)
    case = broken()
    assert not compare(case, retold(case, ANKLE), at=at(50)).now
    assert compare(case, retold(case, other), at=at(50)).now
