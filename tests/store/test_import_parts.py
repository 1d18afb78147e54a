"""An import is written in parts: each case whole within one, what stops it is told exactly, and it can be taken up."""

from __future__ import annotations

import hashlib
import json

import pytest

from pathway import PATHWAY, BadInput
from pathway.model.errors import Unavailable
from pathway.store import import_parts
from pathway.store.audit import verify_log
from pathway.store.faults import NotKnown
from pathway.store.imports import Imports
from pathway.store.store import Store
from pathway.store.transfer import export, take
from pathway.store.worklist import worklist
from tests.children import CALL, INDEX_COUNT, NORMAL_COUNT
from tests.store.children import NOW, opened, tamper, tell

CASES, PER_CASE = 6, 3


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(import_parts, "PART_ENTRIES", 2 * PER_CASE - 1)  # two cases, though one and a half were enough
    monkeypatch.setattr(import_parts, "PAUSE", 0.0)
    monkeypatch.setattr(import_parts, "HELD", 1e9)  # however slow this machine is


@pytest.fixture
def lines(tmp_path):
    with Store(tmp_path / "from.db", PATHWAY) as other:
        for number in range(CASES):
            tell(opened(other, f"C{number}"), INDEX_COUNT, CALL)
        return list(export(other))


def stops_at(monkeypatch, part, fault):
    """Let the import fail within the transaction of a part."""
    real, parts = Imports.note, []

    def note(self, *args):
        real(self, *args)
        parts.append(args)
        if len(parts) == part:
            raise fault

    monkeypatch.setattr(Imports, "note", note)


def ended(entries):
    """The end of a file with these lines of entries."""
    hashes = "".join(json.loads(line)["entry"]["hash"] for line in entries)
    return json.dumps({"end": {"entries": len(entries), "digest": hashlib.sha256(hashes.encode()).hexdigest()}})


def only_whole_cases(store):
    return {len(store.log_of(name)) for name in store.names()} <= {PER_CASE}


