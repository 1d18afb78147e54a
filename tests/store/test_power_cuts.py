"""A power cut at any moment: no entry that was acknowledged is lost, and none is torn.

`tests/store/disk.py` says what may be on the disk after a cut.
"""

from __future__ import annotations

import random
import shutil
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.model.errors import BadInput
from pathway.store.audit import verify_log
from pathway.store.store import Store
from tests.counts import tries
from tests.store.children import opened
from tests.store.disk import Disk, Record, records, watched

CUTS = tries(20, 200)
OF_A_RUN = 20
ROOT = Path(__file__).parents[2]


def run(folder: Path, seed: int, *how: str) -> list[Record]:
    """What writers do to a disk."""
    folder.mkdir()
    trace = folder.with_suffix(".trace")
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.power_writers", folder, str(seed), *how], env=watched(folder, trace),
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return records(trace)


def lost_in(recorded: list[Record], cuts: int, chance: random.Random, folder: Path) -> tuple[int, int, list[str]]:
    """Cut the power at some moments of a run: how many were acknowledged, how many more are there, what is wrong."""
    disk, acknowledged, more, wrong = Disk(), 0, 0, []
    moments = sorted(chance.sample(range(len(recorded)), cuts))
    for number, record in enumerate(recorded):
        disk.take(record)
        if number not in moments:
            continue
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        disk.cut(folder, chance)
        told = [line.split() for line in disk.content("acks").decode().splitlines()]
        acknowledged += len(told)
        try:
            with Store(folder / "cases.db", PATHWAY, create=not told) as store:
                there = {(one.case_id, str(one.sequence)): one.hash for one in store.entries()}
                wrong += [f"record {number}: {damage}" for damage in verify_log(store).damage]
        except BadInput as fault:
            wrong.append(f"record {number}: {fault}")
            continue
        wrong += [f"record {number}: lost {one}" for one in told if there.get((one[0], one[1])) != one[2]]
        more += len(there) - len(told)
    return acknowledged, more, wrong


def test_two_hundred_power_cuts_lose_nothing_that_was_acknowledged_and_tear_nothing(tmp_path, figure):
    chance, began = random.Random(20260126), time.monotonic()
    acknowledged = more = made = 0
    for number in range(CUTS // OF_A_RUN):
        recorded = run(tmp_path / f"run{number}", number)
        made += len(recorded)
        told, others, wrong = lost_in(recorded, OF_A_RUN, chance, tmp_path / "cut")
        assert not wrong
        acknowledged, more = acknowledged + told, more + others
    figure(
        f"{CUTS} power cuts among {made:,} writes and synchronisations of 3 writers, "
        f"{time.monotonic() - began:.0f} s: {acknowledged:,} acknowledged entries looked for, {more} more found; none "
        "lost, none torn"
    )


def test_the_cuts_find_entries_that_were_not_synchronised(tmp_path):
    recorded = run(tmp_path / "run", 1, "careless")
    _, _, wrong = lost_in(recorded, 10, random.Random(1), tmp_path / "cut")
    assert any("lost" in one for one in wrong)


@pytest.mark.parametrize("fault", ["a write that was not synchronised", "a write that was"])
def test_after_a_cut_only_what_was_synchronised_is_sure(tmp_path, fault):
    disk = Disk()
    for record in [Record("d", 1, 0, b"/x"), Record("o", 2, 0, b"/x/f"), Record("b", 1, 7, b""),
                   Record("s", 1, 7, b""), Record("w", 2, 0, b"a" * 9000)]:  # fmt: skip
        disk.take(record)
    if fault == "a write that was":
        disk.take(Record("b", 2, 7, b""))
        disk.take(Record("w", 2, 9000, b"b" * 10))  # while it is being synchronised: not sure
        disk.take(Record("s", 2, 7, b""))
    found = set()
    for seed in range(40):
        disk.cut(tmp_path, random.Random(seed))
        found.add((tmp_path / "f").read_bytes())
    if fault == "a write that was":
        assert found == {b"a" * 9000, b"a" * 9000 + b"b" * 10}
    else:
        assert len(found) > 3 and b"" in found


def test_a_torn_row_of_the_heads_is_damage_and_no_fault_of_the_program(tmp_path):
    with Store(tmp_path / "cases.db", PATHWAY) as store:
        opened(store)
    tables = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
    for (name,) in tables.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        tables.execute(f"DROP TRIGGER {name}")
    tables.execute("PRAGMA writable_schema = ON")
    tables.execute("UPDATE sqlite_master SET sql = replace(sql, 'NOT NULL', '') WHERE name = 'heads'")
    tables.close()
    torn = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
    torn.execute("INSERT INTO heads (number) VALUES (99)")
    torn.close()
    with Store(tmp_path / "cases.db", PATHWAY, create=False) as store:
        assert any("a row of the table heads" in str(damage) for damage in verify_log(store).damage)
