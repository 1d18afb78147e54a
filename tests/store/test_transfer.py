"""Cases go from one store to another whole, or not at all."""

from __future__ import annotations

import hashlib
import json

import pytest

from pathway import PATHWAY, BadInput
from pathway.model.canonical import to_json
from pathway.store.audit import verify_log
from pathway.store.chain import FIRST, chained
from pathway.store.migration import migrate
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT, at
from tests.store.children import NOW, opened, tamper, tell
from tests.store.test_audit import FULL, filled
from tests.store.test_versions import RENAMED


@pytest.fixture
def lines(tmp_path):
    with Store(str(tmp_path / "from.db"), PATHWAY) as other:
        filled(other)
        migrate(other, other.case("C2"), RENAMED, by="Dr H", now=NOW)
        yield list(export(other))


def test_what_is_exported_and_imported_is_the_same_log_with_the_same_digest(store, lines, tmp_path):
    done = take(store, lines, now=NOW)
    assert (done.cases, done.entries, done.new, done.versions) == (2, 10, 10, 2)
    with Store(str(tmp_path / "from.db"), PATHWAY, create=False) as other:
        assert verify_log(store).digest == verify_log(other).digest and verify_log(store).damage == ()
        assert store.case("C1").case == other.case("C1").case
        assert store.case("C2").pathway.digest == RENAMED.digest
    assert list(export(store)) == lines


def test_importing_again_adds_nothing_and_what_grew_adds_what_is_new(store, lines, tmp_path):
    take(store, lines, now=NOW)
    assert take(store, lines, now=NOW).new == 0
    with Store(str(tmp_path / "from.db"), PATHWAY, create=False) as other:
        other.case("C1").record(CALL, at=at(100), by="Dr H", now=NOW)
        assert take(store, export(other, ["C1"]), now=NOW).new == 1
    assert store.case("C1").sequence == 6


def test_a_case_that_went_another_way_here_is_refused_and_named(store, lines):
    tell(opened(store), NORMAL_COUNT)
    with pytest.raises(BadInput, match=r"line \d+: case C1 has gone another way here, from entry 1 on"):
        take(store, lines, now=NOW)
    assert store.count()[1] == 2 and len(store.versions.rows()) == 1


def test_a_source_key_that_is_taken_here_refuses_the_file(store, lines):
    opened(store, "C9").record(INDEX_COUNT, at=at(), by="laboratory", now=NOW, source="lis", key="m1")
    with pytest.raises(BadInput, match=r"line \d+: its source key is taken by another entry here; nothing was imp"):
        take(store, lines, now=NOW)
    assert store.count()[1] == 2


def test_whatever_line_is_lost_doubled_or_exchanged_nothing_is_imported(store, lines):
    for number in range(0, len(lines), 1 if FULL else 2):
        shorter = lines[:number] + lines[number + 1 :]
        twice = lines[: number + 1] + lines[number:]
        turned = lines[:number] + lines[number : number + 2][::-1] + lines[number + 2 :]
        for wrong in (shorter, twice, turned):
            if [one for one in wrong if '"pathway":' not in one] == [one for one in lines if '"pathway":' not in one]:
                continue  # a version twice, or earlier, is no harm
            with pytest.raises(BadInput) as told:
                take(store, wrong, now=NOW)
            assert len(told.value.faults) == 1
    assert store.count() == (0, 0) and store.versions.rows() == []


def test_whatever_byte_of_an_entry_is_changed_nothing_is_imported(store, lines):
    number = next(place for place, line in enumerate(lines) if '"entry"' in line)
    for place in range(0, len(lines[number]) - 1, 29):
        line = lines[number]
        other = "1" if line[place] != "1" else "2"
        with pytest.raises(BadInput):
            take(store, [*lines[:number], line[:place] + other + line[place + 1 :], *lines[number + 1 :]], now=NOW)
    assert store.count()[1] == 0


def test_a_log_with_right_hashes_that_the_pathway_could_not_have_made_is_refused(store):
    body = {"born": "2024-12-22", "timezone": "UTC"}
    said = {"case_id": "C1", "happened_at": "2026-01-22T09:00:00.000000Z", "recorded_at": "2026-01-22T09:00:00.000000Z",
            "recorded_by": "x", "source": "", "source_key": None, "target": "",
            "pathway_version": PATHWAY.version, "pathway_digest": PATHWAY.digest}  # fmt: skip
    first = chained(FIRST, **said, sequence=0, kind="opened", event="", body=json.dumps(body))
    wrong = {"id": "e1", "kind": "acknowledgement", "at": "2026-01-22T09:00:00Z", "by": "x", "target": "e0"}
    second = chained(first.hash, **said | {"target": "e0"}, sequence=1, kind="acknowledgement", event="",
                     body=json.dumps(wrong))  # fmt: skip
    with pytest.raises(BadInput, match=r"case C1: .*nothing was imported"):
        take(store, file_of(first, second), now=NOW)
    assert store.count()[1] == 0


