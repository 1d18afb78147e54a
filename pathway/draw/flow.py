"""Text that runs through the columns of as many sheets as it needs."""

from __future__ import annotations

from collections.abc import Callable  # attrs classes keep their types resolvable
from typing import TYPE_CHECKING

from attrs import define, field

from pathway.draw.geometry import Area
from pathway.draw.head import NUMBER, head, small_head
from pathway.draw.sheet import Sheet
from pathway.draw.style import FRAME, INK, TEXT, URGENT
from pathway.draw.text import Span, bold, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.placed import Placed
    from pathway.model.pathway import Pathway

GUTTER = 14.0
_ASIDE = 10.0
_TO_SIGN = 25.0
_BETWEEN = 1.5
_BEFORE_HEADING = 7.0
_HEADING = TEXT + 2
_KEEP = 64.0
"""A heading stands at the foot of a column only with this much room below it."""


@define
class Flow:
    """Fills columns with text. `open_sheet` begins a sheet and returns it with the top and bottom of its columns."""

    open_sheet: Callable[[int], tuple[Sheet, float, float]]
    columns: int = 2
    sheets: list[Sheet] = field(factory=list)
    _column: int = 0
    _top: float = 0.0
    _begin: float = 0.0
    _bottom: float = 0.0
    _marks: int = 0
    _heading: str = ""

    def __attrs_post_init__(self) -> None:
        self._next_sheet()

    @property
    def width(self) -> float:
        """The width of a column in points."""
        inner = self.sheets[-1].inner
        return (inner.width - GUTTER * (self.columns - 1)) / self.columns

    def heading(self, words: str) -> None:
        """Begin a section. The heading stands with the entry that follows, and is left out where none does."""
        self._heading = words

    def _put_heading(self) -> None:
        words, self._heading = self._heading, ""
        text = paragraph([bold(words)], _HEADING, self.width)
        self._make_room(text.height + _KEEP + _BEFORE_HEADING)
        if self._top > self._begin:
            self._top += _BEFORE_HEADING
        area = Area(self._left, self._top + text.height, self._left + self.width, self._top + text.height + 0.5)
        self.sheets[-1].write(self._name("heading"), self._left, self._top, text)
        self.sheets[-1].tint(self._name("rule"), area, FRAME)
        self._top += text.height + 2 * _BETWEEN

    def entry(self, spans: Iterable[Span | str], *, number: int | None = None, urgent: bool = False) -> None:
        """A paragraph, with a number beside it where it has one."""
        if self._heading:
            self._put_heading()
        spans = list(spans)
        indent = NUMBER if number is not None else 0.0
        text = paragraph(spans, TEXT, self.width - indent)
        self._make_room(text.height)
        name = self._name("entry") if number is None else f"legend-{number}"
        if number is not None:
            badge = paragraph([bold(str(number), URGENT if urgent else INK)], TEXT, NUMBER)
            self.sheets[-1].write(f"number-{number}", self._left, self._top, badge)
        self._top = self.sheets[-1].write(name, self._left + indent, self._top, text) + _BETWEEN

    @property
    def _left(self) -> float:
        return self.sheets[-1].inner.left + self._column * (self.width + GUTTER)

    def _make_room(self, height: float) -> None:
        if self._top + height <= self._bottom:
            return
        if self._column + 1 < self.columns:
            self._column += 1
            self._top = self._begin
        else:
            self._next_sheet()

    def _next_sheet(self) -> None:
        sheet, begin, bottom = self.open_sheet(len(self.sheets) + 1)
        self.sheets.append(sheet)
        self._column, self._begin, self._top, self._bottom = 0, begin, begin, bottom

    def _name(self, kind: str) -> str:
        self._marks += 1
        return f"{kind}-{self._marks}"


def diagram_first(pathway: Pathway, placed: Placed, what: str) -> Callable[[int], tuple[Sheet, float, float]]:
    """Opens sheets: the first with a head and a diagram above its columns, the others with one line of head."""

    def open_sheet(number: int) -> tuple[Sheet, float, float]:
        sheet = Sheet(what, f"{pathway.title}: {what}")
        bottom = sheet.inner.bottom - _TO_SIGN
        if number > 1:
            return sheet, small_head(sheet, pathway, what) + _ASIDE, bottom
        top = head(sheet, pathway, what, room=sheet.inner.width) + _ASIDE
        area = placed.area
        shown = placed.moved((sheet.paper[0] - area.width) / 2 - area.left, top - area.top)
        sheet.draw(shown)
        return sheet, shown.area.bottom + _ASIDE, bottom

    return open_sheet
