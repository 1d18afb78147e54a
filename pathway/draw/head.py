"""Head and foot of every sheet: its subject and version, how to read it, and a line for a name and a date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.citing import letters_of
from pathway.draw.geometry import Area
from pathway.draw.sheet import REVIEWER, Sheet
from pathway.draw.style import HEADING, INK, TEXT, URGENT
from pathway.draw.text import Span, bold, italic, paragraph
from pathway.model.words import cited_in_words

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

NUMBER = 13.0
"""Width of the column for a rule's number, in points."""
PITCH = 8
"""Points from line to line of small print, on a full sheet."""
_GUTTER = 8.0
_TO_SIGN = 5.0


def reading(pathway: Pathway) -> tuple[Span | str, ...]:
    """How lines, states and citations are to be read."""
    marks = (part for letters, name in letters_of(pathway).items() for part in (bold(letters), f" {name}, "))
    return (
        bold("Red and bold: ", URGENT),
        "urgent. ",
        bold("Solid: "),
        "as soon as it is true. ",
        bold("Dashed: "),
        "only when that event arrives. ",
        bold("From a frame: "),
        "from any state in it. ",
        bold("Square: "),
        "the source ends there. ",
        *marks,
        bold("*"),
        " local choice, not of the source.",
    )


def head(sheet: Sheet, pathway: Pathway, what: str, room: float) -> float:
    """Write the subject and the version of a sheet; return the height at which the head ends."""
    left, top = sheet.inner.left, sheet.inner.top
    top = sheet.write("title", left, top, paragraph([bold(pathway.title)], HEADING, room)) + 2
    top = sheet.write("what", left, top, paragraph([bold(what)], TEXT + 2, room)) + 4
    words = (
        f"{pathway.id} {pathway.version}, digest {pathway.digest[:12]}. Source: {pathway.source_title}, "
        f"{pathway.source_date.day} {pathway.source_date:%B %Y}."
    )
    top = sheet.write("version", left, top, paragraph([words], TEXT, room, PITCH)) + 1
    banner = italic(f"{pathway.banner} {cited_in_words(pathway.banner_cites)}")
    return sheet.write("banner", left, top, paragraph([banner], TEXT, room, PITCH))


def small_head(sheet: Sheet, pathway: Pathway, what: str) -> float:
    """Write the head of a continuation sheet; return the height at which it ends."""
    words: list[Span | str] = [
        bold(f"{pathway.title}: {what}, continued. "),
        f"{pathway.id} {pathway.version}, digest {pathway.digest[:12]}. Source of {pathway.source_date.day} "
        f"{pathway.source_date:%B %Y}. ",
        italic(f"{pathway.banner} {cited_in_words(pathway.banner_cites)}"),
    ]
    return sheet.write("title", sheet.inner.left, sheet.inner.top, paragraph(words, TEXT, sheet.inner.width))


def signature(sheet: Sheet, left: float, right: float, which: str = "") -> float:
    """Write a line for a name and a date at the foot of a sheet; return the height at which it begins.

    `which`: "Sheet 1 of 4", at the right end.
    """
    foot = sheet.inner.bottom - 11
    if which:
        text = paragraph([which], TEXT, 56)
        sheet.write("which", right - text.room, foot, text)
        right -= text.room + _GUTTER
    third = (right - left) * 0.62
    for name, words, start, end in (
        (REVIEWER, "Reviewed by (name, signature)", left, left + third - _GUTTER),
        ("date", "Date", left + third, right),
    ):
        sheet.tint(f"line_{name}", Area(start, foot - 1, end, foot - 0.4), INK)
        sheet.write(name, start, foot, paragraph([words], TEXT, end - start))
    return foot - _TO_SIGN
