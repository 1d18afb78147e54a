"""A commit whose answer never came: recorded, not recorded, or not known; and what is said is so."""

from __future__ import annotations

import threading
import time
from collections import Counter
from functools import partial

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.errors import BadInput, Unavailable
from pathway.store import server
from pathway.store.audit import verify_log
from pathway.store.database import Database
from pathway.store.migration import migrate
from pathway.store.sessions import Unsettled
from pathway.store.store import Store
from pathway.store.transfer import export, take
from tests.children import BORN, INDEX_COUNT, at
from tests.counts import tries
from tests.store.children import NOW, opened, tell
from tests.store.proxy import CUTS, Proxy

TIMES = tries(20, 200)
ACTS = ("open", "record", "record with a key", "migrate", "import")
OTHER = evolve(PATHWAY, version="0.9.9")
WAIT = 1.5


@pytest.fixture
def proxy(emptied, monkeypatch):
    """A proxy before an empty store. It finds statements by their words, so none is prepared, and called by a name."""
    monkeypatch.setattr(server, "connected", partial(server.connected, prepare_threshold=None))
    Store(emptied, PATHWAY).close()
    made = Proxy(emptied)
    yield made
    made.close()


def lines_of(tmp_path, name: str) -> list[str]:
    with Store(tmp_path / f"{name}.db", PATHWAY) as there:
        tell(opened(there, name), INDEX_COUNT)
        return list(export(there))


def act(store: Store, name: str, what: str, lines: list[str]) -> None:
    match what:
        case "open":
            store.open_case(name, born=BORN, by="ward", now=NOW, source="ward", key=f"open {name}")
        case "import":
            take(store, lines, now=NOW)
        case "migrate":
            migrate(store, store.case(name), OTHER, by="Dr M", now=NOW, acknowledge_another_way=True)
        case _:
            key = f"message {name}" if "key" in what else ""
            store.case(name).record(INDEX_COUNT, at=at(), by="ward", now=NOW, source="ward", key=key)


def answered(store: Store, name: str, what: str, lines: list[str]) -> str:
    """What a call says of itself. Its line and its kind agree."""
    fault: Unavailable | None = None
    try:
        act(store, name, what, lines)
    except Unavailable as raised:
        fault = raised
    if fault is None:
        return "recorded"
    assert len(fault.faults) == 1
    answer = "not known" if isinstance(fault, Unsettled) else "not recorded"
    assert ("it is not known" in str(fault)) == (answer == "not known")
    nothing = "nothing was imported" if what == "import" else "nothing was recorded"
    assert (nothing in str(fault)) == (answer == "not recorded"), fault
    return answer


def entries_of(store: Store, name: str) -> int:
    return len(store.raw_log(name))


def test_every_answer_about_a_cut_commit_is_true_and_repeating_it_records_it_once(proxy, emptied, tmp_path, figure):
    said: Counter[str] = Counter()
    with Store(emptied, PATHWAY) as direct:
        for number in range(TIMES):
            what, how, name = ACTS[number % len(ACTS)], CUTS[number % len(CUTS)], f"C{number}"
            refuse = number % 9 == 8
            lines = lines_of(tmp_path, name) if what == "import" else []
            if what not in ("open", "import"):
                opened(direct, name)
            before = entries_of(direct, name)
            added = {"import": 2}.get(what, 1)
            with Store(proxy.url, PATHWAY, create=False, wait=WAIT) as store:
                proxy.cut_at(b"INSERT INTO entries" if "record" in what else b"COMMIT", how, refuse=refuse)
                began = time.monotonic()
                answer = answered(store, name, what, lines)
                assert time.monotonic() - began < WAIT + 2
                store.database.close()
            if how in ("held", "under way"):
                time.sleep(0.8)  # what was held back would have arrived by now
            there = entries_of(direct, name) - before
            assert {"recorded": (added,), "not recorded": (0,), "not known": (0, added)}[answer].count(there) == 1, (
                what, how, answer, there)  # fmt: skip
            assert (answer == "not known") == refuse
            said[answer] += 1
            proxy.refuses = False
            proxy.drop_links()
            if what in ("open", "record with a key", "import"):
                with Store(proxy.url, PATHWAY, create=False) as store:
                    act(store, name, what, lines)
                assert entries_of(direct, name) - before == added
        assert proxy.cuts == TIMES and verify_log(direct).damage == ()
    figure(f"{TIMES} commits cut by a proxy, every answer true: " + ", ".join(f"{one} {n}" for one, n in said.items()))


@pytest.mark.parametrize("what", ACTS)
def test_a_commit_that_can_never_be_looked_up_is_not_called_unrecorded(proxy, emptied, tmp_path, what):
    lines = lines_of(tmp_path, "C1") if what == "import" else []
    with Store(emptied, PATHWAY) as direct, Store(proxy.url, PATHWAY, create=False, wait=WAIT) as store:
        if what not in ("open", "import"):
            opened(direct, "C1")
        proxy.cut_at(b"INSERT INTO entries" if "record" in what else b"COMMIT", "after", refuse=True)
        assert answered(store, "C1", what, lines) == "not known"
        store.database.close()


