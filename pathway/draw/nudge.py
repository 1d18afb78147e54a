"""What is mended in the work of the layout program: too much room between rows of states, and shared arrowheads."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from attrs import evolve

from pathway.draw.geometry import Area, Point

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pathway.draw.placed import PlacedLine

APART = 9.0
"""Points between the tips of two arrows that end at one state."""
_CORNER = 5.0
"""No arrow ends this close to the corner of a state."""
_END = 3
"""The control points that move together with a tip: the last curve of the line, without its start."""


class Squeezed:
    """Heights with other empty rows between the states. What stands in such a row moves with it."""

    def __init__(self, states: Iterable[Area], gaps: tuple[float, ...]) -> None:
        rows: list[tuple[float, float]] = []
        for top, bottom in sorted((state.top, state.bottom) for state in states):
            if rows and top <= rows[-1][1]:
                rows[-1] = rows[-1][0], max(bottom, rows[-1][1])
            else:
                rows.append((top, bottom))
        self._empty = [(upper[1], lower[0], gap) for (upper, lower), gap in zip(pairwise(rows), gaps, strict=False)]
        """Each empty row that changes: its top, its foot, and its new height."""

    def height(self, y: float) -> float:
        """The new height of a point."""
        moved = y
        for top, bottom, gap in self._empty:
            part = min(max((y - top) / (bottom - top), 0.0), 1.0)
            moved += part * (gap - (bottom - top))
        return moved

    def area(self, area: Area) -> Area:
        """An area at its new height."""
        return Area(area.left, self.height(area.top), area.right, self.height(area.bottom))

    def line(self, line: PlacedLine) -> PlacedLine:
        """A line at its new height."""
        controls = tuple((x, self.height(y)) for x, y in line.controls)
        return evolve(line, controls=controls, tip=(line.tip[0], self.height(line.tip[1])))


def apart(lines: list[PlacedLine], states: Mapping[str, Area]) -> list[PlacedLine]:
    """The lines, with tips that would be one arrowhead moved apart along the side of their state."""
    found = {line.line.id: line for line in lines}
    for state, area in states.items():
        for vertical in (True, False):
            axis = int(vertical)
            ends = [
                line for line in found.values() if line.line.target == state and _ends_beside(line, area) is vertical
            ]
            for side in _sides(ends, area, axis):
                for line, place in zip(side, _spread([line.tip[axis] for line in side], area, axis), strict=True):
                    found[line.line.id] = _moved(line, place - line.tip[axis], axis)
    return [found[line.line.id] for line in lines]


def _ends_beside(line: PlacedLine, area: Area) -> bool:
    """Whether a line ends at the left or right side of its state, not at its top or foot."""
    x, y = line.tip
    return min(abs(x - area.left), abs(x - area.right)) < min(abs(y - area.top), abs(y - area.bottom))


def _sides(ends: list[PlacedLine], area: Area, axis: int) -> Iterable[list[PlacedLine]]:
    """The lines that end at either side, in the order in which they come along it."""
    middle = area.center[1 - axis]
    for far in (True, False):
        side = [line for line in ends if (line.tip[1 - axis] > middle) is far]
        if len(side) > 1:
            yield sorted(side, key=lambda line: (_before(line, axis), line.line.id))


def _before(line: PlacedLine, axis: int) -> float:
    """Where a line comes from, as seen from its end: by the control point before its last curve."""
    return line.controls[max(0, len(line.controls) - _END - 1)][axis]


def _spread(places: list[float], area: Area, axis: int) -> list[float]:
    """Places along a side, in order and at a distance, as near as can be to where they were."""
    low, high = (area.top, area.bottom) if axis else (area.left, area.right)
    low, high = low + _CORNER, high - _CORNER
    wanted = sorted(places)
    if all(second - first >= APART for first, second in pairwise(wanted)):
        return places if places == wanted else wanted
    step = min(APART, max(0.0, high - low) / (len(places) - 1))
    start = sum(places) / len(places) - step * (len(places) - 1) / 2
    start = min(max(start, low), max(low, high - step * (len(places) - 1)))
    return [start + step * at for at in range(len(places))]


def _moved(line: PlacedLine, by: float, axis: int) -> PlacedLine:
    def shifted(point: Point) -> Point:
        return (point[0], point[1] + by) if axis else (point[0] + by, point[1])

    kept, last = line.controls[:-_END], line.controls[-_END:]
    return evolve(line, controls=(*kept, *map(shifted, last)), tip=shifted(line.tip))
