"""A diagram with all its places, in points from the upper left corner downwards."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from pathway.draw.diagram import Box, Diagram, Line  # attrs classes keep their types resolvable
from pathway.draw.geometry import Area, Point, along, hull

_FINE = 3
"""Decimals that are kept: a thousandth of a point cannot be seen on paper."""


@frozen
class PlacedLine:
    """A line with its curve (Bezier control points from source to target), the tip of its arrow and its label."""

    line: Line
    controls: tuple[Point, ...]
    tip: Point
    label: Area

    def strikes_its_label(self) -> bool:
        """Whether the line runs through its own label."""
        inner = self.label.grown(-1)
        return any(
            inner.left < x < inner.right and inner.top < y < inner.bottom for x, y in (*along(self.controls), self.tip)
        )

    def moved(self, right: float, down: float) -> PlacedLine:
        """A copy, moved by some points."""
        return PlacedLine(
            self.line,
            tuple((x + right, y + down) for x, y in self.controls),
            (self.tip[0] + right, self.tip[1] + down),
            self.label.moved(right, down),
        )


@frozen
class PlacedBox:
    """A box with its area, and the area of its title."""

    box: Box
    area: Area
    title: Area | None


@frozen
class Placed:
    """A diagram with all its places."""

    diagram: Diagram
    nodes: dict[str, Area]
    lines: tuple[PlacedLine, ...]
    boxes: tuple[PlacedBox, ...]

    @property
    def area(self) -> Area:
        """The smallest area around the whole diagram."""
        # The renderer counts the control points of a curve to its extent, though it may not come near them.
        curves = [Area(x, y, x, y) for line in self.lines for x, y in (*line.controls, line.tip)]
        return hull([*self.areas(), *curves])

    def areas(self) -> list[Area]:
        """The areas of every state, label, box and title: a title may stand outside its box."""
        titles = [box.title for box in self.boxes if box.title is not None]
        return [*self.nodes.values(), *(line.label for line in self.lines), *(box.area for box in self.boxes), *titles]

    def moved(self, right: float, down: float) -> Placed:
        """A copy, moved by some points."""
        return Placed(
            self.diagram,
            {name: area.moved(right, down) for name, area in self.nodes.items()},
            tuple(line.moved(right, down) for line in self.lines),
            tuple(
                PlacedBox(box.box, box.area.moved(right, down), box.title and box.title.moved(right, down))
                for box in self.boxes
            ),
        )

    def to_data(self) -> dict[str, Any]:
        """The places alone, as JSON data."""
        return {
            "nodes": {name: _fine(area) for name, area in self.nodes.items()},
            "lines": {
                line.line.id: [[_fine(point) for point in line.controls], _fine(line.tip), _fine(line.label)]
                for line in self.lines
            },
            "boxes": {box.box.id: [_fine(box.area), box.title and _fine(box.title)] for box in self.boxes},
        }

    @classmethod
    def from_data(cls, data: Any, diagram: Diagram) -> Placed:
        """The diagram at the places that `to_data` wrote."""
        lines, boxes = data["lines"], data["boxes"]
        return cls(
            diagram,
            {node.id: Area(*data["nodes"][node.id]) for node in diagram.nodes},
            tuple(
                PlacedLine(line, tuple((x, y) for x, y in controls), (tip[0], tip[1]), Area(*label))
                for line in diagram.lines
                for controls, tip, label in [lines[line.id]]
            ),
            tuple(
                PlacedBox(box, Area(*area), None if title is None else Area(*title))
                for box in diagram.boxes
                if box.id in boxes
                for area, title in [boxes[box.id]]
            ),
        )


def _fine(numbers: tuple[float, ...]) -> list[float]:
    return [round(number, _FINE) for number in numbers]
