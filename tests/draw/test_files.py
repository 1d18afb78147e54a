"""The files that are drawn: the same bytes in every process, and no picture that was made of something else."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pathway import PATHWAY
from pathway.draw import files
from pathway.draw.files import MADE, PLACED, Drawing, content_of, mermaids_of
from tests.draw.sheets import sheets

ROOT = Path(__file__).parents[2]
ONE = Drawing("one.svg", source='digraph { layout=neato; a [label="A", pos="0,0"] }')
TWO = Drawing("two.svg", source='digraph { layout=neato; b [label="B", pos="0,0"] }')
TEXT = Drawing("text.md", text="words\n")


def test_the_same_pathway_is_drawn_in_the_same_bytes_in_every_process():
    """What the renderer makes of the same source is held by `pathway draw --check` against the committed files."""
    code = (
        "import hashlib; from tests.draw.sheets import sheets; from pathway import PATHWAY;"
        "from pathway.draw.files import mermaids_of;"
        "said = [one.source() for one in sheets().values()] + [one.text for one in mermaids_of(PATHWAY)];"
        "print(hashlib.sha256(''.join(said).encode()).hexdigest())"
    )
    seed = "1" if os.environ.get("PYTHONHASHSEED") != "1" else "2"
    other = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, check=True,
        capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    said = [one.source() for one in sheets().values()] + [one.text for one in mermaids_of(PATHWAY)]
    assert hashlib.sha256("".join(said).encode()).hexdigest() == other


@pytest.fixture
def rendered(monkeypatch):
    """The sources that the renderer was asked to draw."""
    asked = []
    real = files.render

    def render(source, *args, **more):
        asked.append(source)
        return real(source, *args, **more)

    monkeypatch.setattr(files, "render", render)
    return asked


@pytest.fixture
def folder(tmp_path, rendered):
    """A folder in which both pictures were drawn."""
    write(tmp_path, content_of([ONE, TWO, TEXT]))
    assert len(rendered) == 2
    rendered.clear()
    return tmp_path


def write(folder, content):
    for name, data in content.items():
        (folder / name).write_bytes(data)


def test_what_was_drawn_before_is_not_drawn_again(folder, rendered):
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert content_of([ONE, TWO, TEXT], reuse=folder) == before
    assert rendered == []


def test_without_a_folder_to_reuse_everything_is_drawn(folder, rendered):
    content_of([ONE, TWO, TEXT])
    assert rendered == [ONE.source, TWO.source]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda path: path.write_bytes(path.read_bytes().replace(b"A", b"B", 1)),
        lambda path: path.write_bytes(path.read_bytes()[:-1]),
        lambda path: path.write_bytes(b""),
        lambda path: path.unlink(),
    ],
    ids=["another byte", "a byte less", "empty", "gone"],
)
def test_a_picture_that_is_not_as_the_renderer_left_it_is_drawn_again(folder, rendered, spoil):
    good = (folder / ONE.name).read_bytes()
    spoil(folder / ONE.name)
    assert content_of([ONE, TWO, TEXT], reuse=folder)[ONE.name] == good
    assert rendered == [ONE.source]


def test_a_picture_of_another_source_is_drawn_again(folder, rendered):
    changed = Drawing(ONE.name, source=ONE.source.replace('"A"', '"C"'))
    assert b">C<" in content_of([changed, TWO], reuse=folder)[ONE.name]
    assert rendered == [changed.source]


def test_a_picture_is_not_taken_for_another_of_the_same_folder(folder, rendered):
    (folder / ONE.name).write_bytes((folder / TWO.name).read_bytes())
    assert b">A<" in content_of([ONE, TWO], reuse=folder)[ONE.name]
    assert rendered == [ONE.source]


def test_another_renderer_or_another_version_draws_everything_again(folder, rendered, monkeypatch):
    monkeypatch.setattr(files, "version", lambda program: "another")
    content_of([ONE, TWO], reuse=folder)
    assert rendered == [ONE.source, TWO.source]


@pytest.mark.parametrize("text", ["", "[]", "{", '"x"', '{"one.svg": 3}', '{"one.svg": null}'])
def test_notes_that_cannot_be_read_are_no_reason_to_trust_a_picture(folder, rendered, text):
    (folder / MADE).write_text(text, encoding="utf-8")
    content_of([ONE, TWO], reuse=folder)
    assert rendered == [ONE.source, TWO.source]


def test_the_notes_name_every_file_and_vouch_for_the_pictures(folder):
    noted = json.loads((folder / MADE).read_text(encoding="utf-8"))
    assert set(noted) - {PLACED, ""} == {path.name for path in folder.iterdir()} - {MADE, PLACED}
    assert {name for name, mark in noted.items() if name and mark} == {ONE.name, TWO.name, PLACED}
