"""Whatever is changed, removed or exchanged in the log is found and named."""

from __future__ import annotations

import hashlib
import os
import sqlite3

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Override
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.chain import COLUMNS, hash_of
from pathway.store.store import Store
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT, at
from tests.store.children import NOW, opened, tamper, tell

FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))


def filled(store):
    """Two cases with an entry of every kind but a setting aside (`test_setting_aside`)."""
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="laboratory", now=at(), source="lis", key="m1")
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
    case.acknowledge("e2", at=at(70), by="Dr H", now=at(70))
    case.propose("order_bone_marrow", at=at(80), override=Override("Dr H", "tonight"), now=NOW)
    case.withdraw("e2", at=at(90), by="laboratory", reason="not this child", now=NOW)
    tell(opened(store, "C2"), INDEX_COUNT, CALL)
    store.projection.catch_up()


def test_a_log_that_nobody_touched_is_found_whole_and_has_one_digest(store, url):
    filled(store)
    found = verify_log(store)
    assert found.damage == () and (found.cases, found.entries) == (store.count()[0], store.count()[1])
    with Store(url, PATHWAY, create=False) as other:
        assert verify_log(other).digest == found.digest
    opened(store, "C3")
    assert verify_log(store).digest != found.digest


def test_the_hash_of_an_entry_is_over_every_column_each_led_by_its_length_or_its_type(store):
    filled(store)
    for entry in store.entries():
        for odd in (entry, *(entry._replace(**{name: None}) for name in COLUMNS), entry._replace(body=b"{}")):
            said = "\n".join(
                f"{len(value)} {value}" if isinstance(value, str)
                else "none" if value is None else f"{type(value).__name__} {value!r}"
                for value in odd[:-1]
            )  # fmt: skip
            assert hash_of(odd) == hashlib.sha256(said.encode()).hexdigest()


def test_any_single_byte_changed_in_any_entry_is_found_and_the_entry_is_named(store, figure):
    case = opened(store)
    case.record(INDEX_COUNT, at=at(), by="laboratory", now=at(), source="lis", key="m1")
    case.correct("e1", NORMAL_COUNT, at=at(60), by="laboratory", now=at(60))
    opened(store, "C2")
    store.projection.catch_up()
    tried = 0
    for entry in store.log_of("C1"):
        for column in COLUMNS:
            value = getattr(entry, column)
            every = FULL and store.database.is_sqlite
            for changed in [value + 3] if isinstance(value, int) else variants(value, every=every):
                put(store, entry, column, changed)
                found = verify_log(store).damage
                put(store, entry, column, value, at=(changed if column in ("case_id", "sequence") else None))
                tried += 1
                named = {(one.case_id, one.sequence) for one in found}
                if column == "case_id":
                    assert {(changed, entry.sequence), ("C1", entry.sequence), ("C1", entry.sequence + 1)} & named
                elif column == "sequence":
                    assert {("C1", changed), ("C1", entry.sequence + 1)} & named
                else:
                    assert ("C1", entry.sequence) in named, (entry.sequence, column, named)
    assert verify_log(store).damage == ()
    figure(f"{tried} changes of one byte in entries, each found and its entry named")
    assert tried > 40


