"""The write-ahead log: new files by many at once, and a read that does not end."""

from __future__ import annotations

import sqlite3
import threading
import time
from multiprocessing import get_context

import pytest

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store import sqlite_file, write_ahead
from pathway.store.store import Store
from tests.children import NINE, fever
from tests.counts import tries
from tests.store.children import NOW, opened

FILES = tries(80, 600)
MIB = 2**20


# --- new files ------------------------------------------------------------------------------------------------------


def make(folder: str, barrier, told) -> None:
    """Open files that are not there yet, each at the same moment as the others."""
    faults = []
    for number in range(FILES):
        barrier.wait(60)
        try:
            Store(f"{folder}/{number}.db", PATHWAY).close()
        except Exception as fault:  # noqa: BLE001  # the test shows it
            faults.append(f"{type(fault).__name__}: {fault}")
    told.put(faults)


def test_a_new_file_that_four_open_at_once_never_fails_for_want_of_waiting(tmp_path, figure):
    context = get_context("spawn")
    barrier, told = context.Barrier(4), context.Queue()
    processes = [context.Process(target=make, args=(str(tmp_path), barrier, told)) for _ in range(4)]
    for process in processes:
        process.start()
    faults = [fault for _ in processes for fault in told.get(timeout=120)]
    for process in processes:
        process.join()
    assert faults == []
    figure(f"{FILES} new files, each opened by 4 processes at one moment: none failed")


def test_who_opens_a_new_file_while_another_holds_the_lock_of_writers_waits_for_it(tmp_path):
    """So it is in the midst of a race of openings, whatever the chance: the database itself does not wait there."""
    other = sqlite3.connect(tmp_path / "cases.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    threading.Timer(0.3, lambda: other.execute("ROLLBACK")).start()
    Store(tmp_path / "cases.db", PATHWAY, wait=10).close()
    assert time.monotonic() - began >= 0.3
    other.close()


class _BusyTwice(sqlite3.Cursor):
    """The database answers at once that it is busy, as it does to all but one who make the log of a new file."""

    left = 2

    def execute(self, words, *rest):
        if words == "PRAGMA journal_mode = WAL" and self.left:
            self.left -= 1
            fault = sqlite3.OperationalError("database is locked")
            fault.sqlite_errorname = "SQLITE_BUSY"
            raise fault
        return super().execute(words, *rest)


class _Connection(sqlite3.Connection):
    def cursor(self):
        return super().cursor(_BusyTwice)


def test_an_answer_busy_that_the_database_gives_without_waiting_is_waited_out(tmp_path):
    connection = sqlite3.connect(tmp_path / "cases.db", factory=_Connection)
    sqlite_file.configure_sqlite(connection, 5)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    connection.close()
    connection = sqlite3.connect(tmp_path / "other.db", factory=_Connection)
    with pytest.raises(sqlite3.OperationalError, match="locked"):
        sqlite_file.configure_sqlite(connection, -1)
    connection.close()


def test_a_new_file_that_stays_locked_is_told_once_the_time_is_over(tmp_path):
    other = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    with pytest.raises(Unavailable, match="another program is writing and did not end in time; nothing was opened"):
        Store(tmp_path / "cases.db", PATHWAY, wait=0.2)
    other.close()
    Store(tmp_path / "cases.db", PATHWAY, wait=0.2).close()


# --- a read that does not end ---------------------------------------------------------------------------------------


@pytest.fixture
def small(monkeypatch):
    """Limits that a test can reach."""
    monkeypatch.setattr(write_ahead, "LARGE", MIB // 4)
    monkeypatch.setattr(write_ahead, "LARGEST", MIB)
    monkeypatch.setattr(write_ahead, "_A_MOMENT", 1)


def fill(case, size) -> None:
    """Record until the log has that many bytes."""
    for _ in range(2000):
        if size() >= MIB:
            return
        case.record(fever("37.2"), at=NINE, by="x" * 400, now=NOW)


def test_a_read_that_does_not_end_lets_the_log_grow_to_its_limit_and_is_told(tmp_path, small, caplog):
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        case = opened(store)
        size = store.database._write_ahead.size
        reader = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        with caplog.at_level("WARNING", "pathway.store"), pytest.raises(Unavailable) as told:
            fill(case, lambda: 0)
        assert "for a read that does not end keeps it from being emptied; nothing was recorded. End" in str(told.value)
        assert 2 <= caplog.text.count("keeps the write-ahead log from being emptied") <= 4, "told at each doubling"
        assert MIB <= size() < 1.1 * MIB
        recorded = case.sequence
        assert len(store.log_of("C1")) == recorded + 1, "reading goes on, and nothing is lost"
        reader.execute("ROLLBACK")
        assert case.record(fever("37.2"), at=NINE, by="ward", now=NOW).entry.sequence == recorded + 1
        assert size() < MIB // 4, "emptied, and given back to the disk"
        reader.close()


def test_readers_that_follow_one_another_do_not_keep_the_log_from_being_emptied(tmp_path, small, monkeypatch):
    """One of two always reads: a checkpoint that waits for nobody never finds the log unread."""
    monkeypatch.setattr(write_ahead, "_A_MOMENT", 200)
    ending = threading.Event()

    def read(late: float) -> None:
        time.sleep(late)
        reader = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
        while not ending.is_set():
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM entries").fetchone()
            time.sleep(0.02)
            reader.execute("ROLLBACK")
        reader.close()

    with Store(tmp_path / "cases.db", PATHWAY) as store:
        case = opened(store)
        readers = [threading.Thread(target=read, args=(late,)) for late in (0, 0.01)]
        for reader in readers:
            reader.start()
        most = 0
        try:
            for _ in range(200):
                case.record(fever("37.2"), at=NINE, by="x" * 400, now=NOW)
                most = max(most, store.database._write_ahead.size())
        finally:
            ending.set()
            for reader in readers:
                reader.join()
        # On a machine with much to do a reader may hold on for longer than a moment, once or twice: it is asked again.
        assert most < 1.1 * MIB


def test_the_log_gives_back_what_a_long_read_made_it_take(tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite_file, "LEFT_OVER", MIB // 8)
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        case = opened(store)
        size = store.database._write_ahead.size
        reader = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM entries").fetchone()
        fill(case, size)
        assert size() >= MIB
        reader.close()
        store.database._connection().exec_driver_sql("PRAGMA wal_checkpoint(PASSIVE)")
        case.record(fever("37.2"), at=NINE, by="ward", now=NOW)
        assert size() <= MIB // 8
