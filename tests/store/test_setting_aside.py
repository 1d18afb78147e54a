"""Urgent advice that is set aside is durable: kept once, exported, audited, and no task of the worklist."""

from __future__ import annotations

import json

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput
from pathway.run.log import KINDS
from pathway.store.audit import verify_log
from pathway.store.chain import chained
from pathway.store.import_lines import _KINDS
from pathway.store.migration import migrate, preview
from pathway.store.store import Store
from pathway.store.transfer import export, take
from pathway.store.worklist import worklist
from tests.children import INDEX_COUNT, ONLY_ANC_LOW, at
from tests.store.children import NOW, opened, tell
from tests.store.test_transfer import file_of
from tests.store.test_versions import RENAMED

LATER = at(days=3)


def set_aside(case, advice="smear_now", **other):
    said = {"at": at(60), "by": "Dr X", "reason": "read elsewhere", "now": NOW} | other
    return case.set_aside(advice, **said)


def answered(case) -> list[str]:
    return [line.id for line in case.case.plan(at=LATER).set_aside]


def without(*gone: str, version: str):
    """A version that lacks some advice."""
    return evolve(
        PATHWAY, version=version, advice=tuple(one for one in PATHWAY.advice if one.id not in gone),
        invariants=tuple(one for one in PATHWAY.invariants if not any(name in repr(one) for name in gone)),
    )  # fmt: skip


def test_it_is_kept_over_a_restart_with_who_and_why(url):
    with Store(url, PATHWAY) as store:
        tell(opened(store), INDEX_COUNT)
        case = store.case("C1")
        assert set_aside(case).entry == case.last
    with Store(url, PATHWAY, create=False) as store:
        case = store.case("C1")
        assert (case.last.kind, case.last.event, case.last.recorded_by) == ("set_aside", "smear_now", "Dr X")
        (line,) = case.case.plan(at=LATER).set_aside
        assert (line.id, line.by, line.reason, line.at, line.entry) == (
            "smear_now", "Dr X", "read elsewhere", at(60), "e2",
        )  # fmt: skip
        assert verify_log(store).damage == ()


@pytest.mark.parametrize(
    ("wrong", "line"),
    [
        ({"by": ""}, "by: it is empty"),
        ({"reason": ""}, "set_aside: a clinician's name and a reason are wanted"),
        ({"advice": "obtain_missing_counts"}, "obtain_missing_counts is not urgent"),
        ({"advice": "antimicrobials_now"}, "the plan does not ask for antimicrobials_now then"),
        ({"advice": "smear"}, "unknown advice 'smear'"),
        ({"at": LATER}, "is later than now"),
    ],
)
def test_what_cannot_be_set_aside_is_one_line_and_records_nothing(store, wrong, line):
    case = opened(store)
    tell(case, INDEX_COUNT)
    with pytest.raises(BadInput) as refused:
        set_aside(case, **wrong)
    (fault,) = refused.value.faults
    assert line in fault
    assert case.sequence == 1 and len(store.log_of("C1")) == 2


def test_the_same_message_twice_is_one_entry_also_once_the_advice_is_done(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    key = {"source": "ward", "key": "m1"}
    first = set_aside(case, **key)
    again = set_aside(case, **key)
    assert again.already and again.entry == first.entry
    case.record(PATHWAY.event("smear_reported", smear_reviewer="haematologist", blasts_percent="0 %",
                              immature_cells=False), at=at(70), by="ward", now=NOW)  # fmt: skip
    assert set_aside(case, **key).already
    assert case.sequence == 3


@pytest.mark.parametrize("other", [{"advice": "exam_now"}, {"reason": "seen elsewhere"}, {"at": at(61)}], ids=str)
def test_a_key_that_is_taken_by_another_advice_or_reason_is_refused(store, other):
    case = opened(store)
    tell(case, INDEX_COUNT)
    key = {"source": "ward", "key": "m1"}
    set_aside(case, **key)
    with pytest.raises(BadInput, match="key: 'm1' of this source is taken by another entry, 2 of this case"):
        set_aside(case, **other | key)
    assert case.sequence == 2 and answered(case) == ["smear_now"]


def test_blasts_of_before_that_are_recorded_afterwards_bring_it_back_also_after_a_restart(url):
    with Store(url, PATHWAY) as store:
        tell(case := opened(store), INDEX_COUNT)
        set_aside(case)
        smear = PATHWAY.event("smear_reported", smear_reviewer="analyser", blasts_percent="12 %")
        receipt = case.record(smear, at=at(30), by="laboratory", now=at(120))
        assert "smear_now" in [advice.id for advice in receipt.step.raised]
    with Store(url, PATHWAY, create=False) as store:
        case = store.case("C1")
        assert answered(case) == [] and "smear_now" in case.case.plan(at=LATER).urgent
        assert store.as_known_at("C1", NOW).plan(at=NOW).urgent == case.case.plan(at=NOW).urgent


def test_as_it_was_known_before_the_advice_stands(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    set_aside(case, now=at(120))
    assert "smear_now" in store.as_known_at("C1", at(119)).plan(at=at(119)).urgent
    assert "smear_now" not in store.as_known_at("C1", at(120)).plan(at=at(120)).urgent


# --- export, import, audit ----------------------------------------------------------------------------------------


def test_every_kind_of_entry_of_a_log_is_taken_by_an_import():
    assert set(KINDS) <= set(_KINDS)


def test_it_is_exported_and_imported_as_it_is(store, tmp_path):
    with Store(str(tmp_path / "from.db"), PATHWAY) as other:
        tell(case := opened(other), INDEX_COUNT)
        set_aside(case)
        take(store, export(other), now=NOW)
        assert list(export(store)) == list(export(other))
    assert answered(store.case("C1")) == ["smear_now"]
    assert verify_log(store).damage == ()


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"advice": "antimicrobials_now"}, "the plan does not ask for antimicrobials_now"),
        ({"reason": ""}, "a clinician's name and a reason are wanted"),
    ],
)
def test_a_file_with_right_hashes_that_sets_aside_what_could_not_be_is_refused(store, tmp_path, changed, line):
    with Store(str(tmp_path / "from.db"), PATHWAY) as other:
        tell(case := opened(other), INDEX_COUNT)
        set_aside(case)
        log = other.log_of("C1")
    body = {key: value for key, value in (log[2].data | changed).items() if value}
    said = log[2]._asdict() | {"event": body["advice"], "body": json.dumps(body)}
    forged = chained(log[1].hash, **{name: said[name] for name in said if name not in ("hash", "previous_hash")})
    with pytest.raises(BadInput, match=rf"case C1: entry e2: .*{line}.*; nothing was imported"):
        take(store, file_of(log[0], log[1], forged), now=NOW)
    assert store.count()[1] == 0


