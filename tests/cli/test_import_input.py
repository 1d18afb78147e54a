"""What `pathway case import` reads: bounded, looked at as it comes, and told in a line whatever it is."""

from __future__ import annotations

import builtins
import json
import os
import subprocess
import sys
from io import BufferedReader, BytesIO, RawIOBase, TextIOWrapper
from unittest.mock import patch

import pytest

from pathway import PATHWAY
from pathway.model.bounds import LINE_BYTES
from pathway.store import import_lines, import_parts, kept
from pathway.store.imports import Imports
from pathway.store.store import Store
from tests.cli.shop import LOW, MORNING, Shop, joined
from tests.cli.terminal import pathway

COMMAND = [sys.executable, "-c", "from pathway.cli import main; main()"]


class Endless(RawIOBase):
    """Some lines, then the same line again and again."""

    def __init__(self, begin: bytes, line: bytes) -> None:
        self.text, self.line, self.given = begin, line, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        while len(self.text) < len(buffer):
            self.text += self.line * 1000
        buffer[:], self.text = self.text[: len(buffer)], self.text[len(buffer) :]
        self.given += len(buffer)
        return len(buffer)


def read_from(source, shop):
    with patch.object(sys, "stdin", TextIOWrapper(BufferedReader(source), encoding="utf-8")):
        return shop("import", "-")


HEAD = json.dumps({"format": "cases of a clinical pathway", "version": 1}).encode() + b"\n"


@pytest.fixture
def other(tmp_path):
    found = Shop(tmp_path / "other")
    found.folder.mkdir()
    return found


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="there is no such device here")
def test_a_device_without_end_and_without_lines_ends_with_a_line(other):
    done = other("import", "/dev/zero")
    assert done.code == 2
    said = f"line 1: it has more than {LINE_BYTES:,} bytes, and no export writes such a line"
    assert done.faults == [f"/dev/zero: {said}"]


@pytest.mark.parametrize(
    ("begin", "line", "said"),
    [
        (b"", b"y\n", "line 1: this is no JSON"),
        (HEAD, b"y\n", "line 2: this is no JSON"),
        (b"\n\n", b"[]\n", "line 3: an object is wanted"),
        (b"", HEAD.replace(b"1", b"7"), "line 1: this is no file of cases of format 1"),
    ],
)
def test_an_input_without_end_is_refused_at_its_first_line_that_is_none(other, begin, line, said):
    source = Endless(begin, line)
    done = read_from(source, other)
    assert done.code == 2 and len(done.faults) == 1 and done.faults[0].startswith(f"input: {said}")
    assert source.given < 2**20


def test_an_input_without_end_that_looks_right_ends_at_a_bound_with_a_name(other, monkeypatch):
    monkeypatch.setattr(import_lines, "IMPORT_BYTES", 100_000)
    done = read_from(Endless(HEAD, b"{}\n"), other)
    assert done.code == 2
    assert "here it has more than 100,000 bytes, the most that one import takes" in done.faults[0]


def test_a_line_of_a_file_is_bounded_too(other, monkeypatch, tmp_path):
    monkeypatch.setattr(import_lines, "LINE_BYTES", 1000)
    file = tmp_path / "long.jsonl"
    file.write_bytes(HEAD + b"{" + b" " * 2000 + b"}\n")
    assert other("import", str(file)).faults == [
        f"{file}: line 2: it has more than 1,000 bytes, and no export writes such a line"
    ]


def test_the_first_line_is_looked_at_while_the_rest_is_still_to_come(other):
    importing = subprocess.Popen([*COMMAND, "case", "import", "-", "--store", other.url],
                                 stdin=subprocess.PIPE, stderr=subprocess.PIPE)  # fmt: skip
    importing.stdin.write(b"no json\n")
    importing.stdin.flush()
    assert importing.wait(60) == 2  # although the input is open still
    assert b"input: line 1: this is no JSON" in importing.stderr.read()
    importing.stdin.close()
    importing.stderr.close()


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="there is no such device here")
def test_a_full_disk_where_the_input_is_kept_is_a_line_and_can_be_tried_again(other, monkeypatch):
    def full(_):
        return builtins.open("/dev/full", "w+b")

    monkeypatch.setattr(kept.tempfile, "SpooledTemporaryFile", full)
    with patch.object(sys, "stdin", TextIOWrapper(BytesIO(HEAD + b"{}\n" * 100_000), encoding="utf-8")):
        done = other("import", "-")
    assert done.code == 75 and len(done.faults) == 1
    assert "no space left on device; nothing was imported. Make room there, or name another folder" in done.faults[0]


# --- imports that are not whole -------------------------------------------------------------------------------------


@pytest.fixture
def in_part(tmp_path, monkeypatch):
    """The file of an import that was broken off after one of two cases, and the store."""
    shop = Shop(tmp_path / "from")
    shop.folder.mkdir()
    for name in ("C1", "C2"):
        shop.open(name)
        shop.done("record", name, *LOW, *MORNING)
    file, other = tmp_path / "cases.jsonl", Shop(tmp_path / "other")
    other.folder.mkdir()
    shop.done("export", "--to", str(file))
    real, parts = Imports.note, []

    def note(*args):
        real(*args)
        parts.append(args)
        if len(parts) == 2:
            raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(import_parts, "PART_ENTRIES", 1)
        broken.setattr(Imports, "note", note)
        assert other("import", str(file)).code == 130
    return str(file), other


def test_an_import_that_is_not_whole_is_named_until_it_is(in_part):
    file, other = in_part
    words = "is not whole: 1 of 2 cases are here, each of them whole, with 2 of 4 entries."
    for command in (("worklist",), ("case", "verify-log")):
        told = pathway(*command, "--store", other.url)
        assert told.code == 0 and "! IMPORTED IN PART  an import that began at" in told.out
        assert words in joined(told.out)
        data = pathway(*command, "--store", other.url, "--json").data
        assert [(one["cases_here"], one["state"]) for one in data["imports_in_part"]] == [(1, "in part")]
    told = joined(other.done("import", file).out)
    assert "Read 2 cases with 4 entries, 2 of them new" in told
    assert "had stopped after 1 of 2 cases; now it is whole." in told
    for command in (("worklist",), ("case", "verify-log")):
        assert "IN PART" not in pathway(*command, "--store", other.url).out
    assert "This file was imported whole before, on " in joined(other.done("import", file).out)
    assert other.done("import", file, "--json").data["before"] == "whole"


def test_what_was_imported_is_counted_in_by_who_imported_it(in_part):
    file, other = in_part
    other.done("import", file)
    with Store(other.url, PATHWAY) as store:
        assert store.count()[0] == 2 and store.projection.stale() == []
