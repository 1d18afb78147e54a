"""Whether a sheet can be read: nothing overlaps, no line runs through words, no letter is too small.

The geometry is read from what the renderer says that it drew, not from what it was asked to draw.
"""

from __future__ import annotations

import json
from itertools import combinations
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.draw.engine import render
from pathway.draw.geometry import Area, Point, along, around, hull
from pathway.draw.sheet import LEFT_OUT, REVIEWER
from pathway.draw.style import MARGIN, SMALLEST

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.draw.sheet import Sheet

_TOUCH = 0.5
"""Two areas may share this many points."""
_ABOVE, _BELOW = 0.72, 0.21
"""The height of a letter above and below its base line, as a part of its size."""


@frozen
class _Drawn:
    name: str
    kind: str
    area: Area
    smallest: float


def faults_of(sheet: Sheet) -> list[str]:
    """What cannot be read on a sheet, a line each: overlaps, lines through words, small letters, lost edges."""
    found = json.loads(render(sheet.source(), "json", engine="neato", placed=True))
    drawn = list(_drawn(found, sheet))
    return [
        *(f"{sheet.name}: {fault}" for fault in _meeting(drawn)),
        *(f"{sheet.name}: {fault}" for fault in _struck(found, drawn)),
        *(
            f"{sheet.name}: {one.name} has letters of {one.smallest:g} points; at least {SMALLEST:g} are wanted"
            for one in drawn
            if one.smallest < SMALLEST
        ),
        *(f"{sheet.name}: {one.name} does not fit on the sheet" for one in drawn if not _on(sheet, one.area)),
        *(f"{sheet.name}: {words}" for words in _left_out(sheet)),
        *_paper(found, sheet),
    ]


def _left_out(sheet: Sheet) -> Iterator[str]:
    """What a sheet that is to be signed leaves out for want of room. The way of a case may be too long for a sheet."""
    texts = {name: text for name, _, _, text in sheet.texts}
    if LEFT_OUT in texts and REVIEWER in texts:
        yield texts[LEFT_OUT].words


def _paper(found: Any, sheet: Sheet) -> Iterator[str]:
    """A fault where the drawing is larger than its paper: a line leaves it."""
    left, low, right, high = (float(one) for one in found["bb"].split(","))
    wide, tall = right - left, high - low
    if abs(wide - sheet.paper[0]) > 1 or abs(tall - sheet.paper[1]) > 1:
        paper = f"{sheet.paper[0]:g} by {sheet.paper[1]:g}"
        yield f"{sheet.name}: is {wide:.0f} by {tall:.0f} points large; the paper is {paper}"


def _drawn(found: Any, sheet: Sheet) -> Iterator[_Drawn]:
    states = {node.id for diagram in sheet.diagrams for node in diagram.diagram.nodes}
    for one in found.get("objects", ()):
        words = _words(one)
        if one["name"] in states:
            x, y = (float(part) for part in one["pos"].split(","))
            box = around((x, y), float(one["width"]) * 72, float(one["height"]) * 72)
            yield _Drawn(f"state {one['name']}", "state", hull([box, *(area for area, _ in words)]), _smallest(words))
        elif words:
            yield _Drawn(f"text {one['name']}", "text", hull(area for area, _ in words), _smallest(words))
    for one in found.get("edges", ()):
        words = _words(one)
        if words:
            marks = [_hull_of(op["points"]) for op in one.get("_ldraw_", ()) if op["op"] in "pP"]
            area = hull([*(area for area, _ in words), *marks])
            yield _Drawn(f"label {one.get('id', '')}", "label", area, _smallest(words))


def _words(one: Any) -> list[tuple[Area, float]]:
    """The areas of the words and the size of their letters. Heights grow upwards, as in the renderer."""
    size = 0.0
    found = []
    for op in one.get("_ldraw_", ()):
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
    for one, two in combinations(drawn, 2):
        if one.area.meets(two.area, -_TOUCH) and not (one.kind == two.kind == "text" and _beside(one, two)):
            yield f"{one.name} and {two.name} overlap"


def _beside(one: _Drawn, two: _Drawn) -> bool:
    """Whether two texts merely stand on neighbouring lines, where letters may reach slightly into the next line."""
    shared = min(one.area.bottom, two.area.bottom) - max(one.area.top, two.area.top)
    return shared < 2 * _TOUCH


def _struck(found: Any, drawn: list[_Drawn]) -> Iterator[str]:
    """Lines that run through words, or through a state at neither of their ends."""
    names = {one["_gvid"]: one["name"] for one in found.get("objects", ())}
    for one in found.get("edges", ()):
        ends = {f"state {names[one['tail']]}", f"state {names[one['head']]}"}
        controls = [_point(part) for part in one["pos"].split() if part[:2] not in ("e,", "s,")]
        curve = along(tuple(controls))
        for other in drawn:
            inner = other.area.grown(-1.5)
            if other.name in ends or inner.left >= inner.right:
                continue
            if any(inner.left < x < inner.right and inner.top < y < inner.bottom for x, y in curve):
                yield f"line {one.get('id', '')} runs through {other.name}"


def _point(text: str) -> Point:
    x, y = text.split(",")
    return float(x), float(y)


def _on(sheet: Sheet, area: Area) -> bool:
    wide, high = sheet.paper
    edge = min(MARGIN, 0.1 * wide) - _TOUCH - 1 if sheet.texts else -_TOUCH
    return area.within(Area(edge, edge, wide - edge, high - edge))
