"""Nothing that a user can type ends with 70, with a traceback, or not at all."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from pathway.cli import run
from pathway.model import pipes
from pathway.model.errors import BadInput, Unavailable
from pathway.model.outside import read_text
from tests.cli.hostile import BASES, VALUES, commands, laid_out, lines, typed
from tests.cli.terminal import INDEX, pathway
from tests.cli.test_main import ENTRY

FULL = bool(os.environ.get("PATHWAY_TEST_FULL"))
SHARE = 1 if FULL else 12
"""Of so many lines one is tried."""


@pytest.fixture
def here(tmp_path, monkeypatch):
    """A working directory with files of every kind."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipes, "WRITER_WITHIN", 0.1)
    laid_out(tmp_path)
    return tmp_path


def right(code: int, err: str) -> bool:
    """Whether a command ended as it should: with a result, or with lines that say what is wrong."""
    told = all(line.startswith("pathway: ") for line in err.splitlines())
    return code in (0, 1, 2, 75) and told and "Traceback" not in err and bool(err or code < 2)


def test_every_command_is_tried():
    assert set(BASES) == set(commands())
    assert len(list(lines())) > 9_000


@pytest.mark.parametrize("names", BASES, ids=" ".join)
def test_whatever_stands_anywhere_in_a_command_line_ends_with_a_result_or_a_line(here, names, figure):
    chosen = [line for line in lines() if line[: len(names)] == names]
    if SHARE > 1:
        chosen = random.Random(" ".join(names)).sample(chosen, max(len(chosen) // SHARE, min(len(chosen), 10)))
    for line in chosen:
        done = typed(*line)
        assert right(done.code, done.err), (line, done)
    if FULL:
        figure(f"{len(chosen):,} hostile lines of 'pathway {' '.join(names)}': none ends with 70")


def test_whatever_is_typed_at_the_prompt_ends_with_a_result_or_a_line(here):
    acts = ("", "help ", "anc ", "1 ", "undo ", "at ", "order ", "correct ", "withdraw ", "show ", "save ", "why ")
    drawn = random.Random(26)
    for _ in range(400 if FULL else 40):
        keys = "".join(f"{drawn.choice(acts)}{drawn.choice(VALUES)}\n" for _ in range(6))
        done = typed("drive", "--born", "2024-12-22", "--log", "kept.json", keys=keys)
        assert done.code in (0, 1, 2, 75, 130), (keys, done)
        Path("kept.json").unlink(missing_ok=True)


# --- each fault that was found, at its root ---------------------------------------------------------------------------

NAMES = {"option": ("drive", "--age", "13mo", "--log"), "argument": ("replay",), "many": ("trace", "--scenarios")}


@pytest.mark.parametrize("words", NAMES.values(), ids=NAMES)
@pytest.mark.parametrize(
    ("name", "said"),
    [("", "an empty name"), ("a\0b", "no name of a file"), ("\ud800", "no name of a file"),
     ("x" * 300, "longer than"), ("a/" * 1400, "longer than"), ("a/" * 3000, "longer than"),
     ("loop", "no name of a file")],
    ids=["empty", "NUL", "half a character", "long", "deep", "deeper", "a circle of links"],
)  # fmt: skip
def test_what_no_file_can_be_called_is_told(here, words, name, said):
    done = pathway(*words, name)
    (fault,) = done.faults
    assert done.code == 2 and said in fault and (not words[1:] or fault.startswith(words[-1][2:] + ": "))


@pytest.mark.parametrize("word", ["save", "record"])
@pytest.mark.parametrize("name", ["x" * 5000, "x" * 300, "é" * 200, "loop"])
def test_what_no_file_can_be_called_is_told_at_the_prompt_too(here, word, name):
    done = typed("drive", "--born", "2024-12-22", keys=f"{word} {name}\nquit\n")
    said = "longer than a name" if len(name) > 100 else "no name of a file"
    assert done.code == 0 and "Traceback" not in done.err
    assert said in " ".join((done.out + done.err).split())


def test_a_key_that_no_entry_can_hold_is_refused(here):
    done = pathway("case", "open", "C2", "--age", "13mo", "--by", "W", "--key", "\ud800", "--store", "cases.db")
    assert (done.code, done.faults) == (2, ["key: one line of words is wanted, of at most 200 characters"])


def test_a_device_is_no_place_for_a_log(here):
    before = os.stat("/dev/null").st_rdev
    done = pathway("drive", "--age", "13mo", "--log", "/dev/null")
    assert (done.code, done.faults) == (2, ["log: /dev/null is no file; name one"])
    assert os.stat("/dev/null").st_rdev == before


def test_a_folder_that_is_no_longer_there_is_told(tmp_path):
    gone = tmp_path / "gone"
    gone.mkdir()
    code = f"import os; os.rmdir({str(gone)!r}); from pathway.cli import main; main()"
    words = ("case", "open", "C1", "--age", "13mo", "--by", "W")
    done = subprocess.run([sys.executable, "-c", code, *words], cwd=gone, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == "pathway: the folder in which this was called is no longer there; change to another\n"


def test_work_whose_process_is_ended_from_outside_can_be_tried_again():
    pytest.importorskip("z3")
    from pathway.verify.workers import workers

    with pytest.raises(Unavailable, match="ended from outside"), workers(1) as pool:
        pool.submit(os.abort).result()


@pytest.mark.parametrize("program", ["", "x" * 300, "a/" * 3000, "/proc/self/mem", "/dev/null", "text", "a\0b"])
def test_a_renderer_that_cannot_be_run_is_told(here, program):
    done = pathway("draw", "--case", "story.toml", "--format", "svg", "--to", "drawn", "--renderer", program)
    (fault,) = done.faults
    assert done.code == 2 and fault.startswith("renderer '")


def test_a_line_without_end_is_not_read_without_end(here):
    done = typed("drive", "--age", "13mo", keys="\0" * 300_000)
    assert (done.code, done.faults) == (2, ["input: a line has more than 100,000 characters"])


@pytest.mark.parametrize("columns", ["²", "9" * 5000, "-1", "nan"])
def test_a_width_that_is_no_number_is_passed_over(monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich looks too
    assert run(("events", "anc")) == 0


# --- pipes ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words",
    [(*INDEX, "--reference", "pipe"), ("case", "import", "pipe"), ("replay", "folder of a pipe"), ("replay", "pipe"),
     ("draw", "--case", "pipe"),
     ("migrate", "C1", "--to", "./pipe", "--store", "cases.db"), ("verify", "--pathway", "pipe")],
    ids=" ".join,
)  # fmt: skip
def test_a_pipe_into_which_nobody_writes_is_not_waited_for(here, words):
    done = typed(*words)
    assert done.code == 2 and ("nobody writes into this pipe" in done.err or "no such file" in done.err)


def test_a_pipe_is_read_to_its_end_however_slow_its_writer(here, monkeypatch):
    monkeypatch.setattr(pipes, "WRITER_WITHIN", 5.0)

    def write():
        time.sleep(0.3)
        with open("pipe", "wb", buffering=0) as pipe:
            for part in (b"a", b"bc", b"d" * 200_000):
                time.sleep(0.2)
                pipe.write(part)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        assert read_text("pipe") == "abc" + "d" * 200_000
    finally:
        writer.join()


def test_a_pipe_that_was_filled_before_loses_nothing(here):
    reader = os.open("pipe", os.O_RDONLY | os.O_NONBLOCK)
    with open("pipe", "wb") as pipe:
        pipe.write(b"abc\n")
    assert read_text("pipe") == "abc\n"
    os.close(reader)


def test_an_input_without_end_is_not_read_without_end(here):
    done = typed("case", "import", "/dev/zero", "--store", "cases.db")
    assert done.code == 2 and done.err


def test_a_pipe_without_a_writer_says_how_long_it_was_looked_at(here):
    with pytest.raises(BadInput, match="nobody writes into this pipe"):
        read_text("pipe")


# --- the environment --------------------------------------------------------------------------------------------------

SETTINGS = {
    "PATHWAY_STORE": ("", "dir", "pipe", "socket", "bytes", "text", "/dev/full", "x" * 5000, "none/x", "\udcff", "http://["),
    "PATHWAY_BY": ("", "x" * 5000, "\udcff", "a\nb"),
    "TZ": ("", ":", "Europe/Nowhere", "../../etc/passwd", "x" * 5000, "<+99>99", "\udcff", "/"),
    "COLUMNS": ("", "0", "-1", "9" * 5000, "²", "nan", "\udcff"),
    "NO_COLOR": ("", "1"), "FORCE_COLOR": ("", "1", "x"), "TERM": ("", "dumb", "x" * 5000, "\udcff"),
    "LC_ALL": ("", "C", "xx_YY.utf9", "tr_TR.UTF-8", "\udcff"), "LANG": ("xx", "POSIX"), "PYTHONIOENCODING": ("ascii",),
    "TMPDIR": ("none/x", "/dev/full"), "HOME": ("", "none/x"), "SHELL": ("", "\udcff"),
}  # fmt: skip
TYPED = (
    ("advise", "--age", "13mo", "--wbc", "2.5"), ("case", "open", "C9", "--age", "13mo", "--by", "W"), ("worklist",),
    ("case", "record", "C1", "blood_count_reported", "anc=0.7"), ("drive", "--age", "13mo"), ("completion",),
)  # fmt: skip


@pytest.mark.parametrize("name", SETTINGS)
def test_whatever_the_environment_says_a_command_ends_with_a_result_or_a_line(here, name):
    drawn = random.Random(name)
    for value in SETTINGS[name] if FULL else drawn.sample(SETTINGS[name], min(len(SETTINGS[name]), 3)):
        for words in TYPED if FULL else drawn.sample(TYPED, 1):
            store = {} if name == "PATHWAY_STORE" else {"PATHWAY_STORE": "cases.db"}
            done = subprocess.run(
                [*ENTRY, *words], env={**os.environ, **store, name: value}, stdin=subprocess.DEVNULL, timeout=60,
                capture_output=True, text=True, errors="replace", check=False,
            )  # fmt: skip
            bar = name == "FORCE_COLOR" and "\x1b[2K" in done.stderr  # the bar of progress, asked for
            assert right(done.returncode, "" if bar else done.stderr), (name, value, words, done)
