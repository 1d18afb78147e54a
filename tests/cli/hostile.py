"""What a user could type by mistake or in malice, and every place of the command line where it could stand."""

from __future__ import annotations

import os
import shutil
import signal
import socket
from contextlib import contextmanager
from io import StringIO
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

import click

from pathway.cli.group import cli
from tests.cli.terminal import Output, pathway

if TYPE_CHECKING:
    from collections.abc import Iterator

SCENARIOS = Path(__file__).parents[2] / "scenarios" / "source"
NOON = ("--at", "2026-01-22T12:00:00Z")
STORE = ("--store", "cases.db")
LONGEST = 30
"""Seconds that a command may take."""

FILES = (
    "", ".", "dir", "dir/", "none/x", "text/x", "text", "bytes", "pipe", "socket", "loop", "folder of a pipe",
    "folder of a folder", "x" * 300, "a/" * 1400, "a/" * 3000, "é" * 200, "/dev/full", "/dev/zero", "/dev/null",
    "/dev/full/x", "/proc/self/mem", "/proc/x", "~nobody/x", "*", "story.toml", "x.png", "-", "--",
)  # fmt: skip
WORDS = (
    " ", "\0", "a\0b", "\ud800", "a\udcff", "\n", "\x1b[2J", "\u202e", "%s%n", "'; --", "{", "[", "(?P<", "x" * 5000,
    "=", "a=b", "wbc=", "wbc=1e400", "wbc=" + "9" * 5000, "C1", "e1", "e" + "9" * 5000, "S36", "T1", "all_criterion",
)  # fmt: skip
NUMBERS = (
    "0", "-1", "-" + "9" * 30, "9" * 400, "9" * 5000, "1e999999999", "nan", "inf", "1_000", "١٢", "²", "0x10",
    "99999d", "9999y", "0d",
)  # fmt: skip
MOMENTS = (
    "0001-01-01", "2024-12-22", "10000-01-01", "0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59Z",
    "9999-12-31T23:59:59-14:00", "1900-01-01T00:00:00Z", "2199-12-31T23:59:59Z", "2026-01-22T09:00:00+23:59",
    "2026-01-22T09:00:00.123456789Z", "24:00", "Europe/Berlin", "../../etc/passwd", "/etc/localtime", "Factory",
    "posixrules", "UTC\0", ":UTC",
)  # fmt: skip
STORES = (
    "postgresql://", "postgresql://h:99999999/x", "postgresql://127.0.0.1:1/x", "sqlite:///", "sqlite://x",
    "sqlite:///dir", "sqlite:///none/x", "mysql://a/b", "file:x?mode=ro", "http://[",
)  # fmt: skip
VALUES = (*FILES, *WORDS, *NUMBERS, *MOMENTS, *STORES)

BASES: dict[tuple[str, ...], tuple[str, ...]] = {
    ("advise",): ("--age", "13mo", "--wbc", "2.5", "--timezone", "UTC", *NOON),
    ("demo",): (),
    ("explain",): ("S32",),
    ("events",): ("anc",),
    ("drive",): ("--born", "2024-12-22", "--by", "W", *NOON),
    ("case", "open"): ("C9", "--born", "2024-12-22", "--by", "W", *STORE),
    ("case", "record"): ("C1", "blood_count_reported", "anc=0.7", "--by", "W", *NOON, *STORE),
    ("case", "correct"): ("C1", "e1", "anc=0.7", "--by", "W", *NOON, *STORE),
    ("case", "withdraw"): ("C1", "e1", "--by", "W", "--reason", "another child", *NOON, *STORE),
    ("case", "acknowledge"): ("C1", "e1", "--by", "W", *NOON, *STORE),
    ("case", "set-aside"): ("C1", "smear_now", "--reason", "r", "--by", "W", *NOON, *STORE),
    ("case", "order"): ("C1", "order_bone_marrow", "--override", "--reason", "r", "--by", "W", *NOON, *STORE),
    ("case", "show"): ("C1", *NOON, *STORE),
    ("case", "history"): ("C1", *STORE),
    ("case", "list"): STORE,
    ("case", "verify-log"): STORE,
    ("case", "export"): ("C1", *STORE),
    ("case", "import"): ("exported", *STORE),
    ("store", "backup"): ("copy.db", *STORE),
    ("store", "imports"): ("--give-up", "0" * 64, "--by", "W", *STORE),
    ("worklist",): (*NOON, *STORE),
    ("freeze",): ("--to", "frozen"),
    ("migrate",): ("C1", "--to", "version", *STORE),
    ("replay",): ("story.toml",),
    ("scenarios", "generate"): ("--check", "--only", "no such", "--to", "generated"),
    ("draw",): ("--to", "drawn", "--case", "story.toml", "--format", "svg"),
    ("trace",): ("S36", "--scenarios", "story.toml"),
    ("verify",): ("--pathway", "no file"),
    ("mutate",): ("--scenarios", "story.toml", "--rule", "no such"),
    ("completion",): ("bash",),
}
"""Of each command a line that is right, or nearly: what would work for minutes is asked for something unknown."""
LONG_WORK = {"--only", "--rule", "--sample", "--jobs"}
"""Options whose right values start work for minutes."""


