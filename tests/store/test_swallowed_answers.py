"""`wait` bounds every call, also where a proxy takes all that is asked and answers nothing."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.migration import migrate
from pathway.store.patience import network_options
from pathway.store.store import Store
from pathway.store.transfer import export, take
from pathway.store.urls import url_of
from pathway.store.worklist import worklist
from tests.children import BORN, INDEX_COUNT, at
from tests.cli.terminal import pathway
from tests.store.children import NOW, opened, tell
from tests.store.proxy import Proxy

WAIT = 1.0
OTHER = evolve(PATHWAY, version="0.9.9")


@pytest.fixture
def proxy(emptied):
    with Store(emptied, PATHWAY) as store:
        tell(opened(store, "C1"), INDEX_COUNT)
        tell(opened(store, "C2"), INDEX_COUNT)
    made = Proxy(emptied)
    yield made
    made.close()


def calls(store: Store, case, lines: list[str]):
    now = {"now": NOW}
    return {
        "open": lambda: store.open_case("C9", born=BORN, by="ward", **now),
        "record": lambda: case.record(INDEX_COUNT, at=at(60), by="ward", **now),
        "withdraw": lambda: case.withdraw("e1", at=at(60), by="ward", **now),
        "migrate": lambda: migrate(store, case, OTHER, by="Dr M", acknowledge_another_way=True, **now),
        "import": lambda: take(store, lines, **now),
        "export": lambda: list(export(store)),
        "case": lambda: store.case("C1"),
        "worklist": lambda: worklist(store, at=NOW),
        "rebuild": store.rebuild,
        "verify-log": lambda: verify_log(store),
        "count": store.count,
    }


NAMES = (
    "open",
    "record",
    "withdraw",
    "migrate",
    "import",
    "export",
    "case",
    "worklist",
    "rebuild",
    "verify-log",
    "count",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_call_whose_answer_is_swallowed_ends_in_time_with_a_true_line(proxy, emptied, tmp_path, name):
    with Store(tmp_path / "other.db", PATHWAY) as there:
        tell(opened(there, "C7"), INDEX_COUNT)
        lines = list(export(there))
    with Store(emptied, PATHWAY) as direct:
        before = direct.entry_count()
        store = Store(proxy.url, PATHWAY, create=False, wait=WAIT)
        case = store.case("C1")
        call = calls(store, case, lines)[name]
        proxy.swallows = True
        began = time.monotonic()
        with pytest.raises(Unavailable) as told:
            call()
        store.close()  # after a fault nothing more is waited for, but for what is closed
        took = time.monotonic() - began
        assert len(told.value.faults) == 1 and "the server gave no answer in time" in str(told.value)
        added = direct.entry_count() - before
        assert "it is not known" in str(told.value) or added == 0
        assert took < 2 * WAIT + 2
        proxy.swallows = False
    assert ends_within(proxy, name, lines) < WAIT + 2


def ends_within(proxy: Proxy, name: str, lines: list[str]) -> float:
    """How long the call alone takes, in a thread of its own."""
    store = Store(proxy.url, PATHWAY, create=False, wait=WAIT)
    call = calls(store, store.case("C2"), lines)[name]
    proxy.swallows = True
    began = time.monotonic()
    try:
        with pytest.raises(Unavailable):
            call()
        return time.monotonic() - began
    finally:
        store.database.close()


def test_a_worklist_does_not_wait_twice(proxy):
    store = Store(proxy.url, PATHWAY, create=False, wait=2.5)
    proxy.swallows = True
    began = time.monotonic()
    with pytest.raises(Unavailable, match="the server gave no answer in time"):
        worklist(store, at=NOW)
    assert time.monotonic() - began < 2.5 + 2
    store.database.close()


@pytest.mark.parametrize("args", [
    ("case", "open", "C8", "--age", "2y", "--by", "ward"), ("case", "show", "C1"), ("case", "list"), ("worklist",),
    ("case", "record", "C1", "haematology_consulted", "--by", "ward"), ("case", "verify-log"), ("case", "export"),
], ids=lambda args: " ".join(args[:2]))  # fmt: skip
def test_each_command_ends_with_75_and_one_line_where_nothing_is_ever_answered(proxy, args, monkeypatch):
    monkeypatch.setenv("PATHWAY_WAIT", str(WAIT))
    proxy.swallows = True
    began = time.monotonic()
    done = pathway(*args, "--store", proxy.url)
    assert time.monotonic() - began < WAIT + 2
    assert done.code == 75 and len(done.faults) == 1, done.err
    assert "no answer in time" in done.faults[0] and "nothing was opened" in done.faults[0]


def test_a_program_that_gave_up_ends_at_once(proxy):
    """No thread that still tries to connect keeps it."""
    proxy.swallows = True
    began = time.monotonic()
    program = [sys.executable, "-c", "from pathway.cli import main; main()"]
    done = subprocess.run(
        [*program, "case", "list", "--store", proxy.url], capture_output=True, text=True, check=False, timeout=30,
        env={**os.environ, "PATHWAY_WAIT": "0.5"}, cwd=Path(__file__).parents[2],
    )  # fmt: skip
    assert done.returncode == 75 and done.stderr.count("\n") == 1, done.stderr
    assert time.monotonic() - began < 0.5 + 2 + 3  # a program also has to start


def test_a_slow_statement_is_ended_by_the_server_and_a_lock_is_told_as_a_lock(emptied):
    with Store(emptied, PATHWAY, wait=0.5) as store:
        began = time.monotonic()
        said = "the server did not get ready in time; nothing was read"
        with pytest.raises(Unavailable, match=said), store.database.reading() as connection:
            connection.exec_driver_sql("SELECT pg_sleep(20)")
        assert time.monotonic() - began < 2.5
        with store.database.reading() as connection:
            limits = [connection.exec_driver_sql(f"SHOW {name}").scalar() for name in
                      ("lock_timeout", "statement_timeout", "synchronous_commit")]  # fmt: skip
    assert limits == ["500ms", "600ms", "on"]


def test_the_networks_own_silence_ends_a_connection_and_options_of_the_url_come_first():
    options = network_options(url_of("postgresql://h/db"), 5.0)
    assert (options["keepalives"], options["tcp_user_timeout"], options["connect_timeout"]) == (1, 5000, 5)
    assert options["keepalives_idle"] + options["keepalives_interval"] * options["keepalives_count"] <= 5
    assert "keepalives_idle" not in network_options(url_of("postgresql://h/db?keepalives_idle=60"), 5.0)


@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="this system has no such option")
def test_the_connection_itself_is_told_when_silence_ends_it(proxy):
    with Store(proxy.url, PATHWAY, create=False, wait=6) as store, store.database.reading() as connection:
        number = os.dup(connection.connection.driver_connection.fileno())
        with socket.socket(fileno=number) as link:
            names = ("TCP_USER_TIMEOUT", "TCP_KEEPIDLE", "TCP_KEEPINTVL", "TCP_KEEPCNT")
            told = [link.getsockopt(socket.IPPROTO_TCP, getattr(socket, name)) for name in names]
            assert link.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    assert told == [6000, 3, 1, 3]


def test_answers_that_come_slowly_are_waited_for_as_long_as_the_call_has_time(proxy, emptied):
    """Swallowed for a while only: the data that then comes is used."""
    store = Store(proxy.url, PATHWAY, create=False, wait=3)
    case = store.case("C1")
    with Store(emptied, PATHWAY) as other, other.database.writing() as connection:
        connection.exec_driver_sql("LOCK TABLE entries IN SHARE MODE")
        writer = threading.Thread(target=lambda: case.record(INDEX_COUNT, at=at(60), by="ward", now=NOW))
        writer.start()
        time.sleep(1)
    writer.join()
    assert store.case("C1").sequence == 2
    store.database.close()
