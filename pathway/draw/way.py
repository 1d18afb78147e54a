"""A case's way drawn on the diagrams: the states visited and when, the rules taken in order, what is overdue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from attrs import evolve, field, frozen

from pathway.draw.arrangement import Arrangement, arrangement_of
from pathway.draw.diagram import Box, Diagram, Line, Node, diagram_of, phase_of, phases_of
from pathway.draw.head import head
from pathway.draw.layout import place
from pathway.draw.overview import NAME
from pathway.draw.phases import name_of
from pathway.draw.rows import numbers_of
from pathway.draw.sheet import LEFT_OUT, Sheet
from pathway.draw.side_legend import Item, with_legend
from pathway.draw.style import TEXT, URGENT
from pathway.draw.text import Span, bold, italic, paragraph

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.placed import Placed
    from pathway.model.pathway import Pathway

_MOST = 3
"""The most visits that are shown of a state, and the most takings of a rule."""
_LONG = 14
_GAP = 10.0


READING: tuple[Span | str, ...] = (
    bold("Thick, with a number in brackets: "),
    "taken, in this order. ",
    bold("Tinted: "),
    "visited, and when. ",
    bold("Black: "),
    "now. ",
    bold("Grey: "),
    "not visited, not taken.",
)


@frozen
class Taken:
    """A transition that was taken: its id, its source and target, when (in words), and after which event."""

    rule: str
    source: str
    target: str
    when: str
    event: str


@frozen
class Way:
    """The states and transitions of a case in order, as seen at a moment. Times are in words, in its time zone.

    `overdue` and `due` are lines of the plan. `waiting` are changes that do not count until they are acknowledged.
    """

    title: str
    begun: str
    at: str
    current: str
    initial: str
    taken: tuple[Taken, ...] = field(factory=tuple)
    overdue: tuple[str, ...] = field(factory=tuple)
    due: tuple[str, ...] = field(factory=tuple)
    waiting: tuple[str, ...] = field(factory=tuple)

    def visits(self) -> dict[str, list[str]]:
        """For each state when it was entered, each time with its place in the order: "(2) 2026-01-22 09:00"."""
        found: dict[str, list[str]] = {self.initial: [f"start {self.begun}"]}
        for order, step in enumerate(self.taken, 1):
            found.setdefault(step.target, []).append(f"({order}) {step.when}")
        return found


def way_sheets(pathway: Pathway, way: Way) -> tuple[Sheet, ...]:
    """The overview with the way marked, then the sheet of every phase that was visited."""
    visited = way.visits()
    placed = _placed(_dressed(diagram_of(pathway), pathway, way), arrangement_of(pathway.id, NAME).loose())
    first = with_legend(pathway, NAME, way.title, placed, _entries(pathway, way))
    return (
        first,
        *(_phase(pathway, way, phase) for phase in phases_of(pathway) if set(phase.states) & set(visited)),
    )


def _placed(diagram: Diagram, arrangement: Arrangement) -> Placed:
    """The layout of a diagram. A label without room beside its line is set narrower, a word a line."""
    placed = place(diagram, arrangement)
    crowded = {line.line.id for line in placed.lines if line.strikes_its_label()}
    if not crowded:
        return placed
    narrow = tuple(evolve(line, words=line.words.replace(" ", "\n")) if line.id in crowded else line
                   for line in diagram.lines)  # fmt: skip
    return place(evolve(diagram, lines=narrow), arrangement)


def _dressed(diagram: Diagram, pathway: Pathway, way: Way) -> Diagram:
    """The diagram with visited states and taken lines marked, and the rest faint."""
    visits = way.visits()
    members = {box.id: box.states for box in diagram_of(pathway).boxes}
    return evolve(
        diagram,
        nodes=tuple(_node(node, visits, way.current, members.get(node.id, ())) for node in diagram.nodes),
        lines=tuple(_line(line, members, way) for line in diagram.lines),
    )


def _node(node: Node, visits: dict[str, list[str]], current: str, members: tuple[str, ...]) -> Node:
    """`members`: the states that the node stands for, where it is not a state itself."""
    visited = [state for state in members if state in visits]
    if visited:
        here = current in visited
        return evolve(node, tone="current" if here else "marked", meaning="NOW HERE" if here else "visited")
    if node.id not in visits:
        return evolve(node, tone="faint", urgent=False)
    times = visits[node.id]
    if len(times) > _MOST:
        times = [times[0], f"and {len(times) - _MOST} more", *times[1 - _MOST :]]
    if node.id == current:
        times = [*times, "NOW HERE"]
    return evolve(node, tone="current" if node.id == current else "marked", meaning="\n".join(times))


def _line(line: Line, members: dict[str, tuple[str, ...]], way: Way) -> Line:
    starts = members.get(line.box or line.source, (line.source,))
    orders = [
        str(order)
        for order, step in enumerate(way.taken, 1)
        if f"transition {step.rule}" in line.rules and step.source in starts and step.target == line.target
    ]
    if not orders:
        return evolve(line, tone="faint", urgent=False)
    shown = ", ".join(orders if len(orders) <= _MOST else [*orders[: _MOST - 1], "..."])
    return evolve(line, tone="marked", words=f"{line.words}\n({shown})")


def _entries(pathway: Pathway, way: Way) -> Iterable[Item]:
    numbers = numbers_of(pathway)
    yield Item("", False, READING)
    yield Item("", False, (bold("Now: "), f"{way.at}, {pathway.state(way.current).title}."))
    for words in way.overdue:
        yield Item("!", True, (bold("OVERDUE. ", URGENT), words))
    for words in way.due:
        yield Item("", False, (bold("Due. "), words))
    for words in way.waiting:
        yield Item("", False, (bold("Waits. "), words))
    steps = [*enumerate(way.taken, 1)]
    if len(steps) > _LONG:
        # What does not fit is left out at the end. The latest steps must not be left out.
        steps.reverse()
        yield Item("", False, (bold("The latest first."),))
    for order, step in steps:
        start, target = pathway.state(step.source).title, pathway.state(step.target).title
        rule = f" Rule {numbers[f'transition {step.rule}']}, {pathway.transition(step.rule).label}"
        spans: tuple[Span | str, ...] = (bold(f"{step.when} "), italic(step.event), f": {start} -> {target}.{rule}.")
        yield Item(f"({order})", False, spans)


def _phase(pathway: Pathway, way: Way, phase: Box) -> Sheet:
    sheet = Sheet(name_of(phase), f"{pathway.title}: {way.title}")
    top = head(sheet, pathway, f"{way.title}: {phase.title}", room=sheet.inner.width) + _GAP
    diagram = _dressed(phase_of(pathway, phase), pathway, way)
    placed = _placed(diagram, arrangement_of(pathway.id, phase.id))
    area = placed.area
    shown = placed.moved((sheet.paper[0] - area.width) / 2 - area.left, top - area.top)
    sheet.draw(shown)
    top = shown.area.bottom + _GAP
    entries = list(_entries(pathway, way))
    for order, item in enumerate(entries):
        text = paragraph([bold(f"{item.number} " if item.number else ""), *item.words], TEXT, sheet.inner.width)
        if top + text.height > sheet.inner.bottom - 2 * TEXT and order + 1 < len(entries):
            text = paragraph([bold(f"{len(entries) - order} more do not fit on this sheet.")], TEXT, sheet.inner.width)
            sheet.write(LEFT_OUT, sheet.inner.left, top, text)
            break
        top = sheet.write(f"legend-{order}", sheet.inner.left, top, text) + 1
    return sheet
