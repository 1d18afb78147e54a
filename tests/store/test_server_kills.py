"""All processes of a PostgreSQL server killed at any moment: nothing acknowledged is lost, doubled or torn."""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pathway import PATHWAY
from pathway.store.audit import verify_log
from pathway.store.store import Store
from tests.counts import tries
from tests.store.crash_writers import FILE_CASES, FILE_EVENTS
from tests.store.own_server import OwnServer

if TYPE_CHECKING:
    from collections.abc import Iterator

KILLS = tries(2, 50)
ROOT = Path(__file__).parents[2]
WRITERS = {"patient": 20.0, "hasty": 0.3, "import": 5.0}
"""Seconds that each waits. The hasty one hears that it is not known: its server is not back by then."""


@pytest.fixture
def own_server() -> Iterator[OwnServer]:
    with tempfile.TemporaryDirectory(prefix="pathway-", ignore_cleanup_errors=True) as folder:
        made = OwnServer(folder)
        made.start()
        made.until_ready()
        Store(made.url, PATHWAY).close()
        yield made
        made.kill_all(random.Random(0))


class Writer:
    """A process of `crash_writers`, and the file of what it says."""

    def __init__(self, url: str, name: str, folder: Path, *how: str) -> None:
        self.name, self.file = name, folder / name
        words = [sys.executable, "-m", "tests.store.crash_writers", url, name, name, str(WRITERS[name]), *how]
        with self.file.open("wb") as out:
            self.process = subprocess.Popen(words, cwd=ROOT, stdin=subprocess.PIPE, stdout=out, stderr=subprocess.PIPE)

    def lines(self) -> list[list[str]]:
        return [line.split() for line in self.file.read_text(encoding="utf-8").splitlines(keepends=False)]

    def acknowledged(self) -> int:
        return sum(line[0] == "ack" for line in self.lines())

    def end(self) -> None:
        """Let it end the call that is under way."""
        _, said = self.process.communicate(timeout=120)
        assert self.process.returncode == 0 and self.lines()[-1] == ["done"], said.decode()


@contextmanager
def writing(url: str, folder: Path, *how: str) -> Iterator[list[Writer]]:
    writers = [Writer(url, name, folder, *how) for name in WRITERS]
    try:
        yield writers
    finally:
        for writer in writers:
            with suppress(ProcessLookupError):
                writer.process.kill()
            writer.process.wait()
            for stream in (writer.process.stdin, writer.process.stderr):
                if stream is not None:
                    stream.close()


def until_all_write(writers: list[Writer]) -> None:
    """Wait until each has an entry more."""
    before = [writer.acknowledged() for writer in writers]
    until = time.monotonic() + 60
    while any(writer.acknowledged() <= had for writer, had in zip(writers, before, strict=True)):
        for writer in writers:
            assert writer.process.poll() is None, writer.process.stderr.read().decode()
        assert time.monotonic() < until
        time.sleep(0.01)


def killed_again_and_again(server: OwnServer, writers: list[Writer]) -> tuple[int, int]:
    """Kill the server, now and then while it still recovers; how many processes that were, and how many recoveries."""
    chance = random.Random(20260126)
    processes = recovering = 0
    for number in range(KILLS):
        if number % 5 == 4:
            time.sleep(chance.random() * 0.15)
            recovering += 1
        else:
            server.until_ready()
            until_all_write(writers)
            time.sleep(chance.random() ** 2 * 0.3)
        processes += server.kill_all(chance)
        if chance.random() < 0.5:
            time.sleep(chance.random())  # away for longer than the hasty one waits
        server.start()
    server.until_ready()
    return processes, recovering


def said_of(writers: list[Writer]) -> tuple[dict[str, tuple[str, int, str]], Counter[str]]:
    """What was acknowledged under each key, and how often each word was said. No word is false."""
    acknowledged: dict[str, tuple[str, int, str]] = {}
    said: Counter[str] = Counter()
    for writer in writers:
        heard: set[str] = set()
        for word, *rest in writer.lines():
            said[word] += 1
            if word != "ack":
                heard.add(word)
                continue
            key, case, sequence, found, how = rest
            assert how == "new" or "unknown" in heard, f"{key}: it was there, and all that was said is {heard}"
            assert acknowledged.setdefault(key, (case, int(sequence), found)) == (case, int(sequence), found)
            said[how] += 1
            heard.clear()
    return acknowledged, said


def test_fifty_kills_of_all_processes_of_a_server_lose_double_and_tear_nothing(own_server, tmp_path, figure):
    began = time.monotonic()
    with writing(own_server.url, tmp_path) as writers:
        processes, recovering = killed_again_and_again(own_server, writers)
        until_all_write(writers)
        for writer in writers:
            writer.process.stdin.close()
            writer.process.stdin = None
        for writer in writers:
            writer.end()
        acknowledged, said = said_of(writers)
    took = time.monotonic() - began
    with Store(own_server.url, PATHWAY, create=False, wait=60) as store:
        there = {(one.case_id, one.sequence): one.hash for one in store.entries()}
        lost = [key for key, (case, sequence, found) in acknowledged.items() if there.get((case, sequence)) != found]
        assert lost == []
        assert store.entry_count() == len(there) == len(set(acknowledged.values())) == len(acknowledged)
        found = verify_log(store)
        assert found.damage == () and found.entries == len(there)
        imported = Counter(case for case, _ in there if case.startswith("import"))
        assert set(imported.values()) == {1 + len(FILE_EVENTS)} and len(imported) % FILE_CASES == 0
    assert said["unknown"] > 0 or KILLS < 5
    figure(
        f"{KILLS} kills of all processes of a server, {processes} processes, {recovering} kills in a recovery, "
        f"{took:.0f} s: {len(acknowledged):,} entries acknowledged, lost 0, doubled 0, torn 0; "
        f"{said['unknown']} times 'not known', {said['nothing']:,} times 'nothing was recorded', each true"
    )


def test_a_server_that_answers_before_its_log_is_on_the_disk_does_lose_entries(own_server, tmp_path):
    """Else the test above is worth nothing."""
    with writing(own_server.url, tmp_path, "careless") as writers:
        until_all_write(writers)
        own_server.kill_all(random.Random(0))
    own_server.start()
    own_server.until_ready()
    acknowledged, _ = said_of(writers)
    with Store(own_server.url, PATHWAY, create=False, wait=60) as store:
        there = {(one.case_id, one.sequence): one.hash for one in store.entries()}
    lost = [key for key, (case, sequence, found) in acknowledged.items() if there.get((case, sequence)) != found]
    assert lost
