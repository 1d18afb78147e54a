"""The command line, run inside the test: quick, and with all that it prints."""

from __future__ import annotations

import json
import os
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from typing import Any, NamedTuple
from unittest.mock import patch

from pathway.cli import run
from pathway.cli.page import open_console
from pathway.cli.render import print_plan

AT = ("--at", "2026-01-22T09:00:00Z", "--timezone", "UTC")
INDEX = ("advise", "--age", "13mo", "--wbc", "2.5", "--anc", "0.7", "--alc", "1.4", *AT)


class Output(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def faults(self) -> list[str]:
        """The lines on stderr, without the name of the program."""
        lines = self.err.splitlines()
        assert all(line.startswith("pathway: ") for line in lines), self.err
        return [line.removeprefix("pathway: ") for line in lines]


def pathway(*args: str, columns: int = 80) -> Output:
    out, err = StringIO(), StringIO()
    with patch.dict(os.environ, {"COLUMNS": str(columns)}), redirect_stdout(out), redirect_stderr(err):
        code = run(args)
    return Output(code, out.getvalue(), err.getvalue())


def advise(*args: str) -> Any:
    """The plan as JSON, for a child of 13 months at a fixed moment."""
    done = pathway("advise", "--age", "13mo", *AT, "--json", *args)
    assert done.code == 0, done.err
    return done.data


def ids(data: Any) -> list[str]:
    return [line["id"] for line in data["advice"]]


def section(text: str, heading: str) -> str:
    """The lines of a section of a plan, joined into one, without the heading."""
    lines = text.splitlines()
    start = lines.index(heading) + 1
    end = next((number for number in range(start, len(lines)) if not lines[number].strip()), len(lines))
    return " ".join(line.strip() for line in lines[start:end])


def plan_text(plan, pathway, *, width: int = 80, compact: bool = False) -> str:
    """The plan as plain text of some width."""
    out = StringIO()
    console = open_console(out)
    console.width = width
    print_plan(plan, pathway, console, compact=compact)
    return out.getvalue()
