"""The head of every sheet: its subject and version; how to read it; and the line for a name and a date, once a pack."""

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

WAITED_FOR = "States are what is waited for, not an order of doing."

NUMBER = 13.0
"""Width of the column for a rule's number, in points."""
PITCH = 8
"""Points from line to line of small print, on a full sheet."""
_GUTTER = 8.0
_TO_SIGN = 30.0
_DATE = "date"


def reading(pathway: Pathway) -> tuple[Span | str, ...]:
    """How lines, states and citations are to be read."""
    marks = (part for letters, name in letters_of(pathway).items() for part in (bold(letters), f" {name}, "))
    return (*lines_read(), *marks, bold("*"), " local choice, not of the source.")


def lines_read() -> tuple[Span | str, ...]:
    """How lines and states are to be read."""
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
    )


def head(sheet: Sheet, pathway: Pathway, what: str, room: float, *, lead: bool = False) -> float:
    """Write the subject and the version of a sheet; return the height at which the head ends.

    `lead`: the subject leads the small print, instead of a line of its own.
    """
    left, top = sheet.inner.left, sheet.inner.top
    top = sheet.write("title", left, top, paragraph([bold(pathway.title)], HEADING, room)) + 2
    if not lead:
        top = sheet.write("what", left, top, paragraph([bold(what)], TEXT + 2, room)) + 4
    words = (
        f"{pathway.id} {pathway.version}, digest {pathway.digest[:12]}. Source: {pathway.source_title}, "
        f"{pathway.source_date.day} {pathway.source_date:%B %Y}."
    )
    top = (
        sheet.write("version", left, top, paragraph([bold(f"{what}. " if lead else ""), words], TEXT, room, PITCH)) + 1
    )
    banner = italic(f"{pathway.banner} {cited_in_words(pathway.banner_cites)}")
    return sheet.write("banner", left, top, paragraph([banner], TEXT, room, PITCH))


def signature(sheet: Sheet, of: str) -> float:
    """Write a line for a name and a date at the foot of a sheet; return the height at which it begins.

    `of`: what is signed, such as "all 7 sheets".
    """
    left, right, foot = sheet.inner.left, sheet.inner.right, sheet.inner.bottom - 11
    middle = left + (right - left) * 0.72
    for name, words, start, end in (
        (REVIEWER, f"Reviewed by (name, signature), for {of}", left, middle - _GUTTER),
        (_DATE, "Date", middle, right),
    ):
        sheet.tint(f"line_{name}", Area(start, foot - 1, end, foot - 0.4), INK)
        sheet.write(name, start, foot, paragraph([words], TEXT, end - start))
    return foot - _TO_SIGN
