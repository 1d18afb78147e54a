"""The longest wait of a writer beside an import: `python benchmarks/store.py --import 200000`."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, sleep
from typing import TYPE_CHECKING

from rich.progress import Progress
from worklist import BORN, LOW, PER_CASE, build

from pathway import PATHWAY
from pathway.store.store import Store
from pathway.store.transfer import export

if TYPE_CHECKING:
    from collections.abc import Callable

BREATH, WAIT = 0.02, 60
COMMAND = "from pathway.cli import main; main()"


def file_of(folder: Path, entries: int) -> tuple[Path, int]:
    """A file of so many entries, ten a case, and how many there are."""
    file = folder / "cases.jsonl"
    with Store(folder / "from.db", PATHWAY) as store:
        written = build(store, max(1, entries // PER_CASE), Progress(disable=True))
        with file.open("w", encoding="utf-8") as out:
            out.writelines(export(store))
        store.database.close()
    return file, written


def timed(act: Callable[[], object], kept: list[float]) -> None:
    began = perf_counter()
    act()
    kept.append(perf_counter() - began)


def measure(url: str, folder: Path, entries: int) -> None:
    """Import a file beside a writer who opens a case, records an entry and leaves, again and again."""
    file, written = file_of(folder, entries)
    Store(url, PATHWAY).close()
    began = perf_counter()
    importing = subprocess.Popen([sys.executable, "-c", COMMAND, "case", "import", str(file), "--store", url],
                                 stdout=subprocess.DEVNULL)  # fmt: skip
    opening: list[float] = []
    recording: list[float] = []
    leaving: list[float] = []
    while importing.poll() is None:
        now = datetime.now(UTC)
        store = Store(url, PATHWAY, wait=WAIT)
        name = f"beside {len(opening)}"
        timed(lambda store=store, name=name, now=now: store.open_case(name, born=BORN, by="ward", now=now), opening)
        case = store.case(name)
        timed(lambda case=case, now=now: case.record(LOW, at=now, by="ward", now=now), recording)
        timed(store.close, leaving)
        sleep(BREATH)
    assert importing.returncode == 0
    print(f"import of {written:,} entries: {perf_counter() - began:.0f} s, {len(opening):,} writers beside it; longest "
          f"wait (median) to open a case {_said(opening)}, to record an entry {_said(recording)}, to leave "
          f"{_said(leaving)}")  # fmt: skip


def _said(seconds: list[float]) -> str:
    return f"{max(seconds):.2f} s ({median(seconds):.3f})"


def main(entries: int, folder: Path, url: str | None) -> None:
    """Measure in a file, or on a server."""
    with tempfile.TemporaryDirectory(dir=folder) as inner:
        measure(url or f"{inner}/cases.db", Path(inner), entries)