def variants(value, *, every):
    """A text with one of its bytes changed: each in turn where `every`, else some of a long one."""
    text = value or ""
    step = 1 if every else max(1, len(text) // (5 if FULL else 1))
    found = [text[:place] + ("0" if text[place] != "0" else "1") + text[place + 1 :]
             for place in range(0, len(text), step)]  # fmt: skip
    return [*found, text + "x"[: 1 if len(text) < 27 else 0]] if len(text) < 27 else found


def put(store, entry, column, value, at=None):
    case_id, sequence = entry.case_id, entry.sequence
    if at is not None:
        case_id, sequence = (at, sequence) if column == "case_id" else (case_id, at)
    said = "NULL" if value is None else str(value) if isinstance(value, int) else "'" + value.replace("'", "''") + "'"
    tamper(store, f"UPDATE entries SET {column} = {said} WHERE case_id = '{case_id}' AND sequence = {sequence}")


@pytest.mark.parametrize(
    ("statement", "case", "entry", "words"),
    [
        ("DELETE FROM entries WHERE case_id = 'C1' AND sequence = 2", "C1", 3, "entry 2 is missing; 3 follows"),
        ("DELETE FROM entries WHERE case_id = 'C1' AND sequence = 0", "C1", 1, "entry 0 is missing; 1 follows"),
        ("DELETE FROM entries WHERE case_id = 'C2' AND sequence = 2", "C2", 2, "entries 2 to 2 are missing"),
        ("DELETE FROM entries WHERE case_id = 'C2'", "C2", None, "its row is there, and its entries are gone"),
        ("UPDATE cases SET state = 'smear' WHERE case_id = 'C2'", "C2", 2, "its row is not what its entries make"),
        ("UPDATE cases SET hash = 'x' WHERE case_id = 'C2'", "C2", 2, "entry 2 is not the one that its row names"),
        ("DELETE FROM pathways", "C1", 0, "the version that entry 0 is pinned to is not in this store"),
    ],
)  # fmt: skip
def test_what_is_removed_is_named(url, statement, case, entry, words):
    with Store(url, PATHWAY) as store:
        filled(store)
        tamper(store, statement)
    with Store(url, evolve(PATHWAY, version="9.9.9"), create=False) as store:
        found = verify_log(store).damage
    first = next(one for one in found if one.case_id == case)
    assert first.sequence == entry and words in first.words, found


def test_two_entries_that_were_exchanged_are_named(store):
    filled(store)
    tamper(store, "UPDATE entries SET sequence = -1 WHERE case_id = 'C2' AND sequence = 1",
           "UPDATE entries SET sequence = 1 WHERE case_id = 'C2' AND sequence = 2",
           "UPDATE entries SET sequence = 2 WHERE case_id = 'C2' AND sequence = -1")  # fmt: skip
    assert {one.sequence for one in verify_log(store).damage if one.case_id == "C2"} >= {1, 2}


def test_a_case_that_was_changed_is_not_used(store):
    filled(store)
    tamper(store, "UPDATE entries SET recorded_by = 'nobody' WHERE case_id = 'C2' AND sequence = 1")
    with pytest.raises(BadInput, match="case C2: entry 1 was changed: it does not match its hash"):
        store.case("C2")
    assert store.case("C1").sequence == 5


@pytest.mark.parametrize("mask", [0x01, 0x20, 0x80, 0xFF] if FULL else [0x01, 0x80])
def test_any_byte_changed_in_the_file_within_an_entry_is_found_and_the_entry_named(tmp_path, mask, figure):
    file = tmp_path / "cases.db"
    with Store(str(file), PATHWAY) as store:
        filled(store)
        entries = list(store.entries())
        before = verify_log(store).digest
    with sqlite3.connect(file) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    whole = file.read_bytes()
    places: list = []
    for entry in entries:
        # The last columns of a row stand one behind the other: body, version, digest, the hash before, its own.
        end = whole.index((entry.previous_hash + entry.hash).encode())
        length = len(entry.body)
        begin = end - len(entry.pathway_digest) - len(entry.pathway_version) - length
        assert whole[begin : begin + length] == entry.body.encode()
        step = max(1, length // (24 if FULL else 6))
        places += [(begin + offset, entry) for offset in range(0, length, step)]
        places += [(end + offset, entry) for offset in range(0, 128, 16 if FULL else 60)]
    for place, entry in places:
        file.write_bytes(whole[:place] + bytes([whole[place] ^ mask]) + whole[place + 1 :])
        with Store(str(file), PATHWAY, create=False) as store:
            named = {(one.case_id, one.sequence) for one in verify_log(store).damage}
        assert (entry.case_id, entry.sequence) in named, (place, entry.sequence, named)
    file.write_bytes(whole)
    with Store(str(file), PATHWAY, create=False) as store:
        assert verify_log(store).digest == before
    figure(f"{len(places)} bytes of entries changed in the file by {mask:#04x}, each entry named")


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM cases WHERE case_id = 'C2'", "it has no row, and nobody would count it in"),
        ("DELETE FROM cases", "it has no row, and nobody would count it in"),
        ("UPDATE cases SET sequence = -5, open = 0 WHERE case_id = 'C2'", "entry -5 is not the one that its row names"),
        ("UPDATE cases SET open = 5 WHERE case_id = 'C2'", "its row is not what its entries make"),
        ("UPDATE cases SET urgency = 77 WHERE case_id = 'C2'", "its row is not what its entries make"),
        ("UPDATE marks SET value = 'file 99999999' WHERE name = 'projected'", "is none of this database"),
        ("UPDATE marks SET value = '2' WHERE name = 'format'", "the mark of the store's format was changed"),
        ("UPDATE pathways SET version = '9.9.9'", "and its row says leukopenia-small-child 9.9.9"),
        ("UPDATE pathways SET pathway_id = 'another'", "and its row says"),
        ("DELETE FROM pathways", "the version that entry 0 is pinned to is not in this store"),
    ],
)
def test_what_is_changed_beside_the_entries_is_named_too(store, statement, words):
    filled(store)
    tamper(store, statement)
    assert any(words in one.words for one in verify_log(store).damage), verify_log(store).damage


