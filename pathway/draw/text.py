"""Running text on a sheet: words of one size, some of them bold or coloured, broken into lines."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

from attrs import frozen

from pathway.draw.metrics import width

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_SLACK = 4.0
"""Points left free at the end of a line: the renderer rounds each run of letters."""


@frozen
class Span:
    """Words set alike. A blank at either end separates them from their neighbours."""

    words: str
    bold: bool = False
    italic: bool = False
    color: str = ""

    def html(self) -> str:
        """A part of an HTML-like label."""
        content = escape(self.words)
        if self.bold:
            content = f"<B>{content}</B>"
        if self.italic:
            content = f"<I>{content}</I>"
        return f'<FONT COLOR="{self.color}">{content}</FONT>' if self.color else content


@frozen
class Paragraph:
    """Lines of spans of one size in points, in a column `room` points wide, `pitch` points from line to line."""

    lines: tuple[tuple[Span, ...], ...]
    size: float
    room: float
    pitch: int

    @property
    def height(self) -> float:
        """Points from the top of the first line to the foot of the last."""
        return max(math.ceil(self.pitch * 1.2), len(self.lines) * self.pitch + 1)

    @property
    def words(self) -> str:
        """The words, on one line."""
        return " ".join("".join(span.words for span in line) for line in self.lines)

    def html(self) -> str:
        """An HTML-like label of exactly this width and height."""
        # The renderer makes a line as high as its largest letter if the letters differ: a blank sets the pitch.
        blank = "<B> </B>" if self.pitch == self.size else f'<FONT POINT-SIZE="{self.pitch}"> </FONT>'
        strut = blank if len(self.lines) > 1 else ""
        content = "".join(f'{"".join(span.html() for span in line)}{strut}<BR ALIGN="LEFT"/>' for line in self.lines)
        return (
            f'<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0"><TR><TD FIXEDSIZE="TRUE" '
            f'WIDTH="{math.ceil(self.room)}" HEIGHT="{self.height:.0f}" ALIGN="LEFT" VALIGN="TOP" BALIGN="LEFT">'
            f'<FONT POINT-SIZE="{self.size:g}">{content}</FONT></TD></TR></TABLE>>'
        )


def bold(words: str, color: str = "") -> Span:
    """Words in bold."""
    return Span(words, bold=True, color=color)


def italic(words: str) -> Span:
    """Words in italics."""
    return Span(words, italic=True)


def paragraph(spans: Iterable[Span | str], size: float, room: float, pitch: int = 0) -> Paragraph:
    """Break spans into lines of at most `room` points, at their blanks; a new line in a text is one on the sheet.

    `pitch`: points from line to line, at least `size`; by default `size` plus one.
    """
    lines: list[list[Span]] = [[]]
    used = 0.0
    for word in _short(_words(Span(span) if isinstance(span, str) else span for span in spans), size, room - _SLACK):
        if word is None:
            lines.append([])
            used = 0.0
            continue
        wide = sum(width(span.words, size, bold=span.bold) for span in word)
        blank = width(" ", size, bold=word[0].bold)
        if lines[-1] and used + blank + wide > room - _SLACK:
            lines.append([])
            used = 0.0
        if lines[-1]:
            word[0] = _with(word[0], f" {word[0].words}")
            used += blank
        lines[-1] += word
        used += wide
    return Paragraph(tuple(_joined(line) for line in lines), size, room, pitch or round(size) + 1)


def _short(words: Iterable[list[Span] | None], size: float, room: float) -> Iterator[list[Span] | None]:
    """The words; a word that is longer than a line is cut into pieces."""
    for word in words:
        if word is None or sum(width(span.words, size, bold=span.bold) for span in word) <= room:
            yield word
            continue
        for span in word:
            piece = ""
            for letter in span.words:
                if piece and width(piece + letter, size, bold=span.bold) > room:
                    yield [_with(span, piece)]
                    piece = ""
                piece += letter
            if piece:
                yield [_with(span, piece)]


def _words(spans: Iterable[Span]) -> Iterator[list[Span] | None]:
    """The words, each of one or more spans; None for a new line."""
    word: list[Span] = []
    for span in spans:
        for row, line in enumerate(span.words.split("\n")):
            for place, part in enumerate(line.split(" ")):
                if (place or row) and word:
                    yield word
                    word = []
                if row and not place:
                    yield None
                if part:
                    word.append(_with(span, part))
    if word:
        yield word


def _with(span: Span, words: str) -> Span:
    return Span(words, span.bold, span.italic, span.color)


def _joined(line: list[Span]) -> tuple[Span, ...]:
    """The line with neighbours that are set alike joined into one span."""
    found: list[Span] = []
    for span in line:
        if found and (found[-1].bold, found[-1].italic, found[-1].color) == (span.bold, span.italic, span.color):
            found[-1] = Span(found[-1].words + span.words, span.bold, span.italic, span.color)
        elif span.words:
            found.append(span)
    return tuple(found)
