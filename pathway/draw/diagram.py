"""The intermediate form of a diagram: boxes, states, numbered lines. Graphviz and Mermaid are written from it."""

from __future__ import annotations

import re
from itertools import groupby
from typing import TYPE_CHECKING, Literal, TypeAlias

from attrs import evolve, field, frozen

from pathway.draw.rows import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition


Tone: TypeAlias = Literal["", "marked", "current", "faint", "missing"]
"""How a state or a line stands out: marked, current, faint because it does not matter here, or missing."""


@frozen
class Box:
    """A frame around states: a phase, or several states of a phase that a rule names together.

    `inside` names the phase of such states. `place` counts the phases from 1.
    """

    id: str
    title: str
    states: tuple[str, ...]
    inside: str = ""
    place: int = 0


@frozen
class Node:
    """A state; `meaning` is the first clause of what it means.

    `away`: a state of another phase, drawn for the lines that lead to it. `end`: the source ends here.
    """

    id: str
    title: str
    meaning: str
    box: str
    urgent: bool = False
    end: bool = False
    away: bool = False
    tone: Tone = ""


@frozen
class Line:
    """An arrow: its rules lead from the state `source`, or from any state of a frame, to the state `target`.

    `box` is the id of that frame, "" where the arrow leaves from `source` alone. `dashed`: the rules need an event.
    """

    source: str
    target: str
    numbers: tuple[int, ...]
    rules: tuple[str, ...]
    words: str
    urgent: bool = False
    dashed: bool = False
    box: str = ""
    tone: Tone = ""

    @property
    def id(self) -> str:
        """An id that is the same in every drawing: "rule-4-6-from-work_up"."""
        return f"rule-{'-'.join(map(str, self.numbers))}-from-{self.box or self.source}"


@frozen
class Diagram:
    """The contents of a drawing: frames, states and lines."""

    boxes: tuple[Box, ...]
    nodes: tuple[Node, ...]
    lines: tuple[Line, ...] = field(factory=tuple)

    def node(self, name: str) -> Node:
        """The node of a state."""
        return next(node for node in self.nodes if node.id == name)


def phases_of(pathway: Pathway) -> tuple[Box, ...]:
    """The phases in the order of their states, numbered from 1."""
    found = [
        (phase, tuple(state.name for state in states)) for phase, states in groupby(pathway.states, lambda s: s.phase)
    ]
    return tuple(
        Box(_identifier(phase), f"{place} {phase[0].upper()}{phase[1:]}", states, place=place)
        for place, (phase, states) in enumerate(found, 1)
    )


def diagram_of(pathway: Pathway) -> Diagram:
    """The whole pathway: every state in the box of its phase, every transition a line.

    Rules of the same label, target, event and urgency that together leave every state of a phase are one line from
    its box.
    """
    phases = phases_of(pathway)
    home = {state: box.id for box in phases for state in box.states}
    urgent = {rule.target for rule in pathway.transitions if rule.urgent and _always_urgent(rule.target, pathway)}
    nodes = tuple(
        Node(state.name, state.title, _gist(state.meaning), home[state.name], state.name in urgent, bool(state.end))
        for state in pathway.states
    )
    inner: dict[tuple[str, ...], Box] = {}
    lines: list[Line] = []
    numbers = numbers_of(pathway)
    for alike in _alike(pathway.transitions):
        lines += _lines(alike, phases, inner, numbers)
    return Diagram((*phases, *inner.values()), nodes, tuple(sorted(lines, key=lambda line: line.numbers)))


def phase_of(pathway: Pathway, phase: Box) -> Diagram:
    """One phase: its states, and those of other phases that a line leads to or comes from.

    Several states of another phase that a line leaves together are drawn as a single node.
    """
    whole = diagram_of(pathway)
    home = {node.id: node.box for node in whole.nodes}
    boxes = {box.id: box for box in whole.boxes}
    titles = {node.id: node.title for node in whole.nodes}
    nodes = {
        node.id: evolve(node, meaning=pathway.state(node.id).meaning) for node in whole.nodes if node.box == phase.id
    }
    lines: list[Line] = []
    for line in whole.lines:
        start = (boxes[line.box].inside or line.box) if line.box else home[line.source]
        if phase.id not in (start, home[line.target]):
            continue
        if line.box and start != phase.id:
            box = boxes[line.box]
            words = box.title or " or ".join(titles[state] for state in box.states)
            nodes.setdefault(box.id, Node(box.id, words, "any state of it" if box.title else "", "", away=True))
            line = evolve(line, source=box.id, box="")  # noqa: PLW2901  # the same line, from one node
        for end in (line.source, line.target):
            nodes.setdefault(end, evolve(whole.node(end), away=True) if end in home else nodes[line.source])
        lines.append(line)
    kept = tuple(box for box in whole.boxes if phase.id in (box.id, box.inside))
    return Diagram(kept, tuple(nodes.values()), tuple(lines))


def _alike(transitions: Iterable[Transition]) -> Iterator[list[Transition]]:
    found: dict[tuple[object, ...], list[Transition]] = {}
    for transition in transitions:
        found.setdefault((transition.target, transition.label, transition.on, transition.urgent), []).append(transition)
    yield from found.values()


def _lines(
    alike: list[Transition], phases: tuple[Box, ...], inner: dict[tuple[str, ...], Box], numbers: dict[str, int]
) -> Iterator[Line]:
    for phase in phases:
        of_state = {state: transition for transition in alike for state in transition.sources if state in phase.states}
        if not of_state:
            continue
        if set(of_state) == set(phase.states) and len(of_state) > 1:
            yield _line(alike, of_state, phase.states[0], phase.id, numbers)
            continue
        for transition in alike:
            mine = tuple(state for state in phase.states if state in transition.sources)
            if len(mine) > 1 and _may_frame(mine, inner):
                box = inner.setdefault(mine, Box("-".join(mine), "", mine, phase.id))
                yield _line([transition], dict.fromkeys(mine, transition), mine[0], box.id, numbers)
            else:
                for state in mine:
                    yield _line([transition], {state: transition}, state, "", numbers)


def _may_frame(states: tuple[str, ...], inner: Iterable[tuple[str, ...]]) -> bool:
    """Whether a frame around these states crosses no other frame: a state stands in one frame only."""
    return all(set(states) == set(other) or not set(states) & set(other) for other in inner)


def _line(
    alike: list[Transition], of_state: dict[str, Transition], source: str, box: str, numbers: dict[str, int]
) -> Line:
    rules = tuple(f"transition {transition.id}" for transition in alike if set(transition.sources) & set(of_state))
    first = alike[0]
    return Line(
        source,
        first.target,
        tuple(numbers[rule] for rule in rules),
        rules,
        first.label,
        first.urgent,
        first.on is not None,
        box,
    )


def _always_urgent(state: str, pathway: Pathway) -> bool:
    ways = [transition for transition in pathway.transitions if transition.target == state]
    return bool(ways) and all(transition.urgent for transition in ways)


def _gist(meaning: str) -> str:
    """The first clause of a meaning."""
    return re.split(r"[,;:]", meaning, maxsplit=1)[0]


def _identifier(words: str) -> str:
    return words.replace(" ", "_").replace("-", "_")
