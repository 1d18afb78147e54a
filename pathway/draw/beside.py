"""A sheet with a diagram, and a legend in what the diagram leaves free of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import frozen

from pathway.draw.geometry import Area
from pathway.draw.head import NUMBER, PITCH, READING, head, signature
from pathway.draw.metrics import width
from pathway.draw.sheet import LEFT_OUT, Sheet
from pathway.draw.style import INK, TEXT, URGENT
from pathway.draw.text import Span, bold, paragraph  # attrs classes keep their types resolvable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.placed import Placed
    from pathway.model.pathway import Pathway

_GUTTER = 6.0
_BETWEEN = 0.6
_HEAD, _WIDEST_HEAD = 110.0, 265.0


@frozen
class Entry:
    """One entry of a legend: its number, whether it is urgent, and what it says."""

    number: str
    urgent: bool
    words: tuple[Span | str, ...]


def with_legend(
    pathway: Pathway, name: str, what: str, placed: Placed, entries: Iterable[Entry], *, to_sign: bool = False
) -> Sheet:
    """A sheet with a diagram at its upper right corner, and a legend in the two columns that this leaves free.

    Where the legend is longer than the sheet its last line says how many entries are left out. `to_sign`: with a line
    for a name and a date.
    """
    sheet = Sheet(name, f"{pathway.title}: {what}")
    area = placed.area
    placed = placed.moved(sheet.inner.right - area.right, sheet.inner.top - area.top)
    sheet.draw(placed)
    room = _room(sheet, placed)
    top = head(sheet, pathway, what, room=room)
    if to_sign:
        sheet.write("reading", sheet.inner.left, top + 1, paragraph(READING, TEXT, room, PITCH))
    _legend(sheet, placed, list(entries), to_sign=to_sign)
    return sheet


def _legend(sheet: Sheet, placed: Placed, entries: list[Entry], *, to_sign: bool) -> None:
    """First the left column, then the right."""
    middle = max(one.area.right for one in placed.boxes if one.area.left < sheet.paper[0] / 3) + _GUTTER
    columns = [
        _free(sheet, placed, sheet.inner.left, middle - _GUTTER),
        _free(sheet, placed, middle, sheet.inner.right),
    ]
    if to_sign:
        columns[0] = columns[0]._replace(bottom=signature(sheet, columns[0].left, columns[0].right))
    aside = max(NUMBER, *(width(one.number, TEXT, bold=True) + 5 for one in entries))
    top = columns[0].top
    at = 0
    for order, one in enumerate(entries):
        text = paragraph(one.words, TEXT, columns[at].width - aside, PITCH)
        if top + text.height > columns[at].bottom and at + 1 < len(columns):
            at += 1
            top = columns[at].top
            text = paragraph(one.words, TEXT, columns[at].width - aside, PITCH)
        last = columns[at].bottom if order + 1 == len(entries) else columns[at].bottom - 2 * TEXT
        if at + 1 == len(columns) and top + text.height > last:
            left_out = f"{len(entries) - order} more do not fit on this sheet."
            sheet.write(LEFT_OUT, columns[at].left, top, paragraph([bold(left_out)], TEXT, columns[at].width, PITCH))
            return
        number = paragraph([bold(one.number, URGENT if one.urgent else INK)], TEXT, aside, PITCH)
        sheet.write(f"number-{order}", columns[at].left, top, number)
        top = sheet.write(f"legend-{order}", columns[at].left + aside, top, text) + _BETWEEN


def _room(sheet: Sheet, placed: Placed) -> float:
    """The width that the diagram leaves for the head at the upper left corner."""
    left = min(one.left for one in placed.areas() if one.top < sheet.inner.top + _HEAD)
    return min(left - _GUTTER - sheet.inner.left, _WIDEST_HEAD)


def _free(sheet: Sheet, placed: Placed, left: float, right: float) -> Area:
    """The part of a column below everything that is drawn in it."""
    inner = sheet.inner
    areas = [*placed.areas(), *(Area(*one.tip, *one.tip) for one in placed.lines)]
    top = max((one.bottom for one in areas if one.left < right and left < one.right), default=inner.top)
    return Area(left, top + _GUTTER, right, inner.bottom)
