"""The layout of a diagram: the layout program runs once, and its result is kept as plain numbers."""

from __future__ import annotations

import hashlib
import json
import math
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from pathway.draw.engine import render, version
from pathway.draw.geometry import Area, Point, Points, along, around, hull
from pathway.draw.labels import label_size, settle
from pathway.draw.metrics import LINE, width
from pathway.draw.nudge import Squeezed, apart
from pathway.draw.placed import Placed, PlacedBox, PlacedLine
from pathway.draw.style import TITLE
from pathway.draw.write import layout_source

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.draw.arrangement import Arrangement
    from pathway.draw.diagram import Box, Diagram, Line


class Memory:
    """The layouts of diagrams, by a hash of everything that each was made from.

    A diagram is laid out again only where it, the renderer or the code that computes places has changed.
    """

    def __init__(self) -> None:
        self._known: dict[str, Any] = {}
        self._used: set[str] = set()

    def read(self, text: str) -> None:
        """Read layouts that `text` wrote; ignore anything else."""
        try:
            found = json.loads(text)
        except ValueError:
            return
        if isinstance(found, dict):
            self._known |= found

    def text(self) -> str:
        """Every layout that was used, in a stable order: one diagram a line."""
        lines = [f"{json.dumps(name)}: {json.dumps(self._known[name])}" for name in sorted(self._used)]
        return "{\n" + ",\n".join(lines) + "\n}\n"

    def place(self, diagram: Diagram, arrangement: Arrangement) -> Placed:
        """The layout of a diagram, remembered or made now."""
        source = layout_source(diagram, arrangement)
        parts = (source, f"{arrangement.gaps} {arrangement.free_beside}", version(), _code())
        name = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        if name not in self._known:
            self._known[name] = _laid_out(diagram, arrangement, source).to_data()
        self._used.add(name)
        return Placed.from_data(self._known[name], diagram)

    def forget(self) -> None:
        """Forget every layout."""
        self._known.clear()
        self._used.clear()


MEMORY = Memory()


@cache
def _code() -> str:
    """A hash of the code that computes places: other code may give another layout."""
    here = Path(__file__).parent
    parts = (here / f"{name}.py" for name in ("geometry", "labels", "layout", "metrics", "placed", "nudge", "style"))
    return hashlib.sha256(b"\0".join(part.read_bytes() for part in parts)).hexdigest()


def place(diagram: Diagram, arrangement: Arrangement) -> Placed:
    """The layout of a diagram, each label in a free place beside its line.

    It is always made by the renderer of this package, so that every renderer draws the same sheet.
    """
    return MEMORY.place(diagram, arrangement)


def _laid_out(diagram: Diagram, arrangement: Arrangement, source: str) -> Placed:
    found = json.loads(render(source, "json"))
    height = float(found["bb"].split(",")[3])

    def at(text: str) -> Point:
        x, y = text.split(",")
        return float(x), height - float(y)

    objects = {item["name"]: item for item in found["objects"]}
    nodes = {
        node.id: around(
            at(objects[node.id]["pos"]), float(objects[node.id]["width"]) * 72, float(objects[node.id]["height"]) * 72
        )
        for node in diagram.nodes
    }
    edges = {edge["id"]: edge for edge in found.get("edges", ()) if "id" in edge}
    lines = [_read(line, edges[line.id], at, line.id in arrangement.upward) for line in diagram.lines]
    boxes = [_box(box, objects[f"cluster_{box.id}"], height) for box in diagram.boxes if f"cluster_{box.id}" in objects]
    rows = Squeezed(nodes.values(), arrangement.gaps)
    nodes = {name: rows.area(area) for name, area in nodes.items()}
    boxes = [evolve(box, area=rows.area(box.area)) for box in boxes]
    lines = apart([rows.line(line) for line in lines], nodes)
    curves = {line.line.id: [*along(line.controls), line.tip] for line in lines}
    labels = settle(
        {line.line.id: label_size(line.line) for line in lines},
        curves,
        [*nodes.values(), *_kept_free(arrangement.free_beside, boxes, curves)],
        [box.area for box in boxes],
    )
    lines = [evolve(line, label=labels[line.line.id]) for line in lines]
    boxes = _widened(boxes, lines, nodes)
    taken = [*nodes.values(), *labels.values()]
    points = Points(curves.items())
    return Placed(diagram, nodes, tuple(lines), tuple(_titled(box, taken, points) for box in boxes))


def _kept_free(name: str, boxes: list[PlacedBox], curves: dict[str, list[Point]]) -> Iterator[Area]:
    """The part of the page to the left of a box, where a sheet has words of its own."""
    for box in boxes:
        if box.box.id == name:
            left = min(min(x for x, _ in curve) for curve in curves.values())
            yield Area(min(left, box.area.left), box.area.top, box.area.left - _FROM_THE_EDGE, box.area.bottom)


def _read(line: Line, edge: Any, at: Any, upward: bool) -> PlacedLine:
    controls, tip = [], None
    for part in edge["pos"].split():
        if part[:2] in ("e,", "s,"):
            tip = at(part[2:])
        else:
            controls.append(at(part))
    if upward:
        controls.reverse()
    wide, high = label_size(line)
    return PlacedLine(line, tuple(controls), tip or controls[-1], around(at(edge["lp"]), wide, high))


def _box(box: Box, found: Any, height: float) -> PlacedBox:
    left, low, right, high = (float(number) for number in found["bb"].split(","))
    return PlacedBox(box, Area(left, height - high, right, height - low), None)


def _widened(boxes: list[PlacedBox], lines: list[PlacedLine], nodes: dict[str, Area]) -> list[PlacedBox]:
    """The boxes, inner ones first, widened so that the labels of lines between their own states are inside.

    A box that would then meet a state of another box stays as it is.
    """
    areas: dict[str, Area] = {}
    for placed in sorted(boxes, key=lambda box: not box.box.inside):
        inside = [x.label.grown(3) for x in lines if {x.line.source, x.line.target} <= set(placed.box.states)]
        inside += [areas[x.box.id].grown(4) for x in boxes if x.box.inside == placed.box.id]
        around_all = hull([placed.area, *inside])
        wide = placed.area._replace(left=around_all.left, right=around_all.right)
        strange = [area for name, area in nodes.items() if name not in placed.box.states]
        areas[placed.box.id] = placed.area if any(wide.meets(area, 4) for area in strange) else wide
    return [evolve(box, area=areas[box.box.id]) for box in boxes]


def _title_size(box: Box) -> Point:
    return math.ceil(width(box.title, TITLE, bold=True)) + 6, TITLE * LINE + 2


def _titled(placed: PlacedBox, taken: list[Area], curves: Points) -> PlacedBox:
    """The box with its title in the emptiest place along its edges; inside and at the top if possible."""
    if not placed.box.title:
        return placed
    wide, high = _title_size(placed.box)
    area = placed.area.grown(-_FROM_THE_EDGE)
    rows = [area.top, area.bottom - high]
    rows += [area.top + step for step in range(0, int(area.height - high), 12)]
    rows += [placed.area.top - high, placed.area.bottom]
    places = [Area(x, y, x + wide, y + high) for y in rows for x in (area.left, area.right - wide)]

    def cost(place: Area) -> int:
        near = sum(400 * place.meets(other, 2) + place.meets(other, 9) for other in taken)
        outside = not place.within(placed.area)
        return near + 60 * len(curves.inside(place.grown(2))) + 2 * (place.top > area.top) + 20 * outside

    return evolve(placed, title=min(places, key=cost))


_FROM_THE_EDGE = 4
