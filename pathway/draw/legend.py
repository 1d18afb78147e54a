"""The legend: every mark of the diagrams with its meaning, the terms that rules name, and the line to be signed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.arrangement import Arrangement
from pathway.draw.diagram import Box, Diagram, Line, Node
from pathway.draw.flow import cites, diagram_first
from pathway.draw.head import WAITED_FOR, reading, signature
from pathway.draw.layout import place
from pathway.draw.spelt import meaning
from pathway.draw.text import bold
from pathway.model.guards import IsTrue, Named, parts_of
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.draw.sheet import Sheet
    from pathway.model.guards import Guard
    from pathway.model.pathway import Condition, Pathway

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


def legend(pathway: Pathway, sheets: int) -> Sheet:
    """The sheet of the legend. It is the last of so many `sheets`, and has the line for the signature of all."""
    flow = diagram_first(pathway, NAME, place(MARKS, Arrangement()), "Legend")
    flow.bottom = signature(flow.sheet, f"all {sheets} sheets of digest {pathway.digest[:12]}")
    flow.heading("How to read the diagrams")
    flow.entry([bold("A number: "), "the row of the rulebook, the same on every sheet. ", *reading(pathway)])
    flow.entry([bold("A state: "), f"{WAITED_FOR[0].lower()}{WAITED_FOR[1:]}"])
    flow.entry(
        [
            bold("Unknown: "),
            'a rule is not taken while something it rests on is unknown. After "unless shown" unknown counts as not ',
            "shown, and does not stand in the way. The rulebook says it rule by rule.",
        ]
    )
    flow.entry([bold("In this report: "), "read in the event at hand alone. ", bold("Latest known: "), "beyond the "
                "episode. Else: as known in the episode."])  # fmt: skip
    flow.heading("Groups of states")
    for name, states in pathway.groups:
        titles = ", ".join(pathway.state(state).title for state in states)
        flow.entry([bold(name.replace("_", "-")), f": {titles}."])
    flow.sheet.whole = False  # the last terms may be left to the rulebook, and are counted
    flow.heading("Terms that rules name; all others are in the rulebook")
    for condition in terms_of(pathway):
        flow.entry([bold(condition.title), f": {in_words(condition.guard, pathway)}. ", cites(condition.cites)])
    flow.close("more terms are in the rulebook.")
    return flow.sheet


def terms_of(pathway: Pathway) -> tuple[Condition, ...]:
    """The conditions that transitions name, or by which they are spelt out, in the order of the definition."""
    found = set[str]()
    for rule in pathway.transitions:
        for node in _named(rule.when):
            meant = meaning(node, pathway)
            found |= {node.name for node in (node, *_named(meant[1] if meant else node)) if isinstance(node, Named)}
    return tuple(one for one in pathway.conditions if one.name in found)


def _named(guard: Guard) -> Iterator[Guard]:
    """The terms in a guard, without those inside them."""
    if isinstance(guard, Named | IsTrue):
        yield guard
    else:
        for part in parts_of(guard):
            yield from _named(part)
