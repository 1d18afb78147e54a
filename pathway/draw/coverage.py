"""The coverage of scenarios, drawn on the overview: which transitions they take, and how often."""

from __future__ import annotations

from collections.abc import Mapping  # attrs classes keep their types resolvable
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from pathway.draw.arrangement import arrangement_of
from pathway.draw.diagram import Line, Node, diagram_of
from pathway.draw.layout import place
from pathway.draw.overview import NAME
from pathway.draw.rows import numbers_of
from pathway.draw.side_legend import Item, with_legend
from pathway.draw.style import URGENT
from pathway.draw.text import Span, bold

if TYPE_CHECKING:
    from pathway.draw.sheet import Sheet
    from pathway.model.pathway import Pathway


@frozen
class Counts:
    """How often a set of scenarios visits states and takes transitions.

    `scenarios`: their number. `taken`: for each (transition id, source state) the number of scenarios that take it, and
    how often they do in all. `visited`: for each state the number of scenarios that visit it.
    """

    scenarios: int
    taken: Mapping[tuple[str, str], tuple[int, int]]
    visited: Mapping[str, int]


def coverage_sheet(pathway: Pathway, counts: Counts) -> Sheet:
    """The overview with the number of scenarios at every line; a line that no scenario takes is dotted and says so."""
    diagram = diagram_of(pathway)
    members = {box.id: box.states for box in diagram.boxes}
    dressed = evolve(
        diagram,
        nodes=tuple(_node(node, counts) for node in diagram.nodes),
        lines=tuple(_line(line, members.get(line.box, (line.source,)), counts) for line in diagram.lines),
    )
    placed = place(dressed, arrangement_of(pathway.id, NAME).loose())
    entries = [Item("", False, (bold("At a line: "), "how many times scenarios take it. "))]
    for rule, number in numbers_of(pathway).items():
        kind, _, name = rule.partition(" ")
        if kind == "transition":
            entries.append(Item(str(number), pathway.transition(name).urgent, tuple(_words(pathway, name, counts))))
    what = f"What {counts.scenarios} scenario{'s exercise' if counts.scenarios != 1 else ' exercises'}"
    return with_legend(pathway, "coverage", what, placed, entries)


def _node(node: Node, counts: Counts) -> Node:
    files = counts.visited.get(node.id, 0)
    words = "in no scenario" if not files else f"in {files} scenario{'s' * (files > 1)}"
    return evolve(node, meaning=words, tone="" if files else "faint")


def _line(line: Line, starts: tuple[str, ...], counts: Counts) -> Line:
    pairs = [(rule.partition(" ")[2], state) for rule in line.rules for state in starts]
    found = [counts.taken[pair] for pair in pairs if pair in counts.taken]
    times = sum(times for _, times in found)
    partly = any(not files for files, _ in found)
    words = f"{times} x" + (", not from all" if partly and times else "") if times else "never"
    return evolve(line, words=f"{line.words}\n{words}", tone="missing" if not times else "")


def _words(pathway: Pathway, rule: str, counts: Counts) -> list[Span | str]:
    transition = pathway.transition(rule)
    spans: list[Span | str] = [bold(f"{transition.label}: ")]
    for at, state in enumerate(transition.sources):
        files, times = counts.taken.get((rule, state), (0, 0))
        end = "." if at == len(transition.sources) - 1 else "; "
        where = pathway.state(state).title
        words = f"from {where} {times} x in {files} scenario{'s' * (files != 1)}{end}"
        spans.append(words if files else bold(f"never from {where}{end}", URGENT))
    return spans
