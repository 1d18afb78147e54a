"""How long drawing takes: every file by the command, and one diagram without the interpreter's start.

python benchmarks/draw.py

The peer is the renderer alone, which writes the same picture from a source in which every position is given.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import TYPE_CHECKING

from pathway.definition import PATHWAY
from pathway.draw import layout
from pathway.draw.arrangement import arrangement_of
from pathway.draw.diagram import diagram_of
from pathway.draw.engine import render
from pathway.draw.files import Drawing, drawings_of, sheets_of
from pathway.draw.overview import picture
from pathway.draw.write import layout_source

if TYPE_CHECKING:
    from collections.abc import Callable

PROGRAM = str(Path(sys.executable).with_name("pathway"))
ROUNDS = 9


def milliseconds(act: Callable[[], object]) -> float:
    """The time that one call takes."""
    began = perf_counter()
    act()
    return (perf_counter() - began) * 1000


def one_diagram() -> bytes:
    """The overview's diagram, laid out, labelled and drawn anew."""
    layout.MEMORY.forget()
    return render(picture(PATHWAY).source(), "svg", engine="neato", placed=True)


def known_diagram() -> bytes:
    """The same where it stood before: only drawn anew."""
    return render(picture(PATHWAY).source(), "svg", engine="neato", placed=True)


def rendered(drawings: list[Drawing]) -> None:
    """The renderer alone, over sources in which every position is given, on all processors."""
    with ThreadPoolExecutor() as pool:
        list(pool.map(lambda one: render(one.source, one.form, engine="neato", placed=True), drawings))


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        command = [PROGRAM, "draw", "--to", name]

        def draw() -> None:
            subprocess.run(command, stdout=subprocess.DEVNULL, check=True)

        def emptied() -> None:
            for path in folder.iterdir():
                if path.name != "scenarios.json":
                    path.unlink()

        shutil.copy("diagrams/scenarios.json", folder)
        first, again = [], []
        for _ in range(ROUNDS):
            emptied()
            first.append(milliseconds(draw))
            again.append(milliseconds(draw))
        count = sum(1 for _ in folder.iterdir())
    drawn = [one for one in drawings_of(sheets_of(PATHWAY), ("svg", "png")) if one.source]
    alone = median(milliseconds(lambda: rendered(drawn)) for _ in range(3))
    print(
        f"pathway draw, {count} files into an empty folder: {median(first):.0f} ms (asked: under 1000), "
        f"{median(first) / alone:.1f} times the renderer alone"
    )
    print(f"pathway draw, nothing has changed: {median(again):.0f} ms")
    source = picture(PATHWAY).source()
    question = layout_source(diagram_of(PATHWAY), arrangement_of(PATHWAY.id, "overview"))
    for words, act, peer in (
        (
            "one diagram, the largest, laid out and drawn",
            one_diagram,
            lambda: (render(question, "json"), render(source, "svg", engine="neato", placed=True)),
        ),
        (
            "the same, where it stood before (asked: under 30)",
            known_diagram,
            lambda: render(source, "svg", engine="neato", placed=True),
        ),
    ):
        pairs = [(milliseconds(act), milliseconds(peer)) for _ in range(3 * ROUNDS)]
        ours, bare = (median(one) for one in zip(*pairs, strict=True))
        print(f"{words}: {ours:.0f} ms, {ours / bare:.1f} times the renderer alone")


if __name__ == "__main__":
    main()
