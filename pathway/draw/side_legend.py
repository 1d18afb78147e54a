"""A sheet with a diagram, and a legend in the room that the diagram leaves free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from pathway.draw.geometry import Area
from pathway.draw.head import NUMBER, PITCH, head
from pathway.draw.metrics import width
from pathway.draw.sheet import LEFT_OUT, Sheet
from pathway.draw.style import INK, TEXT, URGENT
from pathway.draw.text import Span, bold, paragraph  # attrs classes keep their types resolvable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.placed import Placed
    from pathway.model.pathway import Pathway

_GUTTER = 6.0
_BETWEEN = 0.2
_HEAD, _WIDEST_HEAD = 110.0, 265.0


@frozen
class Item:
    """An item of a legend: its number, whether it is urgent, and its words."""

    number: str
    urgent: bool
    words: tuple[Span | str, ...]


def with_legend(pathway: Pathway, name: str, what: str, placed: Placed, items: Iterable[Item]) -> Sheet:
    """A sheet with a diagram in its upper right corner, and a legend in two columns around it."""
    sheet = Sheet(name, f"{pathway.title}: {what}")
    area = placed.area
    placed = placed.moved(sheet.inner.right - area.right, sheet.inner.top - area.top)
    sheet.draw(placed)
    room = _room(sheet, placed)
    top = head(sheet, pathway, what, room=room)
    fill(sheet, placed, list(items), top + _GUTTER)
    return sheet


def fill(sheet: Sheet, placed: Placed, items: list[Item], below: float) -> None:
    """Write items into the room that a diagram leaves free: the left column from `below` downwards, then the right.

    Where they do not fit, the last line counts those that are left out.
    """
    wide = sheet.paper[0]
    leftmost = (box.area.right for box in placed.boxes if box.area.left < wide / 3)
    # A narrow diagram leaves all of the left column free.
    middle = max(leftmost, default=wide / 2) + _GUTTER
    columns = [
        _free(sheet, placed, sheet.inner.left, middle - _GUTTER),
        _free(sheet, placed, middle, sheet.inner.right),
    ]
    columns[0] = columns[0]._replace(top=max(columns[0].top, below))
    aside = max([NUMBER, *(width(item.number, TEXT, bold=True) + 5 for item in items)])
    top = columns[0].top
    at = 0
    for order, item in enumerate(items):
        text = paragraph(item.words, TEXT, columns[at].width - aside, PITCH)
        if top + text.height > columns[at].bottom and at + 1 < len(columns):
            at += 1
            top = columns[at].top
            text = paragraph(item.words, TEXT, columns[at].width - aside, PITCH)
        last = columns[at].bottom if order + 1 == len(items) else columns[at].bottom - 2 * TEXT
        if at + 1 == len(columns) and top + text.height > last:
            left_out = f"{len(items) - order} more do not fit on this sheet."
            sheet.write(LEFT_OUT, columns[at].left, top, paragraph([bold(left_out)], TEXT, columns[at].width, PITCH))
            return
        number = paragraph([bold(item.number, URGENT if item.urgent else INK)], TEXT, aside, PITCH)
        sheet.write(f"number-{order}", columns[at].left, top, number)
        top = sheet.write(f"legend-{order}", columns[at].left + aside, top, text) + _BETWEEN


def _room(sheet: Sheet, placed: Placed) -> float:
    """The width for the head, to the left of the diagram."""
    left = min(area.left for area in placed.areas() if area.top < sheet.inner.top + _HEAD)
    return min(left - _GUTTER - sheet.inner.left, _WIDEST_HEAD)


def _free(sheet: Sheet, placed: Placed, left: float, right: float) -> Area:
    """The part of a column below everything that is drawn in it."""
    inner = sheet.inner
    areas = [*placed.areas(), *(Area(*line.tip, *line.tip) for line in placed.lines)]
    top = max((area.bottom for area in areas if area.left < right and left < area.right), default=inner.top)
    return Area(left, top + _GUTTER, right, inner.bottom)