def test_what_an_import_wrote_before_it_was_broken_off_is_whole_and_the_same_file_finishes_it(
    store, lines, monkeypatch
):
    with monkeypatch.context() as broken:
        stops_at(broken, 3, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            take(store, lines, now=NOW)
    assert store.names() == ["C0", "C1", "C2", "C3"] and only_whole_cases(store)
    (found,) = store.imports.unfinished()
    assert (found.state, found.cases, found.entries, found.cases_done, found.entries_done) == ("in part", 6, 18, 4, 12)
    assert "4 of 6 cases are here, each of them whole, with 12 of 18 entries" in found.words
    again = take(store, lines, now=NOW)
    assert (again.cases, again.entries, again.new, again.before) == (6, 18, 6, found)
    assert store.imports.unfinished() == [] and verify_log(store).damage == ()
    assert list(export(store)) == lines
    once_more = take(store, lines, now=NOW)
    assert once_more.new == 0 and once_more.before is not None and once_more.before.state == "whole"


def test_a_disk_that_is_full_in_the_third_part_is_told_with_what_is_here(store, lines, monkeypatch):
    stops_at(monkeypatch, 3, Unavailable("cases.db: the disk is full; nothing was recorded. Try again"))
    with pytest.raises(Unavailable, match="is full; the first 4 of 6 cases with 18 entries were imported, 12 entr"):
        take(store, lines, now=NOW)
    assert len(store.names()) == 4


def test_what_fails_in_the_first_part_imports_nothing_and_says_so(store, lines, monkeypatch):
    stops_at(monkeypatch, 1, Unavailable("cases.db: the disk is full; nothing was recorded. Try again"))
    with pytest.raises(Unavailable, match="disk is full; nothing was imported"):
        take(store, lines, now=NOW)
    assert store.count()[1] == 0 and store.imports.all() == []


@pytest.mark.parametrize("part", [1, 3])
def test_a_part_whose_commit_is_not_known_is_neither_called_imported_nor_not(store, lines, monkeypatch, part):
    said = "cases.db: the disk failed in a commit, and it is not known whether the entry was recorded. Record it again"
    stops_at(monkeypatch, part, NotKnown(said))
    with pytest.raises(NotKnown) as told:
        take(store, lines, now=NOW)
    before = "nothing of 6 cases with 18 entries was" if part == 1 else "the first 4 of 6 cases with 18 entries were"
    assert str(told.value).startswith(
        "cases.db: the disk failed in a commit, and it is not known whether the cases under way were imported; "
        f"{before} imported before them. Import the same file again"
    )


def test_another_writer_gets_a_turn_between_two_parts(store, url, lines):
    opened(store, "beside")
    turns = []

    def write(*done):
        with Store(url, PATHWAY, wait=0.05) as other:
            tell(other.case("beside"), CALL)
        turns.append(done)

    take(store, lines, now=NOW, tell=write)
    assert turns[-3:] == [(6, 18), (12, 18), (18, 18)]
    assert len(store.log_of("beside")) == 1 + len(turns)


@pytest.mark.parametrize(("held", "sizes"), [(-1.0, [6, 9, 12, 15, 18]), (1e9, [6, 12, 18])])
def test_where_a_part_held_the_store_for_too_long_the_next_one_is_smaller(store, lines, monkeypatch, held, sizes):
    monkeypatch.setattr(import_parts, "HELD", held)
    told = []
    take(store, lines, now=NOW, tell=lambda *done: told.append(done))
    assert [done for done, *of in told if of] == sizes


def test_a_writer_who_looks_every_tenth_of_a_second_finds_the_file_free(store, lines, monkeypatch):
    waits = []
    monkeypatch.setattr(import_parts, "PAUSE", 0.12)
    monkeypatch.setattr(import_parts, "sleep", waits.append)
    take(store, lines, now=NOW)
    assert [wait > 0.05 for wait in waits] == ([False, True, True] if store.database.is_sqlite else [])


def test_a_fault_in_the_last_line_is_found_before_anything_is_written(store, lines):
    for wrong in ([*lines[:-1], lines[-1].replace('"entries":18', '"entries":17')], lines[:-1]):
        with pytest.raises(BadInput):
            take(store, wrong, now=NOW)
    assert store.count()[1] == 0 and store.imports.all() == [] and store.versions.rows() == []


@pytest.mark.parametrize("name", ["C4", "c4"])
def test_a_fault_that_comes_up_late_is_told_with_all_that_is_here_and_a_mended_file_takes_it_up(
    store, url, lines, name, tmp_path
):
    """While the file is imported somebody opens a case that it holds, or one that looks like it."""

    def meanwhile(*done):
        if done == (6, 18):
            with Store(url, PATHWAY) as other:
                tell(opened(other, name), NORMAL_COUNT)

    with pytest.raises(BadInput) as told:
        take(store, lines, now=NOW, tell=meanwhile)
    (fault,) = told.value.faults
    assert ("has gone another way here" in fault) is (name == "C4") and ("looks like 'c4'" in fault) is (name == "c4")
    assert "the first 4 of 6 cases with 18 entries were imported, 12 entries, and nothing of the other" in fault
    assert [one for one in store.names() if one != name] == ["C0", "C1", "C2", "C3"]
    with Store(tmp_path / "from.db", PATHWAY) as other:
        mended = list(export(other, ["C0", "C1", "C2", "C3", "C5"]))
    assert take(store, mended, now=NOW).new == PER_CASE
    assert store.imports.unfinished() == [] and {one.state for one in store.imports.all()} == {"taken up", "whole"}
    assert verify_log(store).damage == ()


def test_a_source_key_that_is_taken_meanwhile_is_named_by_its_line(store, url, tmp_path):
    with Store(tmp_path / "keyed.db", PATHWAY) as other:
        for number in range(3):
            case = opened(other, f"C{number}")
            case.record(INDEX_COUNT, at=NOW, by="ward", now=NOW, source="lis", key=f"m{number}")
            tell(case, CALL)
        lines = list(export(other))

    def meanwhile(*done):
        if done == (6, 9):
            with Store(url, PATHWAY) as other:
                opened(other, "C9").record(INDEX_COUNT, at=NOW, by="ward", now=NOW, source="lis", key="m2")

    with pytest.raises(BadInput, match=r"^line 10: its source key is taken by another entry here; the first 2 of 3"):
        take(store, lines, now=NOW, tell=meanwhile)
    assert store.names() == ["C0", "C1", "C9"]


def test_a_source_key_that_stands_twice_in_a_file_imports_nothing(store, tmp_path):
    stores = [Store(tmp_path / f"{number}.db", PATHWAY) for number in range(2)]
    for number, one in enumerate(stores):
        opened(one, f"C{number}").record(INDEX_COUNT, at=NOW, by="ward", now=NOW, source="lis", key="m1")
    first, second = (list(export(one)) for one in stores)
    stores[0].close(), stores[1].close()
    with pytest.raises(BadInput, match="line 6: its source key is taken by another entry of this file"):
        take(store, [*first[:-1], *second[2:-1], ended(first[2:-1] + second[2:-1])], now=NOW)
    assert store.count()[1] == 0


def test_a_file_that_changes_between_the_two_readings_is_refused(store, lines, tmp_path):
    class Changing:
        """A file that somebody writes into."""

        readings = 0

        def __iter__(self):
            self.readings += 1
            return iter(lines if self.readings == 1 else other)

    with Store(tmp_path / "from.db", PATHWAY) as from_there:
        tell(from_there.case("C3"), CALL)
        other = list(export(from_there))
    with pytest.raises(BadInput, match=r"changed while it was imported; the first 2 of 6 cases"):
        take(store, Changing(), now=NOW)
    assert store.names() == ["C0", "C1"]
    other = lines[:-4]
    with pytest.raises(BadInput, match="changed while it was imported: a part of it is gone"):
        take(store, Changing(), now=NOW)
    assert only_whole_cases(store)


def test_a_store_without_the_table_of_imports_opens_and_gets_it_with_the_first_import(store, url, lines):
    tamper(store, "DROP TABLE imports")
    with Store(url, PATHWAY, create=False) as old:
        assert old.imports.unfinished() == [] and worklist(old, at=NOW).open_cases == 0
        assert take(old, lines, now=NOW).new == 18
        assert [one.state for one in old.imports.all()] == ["whole"]


def test_an_import_of_what_came_another_way_notes_nothing(store, lines):
    take(store, lines, now=NOW)
    tamper(store, "DELETE FROM imports")
    assert take(store, lines, now=NOW).new == 0 and store.imports.all() == []


def test_the_key_of_an_import_is_the_digest_with_which_its_file_ends(store, lines):
    take(store, lines, now=NOW)
    assert [one.key for one in store.imports.all()] == [json.loads(lines[-1])["end"]["digest"]]
