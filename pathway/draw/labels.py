"""Labels of lines: how they look, how large they are, and a free place for each beside its line."""

from __future__ import annotations

import math
from itertools import accumulate, islice
from operator import or_
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from pathway.draw.geometry import Area, Ground, Point, Points, hull
from pathway.draw.metrics import balanced, width
from pathway.draw.style import BADGE, FAINT, INK, LABEL, URGENT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pathway.draw.diagram import Line

_ROOM = 66
_BADGE_PAD = 3
_GAP = 2
_PAD = 2
_AWAY = 2.5
"""Points between a label and its line."""


def label_lines(line: Line) -> list[str]:
    """The lines of the label; a line break in the words stays one."""
    return [row for part in line.words.split("\n") for row in balanced(part, LABEL, _ROOM)]


def label_size(line: Line) -> Point:
    """Width and height of the label."""
    words = max(width(row, LABEL) for row in label_lines(line))
    return round(_badges(line) + _GAP + words + 1), math.ceil(len(label_lines(line)) * LABEL * 1.2)


def label_html(line: Line) -> str:
    """The label for the renderer: a badge for each rule's number, then the words."""
    wide, high = label_size(line)
    color = FAINT if line.tone == "faint" else URGENT if line.urgent else INK
    gap = f'<TD FIXEDSIZE="TRUE" WIDTH="{_GAP}" HEIGHT="{LABEL + _PAD:.0f}"></TD>'
    badges = gap.join(
        f'<TD FIXEDSIZE="TRUE" WIDTH="{_badge(number):.0f}" HEIGHT="{LABEL + _PAD:.0f}" BGCOLOR="{color}">'
        f'<FONT COLOR="white" POINT-SIZE="{BADGE:g}"><B>{number}</B></FONT></TD>'
        for number in line.numbers
    )
    words = "".join(f'{escape(row)}<BR ALIGN="LEFT"/>' for row in label_lines(line))
    room = wide - _badges(line)
    return (
        f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR>'
        f'<TD FIXEDSIZE="TRUE" WIDTH="{_badges(line):.0f}" HEIGHT="{high:.0f}" VALIGN="TOP">'
        f'<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR>{badges}</TR></TABLE></TD>'
        f'<TD FIXEDSIZE="TRUE" WIDTH="{room:.0f}" HEIGHT="{high:.0f}" ALIGN="RIGHT" VALIGN="TOP" BALIGN="LEFT">'
        f'<FONT POINT-SIZE="{LABEL:g}">{words}</FONT></TD></TR></TABLE>>'
    )


def _badge(number: int) -> float:
    return round(width(str(number), BADGE, bold=True) + _BADGE_PAD)


def _badges(line: Line) -> float:
    return sum(_badge(number) + _GAP for number in line.numbers) - _GAP