def file_of(*entries):
    """The lines of a file with these entries and a right end."""
    digest = hashlib.sha256("".join(one.hash for one in entries).encode()).hexdigest()
    return [
        json.dumps({"format": "cases of a clinical pathway", "version": 1}),
        json.dumps({"pathway": PATHWAY.digest, "canonical_json": to_json(PATHWAY)}),
        *(json.dumps({"entry": one.row()}) for one in entries),
        json.dumps({"end": {"cases": 1, "entries": len(entries), "digest": digest}}),
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ([], "the file is empty"),
        (["no json"], "line 1: this is no JSON"),
        (["[]"], "line 1: an object is wanted"),
        (["{}"], "line 1: this is no file of cases of format 1"),
        (['{"format": "cases of a clinical pathway", "version": 2}'], "line 1: this is no file of cases of format 1"),
        (['{"format": "cases of a clinical pathway", "version": 1}'], "the file has no end"),
        (['{"format": "cases of a clinical pathway", "version": 1}', '{"x": 1}'], "line 2: neither a version"),
        (['{"format": "cases of a clinical pathway", "version": 1}', '{"entry": {}}'], "line 2: an entry has the col"),
        (['{"format": 1, "pathway": {}}'], "line 1: this is no pathway"),
    ],
)
def test_what_is_no_export_is_told_by_line(store, text, said):
    with pytest.raises(BadInput, match=said):
        take(store, text, now=NOW)
    assert store.count() == (0, 0)


def test_a_frozen_version_can_be_brought_to_where_it_is_missing(store):
    assert take(store, [to_json(RENAMED)], now=NOW).versions == 1
    assert store.versions.named("0.2.0").digest == RENAMED.digest


TWO = "entry 1 says one thing in its body and another in its columns"


@pytest.mark.parametrize(
    ("body", "columns", "said"),
    [
        ({"id": "e7"}, {}, TWO),
        ({"at": "2026-01-22T10:00:00Z"}, {}, TWO),
        ({"event": "history_taken"}, {}, TWO),
        ({"by": "y"}, {}, TWO),
        ({}, {"target": "e0"}, TWO),
        ({}, {"recorded_by": ""}, "recorded_by: not as an entry has it"),
        ({}, {"recorded_at": "2026-01-21T09:00:00.000000Z"}, "entry 1 happened after it was recorded"),
        ({}, {"recorded_at": "9999-01-21T09:00:00.000000Z"}, "is later than now"),
        ({}, {"pathway_version": "9.9"}, "entry 1 is pinned to another version than the entry before it"),
        ({}, {"source_key": "two\nlines"}, "source_key: not as an entry has it"),
        ({}, {"source_key": "\ud800"}, "source_key: not as an entry has it"),
        ({}, {"source_key": ""}, "source_key: not as an entry has it"),
        ({}, {"case_id": ""}, "case: it is empty"),
        ({}, {"case_id": " C1 "}, "neither begins nor ends with a blank"),
        ({}, {"case_id": "x" * 150}, "case_id: not as an entry has it"),
    ],
)  # fmt: skip
def test_an_entry_that_no_store_would_have_written_is_refused_although_its_hash_is_right(store, body, columns, said):
    with pytest.raises(BadInput, match=said):
        take(store, file_of(*forged(body, **columns)), now=NOW)
    assert store.count() == (0, 0)


def test_a_forged_migration_opens_no_way_around_what_waits(store, tmp_path):
    """A correction that would take urgent advice away, with its waiting removed, behind a migration to the same."""
    with Store(tmp_path / "from.db", PATHWAY) as other:
        case = opened(other)
        tell(case, INDEX_COUNT)
        case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
        opening, count, correction = other.log_of("C1")
    said = {**count.row(), "sequence": 2, "kind": "migration", "event": "", "source_key": None}
    data = json.loads(correction.body)
    del data["proposed"]
    for body in ("{}", json.dumps({"from": PATHWAY.digest, "to": PATHWAY.digest, "reason": "", "acknowledged": True,
                                   "differs": {}})):  # fmt: skip
        migration = chained_again(count, {**said, "body": body})
        last = chained_again(migration, {**correction.row(), "sequence": 3, "body": json.dumps({**data, "id": "e3"})})
        with pytest.raises(BadInput, match=r"nothing was imported|another in its columns"):
            take(store, file_of(opening, count, migration, last), now=NOW)
    assert store.count() == (0, 0)


def chained_again(before, row):
    return chained(before.hash, **{name: value for name, value in row.items() if "hash" not in name})


def forged(changes, **columns):
    """An opening and an event with right hashes, with a part of its body or of its columns changed."""
    moment = "2026-01-22T09:00:00.000000Z"
    said = {"case_id": columns.pop("case_id", "C1"), "happened_at": moment, "recorded_at": moment, "recorded_by": "x",
            "source": "", "source_key": None, "target": "", "pathway_version": PATHWAY.version,
            "pathway_digest": PATHWAY.digest}  # fmt: skip
    born = json.dumps({"born": "2024-12-22", "timezone": "UTC"})
    first = chained(FIRST, **said, sequence=0, kind="opened", event="", body=born)
    body = {"id": "e1", "kind": "event", "at": "2026-01-22T09:00:00Z", "by": "x", "event": "haematology_consulted",
            "with": {}}  # fmt: skip
    second = chained(
        first.hash, **said | columns, sequence=1, kind="event", event="haematology_consulted",
        body=json.dumps(body | changes),
    )  # fmt: skip
    return first, second


def test_a_version_that_is_missing_cannot_be_exported_without(store):
    tell(opened(store), INDEX_COUNT)
    tamper(store, "DELETE FROM pathways")
    with pytest.raises(BadInput, match="case C1: the version that entry 0 is pinned to is not in this store"):
        list(export(store))
