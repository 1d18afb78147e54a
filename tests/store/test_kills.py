"""Killed at any moment, under load, a writer loses nothing that was acknowledged, and leaves nothing torn."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from pathway import PATHWAY
from pathway.store.audit import verify_log
from pathway.store.store import Store
from pathway.store.worklist import worklist
from tests.counts import tries
from tests.store.writers import NOW

KILLS = tries(20, 1000)
ROOT = Path(__file__).parents[2]
LOAD = 1
"""Other writers at the same time."""


class Forge:
    """The process that forks writers, and what they have acknowledged."""

    def __init__(self, url: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.writers", url], cwd=ROOT, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )  # fmt: skip
        self.acknowledged: list[tuple[str, int, str]] = []
        self.faults: list[str] = []

    def line(self) -> list[str]:
        words = self.process.stdout.readline().split()
        if not words:
            raise AssertionError(self.process.stderr.read())
        if words[0] == "ack":
            self.acknowledged.append((words[1], int(words[2]), words[3]))
        elif words[0] == "fault":
            self.faults.append(" ".join(words[1:]))
        return words

    def start(self, name: str, seed: int) -> int:
        self.process.stdin.write(f"write {name} {seed}\n")
        while (words := self.line())[0] != "writer":
            pass
        return int(words[1])

    def until(self, wanted: str) -> None:
        while self.line()[0] != wanted:
            pass

    def kill(self, pid: int) -> bool:
        """Kill a writer; whether it was still writing."""
        try:
            os.kill(pid, signal.SIGKILL)
            return True
        except ProcessLookupError:
            return False
        finally:
            self.until("ended")

    def close(self) -> None:
        self.process.stdin.write("stop\n")
        self.process.communicate()


@contextmanager
def load(url: str, acknowledged: list):
    """Others who write to the same store all the while, and are not killed."""
    ending = False

    def work(number: int) -> None:
        forge, turn = Forge(url), 0
        while not ending:
            turn += 1
            forge.start(f"load-{number}-{turn}", turn)
            forge.until("ended")
        forge.close()
        acknowledged.extend(forge.acknowledged)

    threads = [Thread(target=work, args=(number,)) for number in range(LOAD)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        ending = True
        for thread in threads:
            thread.join()


def test_a_thousand_kills_lose_nothing_that_was_acknowledged_and_tear_nothing(url, figure):
    chance = random.Random(20260126)
    forge = Forge(url)
    forge.start("first", 0)
    forge.until("ended")
    others: list[tuple[str, int, str]] = []
    kills = number = 0
    began = time.monotonic()
    with load(url, others):
        while kills < KILLS:
            number += 1
            pid = forge.start(f"victim-{number}", number)
            if number % 4:  # else perhaps while it still connects
                forge.until("ack")
            time.sleep(chance.random() ** 2 * 0.05)
            kills += forge.kill(pid)
    forge.close()
    took = time.monotonic() - began
    with Store(url, PATHWAY, create=False) as store:
        there = {(one.case_id, one.sequence): one.hash for one in store.entries()}
        acknowledged = [*forge.acknowledged, *others]
        lost = [one for one in acknowledged if there.get(one[:2]) != one[2]]
        assert not lost
        found = verify_log(store)
        assert found.damage == () and found.entries == len(there) >= len(set(acknowledged))
        assert len(there) - len(set(acknowledged)) <= kills + 2, "more than one unacknowledged entry for a kill"
        assert worklist(store, at=NOW).open_cases > 0
        figure(
            f"{kills} kills in {took:.0f} s beside another writer: {len(set(acknowledged)):,} entries acknowledged, "
            f"{len(there) - len(set(acknowledged))} more recorded at the moment of a kill; none lost, none torn"
        )
    assert any(case.startswith("shared") for case, _ in there)