@pytest.mark.parametrize("released", [True, False])
def test_a_statement_that_is_still_under_way_when_its_client_is_cut_is_not_called_unrecorded(proxy, emptied, released):
    """The table is locked by another, so the statement waits: until the lock goes, or its session is ended."""
    with Store(emptied, PATHWAY, wait=20) as direct, Store(proxy.url, PATHWAY, create=False, wait=3) as store:
        opened(direct)
        case = store.case("C1")
        proxy.cut_at(b"INSERT INTO entries", "under way")
        told: list[str] = []

        def write() -> None:
            try:
                case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
                told.append("recorded")
            except Unavailable as fault:
                told.append(str(fault))
            store.database.give_back()

        writer = threading.Thread(target=write)
        with direct.database.writing() as connection:
            connection.exec_driver_sql("LOCK TABLE entries IN SHARE MODE")
            writer.start()
            if released:
                time.sleep(0.8)
                assert told == [], "nothing is said while it is under way"
            else:
                writer.join(10)
                assert "nothing was recorded" in told[0], "its session was ended, and left nothing"
        writer.join(10)
        assert told == ["recorded"] if released else len(told) == 1
        time.sleep(0.3)
        assert entries_of(direct, "C1") == (2 if released else 1)


def test_a_commit_is_looked_up_again_where_the_first_look_finds_no_connection(proxy, emptied):
    with Store(emptied, PATHWAY) as direct, Store(proxy.url, PATHWAY, create=False, wait=WAIT) as store:
        opened(direct)
        case = store.case("C1")
        proxy.cut_at(b"INSERT INTO entries", "half an answer", refuse=True)
        threading.Timer(0.5, lambda: setattr(proxy, "refuses", False)).start()
        assert case.record(INDEX_COUNT, at=at(), by="ward", now=NOW).entry.sequence == 1
        assert entries_of(direct, "C1") == 2


def test_a_migration_that_is_recorded_is_not_called_unrecorded_where_the_case_cannot_be_read_after_it(
    store, monkeypatch
):
    opened(store)
    case = store.case("C1")

    def unreadable(_):
        raise Unavailable("nothing was read")

    with monkeypatch.context() as patched:
        patched.setattr("pathway.store.stored_case.StoredCase.refresh", unreadable)
        patched.setattr("pathway.store.store.Store.log_of", lambda *_: unreadable(None))
        case.case  # noqa: B018  # it is read before
        entry, _ = migrate_told(store, case)
    assert case.sequence == entry.sequence == 1 and case.pathway.version == OTHER.version


def migrate_told(store: Store, case):
    """A migration whose preview has the log, and nothing is read after it."""
    case.told = list
    try:
        return migrate(store, case, OTHER, by="Dr M", now=NOW, acknowledge_another_way=True)
    finally:
        del case.told


def test_a_place_that_another_took_while_a_commit_was_cut_is_a_conflict(proxy, emptied):
    with Store(emptied, PATHWAY) as direct, Store(proxy.url, PATHWAY, create=False, wait=WAIT) as store:
        opened(direct)
        case, other = store.case("C1"), direct.case("C1")
        proxy.cut_at(b"INSERT INTO entries", "before")
        writing = Database.add

        def overtaken(self, *args):
            Database.add = writing
            other.record(INDEX_COUNT, at=at(1), by="another ward", now=NOW)
            return writing(self, *args)

        Database.add = overtaken
        try:
            with pytest.raises(Unavailable, match="somebody else recorded an entry meanwhile; nothing was recorded"):
                case.record(INDEX_COUNT, at=at(), by="ward", now=NOW)
        finally:
            Database.add = writing
        assert entries_of(direct, "C1") == 2


def test_an_opening_by_a_key_is_one_and_another_opening_under_that_key_is_refused(store):
    def open_it(name: str = "C1", born=BORN, key: str = "a") -> str:
        return store.open_case(name, born=born, by="ward", now=NOW, source="ward", key=key).id

    assert open_it() == open_it() == "C1" and len(store.log_of("C1")) == 1
    with pytest.raises(BadInput, match="by this key with another date of birth or time zone"):
        open_it(born=BORN.replace(day=1))
    with pytest.raises(BadInput, match="of this source is taken by another entry"):
        open_it("C2")
    with pytest.raises(BadInput, match="it is open already"):
        open_it(key="b")
    store.case("C1").record(INDEX_COUNT, at=at(), by="ward", now=NOW, source="ward", key="c")
    with pytest.raises(BadInput, match="of this source is taken by another entry"):
        open_it(key="c")
