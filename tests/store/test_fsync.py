"""A disk that fails to synchronise a commit: the answer is "not known", and nothing is built on what may go."""

from __future__ import annotations

import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.model.errors import Unavailable
from pathway.store.audit import verify_log
from pathway.store.store import Store
from tests.children import BORN, NINE, fever
from tests.cli.terminal import pathway
from tests.store.children import NOW, opened
from tests.store.disk import Disk, records, watched

ROOT = Path(__file__).parents[2]


class Failing:
    """A store on a disk whose log cannot be synchronised for as long as `fails` is there."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.trace, self.fails = folder / "disk", folder / "trace", folder / "fails"
        self.folder.mkdir()
        self.file = self.folder / "cases.db"

    def process(self, wait: float = 5) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.store.fsync_writer", self.file, str(wait)],
            env=watched(self.folder, self.trace, self.fails), cwd=ROOT, text=True, bufsize=1,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        assert process.stdout.readline() == "ready\n"
        return process

    def says(self, *lines: str, wait: float = 5) -> list[str]:
        """What a process answers, which is then killed."""
        process = self.process(wait)
        out, _ = process.communicate("".join(f"{line}\n" for line in lines))
        return out.splitlines()

    def after_a_cut(self, folder: Path, seed: int) -> Path:
        """The store after a power cut now."""
        disk = Disk()
        for record in records(self.trace):
            disk.take(record)
        folder.mkdir()
        disk.cut(folder, random.Random(seed))
        return folder / "cases.db"


@pytest.fixture
def failing(tmp_path) -> Failing:
    return Failing(tmp_path)


def ask(process: subprocess.Popen[str], line: str) -> str:
    process.stdin.write(f"{line}\n")
    return process.stdout.readline().strip()


def fail_once(failing: Failing, key: str = "k") -> None:
    """A process records under a key; the disk fails in that commit, and all processes are killed.

    The log holds no older state of the pages that the entry is on, which would hide what becomes of the file. Another
    process keeps the log from being removed when the connection is given up.
    """
    assert failing.says("open C1", "close") == ["recorded", "closed"]
    idle, process = failing.process(), failing.process()
    assert ask(idle, "touch") == "touched"
    failing.fails.touch()
    said = ask(process, f"record {key}")
    failing.fails.unlink()
    for one in (process, idle):
        one.kill()
        one.communicate()
    assert said == (
        f"NotKnown: {failing.file}: the disk failed in a commit, and it is not known whether the entry was recorded. "
        "Record it again with the same source and key, or look at the case's history first"
    )


def keys(file: Path) -> list[str | None]:
    with Store(file, PATHWAY, create=False) as store:
        assert verify_log(store).damage == ()
        return [entry.source_key for entry in store.log_of("C1")]


@pytest.mark.parametrize("beside", ["nobody", "an idle reader"])
def test_an_entry_that_was_acknowledged_after_a_failed_fsync_survives_a_power_cut(failing, tmp_path, beside):
    fail_once(failing)
    idle = sqlite3.connect(failing.file)  # the last who leaves would move the log into the file
    if beside != "nobody":
        assert idle.execute("SELECT count(*) FROM entries").fetchone() == (2,)
    # The next process finds the entry whole in the log, which no disk has. Only then it may say that it is there.
    assert failing.says("record k", "record later") == ["already", "recorded"]
    for seed in range(10):
        assert keys(failing.after_a_cut(tmp_path / f"cut{seed}", seed)) == ["C1", "k", "later"]
    idle.close()


def test_a_power_cut_at_any_moment_while_the_log_is_made_durable_tears_nothing(failing, tmp_path):
    fail_once(failing)
    found = len(records(failing.trace))
    assert failing.says("record k") == ["already"]
    disk, chance = Disk(), random.Random(20260126)
    for number, one in enumerate(records(failing.trace)):
        disk.take(one)
        if number < found - 1:
            continue
        for again in range(3):
            folder = tmp_path / f"cut{number}-{again}"
            folder.mkdir()
            disk.cut(folder, chance)
            assert keys(folder / "cases.db") in (["C1"], ["C1", "k"])


def test_without_an_answer_in_between_the_entry_may_vanish_and_is_recorded_again(failing, tmp_path):
    fail_once(failing)
    file = failing.after_a_cut(tmp_path / "cut", 1)
    assert keys(file) == ["C1"]
    with Store(file, PATHWAY, create=False) as store:
        assert not record(store.case("C1"), "k").already
    assert keys(file) == ["C1", "k"]


def record(case, key: str):
    return case.record(fever("38.4"), at=NINE, by="ward", now=NOW, source="test", key=key)


def test_the_same_key_again_is_safe_in_the_process_that_saw_the_fault(failing, tmp_path):
    process = failing.process()
    assert ask(process, "open C1") == "recorded"
    failing.fails.touch()
    assert ask(process, "record k").startswith("NotKnown")
    assert "not known" in ask(process, "record k") or "the disk failed" in ask(process, "record k")
    failing.fails.unlink()
    assert ask(process, "record k") in ("recorded", "already")
    assert ask(process, "entries") == "entries 2"
    process.kill()
    process.communicate()
    for seed in range(5):
        assert keys(failing.after_a_cut(tmp_path / f"cut{seed}", seed)) == ["C1", "k"]


def test_opening_a_case_whose_commit_failed_is_not_known_and_the_same_key_again_is_safe(failing, tmp_path):
    assert failing.says() == []
    process = failing.process()
    failing.fails.touch()
    assert "it is not known whether the entry was recorded" in ask(process, "open C1")
    process.kill()
    process.communicate()
    # While the disk still fails, nobody answers that the case is open.
    assert "the disk failed" in failing.says("open C1")[0]
    failing.fails.unlink()
    assert failing.says("open C1") == ["recorded"]
    assert keys(failing.after_a_cut(tmp_path / "cut", 3)) == ["C1"]


def test_who_finds_a_log_and_may_not_write_now_acknowledges_nothing(failing, monkeypatch):
    fail_once(failing)
    other = sqlite3.connect(failing.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    read, again = failing.says("read", "record k", wait=0.2)
    assert read == "entries 2", "whoever reads does not wait"
    assert "another program is writing and did not end in time; nothing was recorded. Try again" in again
    monkeypatch.setitem(Store.__init__.__kwdefaults__, "wait", 0.2)
    done = pathway("case", "record", "C1", "haematology_consulted", "--by", "ward", "--store", str(failing.file))
    assert done.code == 75 and len(done.faults) == 1 and "nothing was recorded" in done.err
    other.execute("ROLLBACK")
    other.close()
    assert failing.says("record k") == ["already"]


def test_a_store_that_cannot_be_made_for_a_failing_disk_is_told_in_one_line(failing):
    failing.fails.touch()
    done = subprocess.run(
        [sys.executable, "-m", "tests.store.fsync_writer", failing.file], cwd=ROOT, text=True, capture_output=True,
        env=watched(failing.folder, failing.trace, failing.fails), check=False,
    )  # fmt: skip
    assert done.stdout == f"Unavailable: {failing.file}: the disk failed; nothing was opened. Try again\n"
    failing.fails.unlink()
    assert failing.says("open C1") == ["recorded"]


def test_a_reader_beside_it_does_not_stop_a_log_from_being_made_durable(failing, tmp_path):
    fail_once(failing)
    reader = sqlite3.connect(failing.file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM entries").fetchone()
    assert failing.says("record k", "record later", wait=0.2) == ["already", "recorded"]
    for seed in range(5):
        assert keys(failing.after_a_cut(tmp_path / f"cut{seed}", seed)) == ["C1", "k", "later"]
    reader.close()


def test_a_log_is_synchronised_once_and_again_only_after_a_fault(tmp_path, monkeypatch):
    from pathway.store import write_ahead

    with Store(tmp_path / "cases.db", PATHWAY) as first:
        opened(first)
        times = []
        real = write_ahead.WriteAhead._write_again
        monkeypatch.setattr(write_ahead.WriteAhead, "_write_again", lambda self: (times.append(1), real(self)))
        with Store(tmp_path / "cases.db", PATHWAY, create=False) as store:
            case = store.case("C1")
            for number in range(3):
                record(case, f"{number}")
            assert len(times) == 1
            store.database._write_ahead.doubt()
            record(case, "after")
            record(case, "after that")
            assert len(times) == 2


def test_a_log_that_cannot_be_written_again_is_told_in_one_line(tmp_path, monkeypatch):
    from pathway.store import write_ahead

    def broken(_) -> None:
        raise OSError(5, "Input/output error")

    with Store(tmp_path / "cases.db", PATHWAY) as first:
        case = opened(first)
        monkeypatch.setattr(write_ahead.WriteAhead, "_write_again", broken)
        first.database._write_ahead.doubt()
        with pytest.raises(Unavailable, match=r"cases.db: the disk failed; nothing was recorded. Try again$"):
            record(case, "k")
        monkeypatch.undo()
        assert record(case, "k").entry.sequence == 1
        assert first.open_case("C2", born=BORN, by="ward", now=NINE).sequence == 0
