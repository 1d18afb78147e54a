from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from html import unescape
from io import StringIO
from pathlib import Path
from unittest.mock import patch

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.draw.diagram import phases_of
from pathway.draw.matrix import matrix
from pathway.draw.phases import name_of
from pathway.model.canonical import with_changes
from pathway.model.guards import Compare
from pathway.scenarios.index import Index
from tests.cli.terminal import pathway

ROOT = Path(__file__).parents[2]
GOOD = """
title = "A low count"
why = "To have something small."
born = 2024-12-22

[[step]]
at = 2026-01-22T09:00:00Z
event = "blood_count_reported"
with = { anc = "0.7 10*9/L", alc = "1.4 10*9/L" }
"""
PAIRS = [name_of(phase) for phase in phases_of(PATHWAY)]
DOT = shutil.which("dot")
needs_dot = pytest.mark.skipif(DOT is None, reason="PDF wants a Graphviz of the system, and there is none")


@pytest.fixture(scope="module")
def stories(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("stories") / "scenarios"
    folder.mkdir()
    (folder / "low.toml").write_text(GOOD, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(stories, tmp_path_factory) -> Path:
    """A folder with every file, drawn with one scenario."""
    folder = tmp_path_factory.mktemp("drawn") / "diagrams"
    done = pathway("draw", "--to", str(folder), "--scenarios", str(stories), "--format", "svg")
    assert (done.code, done.err) == (0, "")
    return folder


@pytest.fixture
def drawn(whole, tmp_path) -> Path:
    """A copy of that folder, to be changed."""
    return Path(shutil.copytree(whole, tmp_path / "diagrams"))


@pytest.fixture
def little(monkeypatch):
    """One sheet stands for all: where it matters only that files are written or not."""
    monkeypatch.setattr("pathway.draw.files.sheets_of", lambda *_, **__: iter([matrix(PATHWAY)]))


def draw(folder: Path, stories: Path, *more: str):
    return pathway("draw", "--to", str(folder), "--scenarios", str(stories), "--format", "svg", *more)


def content(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def words_of(svg: Path) -> str:
    """What is said in a picture, in the order in which it is drawn."""
    return " ".join(unescape(" ".join(re.findall(r">([^<>]*)</text>", svg.read_text(encoding="utf-8")))).split())


# --- the files for sign-off ---------------------------------------------------------------------------------------


def test_the_committed_files_are_those_of_this_pathway_and_can_be_read(monkeypatch):
    monkeypatch.chdir(ROOT)
    done = pathway("draw", "--check")
    assert done.code == 0, done.out
    assert "nothing overlaps" in done.out


def test_everything_for_sign_off_is_drawn(whole):
    names = {path.name for path in whole.iterdir()}
    for name in ("overview", *PAIRS, "advice-and-orders", "legend"):
        assert {f"{name}.dot", f"{name}.svg", f"{name}.mmd"} <= names
    assert {"rulebook.md", "pathway.html", "scenarios.json", "made.json"} <= names
    assert not [name for name in names if name.startswith(".")]


def test_check_names_what_was_tampered_with_what_is_missing_and_what_is_left_over_and_draw_mends_it(drawn, stories):
    before = content(drawn)
    picture = drawn / "overview.svg"
    picture.write_bytes(picture.read_bytes().replace(b"20", b"25", 1))
    (drawn / "legend.mmd").unlink()
    (drawn / "phase-9-invented.svg").write_bytes(b"<svg/>")
    done = draw(drawn, stories, "--check")
    assert done.code == 1
    assert sorted(done.out.splitlines()) == [
        f"{drawn}/legend.mmd: missing; run 'pathway draw'",
        f"{drawn}/overview.svg: stale; run 'pathway draw'",
        f"{drawn}/phase-9-invented.svg: none of these drawings; remove it",
    ]
    done = draw(drawn, stories)
    assert done.code == 0
    assert f"2 written, {len(before) - 2} as they were" in done.out
    strange = content(drawn)
    assert strange.pop("phase-9-invented.svg") == b"<svg/>", "what it did not draw it does not remove"
    assert strange == before


def test_where_nothing_has_changed_nothing_is_composed_anew(drawn, stories, monkeypatch):
    draw(drawn, stories)
    monkeypatch.setattr("pathway.draw.files.all_drawings", lambda *_: pytest.fail("composed anew"))
    done = draw(drawn, stories)
    assert done.code == 0 and " written" not in done.out


@pytest.mark.parametrize("name", ["overview.svg", "legend.mmd", "rulebook.md", "placed.json", "scenarios.json"])
def test_one_byte_that_has_changed_in_any_file_is_put_right(drawn, stories, name):
    draw(drawn, stories)
    before = content(drawn)
    (drawn / name).write_bytes(before[name][:-2] + b"?" + before[name][-1:])
    done = draw(drawn, stories)
    assert done.code == 0 and "1 written" in done.out
    assert content(drawn) == before


def test_a_state_that_was_moved_by_hand_in_the_noted_places_is_put_back(drawn, stories):
    draw(drawn, stories)
    before = content(drawn)
    moved = json.loads(before["placed.json"])
    for places in moved.values():
        for area in places["nodes"].values():
            area[0] += 3
    (drawn / "placed.json").write_text(json.dumps(moved), encoding="utf-8")
    assert draw(drawn, stories).code == 0
    assert content(drawn) == before


def test_what_is_drawn_no_more_is_removed(drawn, stories):
    noted = drawn / "made.json"
    noted.write_text(
        noted.read_text("utf-8").replace('"overview.svg"', '"phase-9-gone.svg": "",\n "overview.svg"'), "utf-8"
    )
    (drawn / "phase-9-gone.svg").write_bytes(b"<svg/>")
    done = draw(drawn, stories)
    assert done.code == 0 and "1 removed" in done.out
    assert not (drawn / "phase-9-gone.svg").exists()


def test_a_changed_threshold_makes_every_drawing_stale_and_check_names_them(drawn, stories, monkeypatch):
    conditions = tuple(
        evolve(one, guard=evolve(one.guard, value=one.guard.value + 1)) if one.name == first_limit() else one
        for one in PATHWAY.conditions
    )
    changed = with_changes(PATHWAY, conditions=conditions)
    assert changed.digest != PATHWAY.digest
    monkeypatch.setattr("pathway.cli.draw.PATHWAY", changed)
    before = content(drawn)
    done = draw(drawn, stories, "--check")
    assert done.code == 1
    stale = {line.removeprefix(f"{drawn}/").partition(":")[0] for line in done.out.splitlines() if ": stale;" in line}
    assert {name for name in before if name.endswith((".dot", ".svg", ".md", ".html"))} <= stale
    assert content(drawn) == before, "--check writes nothing"


def first_limit() -> str:
    return next(one.name for one in PATHWAY.conditions if isinstance(one.guard, Compare))


@pytest.mark.usefixtures("little")
def test_a_folder_that_is_not_there_has_every_file_missing(stories, tmp_path):
    done = draw(tmp_path / "none", stories, "--check")
    assert done.code == 1
    assert all("missing; run 'pathway draw'" in line for line in done.out.splitlines())
    assert not (tmp_path / "none").exists()


@pytest.mark.usefixtures("little")
def test_a_folder_that_cannot_be_written_gives_one_line_and_leaves_nothing_half_done(stories, tmp_path):
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    for folder in (tmp_path / "file", tmp_path / "file" / "below"):
        done = draw(folder, stories)
        assert done.code == 2
        (fault,) = done.faults
        assert fault.startswith(f"{folder}: cannot write there: ")
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


@pytest.mark.usefixtures("little")
def test_a_second_run_changes_no_file(stories, tmp_path):
    folder = tmp_path / "diagrams"
    draw(folder, stories)
    times = {path.name: path.stat().st_mtime_ns for path in folder.iterdir()}
    done = draw(folder, stories)
    assert f"{len(times)} files, {len(times)} as they were" in done.out
    assert {path.name: path.stat().st_mtime_ns for path in folder.iterdir()} == times


# --- what is asked wrongly ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("--format", "pdf"), "--renderer dot"),
        (("--check", "--coverage"), "give one of them"),
        (("--check", "--case", "x.toml"), "give one of them"),
        (("--at", "2026-01-22T09:00:00Z"), "--case"),
        (("--format", "gif"), "gif"),
        (("--renderer", "no-such-renderer"), "no-such-renderer"),
        (("--scenarios", "no-such-folder"), "no-such-folder"),
        (("--case", "no-such-file.toml"), "no-such-file.toml"),
        (("--case", "no-such-file.json"), "no-such-file.json"),
        (("--case", "."), "."),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line_and_nothing_is_written(args, words, stories, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    scenarios = () if "--scenarios" in args else ("--scenarios", str(stories))
    done = pathway("draw", *scenarios, *args)
    assert (done.code, done.out) == (2, "")
    (fault,) = done.faults
    assert words in fault
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("broken.toml", b'title = "A'),
        ("broken.toml", b"\xff\xfe"),
        ("case.json", b"{"),
        ("case.json", b"[]"),
        ("case.json", b"\xff\xfe"),
        ("case.json", b""),
        ("case", b'{"format": 99}'),
    ],
)
def test_a_case_that_cannot_be_read_is_named_in_one_line(name, data, tmp_path):
    (tmp_path / name).write_bytes(data)
    done = pathway("draw", "--case", str(tmp_path / name), "--to", str(tmp_path / "out"))
    assert (done.code, done.out) == (2, "")
    (fault,) = done.faults
    assert str(tmp_path / name) in fault
    assert not (tmp_path / "out").exists()


# --- a case, and what scenarios exercise --------------------------------------------------------------------------


def test_the_log_that_a_session_kept_is_drawn(tmp_path):
    log = tmp_path / "case.json"
    child = ("--born", "2024-12-22", "--at", "2026-01-22T09:00:00Z", "--timezone", "UTC")
    lines = "blood_count_reported wbc=2.5 anc=0.7 alc=1.4\n"
    with patch.object(sys, "stdin", StringIO(lines)):
        assert pathway("drive", *child, "--log", str(log)).code == 0
    done = pathway("draw", "--case", str(log), "--to", str(tmp_path / "out"), "--format", "svg")
    assert (done.code, done.err) == (0, "")
    names = ["case-overview.svg", "case-phase-1-work-up.svg", "case-phase-2-specialists.svg"]
    assert done.out.splitlines() == [f"wrote {tmp_path / 'out' / name}" for name in names]
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == names
    said = words_of(tmp_path / "out" / names[0])
    assert "Now: 2026-01-22 09:00, Same-day referral." in said
    assert "Blood count reported : First results -> Same-day referral. Rule 1, same-day criterion." in said


def test_a_scenario_that_fails_is_drawn_as_it_went(stories, tmp_path):
    (tmp_path / "bad.toml").write_text(GOOD + 'state = "high_risk"\n', encoding="utf-8")
    args = ("--to", str(tmp_path), "--format", "svg")
    assert pathway("draw", "--case", str(tmp_path / "bad.toml"), *args).code == 0
    assert "Same-day referral." in words_of(tmp_path / "bad-overview.svg").partition("Now:")[2]


def test_a_case_is_drawn_as_it_stood_at_a_moment(tmp_path, stories):
    args = ("draw", "--case", str(stories / "low.toml"), "--to", str(tmp_path), "--format", "svg")
    assert pathway(*args, "--at", "2026-01-25T09:00:00Z").code == 0
    assert "OVERDUE." in words_of(tmp_path / "low-overview.svg"), "nobody has called haematology for three days"
    done = pathway(*args, "--at", "2026-01-21T09:00:00Z")
    assert done.code == 2
    assert "the case begins 2026-01-22 09:00" in done.faults[0]


def test_coverage_of_one_scenario_counts_as_its_index_does_and_says_never_of_all_else(tmp_path, whole, stories):
    index = Index.from_json((whole / "scenarios.json").read_text(encoding="utf-8"))
    done = pathway("draw", "--coverage", "--scenarios", str(stories), "--to", str(tmp_path), "--format", "svg")
    assert (done.code, done.out) == (0, f"wrote {tmp_path / 'coverage.svg'}\n")
    said = words_of(tmp_path / "coverage.svg")
    untaken = 0
    for rule in PATHWAY.transitions:
        for state in rule.sources:
            part, title = f"from {state}", PATHWAY.state(state).title
            times, files = (index.times(f"transition {rule.id}", part), index.files(f"transition {rule.id}", part))
            untaken += not files
            words = f"from {title} {times} x in {len(files)} scenario" if files else f"never from {title}"
            assert words in said.partition(f"{rule.label}:")[2], (rule.id, state)
    assert untaken == sum(len(rule.sources) for rule in PATHWAY.transitions) - 1


# --- a renderer of the system -------------------------------------------------------------------------------------


@needs_dot
def test_a_graphviz_of_the_system_writes_each_sheet_as_one_page_of_a4(tmp_path, stories):
    folder = tmp_path / "pdf"
    args = ("--renderer", "dot", "--format", "pdf")
    done = pathway("draw", "--to", str(folder), "--scenarios", str(stories), *args)
    assert (done.code, done.err) == (0, "")
    pages = sorted(folder.glob("*.pdf"))
    assert {"overview.pdf", "advice-and-orders.pdf", "legend.pdf"} <= {path.name for path in pages}
    for path in pages:
        data = path.read_bytes()
        assert data.startswith(b"%PDF-")
        assert re.search(rb"/MediaBox \[ ?0 0 595(\.\d+)? 842(\.\d+)? ?\]", data), path.name
        assert len(re.findall(rb"/Type /Page\b", data)) == 1, path.name


@needs_dot
def test_a_graphviz_that_warns_is_not_trusted(tmp_path):
    """What a renderer would cut off is a fault, and not a picture."""
    from pathway.draw.engine import render
    from pathway.model.errors import BadInput

    assert subprocess.run([DOT, "-V"], check=True, capture_output=True).returncode == 0
    with pytest.raises(BadInput, match="dot: cannot draw svg"):
        render('digraph { a [label="too long by far" fixedsize=true width=0.1] }', "svg", program="dot")