def settle(
    sizes: Mapping[str, Point],
    curves: Mapping[str, list[Point]],
    states: Iterable[Area],
    frames: Iterable[Area],
) -> dict[str, Area]:
    """A place for each label beside its line and near the middle, clear of states, labels, lines and frames.

    The same arguments give the same places.
    """
    nodes, borders = [state.grown(_AWAY) for state in states], list(frames)
    points = Points(curves.items())
    page = hull([*nodes, *borders, *(Area(x, y, x, y) for curve in curves.values() for x, y in curve)])
    wide_page = page.grown(_MARGIN)
    tiers = _grounds(nodes, borders, curves, wide_page)
    places = {name: list(_beside(curve, sizes[name])) for name, curve in curves.items()}
    asked = dict.fromkeys(curves, 0)
    candidates: dict[str, list[tuple[float, float, float, Area]]] = {name: [] for name in curves}

    def look_further(name: str) -> bool:
        """Consider more places, free ones first, then those that strike nothing, then all. False if none are left."""
        middle = curves[name][len(curves[name]) // 2]
        while asked[name] < len(tiers) + 1:
            tier = asked[name]
            asked[name] += 1
            found = places[name]
            if tier < len(tiers):
                free = tiers[tier][name].free
                inside = (area for area in found if page.left <= area.left and area.right <= page.right)
                found = list(islice((area for area in inside if free(area)), _ENOUGH))
            for area in found:
                cost = 0.0 if tier == 0 else _cost(name, area, nodes, borders, points, page)
                cost += _AT_ANOTHER * _at_another(name, area, points)
                whole = round(cost + _distance(area, middle), 3)
                candidates[name].append((whole, area.left, area.top, area))
            if found:
                candidates[name].sort()
                return True
        return False

    placed: dict[str, Area] = {}
    for _ in range(4):
        before = dict(placed)
        for name in curves:
            others = [area for other, area in placed.items() if other != name]
            best = _best(candidates[name], others)
            while best[0] >= _STRUCK_BY_ITS_OWN and look_further(name):
                best = _best(candidates[name], others)
            placed[name] = best[1]
        if placed == before:
            break
    return placed


def _grounds(
    nodes: list[Area], borders: list[Area], curves: Mapping[str, list[Point]], page: Area
) -> tuple[dict[str, Ground], dict[str, Ground]]:
    """Two grounds for each line: the parts that its label should keep clear of, and those that it must keep clear of.

    The first are states, frames, its own curve, and other curves with a margin. The second are states and curves.
    """
    fixed = Ground(page)
    struck = Ground(page)
    for area in nodes:
        fixed.covered(area)
        struck.covered(area)
    for frame in borders:
        for edge in (
            Area(frame.left, frame.top, frame.right, frame.top),
            Area(frame.left, frame.bottom, frame.right, frame.bottom),
            Area(frame.left, frame.top, frame.left, frame.bottom),
            Area(frame.right, frame.top, frame.right, frame.bottom),
        ):
            fixed.covered(edge)
    narrow: dict[str, Ground] = {}
    wide: dict[str, Ground] = {}
    for name, curve in curves.items():
        narrow[name], wide[name] = Ground(page), Ground(page)
        for x, y in curve:
            narrow[name].covered(Area(x - 1, y - 1, x + 1, y + 1))
            struck.covered(Area(x - 1, y - 1, x + 1, y + 1))
            wide[name].covered(Area(x - _NEAR, y - _NEAR, x + _NEAR, y + _NEAR))
    before = [*accumulate(wide.values(), or_, initial=fixed)]
    after = [*accumulate(reversed(wide.values()), or_, initial=Ground(page))][::-1]
    free = {name: before[at] | after[at + 1] | narrow[name] for at, name in enumerate(curves)}
    return free, dict.fromkeys(curves, struck)


def _best(found: list[tuple[float, float, float, Area]], others: list[Area]) -> tuple[float, Area]:
    """The cheapest place, with a penalty for overlapping other labels; an empty area at a prohibitive cost if none."""
    best = (2 * _IN_THE_WAY, Area(0, 0, 0, 0))
    for cost, _, _, area in found:
        if cost >= best[0]:
            break
        whole = cost + sum(_IN_THE_WAY for other in others if area.meets(other, 1))
        if whole < best[0]:
            best = whole, area
    return best


_IN_THE_WAY, _STRUCK, _STRUCK_BY_ITS_OWN, _ON_A_FRAME, _BY_ANOTHER = 400.0, 92.0, 60.0, 60.0, 12.0
_MARGIN = 60.0
_ENOUGH = 12
"""How many free places of a label are enough to choose from."""
_AT_ANOTHER = 30.0
_IN_SIGHT = 24.0
_NEAR = 6.0
"""Within this distance in points a label seems to belong to another line."""


def _distance(area: Area, middle: Point) -> float:
    x, y = area.center
    return (abs(x - middle[0]) + abs(y - middle[1])) / 8


def _cost(name: str, area: Area, nodes: list[Area], borders: list[Area], points: Points, page: Area) -> float:
    """The cost of a place for a label; 0 is best."""
    found = 0.0
    for node in nodes:
        if area.meets(node):
            return _IN_THE_WAY
    struck = area.grown(1)
    left, top, right, bottom = struck.left, struck.top, struck.right, struck.bottom
    for x, y, owner in points.inside(area.grown(_NEAR)):
        if left <= x <= right and top <= y <= bottom:
            found += _STRUCK_BY_ITS_OWN if owner == name else _STRUCK
        elif owner != name:
            found += _BY_ANOTHER
    for frame in borders:
        if area.meets(frame) and not area.grown(2).within(frame):
            found += _ON_A_FRAME
    outside = max(page.left - area.left, area.right - page.right, 0)
    return found + 4 * outside


def _at_another(name: str, area: Area, points: Points) -> bool:
    """Whether the label would be at least as close to another line as to its own."""
    nearest = {True: math.inf, False: math.inf}
    for x, y, owner in points.inside(area.grown(_IN_SIGHT)):
        away = max(area.left - x, x - area.right, area.top - y, y - area.bottom)
        nearest[owner == name] = min(nearest[owner == name], away)
    return nearest[False] <= nearest[True]


def _beside(curve: list[Point], size: Point) -> Iterator[Area]:
    """Places on all sides of a curve: close to it first, and from its middle outwards."""
    wide, high = size
    count = len(curve)
    middle, step = count // 2, max(1, count // 24)
    outwards = sorted(range(count // 8, count - count // 8, step), key=lambda at: (abs(at - middle), at))
    for away in (_AWAY, 3 * _AWAY, 6 * _AWAY):
        beside, above = wide / 2 + away, high / 2 + away
        for at in outwards:
            x, y = curve[at]
            for side in (1, -1):
                left, top = x + side * beside - wide / 2, y - high / 2
                yield Area(left, top, left + wide, top + high)
                yield Area(left, y, left + wide, y + high)
                yield Area(left, y - high, left + wide, y)
                left, top = x - wide / 2, y + side * above - high / 2
                yield Area(left, top, left + wide, top + high)
