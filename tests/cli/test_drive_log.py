"""`pathway drive`: the log is kept, and a session goes on from it."""

from __future__ import annotations

import json
import os
import sys
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest

from pathway import PATHWAY
from pathway.cli.drive.files import KeptFile
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from tests.children import INDEX_COUNT, told
from tests.cli.driving import CHILD, COUNT, drive, entries, faults
from tests.cli.terminal import pathway


def test_a_resumed_log_goes_on_and_undo_stops_at_its_end(log):
    args = ("--log", str(log))
    drive(COUNT, args=(*CHILD, *args))
    done = drive("undo", "haematology_consulted", "", "undo 2", "log", args=(*CHILD, *args))
    assert faults(done) == [
        "undo: there is nothing of this session to take back; the entries from before it stay",
        "undo: there is 1 step of this session to take back; the entries from before it stay",
    ]
    listed = done.out.rpartition("> log")[2]
    assert "from before this session" in " ".join(listed.partition("e2")[0].split())
    assert "from before" not in " ".join(listed.partition("e2")[2].split())
    assert [one["event"] for one in entries(log)] == ["blood_count_reported", "haematology_consulted"]


def test_a_resumed_case_is_the_case_that_was_saved(log):
    drive(COUNT, "clock 1d", "haematology_consulted", "", args=(*CHILD, "--log", str(log)))
    text = log.read_bytes()
    done = drive("plan", args=("--log", str(log)))
    assert done.code == 0
    assert "State: Specialist work-up" in done.out
    assert log.read_bytes() == text
    assert "The last entry is of 2026-01-23 09:00; the session follows the clock." in " ".join(done.out.split())


def test_save_keeps_the_log_from_then_on_and_never_overwrites_another_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    other, log = Path("other.json"), Path("new.json")
    other.write_text("mine", encoding="utf-8")
    done = drive("save", f"save {other}", COUNT, f"save {log}", "haematology_consulted", "")
    assert faults(done) == [
        "save: to which file? write for example save case.json",
        f"log: {other} exists; it is not overwritten. Name another file",
    ]
    assert other.read_text(encoding="utf-8") == "mine"
    assert len(entries(log)) == 2


class Interrupted(StringIO):
    """Answers, and then Ctrl-C."""

    def readline(self, size: int | None = -1) -> str:
        line = super().readline()
        if not line:
            raise KeyboardInterrupt
        return line


@pytest.mark.parametrize("within", [(), ("haematology_consulted",), ("order order_bone_marrow", "Dr Sato")])
def test_an_interrupt_exits_with_130_and_loses_nothing(log, story, within):
    lines = "\n".join((COUNT, *within)) + "\n"
    with patch.object(sys, "stdin", Interrupted(lines)):
        done = pathway("drive", *CHILD, "--log", str(log), "--record", str(story))
    assert done.code == 130
    assert [one["event"] for one in entries(log)] == ["blood_count_reported"]
    assert replay(parse_scenario(story.read_text(encoding="utf-8"), PATHWAY), PATHWAY).passed
    assert "Interrupted." in done.out


def test_the_log_is_on_disk_after_each_step_and_not_only_at_the_end(log):
    seen: list[int] = []

    class Watching(StringIO):
        def readline(self, size: int | None = -1) -> str:
            seen.append(len(entries(log)) if log.exists() else 0)
            return super().readline()

    with patch.object(sys, "stdin", Watching(f"{COUNT}\norder\nhaematology_consulted\n\nundo\n")):
        pathway("drive", *CHILD, "--log", str(log))
    assert seen == [0, 1, 1, 1, 2, 1]


