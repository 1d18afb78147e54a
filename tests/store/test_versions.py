"""A case stays with the version that it started with, until a named person moves it."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput
from pathway.model.canonical import from_json, to_json, with_changes
from pathway.run.compare import compare, retold
from pathway.store.audit import verify_log
from pathway.store.migration import migrate, preview
from pathway.store.store import Store
from pathway.store.stored_case import Conflict
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT, ONLY_ANC_LOW, at
from tests.store.children import NOW, opened, tamper, tell

RENAMED = evolve(PATHWAY, version="0.2.0")


def with_anc_limit(limit: str):
    """A version in which neutrophils are low below another limit, from 12 months on."""
    data = json.loads(to_json(PATHWAY))
    for row in data["pathway"]["reference"]["rows"]:
        if row["fact"] == "anc" and row["lower"] == "1.5":
            row["lower"] = limit
    data["pathway"]["version"] = "0.3.0"
    return from_json(json.dumps(data))


STRICTER = with_anc_limit("1.1")


def test_a_case_runs_on_under_the_version_it_started_with_when_the_program_has_another(url):
    with Store(url, PATHWAY) as store:
        tell(opened(store), ONLY_ANC_LOW)
    with Store(url, STRICTER, create=False) as store:
        old, new = store.case("C1"), opened(store, "C2")
        assert old.pathway.digest == PATHWAY.digest and old.case.state == "smear"
        new.record(ONLY_ANC_LOW, at=at(), by="ward", now=at())
        assert new.pathway.digest == STRICTER.digest and new.case.state == "outside_pathway"
        old.record(CALL, at=at(60), by="Dr H", now=at(60))
        assert store.log_of("C1")[-1].pathway_version == PATHWAY.version
        assert {row[2] for row in store.versions.rows()} == {PATHWAY.version, "0.3.0"}


def test_a_case_whose_version_is_missing_says_so_and_changes_nothing(url):
    with Store(url, PATHWAY) as store:
        tell(opened(store), INDEX_COUNT)
        tamper(store, "DELETE FROM pathways")
    with Store(url, STRICTER, create=False) as store:
        before = list(store.entries())
        pinned = f"pinned to version {PATHWAY.version} with digest {PATHWAY.digest[:12]}, and"
        with pytest.raises(BadInput, match=pinned):
            store.case("C1")
        assert list(store.entries()) == before


def test_a_version_that_was_changed_in_the_store_is_not_used(url):
    with Store(url, PATHWAY) as store:
        tell(opened(store), INDEX_COUNT)
        tamper(store, "UPDATE pathways SET canonical_json = replace(canonical_json, '\"1.5\"', '\"0.5\"')")
        assert "does not match its digest" in str(verify_log(store).damage[0])
    with Store(url, STRICTER, create=False) as store, pytest.raises(BadInput, match="was changed in the store"):
        store.case("C1")


def test_a_version_is_found_by_its_number_or_the_start_of_its_digest(store):
    opened(store)
    assert store.versions.named("current") is store.versions.named(PATHWAY.version) is PATHWAY
    assert store.versions.named(PATHWAY.digest[:8]) is PATHWAY
    for wrong in ("0.9", "", PATHWAY.digest[:3]):
        with pytest.raises(BadInput, match=f"there is no version '{wrong}'; known: {PATHWAY.version}"):
            store.versions.named(wrong)


def test_migration_shows_what_would_change_before_anything_does(store):
    case = opened(store)
    tell(case, ONLY_ANC_LOW)
    found = preview(case, STRICTER, at=NOW)
    assert not found.same_way and [str(one) for one in found.way] == [
        "move 1: initial_labs to smear by count_low at 2026-01-22T09:00:00Z (entry e1) -> "
        "initial_labs to outside_pathway by nothing_low at 2026-01-22T09:00:00Z (entry e1)"
    ]
    assert any(
        one.what == "state" and (one.before, one.after) == (("smear",), ("outside_pathway",)) for one in found.now
    )
    assert any(one.what == "advice" and "smear_now" in one.before for one in found.now)
    assert len(store.log_of("C1")) == 2 and store.case("C1").pathway is PATHWAY


def test_migration_where_the_way_is_the_same_is_logged_with_the_name_of_who_decided(store):
    case = opened(store)
    tell(case, INDEX_COUNT, CALL)
    entry, found = migrate(store, case, RENAMED, by="Dr H", reason="the new edition", now=NOW)
    assert found.same_way and (entry.kind, entry.recorded_by, entry.sequence) == ("migration", "Dr H", 3)
    assert entry.data["reason"] == "the new edition" and entry.data["from"] == PATHWAY.digest
    again = store.case("C1")
    assert again.pathway.digest == RENAMED.digest and again.case == case.case
    assert case.record(NORMAL_COUNT, at=at(120), by="ward", now=NOW).entry.sequence == 4
    assert store.case("C1").case == case.case and verify_log(store).damage == ()
    assert store.as_known_at("C1", at(60)).pathway is PATHWAY


def test_migration_is_refused_where_the_way_would_have_been_another_unless_that_is_acknowledged(store):
    case = opened(store)
    tell(case, ONLY_ANC_LOW)
    with pytest.raises(BadInput) as told:
        migrate(store, case, STRICTER, by="Dr H", now=NOW)
    assert "urgent advice would end (smear_now" in told.value.faults[0]
    assert "under version 0.3.0; nothing was changed" in told.value.faults[0]
    assert "initial_labs to smear" in told.value.faults[1] and len(store.log_of("C1")) == 2
    entry, _ = migrate(store, case, STRICTER, by="Dr H", now=NOW, acknowledge_another_way=True)
    assert entry.data["differs"]["way"][0]["what"] == "move 1" and store.case("C1").case.state == "outside_pathway"


def test_migration_wants_a_name_another_version_and_a_case_that_nobody_wrote_to_meanwhile(store):
    case, other = opened(store), store.case("C1")
    with pytest.raises(BadInput, match="by: it is empty"):
        migrate(store, case, RENAMED, by="", now=NOW)
    with pytest.raises(BadInput, match=f"it is at version {PATHWAY.version} .* already"):
        migrate(store, case, PATHWAY, by="Dr H", now=NOW)
    with pytest.raises(BadInput, match="is another pathway"):
        migrate(store, case, evolve(PATHWAY, id="another"), by="Dr H", now=NOW)
    other.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
    with pytest.raises(Conflict, match="nothing was recorded"):
        migrate(store, case, RENAMED, by="Dr H", now=NOW)


def test_a_version_that_cannot_take_an_entry_refuses_the_case_and_names_the_entry(store):
    lacking = with_changes(
        PATHWAY, version="0.4.0",
        events=tuple(
            evolve(one, fields=tuple(f for f in one.fields if f.fact != "temperature_route"))
            if one.name == "temperature_measured" else one
            for one in PATHWAY.events
        ),
    )  # fmt: skip
    case = opened(store)
    event = PATHWAY.event("temperature_measured", temperature="38 Cel", temperature_route="rectal")
    case.record(event, at=at(), by="ward", now=NOW)
    with pytest.raises(BadInput, match=r"case C1: entry e1, under version 0.4.0: .*temperature_route"):
        preview(case, lacking, at=NOW)


def test_waiting_and_acknowledged_entries_are_decided_anew_under_the_other_version(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
    case.acknowledge("e2", at=at(70), by="Dr H", now=at(70))
    migrate(store, case, RENAMED, by="Dr H", now=NOW)
    again = store.case("C1").case
    assert again.pending == () and again.state == "outside_pathway"
    assert compare(again, retold(again, PATHWAY), at=NOW).now == ()


def test_what_a_clinician_acknowledged_is_not_lost_by_going_to_another_version_and_back(store):
    """Under a stricter limit nothing waits, so the acknowledgement has no object there; back again it counts again."""
    case = opened(store)
    tell(case, ONLY_ANC_LOW)
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
    case.acknowledge("e2", at=at(70), by="Dr H", now=at(70))
    assert case.case.state == "outside_pathway" and case.case.pending == ()
    found = preview(case, STRICTER, at=NOW)
    assert [entry.id for entry in case.told()] == ["e1", "e2", "e3"]
    if found.needs_acknowledgement:
        with pytest.raises(BadInput, match="nothing was changed"):
            migrate(store, case, STRICTER, by="Dr H", now=NOW)
    migrate(store, case, STRICTER, by="Dr H", now=NOW, acknowledge_another_way=True)
    migrate(store, case, PATHWAY, by="Dr H", now=NOW, acknowledge_another_way=True)
    again = store.case("C1").case
    assert again.pending == () and again.state == "outside_pathway" and [one.id for one in again.log][-1] == "e3"
    assert verify_log(store).damage == ()


def test_a_migration_that_would_end_urgent_advice_wants_that_acknowledged(store):
    """Without the rule that raises it, the advice is gone, though the case went the same way."""
    lacking = evolve(
        PATHWAY, version="0.5.0",
        advice=tuple(one for one in PATHWAY.advice if one.id != "exam_now"),
        invariants=tuple(one for one in PATHWAY.invariants if "exam_now" not in repr(one)),
    )  # fmt: skip
    case = opened(store)
    tell(case, INDEX_COUNT)
    found = preview(case, lacking, at=NOW)
    assert found.same_way and found.urgent_ended == ("exam_now",) and found.needs_acknowledgement
    with pytest.raises(BadInput, match=r"urgent advice would end \(exam_now\) under version 0.5.0; nothing"):
        migrate(store, case, lacking, by="Dr H", now=NOW)
    assert (
        migrate(store, case, lacking, by="Dr H", now=NOW, acknowledge_another_way=True)[0].data["acknowledged"] is True
    )
