"""The legend: every mark of the diagrams with its meaning, and every term that rules use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.arrangement import Arrangement
from pathway.draw.diagram import Box, Diagram, Line, Node
from pathway.draw.flow import Flow, diagram_first
from pathway.draw.glossary import glossary
from pathway.draw.head import reading, signature
from pathway.draw.layout import place
from pathway.draw.text import bold
from pathway.model.guards import walk
from pathway.model.pathway import guards_of

if TYPE_CHECKING:
    from pathway.draw.sheet import Sheet
    from pathway.model.pathway import Pathway

NAME = "legend"

MARKS = Diagram(
    (
        Box("phase", "1 A phase", ("start", "one", "two", "end"), place=1),
        Box("one-two", "", ("one", "two"), "phase"),
    ),
    (
        Node("start", "A state", "what it means", "phase"),
        Node("one", "Some state", "in a dashed frame", "phase"),
        Node("two", "Another", "in the same frame", "phase"),
        Node("end", "A last state", "square: the source ends here", "phase", end=True),
        Node("urgent", "An urgent state", "bold: reached by urgent rules alone", "", urgent=True),
        Node("away", "Of another phase", "on the sheet of one phase", "", away=True),
    ),
    (
        Line("start", "one", (1,), ("a",), "as soon as true"),
        Line("start", "two", (2,), ("b",), "when its event arrives", dashed=True),
        Line("one", "end", (3,), ("c",), "from any state in the frame", box="one-two"),
        Line("start", "urgent", (4, 5), ("d", "e"), "urgent: two rules, one arrow", urgent=True),
        Line("end", "away", (6,), ("f",), "from any state of the phase", box="phase"),
        Line("urgent", "away", (7,), ("g",), "urgent, when its event arrives", urgent=True, dashed=True),
    ),
)


def legend(pathway: Pathway) -> tuple[Sheet, ...]:
    """The sheets of the legend, in order."""
    placed = place(MARKS, Arrangement())
    flow = Flow(diagram_first(pathway, placed, "Legend"))
    flow.heading("How to read the diagrams")
    flow.entry([bold("A number: "), "the row of the rulebook, the same on every sheet. ", *reading(pathway)])
    flow.entry(
        [
            bold("Unknown: "),
            'a rule is not taken while something it rests on is unknown. After "unless shown" unknown counts as not ',
            "shown, and does not stand in the way.",
        ]
    )
    flow.entry([bold("In this report: "), "read in the event at hand alone. ", bold("Latest known: "), "beyond the "
                "episode. Else: as known in the episode."])  # fmt: skip
    flow.heading("Groups of states")
    for name, states in pathway.groups:
        titles = ", ".join(pathway.state(state).title for state in states)
        flow.entry([bold(name.replace("_", "-")), f": {titles}."])
    glossary(flow, pathway, (node for _, guard in guards_of(pathway) for node in walk(guard)))
    for at, sheet in enumerate(flow.sheets, 1):
        sheet.name = NAME + (f"-{at}" if at > 1 else "")
        signature(sheet, sheet.inner.left, sheet.inner.right, f"Sheet {at} of {len(flow.sheets)}")
    return tuple(flow.sheets)