def test_a_missing_guard_is_named(store):
    filled(store)
    drop = (
        "DROP TRIGGER entries_no_update" if store.database.is_sqlite else "DROP TRIGGER entries_only_added ON entries"
    )
    with store.database.writing() as connection:
        connection.exec_driver_sql(drop)
    assert [one.words for one in verify_log(store).damage if "guard" in one.words]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET sequence = 'x' WHERE case_id = 'C2' AND sequence = 1",
        "UPDATE entries SET recorded_by = x'ff41' WHERE case_id = 'C2' AND sequence = 1",
        "UPDATE entries SET case_id = x'ff41' WHERE case_id = 'C2' AND sequence = 1",
        "UPDATE cases SET sequence = 'x' WHERE case_id = 'C2'",
        "UPDATE cases SET case_id = x'ff41' WHERE case_id = 'C2'",
        "UPDATE pathways SET canonical_json = x'ff41'",
    ],
)
def test_what_is_not_of_its_kind_is_named_and_ends_nothing(tmp_path, statement):
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        filled(store)
        tamper(store, statement)
        found = verify_log(store)
        assert found.damage and found.cases >= 2


def test_what_is_written_while_it_is_audited_is_no_damage(url):
    with Store(url, PATHWAY) as store, Store(url, PATHWAY) as other:
        filled(store)
        case = other.case("C2")

        def meanwhile(_: int) -> None:
            case.record(CALL, at=at(200), by="Dr H", now=NOW)
            other.projection.catch_up()

        assert verify_log(store, meanwhile).damage == ()


@pytest.mark.parametrize("part", ["first page", "a page in the middle", "the end"])
def test_a_file_that_is_damaged_is_told_in_a_line(tmp_path, part):
    file = tmp_path / "cases.db"
    with Store(str(file), PATHWAY) as store:
        filled(store)
        for number in range(200):
            opened(store, f"more {number}")
    whole = bytearray(file.read_bytes())
    match part:
        case "first page":
            whole[0:100] = bytes(100)
        case "a page in the middle":
            middle = len(whole) // 2 // 4096 * 4096
            whole[middle : middle + 4096] = bytes(range(256)) * 16
        case "the end":
            whole = whole[: len(whole) * 2 // 3]
    file.write_bytes(whole)
    try:
        with Store(str(file), PATHWAY, create=False) as store:
            told = [str(one) for one in verify_log(store).damage]
    except (BadInput, Unavailable) as fault:
        told = list(fault.faults)
    assert told and not any("\n" in one for one in told)