def test_an_entry_that_names_another_advice_in_its_column_is_found(store, tmp_path):
    with Store(str(tmp_path / "from.db"), PATHWAY) as other:
        tell(case := opened(other), INDEX_COUNT)
        set_aside(case)
        log = other.log_of("C1")
    said = log[2]._asdict() | {"event": "exam_now"}
    forged = chained(log[1].hash, **{name: said[name] for name in said if name not in ("hash", "previous_hash")})
    with pytest.raises(BadInput, match="entry 2 says one thing in its body and another in its columns"):
        take(store, file_of(log[0], log[1], forged), now=NOW)


# --- migration ----------------------------------------------------------------------------------------------------


def test_it_goes_with_its_case_to_another_version(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    set_aside(case)
    _, found = migrate(store, case, RENAMED, by="Dr H", now=NOW)
    assert not found.needs_acknowledgement and not found.now
    assert answered(store.case("C1")) == ["smear_now"]


@pytest.mark.parametrize("change", ["lacks it", "not urgent"])
def test_advice_that_another_version_does_not_ask_for_leaves_the_entry_without_an_object(store, change):
    other = without("exam_now", version="0.5.0")
    if change == "not urgent":
        calm = tuple(evolve(one, urgency="today") if one.id == "exam_now" else one for one in PATHWAY.advice)
        other = evolve(PATHWAY, version="0.5.0", advice=calm)
    case = opened(store)
    tell(case, INDEX_COUNT)
    set_aside(case, "exam_now")
    found = preview(case, other, at=NOW)
    assert found.dropped == ("e2",) and found.needs_acknowledgement
    assert [str(one) for one in found.now if one.kind == "set aside"] == ["set aside: exam_now -> nothing"]
    with pytest.raises(BadInput, match="nothing was changed"):
        migrate(store, case, other, by="Dr H", now=NOW)
    migrate(store, case, other, by="Dr H", now=NOW, acknowledge_another_way=True)
    assert answered(store.case("C1")) == []
    assert [entry.id for entry in store.case("C1").told()] == ["e1", "e2"]
    migrate(store, store.case("C1"), PATHWAY, by="Dr H", now=NOW, acknowledge_another_way=True)
    assert answered(store.case("C1")) == ["exam_now"], "going there and back loses nothing"
    assert verify_log(store).damage == ()


# --- worklist -----------------------------------------------------------------------------------------------------


def test_what_is_set_aside_is_no_task_and_never_overdue(store):
    case = opened(store)
    tell(case, INDEX_COUNT)
    before = worklist(store, at=LATER)
    assert before.overdue == 1 and "consult_same_day" in [task.advice for task in before.rows[0].tasks]
    set_aside(case, "consult_same_day")
    after = worklist(store, at=LATER)
    assert after.overdue == 0 and "consult_same_day" not in [task.advice for task in after.rows[0].tasks]
    assert [task.advice for task in after.rows[0].tasks] == [
        task.advice for task in before.rows[0].tasks if task.advice != "consult_same_day"
    ]


def test_a_case_whose_urgent_advice_is_all_set_aside_is_less_urgent_on_the_worklist_until_it_comes_back(store):
    case = opened(store)
    tell(case, ONLY_ANC_LOW)
    for advice in case.case.plan(at=at(60)).urgent:
        set_aside(case, advice)
    assert worklist(store, at=LATER).rows[0].urgency != "now"
    case.record(ONLY_ANC_LOW, at=at(120), by="ward", now=NOW)
    assert worklist(store, at=LATER).rows[0].urgency == "now"
