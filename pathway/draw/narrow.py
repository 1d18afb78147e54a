"""The diagram of each phase, narrow enough for a telephone held upright: its words stand in short lines."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve

from pathway.draw.arrangement import arrangement_of
from pathway.draw.diagram import Diagram, phase_of, phases_of
from pathway.draw.layout import place
from pathway.draw.metrics import balanced
from pathway.draw.sheet import Sheet
from pathway.draw.style import LABEL, TEXT, TITLE

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

WIDEST = 305
"""Points of a drawing: on a screen of 390 pixels its letters of 8 points are then at least 10 pixels high."""
_EDGE = 2.0
_LABEL, _STATE = 30.0, 90.0


def narrow(diagram: Diagram) -> Diagram:
    """The diagram with its words in shorter lines."""
    return evolve(
        diagram,
        nodes=tuple(
            evolve(
                node,
                title="\n".join(balanced(node.title, TITLE, _STATE, bold=True)),
                meaning="\n".join(balanced(node.meaning, TEXT, _STATE)),
            )
            for node in diagram.nodes
        ),
        lines=tuple(evolve(line, words="\n".join(balanced(line.words, LABEL, _LABEL))) for line in diagram.lines),
    )


def narrow_pictures(pathway: Pathway) -> dict[str, Sheet]:
    """The narrow diagram of each phase alone, by the phase's id, on a sheet of its size, for a screen."""
    found = {}
    for phase in phases_of(pathway):
        placed = place(narrow(phase_of(pathway, phase)), arrangement_of(pathway.id, f"{phase.id}_narrow"))
        area = placed.area.grown(_EDGE)
        sheet = Sheet(f"narrow-{phase.id}", f"{pathway.title}: {phase.title}", (round(area.width), round(area.height)))
        sheet.draw(placed.moved(-area.left, -area.top))
        found[phase.id] = sheet
    return found
