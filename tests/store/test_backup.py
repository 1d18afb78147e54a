"""`pathway store backup`: a copy that is whole; and what a copy of the file alone is worth."""

from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import threading
from datetime import timedelta

import pytest

from pathway import PATHWAY
from pathway.model.errors import BadInput, Unavailable
from pathway.store import backup as module
from pathway.store.audit import verify_log
from pathway.store.backup import Copied, backup
from pathway.store.store import Store
from pathway.store.transfer import export
from tests.children import NINE, fever
from tests.cli.terminal import pathway
from tests.store.children import NOW, opened


@pytest.fixture
def busy(tmp_path):
    """A store that is in use: its newest entries stand in the log beside its file."""
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        case = opened(store)
        for number in range(20):
            case.record(fever("37.2"), at=NINE + timedelta(minutes=number), by="ward", now=NOW)
        yield store


def test_a_copy_has_all_that_was_recorded_and_a_copy_of_the_file_alone_has_not(busy, tmp_path):
    assert backup(busy.database, str(tmp_path / "copy.db")) == Copied(cases=1, entries=21)
    shutil.copy(tmp_path / "cases.db", tmp_path / "alone.db")
    with Store(tmp_path / "copy.db", PATHWAY, create=False) as copy:
        assert verify_log(copy).damage == () and list(export(copy)) == list(export(busy))
    connection = sqlite3.connect(tmp_path / "alone.db")
    tables = connection.execute("SELECT count(*) FROM sqlite_master WHERE name = 'entries'").fetchone()
    assert tables == (0,) or connection.execute("SELECT count(*) FROM entries").fetchone()[0] < 21
    connection.close()


def test_a_copy_is_one_file_its_owners_alone_and_leaves_no_draft(busy, tmp_path):
    there = set(tmp_path.iterdir())
    backup(busy.database, str(tmp_path / "copy.db"))
    assert set(tmp_path.iterdir()) - there == {tmp_path / "copy.db"}
    assert os.name != "posix" or stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    with sqlite3.connect(tmp_path / "copy.db") as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()


def test_what_was_acknowledged_before_a_copy_began_is_in_it_whoever_writes_meanwhile(busy, tmp_path):
    told, ending = [], threading.Event()

    def work() -> None:
        with Store(tmp_path / "cases.db", PATHWAY, create=False, wait=30) as other:
            case = opened(other, "C2")
            while not ending.is_set():
                told.append(case.record(fever("37.2"), at=NINE, by="other", now=NOW).entry.hash)
            other.database.give_back()

    writer = threading.Thread(target=work)
    writer.start()
    try:
        for number in range(5):
            while len(told) < 5 * number:
                assert writer.is_alive()
            before = list(told)
            backup(busy.database, str(tmp_path / "copy.db"), force=True)
            with Store(tmp_path / "copy.db", PATHWAY, create=False) as copy:
                assert verify_log(copy).damage == ()
                assert set(before) <= {entry.hash for entry in copy.entries()}
    finally:
        ending.set()
        writer.join()


@pytest.mark.parametrize(
    "fault", [OSError(28, "No space left on device"), sqlite3.OperationalError("x"), KeyError("x")]
)
def test_a_copy_that_cannot_be_made_whole_is_not_made(busy, tmp_path, monkeypatch, fault):
    def broken(_) -> None:
        raise fault

    before = {file.name for file in tmp_path.iterdir()}
    monkeypatch.setattr(module, "_synchronise", broken)
    with pytest.raises((BadInput, type(fault))):
        backup(busy.database, str(tmp_path / "copy.db"))
    assert {file.name for file in tmp_path.iterdir()} == before


def test_a_damaged_store_is_not_copied_and_a_locked_copy_is_told(busy, tmp_path, monkeypatch):
    monkeypatch.setattr(module.sqlite3, "connect", lambda *_, **__: _Locked())
    with pytest.raises(
        Unavailable, match=r"another program is writing and did not end in time; no copy was made\. Try"
    ):
        backup(busy.database, str(tmp_path / "copy.db"))
    monkeypatch.undo()
    busy.close()
    content = bytearray((tmp_path / "cases.db").read_bytes())
    for page in range(4096, len(content), 4096):
        content[page] ^= 0x55
    (tmp_path / "cases.db").write_bytes(content)
    with pytest.raises(BadInput), Store(tmp_path / "cases.db", PATHWAY, create=False) as store:
        backup(store.database, str(tmp_path / "copy.db"))
    assert not (tmp_path / "copy.db").exists()


class _Locked(sqlite3.Connection):
    """A copy that another program has locked."""

    def __init__(self) -> None:
        super().__init__(":memory:")

    def execute(self, *_):
        fault = sqlite3.OperationalError("database is locked")
        fault.sqlite_errorname = "SQLITE_BUSY"
        raise fault


def test_the_command_says_what_it_copied_and_what_it_refuses(busy, tmp_path):
    store = ("--store", str(tmp_path / "cases.db"))
    copy = str(tmp_path / "copy.db")
    assert "1 case with 21 entries." in pathway("store", "backup", copy, *store).out.replace("\n", " ")
    assert pathway("store", "backup", copy, *store).faults == [
        f"store backup: {copy} exists; it is not overwritten. Name another file, or add --force"
    ]
    again = pathway("store", "backup", copy, *store, "--force", "--json")
    assert again.data == {"file": copy, "cases": 1, "entries": 21}
    (tmp_path / "link.db").symlink_to(tmp_path / "cases.db")
    os.link(tmp_path / "cases.db", tmp_path / "same.db")
    for name in ("cases.db", "cases.db-wal", "cases.db-shm", "link.db", "same.db"):
        done = pathway("store", "backup", str(tmp_path / name), *store, "--force")
        assert done.code == 2 and "is the store itself; name another file" in done.err
    for name in (str(tmp_path), str(tmp_path / "no" / "folder.db"), "", "a\0b"):
        done = pathway("store", "backup", name, *store, "--force")
        assert done.code == 2 and len(done.faults) == 1 and done.faults[0].startswith("store backup: ")


def test_a_server_is_copied_by_its_own_program(emptied):
    with Store(emptied, PATHWAY):
        pass
    done = pathway("store", "backup", "copy.db", "--store", emptied)
    assert done.code == 2 and "is a server; pg_dump copies it: pg_dump --format=custom --file=FILE" in done.err
