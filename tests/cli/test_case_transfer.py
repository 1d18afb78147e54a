"""`pathway case export` and `import`, and what holds for all commands of a store."""

from __future__ import annotations

import builtins
import json
import os
import sqlite3
import sys
import threading
from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from unittest.mock import patch

import pytest

from pathway import PATHWAY
from pathway.cli.case import command
from tests.cli.shop import LOW, MORNING, NOON, Shop, joined, tamper
from tests.cli.terminal import pathway


def test_cases_go_from_one_store_to_another_and_twice_is_once(case, tmp_path):
    file, other = tmp_path / "cases.jsonl", Shop(tmp_path / "other")
    other.folder.mkdir()
    assert "Written to" in case.done("export", "--to", str(file)).out
    assert file.stat().st_mode & 0o077 == 0
    done = other.done("import", str(file))
    assert "Read 1 case with 2 entries, 2 of them new, and 1 version of the pathway." in joined(done.out)
    assert other.done("import", str(file), "--json").data == {
        "cases": 1, "entries": 2, "new": 0, "versions": 1, "before": "whole",
    }  # fmt: skip
    assert other.entries() == case.entries()
    assert other.done("export").out == case.done("export").out == file.read_text(encoding="utf-8")


def test_an_export_is_read_from_the_input(case, tmp_path):
    case.open("C2")
    text = case.done("export", "C2").out
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    with patch.object(sys, "stdin", StringIO(text)):
        assert other.done("import", "-", "--json").data["cases"] == 1
    assert other("show", "C1").code == 2


class Slow(StringIO):
    """Input that is long in coming: meanwhile somebody else writes into the store."""

    def __init__(self, text: str, meanwhile) -> None:
        super().__init__(text)
        self.meanwhile, self.lines = meanwhile, 0

    def read(self, size: int | None = -1) -> str:
        self.meanwhile()
        return super().read(size)

    def __next__(self) -> str:
        self.lines += 1
        if self.lines == 3:
            self.meanwhile()
        return super().__next__()


def test_nobody_has_to_wait_while_an_import_waits_for_its_input(case, tmp_path):
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    other.open("C2")

    def meanwhile() -> None:
        with patch("pathway.store.store.Store.__init__.__kwdefaults__", {"create": True, "wait": 0.05}):
            other.done("record", "C2", *LOW, *MORNING)

    with patch.object(sys, "stdin", Slow(case.done("export").out, meanwhile)):
        assert other.done("import", "-", "--json").data["new"] == 2
    assert len(other.entries("C2")) == 2


def test_a_pipe_and_bytes_that_are_no_text_are_read_like_the_input(case, tmp_path):
    text = case.done("export").out.encode()
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    pipe = str(tmp_path / "pipe")
    os.mkfifo(pipe)
    writer = threading.Thread(target=lambda: (tmp_path / "pipe").write_bytes(text))
    writer.start()
    assert other.done("import", pipe, "--json").data["new"] == 2
    writer.join()
    with patch.object(sys, "stdin", TextIOWrapper(BytesIO(b"\xff\n"), encoding="utf-8")):
        assert other("import", "-").faults == ["input: this is not UTF-8 text"]
    with patch.object(sys, "stdin", None):
        assert other("import", "-").faults == ["input: there is none"]
    assert other("import", str(tmp_path)).faults == [f"{tmp_path}: cannot be read: Is a directory"]


def test_a_file_that_exists_is_not_overwritten_and_none_is_left_half(case, tmp_path):
    file = tmp_path / "cases.jsonl"
    file.write_text("mine", encoding="utf-8")
    done = case("export", "--to", str(file))
    assert done.code == 2 and "exists; it is not overwritten" in done.faults[0]
    assert file.read_text(encoding="utf-8") == "mine"
    case.done("export", "--to", str(file), "--force")
    assert file.read_text(encoding="utf-8") != "mine"
    tamper(case.url, "UPDATE entries SET body = replace(body, '0.7', '1.7') WHERE sequence = 1")
    assert case("export", "--to", str(tmp_path / "damaged.jsonl")).code == 2
    assert sorted(one.name for one in tmp_path.glob("*.jsonl")) == ["cases.jsonl"]
    assert not list(tmp_path.glob(".*.new"))
    assert case("export", "--to", str(tmp_path)).faults == [f"to: {tmp_path} is no file; name one"]
    assert case("export", "--to", str(tmp_path / "no" / "x")).code == 2
    assert [fault.split(" in ")[0] for fault in case("export", "X", "Y").faults] == [
        "there is no case 'X'", "there is no case 'Y'",
    ]  # fmt: skip