def _case(**changes: object) -> str:
    return json.dumps({**json.loads(told(INDEX_COUNT).to_json()), **changes})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "this is no JSON"),
        ("", "this is no JSON"),
        ("[]", "no case of format 1"),
        (_case(format=9), "no case of format 1"),
        (_case(pathway={"id": "other", "version": "9.9", "digest": "0" * 64}), "another pathway (other 9.9)"),
        (_case(born="yesterday"), "born is no date"),
        (_case(entries=[{"id": "e1", "kind": "event", "at": "2026-01-22T09:00:00Z", "event": "blod"}]), "event 'blod'"),
        (_case(entries=[{"id": "e1", "kind": "event", "event": "examined", "with": {"x": 1, "y": 2}}]), "unknown fact"),
        (told(INDEX_COUNT).to_json()[:-200], "this is no JSON"),
    ],
    ids=lambda value: value[-30:] if isinstance(value, str) else None,
)  # fmt: skip
def test_a_log_that_is_damaged_or_of_another_pathway_is_refused_in_one_line_and_left_as_it_is(log, text, words):
    log.write_text(text, encoding="utf-8")
    done = drive(COUNT, args=(*CHILD, "--log", str(log)))
    assert (done.code, done.out) == (2, "")
    (fault,) = done.faults
    assert fault.startswith(f"log: {log} is left as it is: ")
    assert words in fault
    assert log.read_text(encoding="utf-8") == text


def test_a_log_that_is_no_text_or_no_file_is_refused_in_one_line(tmp_path):
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    for name in ("bytes", "", "none/case.json"):
        done = drive(args=(*CHILD, "--log", str(tmp_path / name)))
        assert (done.code, done.out, len(done.faults)) == (2, "", 1)
        assert done.faults[0].startswith("log: ")


@pytest.mark.parametrize(
    ("args", "word"),
    [((), ""), (("--age", "13mo"), ""), (("--born", "2024-12-22"), ""), (("--born", "2024-12-23"), "born: "),
     (("--tz", "Asia/Tokyo"), "timezone: "), (("--tz", "Nowhere"), "timezone: "), (("--age", "x"), "age: ")],
)  # fmt: skip
def test_a_resumed_log_knows_its_child_and_another_one_is_refused(log, args, word):
    log.write_text(told(INDEX_COUNT).to_json(), encoding="utf-8")
    done = drive(args=(*args, "--log", str(log), "--at", "2026-01-22T09:30:00Z"))
    assert done.code == (2 if word else 0)
    assert [fault.startswith(word) for fault in done.faults] == [True] * bool(word)


def test_what_another_program_wrote_meanwhile_is_not_overwritten(log):
    class Meddling(StringIO):
        def readline(self, size: int | None = -1) -> str:
            line = super().readline()
            if line.startswith("haem"):
                log.write_text("theirs", encoding="utf-8")
            return line

    with patch.object(sys, "stdin", Meddling(f"{COUNT}\nhaematology_consulted\n\n")):
        done = pathway("drive", *CHILD, "--log", str(log))
    assert done.code == 1
    assert f"log: {log} was changed by another program meanwhile" in done.faults[0]
    assert log.read_text(encoding="utf-8") == "theirs"


def test_a_log_that_cannot_be_written_is_told_and_the_old_one_stays_whole(log):
    drive(COUNT, args=(*CHILD, "--log", str(log)))
    text = log.read_bytes()
    with patch("os.replace", side_effect=OSError(28, "No space left on device")):
        done = drive("haematology_consulted", "", "log", args=(*CHILD, "--log", str(log)))
    assert done.code == 1
    assert "cannot be written: No space left on device" in faults(done)[0]
    assert "e2" in done.out.rpartition("> log")[2]  # the session went on
    assert log.read_bytes() == text
    assert os.listdir(log.parent) == [log.name]


def test_a_link_stays_a_link_and_what_it_points_to_is_replaced(tmp_path):
    (tmp_path / "real").write_text("old", encoding="utf-8")
    (tmp_path / "link").symlink_to(tmp_path / "real")
    KeptFile(str(tmp_path / "link"), "log").write("new")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_text(encoding="utf-8") == "new"
