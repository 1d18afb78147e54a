"""Whether a sheet can be read: nothing overlaps, no line runs through words, no letter is too small.

The geometry is read from the renderer's output, not from its input.
"""

from __future__ import annotations

import json
import math
from itertools import combinations
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.draw.engine import render
from pathway.draw.geometry import Area, Point, along, around, hull
from pathway.draw.sheet import LEFT_OUT
from pathway.draw.style import MARGIN, SMALLEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.draw.sheet import Sheet

_TOUCH = 0.5
"""Two areas may share this many points."""
_CLEAR = 1.0
"""Points that a label keeps clear of every line but its own."""
_HEAD = 5.0
"""Points by which the tips of two arrows are apart at least."""
_ABOVE, _BELOW = 0.72, 0.21
"""The height of a letter above and below its base line, as a part of its size."""


@frozen
class _Drawn:
    name: str
    kind: str
    area: Area
    smallest: float


def faults_of(sheet: Sheet) -> list[str]:
    """The faults of a sheet, a line each: overlaps, lines through words, small letters, lost edges."""
    found = json.loads(render(sheet.source(), "json", engine="neato", placed=True))
    drawn = list(_drawn(found, sheet))
    return [
        *(f"{sheet.name}: {fault}" for fault in _meeting(drawn)),
        *(f"{sheet.name}: {fault}" for fault in _struck(found, drawn)),
        *(f"{sheet.name}: {fault}" for fault in _shared(found)),
        *(
            f"{sheet.name}: {mark.name} has letters of {mark.smallest:g} points; at least {SMALLEST:g} are wanted"
            for mark in drawn
            if mark.smallest < SMALLEST
        ),
        *(f"{sheet.name}: {mark.name} does not fit on the sheet" for mark in drawn if not _on(sheet, mark.area)),
        *(f"{sheet.name}: {words}" for words in _left_out(sheet)),
        *_paper(found, sheet),
    ]


def _left_out(sheet: Sheet) -> Iterator[str]:
    """A fault where a sheet for sign-off leaves something out. A sheet with the way of a case may do so."""
    if sheet.whole:
        yield from (text.words for name, _, _, text in sheet.texts if name == LEFT_OUT)


def _paper(found: Any, sheet: Sheet) -> Iterator[str]:
    """A fault where the drawing is larger than its paper: a line leaves it."""
    left, low, right, high = (float(number) for number in found["bb"].split(","))
    wide, tall = right - left, high - low
    if abs(wide - sheet.paper[0]) > 1 or abs(tall - sheet.paper[1]) > 1:
        paper = f"{sheet.paper[0]:g} by {sheet.paper[1]:g}"
        yield f"{sheet.name}: is {wide:.0f} by {tall:.0f} points large; the paper is {paper}"


def _drawn(found: Any, sheet: Sheet) -> Iterator[_Drawn]:
    states = {node.id for diagram in sheet.diagrams for node in diagram.diagram.nodes}
    for item in found.get("objects", ()):
        words = _words(item)
        if item["name"] in states:
            x, y = (float(part) for part in item["pos"].split(","))
            box = around((x, y), float(item["width"]) * 72, float(item["height"]) * 72)
            yield _Drawn(f"state {item['name']}", "state", hull([box, *(area for area, _ in words)]), _smallest(words))
        elif words:
            yield _Drawn(f"text {item['name']}", "text", hull(area for area, _ in words), _smallest(words))
    for edge in found.get("edges", ()):
        words = _words(edge)
        if words:
            marks = [_hull_of(op["points"]) for op in edge.get("_ldraw_", ()) if op["op"] in "pP"]
            area = hull([*(area for area, _ in words), *marks])
            yield _Drawn(f"label {edge.get('id', '')}", "label", area, _smallest(words))


def _words(item: Any) -> list[tuple[Area, float]]:
    """The areas of the words and the size of their letters. Heights grow upwards, as in the renderer."""
    size = 0.0
    found = []
    for op in item.get("_ldraw_", ()):
        if op["op"] == "F":
            size = float(op["size"])
        elif op["op"] == "T" and op["text"].strip():
            x, y = op["pt"]
            left = x - {"l": 0.0, "c": 0.5, "r": 1.0}[op["align"]] * op["width"]
            found.append((Area(left, y - _BELOW * size, left + op["width"], y + _ABOVE * size), size))
    return found


def _smallest(words: list[tuple[Area, float]]) -> float:
    return min((size for _, size in words), default=SMALLEST)


def _hull_of(points: Iterable[Point]) -> Area:
    return hull(Area(x, y, x, y) for x, y in points)


def _meeting(drawn: list[_Drawn]) -> Iterator[str]:
    for mark, other in combinations(drawn, 2):
        if mark.area.meets(other.area, -_TOUCH) and not (mark.kind == other.kind == "text" and _beside(mark, other)):
            yield f"{mark.name} and {other.name} overlap"


def _beside(mark: _Drawn, other: _Drawn) -> bool:
    """Whether two texts merely stand on neighbouring lines, where letters may reach slightly into the next line."""
    shared = min(mark.area.bottom, other.area.bottom) - max(mark.area.top, other.area.top)
    return shared < 2 * _TOUCH


def _struck(found: Any, drawn: list[_Drawn]) -> Iterator[str]:
    """Lines that run through words, or through a state at neither of their ends."""
    names = {node["_gvid"]: node["name"] for node in found.get("objects", ())}
    for edge in found.get("edges", ()):
        ends = {f"state {names[edge['tail']]}", f"state {names[edge['head']]}"}
        controls = [_point(part) for part in edge["pos"].split() if part[:2] not in ("e,", "s,")]
        curve = along(tuple(controls))
        for other in drawn:
            strange = other.kind == "label" and other.name != f"label {edge.get('id', '')}"
            inner = other.area.grown(_CLEAR if strange else -1.5)
            if other.name in ends or inner.left >= inner.right:
                continue
            if any(inner.left < x < inner.right and inner.top < y < inner.bottom for x, y in curve):
                yield f"line {edge.get('id', '')} {'touches' if strange else 'runs through'} {other.name}"


def _shared(found: Any) -> Iterator[str]:
    """Two lines that end in one arrowhead."""
    tips = [
        (edge["head"], edge.get("id", ""), _point(part[2:]))
        for edge in found.get("edges", ())
        for part in edge["pos"].split()
        if part.startswith("e,")
    ]
    for (state, line, tip), (other_state, other, place) in combinations(tips, 2):
        if state == other_state and math.dist(tip, place) < _HEAD:
            yield f"lines {line} and {other} share an arrowhead"


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), float(y)


def _on(sheet: Sheet, area: Area) -> bool:
    wide, high = sheet.paper
    edge = min(MARGIN, 0.1 * wide) - _TOUCH - 1 if sheet.texts else -_TOUCH
    return area.within(Area(edge, edge, wide - edge, high - edge))
