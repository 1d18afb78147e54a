"""Which rules scenarios take, and how often, drawn on the overview."""

from __future__ import annotations

from collections.abc import Mapping  # attrs classes keep their types resolvable
from typing import TYPE_CHECKING

from attrs import evolve, frozen

from pathway.draw.arrangement import arrangement_of
from pathway.draw.beside import Entry, with_legend
from pathway.draw.diagram import Line, Node, diagram_of
from pathway.draw.layout import place
from pathway.draw.overview import NAME
from pathway.draw.rows import numbers_of
from pathway.draw.style import URGENT
from pathway.draw.text import Span, bold

if TYPE_CHECKING:
    from pathway.draw.sheet import Sheet
    from pathway.model.pathway import Pathway


@frozen
class Counts:
    """What a set of scenarios does.

    `taken`: for (transition id, state it leaves) in how many scenarios, and how often in all. `visited`: for each state
    in how many scenarios. `scenarios`: how many there are.
    """

    scenarios: int
    taken: Mapping[tuple[str, str], tuple[int, int]]
    visited: Mapping[str, int]


def coverage_sheet(pathway: Pathway, counts: Counts) -> Sheet:
    """The overview with the number of scenarios at every line; a line that none takes is dotted and says so."""
    diagram = diagram_of(pathway)
    members = {box.id: box.states for box in diagram.boxes}
    dressed = evolve(
        diagram,
        nodes=tuple(_node(one, counts) for one in diagram.nodes),
        lines=tuple(_line(one, members.get(one.box, (one.source,)), counts) for one in diagram.lines),
    )
    placed = place(dressed, arrangement_of(pathway.id, NAME))
    entries = [Entry("", False, (bold("At a line: "), "how many times scenarios take it. "))]
    for rule, number in numbers_of(pathway).items():
        kind, _, name = rule.partition(" ")
        if kind == "transition":
            entries.append(Entry(str(number), pathway.transition(name).urgent, tuple(_words(pathway, name, counts))))
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
    one = pathway.transition(rule)
    said: list[Span | str] = [bold(f"{one.label}: ")]
    for at, state in enumerate(one.sources):
        files, times = counts.taken.get((rule, state), (0, 0))
        end = "." if at == len(one.sources) - 1 else "; "
        where = pathway.state(state).title
        told = f"from {where} {times} x in {files} scenario{'s' * (files != 1)}{end}"
        said.append(told if files else bold(f"never from {where}{end}", URGENT))
    return said
