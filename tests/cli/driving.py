"""Sessions of `pathway drive` that are read from a pipe, and what they say."""

from __future__ import annotations

import json
import sys
from io import StringIO
from typing import TYPE_CHECKING
from unittest.mock import patch

from tests.cli.terminal import Output, pathway

if TYPE_CHECKING:
    from pathlib import Path

CHILD = ("--born", "2024-12-22", "--at", "2026-01-22T09:00:00Z", "--timezone", "UTC")
COUNT = "blood_count_reported wbc=2.5 anc=0.7 alc=1.4"
PROMPT = "2026-01-22 09:00 initial_labs> "
INDEX_CASE = (
    COUNT, "order order_bone_marrow", "Dr Sato", "haematology asked for it", "clock 1d",
    "examined nothing_else_found=yes",
    "temperature_measured temperature=98", "correct e4", "", '"98 [degF]"', "98 [degF]", ".", "haematology_consulted",
    "", "smear_reported smear_reviewer=haematologist blasts_percent=34 lineage=lymphoid immature_cells=y", "undo",
    "smear_reported smear_reviewer=haematologist blasts_percent=34 lineage=lymphoid", "clock 2d",
    "history_taken causative_drug=no at=2026-01-22T09:10", "withdraw e3", "another child",
    "kmt2a_reported kmt2a=rearranged", "order assign_risk_group", "",
)  # fmt: skip


def drive(*lines: str, args: tuple[str, ...] = CHILD, columns: int = 80) -> Output:
    """A session that is read from a pipe."""
    with patch.object(sys, "stdin", StringIO("".join(f"{line}\n" for line in lines))):
        return pathway("drive", *args, columns=columns)


def faults(done: Output, columns: int = 80) -> list[str]:
    """What the session told was wrong, each without its wrapping: a line goes on where no word more had found room."""
    found: list[str] = []
    before = ""
    for line in done.out.splitlines():
        if line.startswith("! "):
            found.append(line[2:])
        elif before and line.startswith("  ") and len(f"{before} {line.split()[0]}") > columns:
            found[-1] += f" {line.strip()}"
        else:
            before = ""
            continue
        before = line
    return found


def entries(log: Path) -> list[dict]:
    return json.loads(log.read_text(encoding="utf-8"))["entries"]


def kept(log: Path, *lines: str) -> list[dict]:
    """The entries of the log after a session that went well."""
    done = drive(*lines, args=(*CHILD, "--log", str(log)))
    assert (done.code, done.err) == (0, "")
    return entries(log) if log.exists() else []
