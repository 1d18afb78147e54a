"""The renderer: graphviz-pure, the same bytes on every machine, or a `dot` of the system, which gives PDF."""

from __future__ import annotations

import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

from pathway.model.errors import BadInput

PURE = "graphviz-pure"
_GUESSED = "no value for width of non-ASCII character"
"""The warning about a letter whose width the renderer does not know; its position is given and stays right."""
_HINTED = ("Warning: cell size too small for content", "in label of node", "in label of edge")
"""Warnings of a renderer that rounds the widths of letters up; positions are given and stay right."""
DPI = 200
"""Dots per inch of a PNG: an A4 sheet has 1653 by 2339 dots."""


def render(source: str, form: str, *, program: str = PURE, engine: str = "dot", placed: bool = False) -> bytes:
    """Run the renderer over a DOT source and return what it writes.

    `placed`: every position is in the source already. Raises `BadInput` where the program is missing, cannot write the
    form, or warns: a warning says that something does not fit.
    """
    command = [_path(program), f"-K{engine}", f"-T{form}"]
    if placed:
        command.append("-n2")
    if form == "png":
        command.append(f"-Gdpi={DPI}")
    done = _ran(program, command, source.encode())
    lines = [line for line in done.stderr.decode(errors="replace").splitlines() if _GUESSED not in line]
    message = " ".join(" ".join(line for line in lines if program == PURE or not line.startswith(_HINTED)).split())
    if done.returncode or message:
        raise BadInput(f"{program}: cannot draw {form}: {message or f'exit code {done.returncode}'}")
    return done.stdout


@cache
def version(program: str = PURE) -> str:
    """The version that the renderer reports, on one line."""
    done = _ran(program, [_path(program), "-V"], b"")
    return " ".join((done.stderr + done.stdout).decode(errors="replace").split())


@cache
def _path(program: str) -> str:
    """The path of the program: beside the running Python, else on the search path."""
    beside = Path(sys.executable).parent / program
    try:
        found = str(beside) if beside.is_file() else shutil.which(program)
    except (OSError, ValueError):
        found = None  # too long for a name, or none
    if not program or found is None:
        raise BadInput(f"renderer '{program}' is not installed; {PURE} comes with this package, dot with Graphviz")
    return found


def _ran(program: str, command: list[str], given: bytes) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(command, input=given, capture_output=True, check=False)  # noqa: S603  # fixed words
    except OSError as fault:
        raise BadInput(f"renderer '{program}' cannot be run: {fault.strerror}") from None