def commands(group: click.Group = cli, names: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The names of every command, those of groups after the name of the group."""
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from commands(command, (*names, name))
        else:
            yield (*names, name)


def lines() -> Iterator[tuple[str, ...]]:
    """Of each command its line with each value in each place, each flag, and each option twice or without a value."""
    for names, base in BASES.items():
        command: click.Command = cli
        for name in names:
            assert isinstance(command, click.Group)
            found = command.get_command(click.Context(command), name)
            assert found is not None
            command = found
        for place, parameter in enumerate(one for one in command.params if isinstance(one, click.Argument)):
            for value in VALUES:
                yield (*names, *_with_argument(base, place, value))
                if parameter.nargs == -1:
                    yield (*names, *base, value)
        for option in (one for one in command.params if isinstance(one, click.Option)):
            yield from ((*names, *line) for line in _with_option(base, option))


def _with_argument(base: tuple[str, ...], place: int, value: str) -> tuple[str, ...]:
    """The arguments of a base stand before its options."""
    there = len(base) > place and not base[place].startswith("--")
    return (*base[:place], value, *base[place + 1 :]) if there else (value, *base)


def _with_option(base: tuple[str, ...], option: click.Option) -> Iterator[tuple[str, ...]]:
    name = option.opts[0]
    if option.is_flag:
        yield from ((*base, name), (*base, name, name), (*base, f"{name}=x"))
        return
    yield (*base, name)
    yield (*base, name, "no a", name, "no b")  # a letter would stand in many names
    if name in LONG_WORK:
        yield from ((*base, name, value) for value in (*NUMBERS[1:], *WORDS[:12]) if value.strip())
        return
    rest = base
    if name in base:
        rest = base[: base.index(name)] + base[base.index(name) + 2 :]
    yield from ((*rest, name, value) for value in VALUES)


def laid_out(folder: Path) -> None:
    """Lay out files of every kind in the working directory: a store, a story, a pipe, a socket, a circle of links."""
    for name in ("dir", "folder of a pipe", "folder of a folder/a.toml"):
        (folder / name).mkdir(parents=True)
    os.mkfifo(folder / "pipe")
    os.mkfifo(folder / "folder of a pipe" / "a.toml")
    with socket.socket(socket.AF_UNIX) as here:
        here.bind("socket")  # relative: the name of a socket must be short
    (folder / "bytes").write_bytes(bytes(range(256)) * 9)
    (folder / "text").write_text("hello\n", encoding="utf-8")
    (folder / "loop").symlink_to("loop")
    shutil.copy(SCENARIOS / "index-case.toml", folder / "story.toml")
    with_a_case()
    (folder / "exported").write_text(pathway("case", "export", *STORE).out, encoding="utf-8")
    pathway("freeze", "--to", "frozen")
    shutil.copy(next((folder / "frozen").glob("*.json")), folder / "version")


def with_a_case() -> None:
    """A new store with one case, in the working directory."""
    for file in Path().glob("cases.db*"):
        file.unlink()
    assert pathway("case", "open", "C1", "--born", "2024-12-22", "--by", "W", *STORE).code == 0
    count = ("blood_count_reported", "wbc=2.5", "anc=0.7", "--by", "W", "--at", "2026-01-22T09:00:00Z")
    assert pathway("case", "record", "C1", *count, *STORE).code == 0


class Hung(BaseException):
    """A command that did not end in time. No handler of the program may catch it."""


@contextmanager
def in_time(seconds: float = LONGEST) -> Iterator[None]:
    """Raises `Hung` where what is done inside takes longer."""

    def hung(*_: object) -> None:
        raise Hung

    before = signal.signal(signal.SIGALRM, hung)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def typed(*words: str, keys: str = "quit\n") -> Output:
    """A command line, and what is typed into it; in time."""
    with in_time(), patch("sys.stdin", StringIO(keys)):
        return pathway(*words)