def test_a_changed_export_is_refused_with_its_line_and_nothing_comes_in(case, tmp_path):
    lines = case.done("export").out.splitlines()
    changed = [line.replace("0.7 10*9/L", "1.7 10*9/L") for line in lines]
    other = Shop(tmp_path / "other")
    other.folder.mkdir()
    for number, text in enumerate(("\n".join(changed), "\n".join(lines[:-1]), "", "no json", "\udcff")):
        file = tmp_path / f"{number}.jsonl"
        file.write_bytes(text.encode(errors="surrogateescape"))
        done = other("import", str(file))
        assert done.code == 2, text
        assert done.faults[0].startswith(f"{file}: ") and len(done.faults) == 1
    assert other.done("list", "--json").data["cases"] == []
    assert other("import", str(tmp_path / "none.jsonl")).faults == [
        f"{tmp_path / 'none.jsonl'}: cannot be read: No such file or directory"
    ]


# --- what holds for all of them -----------------------------------------------------------------------------------


def test_without_a_command_the_commands_are_listed_and_an_unknown_one_is_answered_with_the_nearest():
    done = pathway("case")
    assert done.code == 0 and all(name in done.out for name in command.commands)
    wrong = pathway("case", "histroy")
    assert wrong.code == 2 and wrong.faults == [
        "unknown command 'case histroy'; nearest: history, list; see 'pathway case --help'"
    ]


@pytest.mark.parametrize("name", command.commands)
def test_every_line_of_help_fits_80_columns_and_says_what_each_option_is(name):
    done = pathway("case", name, "--help")
    assert done.code == 0 and max(map(len, done.out.splitlines())) <= 80
    assert f"pathway case {name}" in done.out.partition("Options:")[0].partition("\n\n")[2]
    assert all(one.help for one in command.commands[name].params if one.param_type_name == "option")
    assert "PATHWAY_STORE" in done.out and "cases.db" in done.out


@pytest.mark.parametrize("columns", [60, 80])
def test_what_is_printed_fits_the_terminal_in_plain_characters(known, columns):
    at_noon = ("--at", NOON, "--by", "Dr H")
    for words in (
        ("history", "C1"), ("show", "C1", "--as-known-at", NOON), ("list",),
        ("order", "C1", "order_bone_marrow", "--at", NOON), ("acknowledge", "C1", "e3", *at_noon),
        ("record", "C1", *LOW, *at_noon),
    ):  # fmt: skip
        done = known(*words, columns=columns)
        assert done.code == 0, done.err
        assert done.out.isascii() and all(len(line) <= columns for line in done.out.splitlines())
        assert all(line == line.rstrip() for line in done.out.splitlines())
        assert PATHWAY.banner[:40] in done.out


def test_without_the_extra_one_line_says_what_to_install(shop, monkeypatch):
    real = builtins.__import__

    def without(name, *args, **kwargs):
        if name.split(".")[0] == "sqlalchemy":
            raise ModuleNotFoundError(f"No module named '{name}'", name="sqlalchemy")
        return real(name, *args, **kwargs)

    for name in [one for one in sys.modules if one.split(".")[0] == "sqlalchemy" or one.startswith("pathway.store")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(builtins, "__import__", without)
    assert shop("show", "C1").faults == ["the store is not installed: pip install 'leukopenia-pathway[store]'"]
    assert shop("show", "C1").code == 2


def test_a_store_that_somebody_else_writes_to_can_be_tried_again(case):
    connection = sqlite3.connect(case.url, isolation_level=None)
    connection.execute("BEGIN IMMEDIATE")
    try:
        with patch("pathway.store.store.Store.__init__.__kwdefaults__", {"create": True, "wait": 0.05}):
            done = case("record", "C1", "haematology_consulted", "--at", NOON, "--by", "Dr H")
    finally:
        connection.close()
    assert done.code == 75
    assert "another program is writing" in done.faults[0] and "nothing was recorded" in done.faults[0]
    assert len(case.entries()) == 2


def test_what_is_recorded_now_is_of_now(shop):
    shop.open()
    shop.done("record", "C1", *LOW, "--by", "laboratory")
    entry = shop.entries()[1]
    happened = datetime.strptime(entry["happened_at"], "%Y-%m-%dT%H:%M:%S.%fZ").replace(tzinfo=UTC)
    assert entry["happened_at"] == entry["recorded_at"]
    assert abs(datetime.now(UTC) - happened) < timedelta(minutes=1)


def test_store_and_name_may_stand_in_the_environment(shop, monkeypatch):
    monkeypatch.setenv("PATHWAY_STORE", shop.url)
    monkeypatch.setenv("PATHWAY_BY", "ward")
    assert pathway("case", "open", "C1", "--born", "2024-12-22", "--timezone", "UTC").code == 0
    assert json.loads(pathway("case", "history", "C1", "--json").out)["entries"][0]["by"] == "ward"
