"""The command line goes on with a log that was recorded under 0.1.0, and draws it, as that version has it."""

from __future__ import annotations

import io
import json
from pathlib import Path

from tests.cli.terminal import pathway

LOG = json.loads((Path(__file__).parent / "logs" / "index-case.json").read_text(encoding="utf-8"))["log"]
VERSION = "leukopenia-small-child 0.1.0, digest a95df0e0f5ce"


def test_drive_goes_on_with_an_old_log_under_its_own_version(tmp_path, monkeypatch):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(LOG), encoding="utf-8")
    monkeypatch.setattr("sys.stdin", io.StringIO("plan\nquit\n"))
    done = pathway("drive", "--log", str(file), "--at", "2026-03-01T09:00:00Z")
    assert (done.code, done.err) == (0, "")
    assert VERSION in " ".join(done.out.split())
    assert json.loads(file.read_text(encoding="utf-8"))["pathway"] == LOG["pathway"]


def test_the_way_of_an_old_log_is_drawn_under_its_own_version(tmp_path):
    file = tmp_path / "case.json"
    file.write_text(json.dumps(LOG), encoding="utf-8")
    done = pathway("draw", "--case", str(file), "--to", str(tmp_path), "--format", "svg")
    assert (done.code, done.err) == (0, "")
    drawn = list(tmp_path.glob("*.svg"))
    assert drawn
    assert all("0.1.0, digest a95df0e0f5ce" in " ".join(one.read_text(encoding="utf-8").split()) for one in drawn)
