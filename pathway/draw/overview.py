"""The overview: the whole pathway on one sheet of paper, with every rule in words and a line for a signature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.arrangement import arrangement_of
from pathway.draw.diagram import diagram_of
from pathway.draw.layout import place
from pathway.draw.rows import Row, rows_of
from pathway.draw.sheet import Sheet
from pathway.draw.side_legend import Item, with_legend
from pathway.draw.style import CITED
from pathway.draw.text import Span, bold, italic
from pathway.model.words import cited_in_words

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

_EDGE = 4.0
_LONG = 40
NAME = "overview"


def overview(pathway: Pathway) -> Sheet:
    """The sheet of the whole pathway, with every rule in words."""
    placed = place(diagram_of(pathway), arrangement_of(pathway.id, NAME))
    shared = {
        number
        for placed_line in placed.lines
        if len(placed_line.line.numbers) > 1
        for number in placed_line.line.numbers
    }
    before: dict[str, int] = {}
    entries = [
        Item(str(row.number), row.urgent, tuple(words_of(row, pathway, before, starts=row.number in shared)))
        for row in rows_of(pathway)
        if row.kind == "transition"
    ]
    return with_legend(pathway, NAME, "Overview", placed, entries, to_sign=True)


def picture(pathway: Pathway) -> Sheet:
    """The diagram of the overview alone, on a sheet of its size, for a screen."""
    placed = place(diagram_of(pathway), arrangement_of(pathway.id, NAME))
    area = placed.area.grown(_EDGE)
    sheet = Sheet("picture", pathway.title, (round(area.width), round(area.height)))
    sheet.draw(placed.moved(-area.left, -area.top))
    return sheet


def words_of(row: Row, pathway: Pathway, before: dict[str, int], *, starts: bool = False) -> list[Span | str]:
    """A rule in the legend: its event, its condition, its other effects and its citations.

    `before`: the effects of the rules above it, each with the rule's number; this rule's are added. `starts`: name the
    states that it leaves.
    """
    spans: list[Span | str] = []
    if starts:
        spans.append(italic(f"From {', '.join(pathway.state(name).title for name in row.states)}: "))
    if row.event:
        spans.append(italic(f"{row.event}: "))
    spans.append(f"{row.condition} ")
    for effect in map(str, row.effects):
        if len(effect) > _LONG and effect in before:
            spans.append(f"Besides, as under {before[effect]}. ")
        else:
            spans.append(f"{effect} ")
        before.setdefault(effect, row.number)
    spans.append(Span(cited_in_words(row.cites), color=CITED))
    if row.local_choice:
        spans.append(bold(" *"))
    return spans
