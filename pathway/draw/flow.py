"""Text that runs through the two columns of a sheet, under its diagram."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import define

from pathway.draw.geometry import Area
from pathway.draw.head import NUMBER, head
from pathway.draw.sheet import LEFT_OUT, Sheet
from pathway.draw.style import CITED, FRAME, INK, TEXT, URGENT
from pathway.draw.text import Paragraph, Span, bold, paragraph
from pathway.model.words import cited_in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.placed import Placed
    from pathway.model.pathway import Pathway

_COLUMNS = 2
_GUTTER = 14.0
_BETWEEN = 1.5
_BEFORE_HEADING = 7.0
_HEADING = TEXT + 2
_ASIDE = 10.0
_KEEP = 64.0
"""A heading stands at the foot of a column only with this much room below it."""
_LAST_LINE = 12.0


def cites(ids: Iterable[str]) -> Span:
    """Citations, in brackets."""
    return Span(cited_in_words(ids), color=CITED)


def choice(words: str) -> list[Span | str]:
    """The mark of a local choice with its reason, where there is one."""
    return [bold(" Local choice: "), f"{words}."] if words else []


@define
class Flow:
    """Fills the columns of a sheet from the height `top` to `bottom`.

    What does not fit is counted in a last line; on a sheet on which nothing may be left out that line is a fault.
    """

    sheet: Sheet
    top: float
    bottom: float
    _column: int = 0
    _at: float = 0.0
    _marks: int = 0
    _heading: str = ""
    _left_out: int = 0

    def __attrs_post_init__(self) -> None:
        self._at = self.top

    @property
    def width(self) -> float:
        """The width of a column in points."""
        return (self.sheet.inner.width - _GUTTER * (_COLUMNS - 1)) / _COLUMNS

    def heading(self, words: str) -> None:
        """Begin a section. The heading stands with the entry that follows, and is left out where none does."""
        self._heading = words

    def entry(self, spans: Iterable[Span | str], *, number: int | None = None, urgent: bool = False) -> None:
        """A paragraph, with a number beside it where it has one."""
        indent = NUMBER if number is not None else 0.0
        text = paragraph(list(spans), TEXT, self.width - indent)
        heading = paragraph([bold(self._heading)], _HEADING, self.width) if self._heading else None
        wanted = text.height if heading is None else heading.height + _BEFORE_HEADING + max(text.height, _KEEP)
        if self._at + wanted > self._bottom and self._column + 1 < _COLUMNS and not self._left_out:
            self._column += 1
            self._at = self.top
        if self._left_out or self._at + wanted > self._bottom:
            self._left_out += 1
            return
        if heading is not None:
            self._put(heading)
        if number is not None:
            badge = paragraph([bold(str(number), URGENT if urgent else INK)], TEXT, NUMBER)
            self.sheet.write(f"number-{number}", self._left, self._at, badge)
        name = self._name("entry") if number is None else f"legend-{number}"
        self._at = self.sheet.write(name, self._left + indent, self._at, text) + _BETWEEN

    def close(self, more: str = "more do not fit on this sheet.") -> None:
        """Count what was left out, in a last line; write it once all entries are there."""
        if self._left_out:
            text = paragraph([bold(f"{self._left_out} {more}")], TEXT, self.width)
            self.sheet.write(LEFT_OUT, self._left, self._at, text)

    def _put(self, heading: Paragraph) -> None:
        self._heading = ""
        if self._at > self.top:
            self._at += _BEFORE_HEADING
        self.sheet.write(self._name("heading"), self._left, self._at, heading)
        foot = self._at + heading.height
        self.sheet.tint(self._name("rule"), Area(self._left, foot, self._left + self.width, foot + 0.5), FRAME)
        self._at = foot + 2 * _BETWEEN

    @property
    def _bottom(self) -> float:
        """Where a column ends; the last one keeps a line for the count of what is left out."""
        return self.bottom - _LAST_LINE * (self._column + 1 == _COLUMNS)

    @property
    def _left(self) -> float:
        return self.sheet.inner.left + self._column * (self.width + _GUTTER)

    def _name(self, kind: str) -> str:
        self._marks += 1
        return f"{kind}-{self._marks}"


def diagram_first(pathway: Pathway, name: str, placed: Placed, what: str) -> Flow:
    """A sheet with a head and a diagram above its columns."""
    sheet = Sheet(name, f"{pathway.title}: {what}", whole=True)
    top = head(sheet, pathway, what, room=sheet.inner.width) + _ASIDE
    area = placed.area
    shown = placed.moved((sheet.paper[0] - area.width) / 2 - area.left, top - area.top)
    sheet.draw(shown)
    return Flow(sheet, shown.area.bottom + _ASIDE, sheet.inner.bottom)
