"""Plane geometry of a drawing, in points of 1/72 inch from the upper left corner, downwards."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

Point: TypeAlias = tuple[float, float]

_CELL = 24.0
_ROW = 2.0
"""The height of a row of `Ground`, in points."""
_STEP = 4.0
"""Points between two neighbours along a curve."""


class Area(NamedTuple):
    """An upright rectangle: left, top, right, bottom."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """The width in points."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in points."""
        return self.bottom - self.top

    @property
    def center(self) -> Point:
        """The middle point."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def meets(self, other: Area, gap: float = 0) -> bool:
        """Whether the two areas overlap or are closer than `gap`."""
        return (
            self.left - gap < other.right
            and other.left - gap < self.right
            and self.top - gap < other.bottom
            and other.top - gap < self.bottom
        )

    def within(self, other: Area) -> bool:
        """Whether the area lies inside the other."""
        return (
            other.left <= self.left
            and self.right <= other.right
            and other.top <= self.top
            and self.bottom <= other.bottom
        )

    def moved(self, right: float, down: float) -> Area:
        """The area, moved by some points."""
        return Area(self.left + right, self.top + down, self.right + right, self.bottom + down)

    def grown(self, by: float) -> Area:
        """The area with a margin around it."""
        return Area(self.left - by, self.top - by, self.right + by, self.bottom + by)


def around(center: Point, width: float, height: float) -> Area:
    """The area of that size around a point."""
    x, y = center
    return Area(x - width / 2, y - height / 2, x + width / 2, y + height / 2)


def hull(areas: Iterable[Area]) -> Area:
    """The smallest area around several."""
    found = list(areas)
    return Area(
        min(area.left for area in found),
        min(area.top for area in found),
        max(area.right for area in found),
        max(area.bottom for area in found),
    )


def along(controls: tuple[Point, ...]) -> list[Point]:
    """Points along a chain of cubic Bezier curves, given its control points: one, then three for each curve."""
    found = [controls[0]]
    for at in range(0, len(controls) - 3, 3):
        (ax, ay), (bx, by), (cx, cy), (dx, dy) = controls[at : at + 4]
        steps = max(2, round((abs(dx - ax) + abs(dy - ay)) / _STEP))
        for step in range(1, steps + 1):
            t = step / steps
            u = 1 - t
            a, b, c, d = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
            found.append((a * ax + b * bx + c * cx + d * dx, a * ay + b * by + c * cy + d * dy))
    return found


class Points:
    """Points on a grid, so that those inside an area are found quickly. Each belongs to an owner."""

    def __init__(self, owned: Iterable[tuple[str, Iterable[Point]]]) -> None:
        self._cells: dict[tuple[int, int], list[tuple[float, float, str]]] = {}
        for owner, points in owned:
            for x, y in points:
                self._cells.setdefault((int(x // _CELL), int(y // _CELL)), []).append((x, y, owner))

    def inside(self, area: Area) -> list[tuple[float, float, str]]:
        """The points inside an area, each with its owner."""
        left, top, right, bottom = area.left, area.top, area.right, area.bottom
        cells = self._cells
        found = []
        for column in range(int(left // _CELL), int(right // _CELL) + 1):
            for row in range(int(top // _CELL), int(bottom // _CELL) + 1):
                for point in cells.get((column, row), ()):
                    if left <= point[0] <= right and top <= point[1] <= bottom:
                        found.append(point)
        return found


class Ground:
    """Which parts of a page are taken, as rows of bits: a few operations tell whether an area is free."""

    def __init__(self, page: Area) -> None:
        self._page = page
        self._rows = [0] * (int(page.height / _ROW) + 2)

    def covered(self, area: Area) -> None:
        """Mark an area as taken; a part off the page is ignored."""
        first, last, mask = self._place(area)
        rows = self._rows
        for row in range(first, last):
            rows[row] |= mask

    def free(self, area: Area) -> bool:
        """Whether an area is free, to the height of a row."""
        first, last, mask = self._place(area)
        return not any(row & mask for row in self._rows[first:last])

    def __or__(self, other: Ground) -> Ground:
        """The union: taken is what is taken on either ground. Both must be of one page."""
        found = Ground(self._page)
        found._rows = [mine | its for mine, its in zip(self._rows, other._rows, strict=True)]
        return found

    def _place(self, area: Area) -> tuple[int, int, int]:
        page = self._page
        first = max(0, int((area.top - page.top) / _ROW))
        last = min(len(self._rows), int((area.bottom - page.top) / _ROW) + 1)
        left = max(0, int((area.left - page.left) / _ROW))
        right = max(left, int((area.right - page.left) / _ROW) + 1)
        return first, last, (1 << right) - (1 << left)
