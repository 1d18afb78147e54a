"""A diagram as a Mermaid flowchart, for sites that draw such text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.diagram import phases_of
from pathway.draw.rows import rows_of
from pathway.draw.style import BOLD, FAINT, INK, PHASES, URGENT

if TYPE_CHECKING:
    from pathway.draw.diagram import Box, Diagram, Line, Node
    from pathway.model.pathway import Pathway


def mermaid(diagram: Diagram, about: str) -> str:
    """The flowchart of a diagram. `about` is its first line, a comment.

    Ids have a prefix, as in "state_ward" and "frame_ward": "end" alone is a keyword of Mermaid, and a state may have
    the name of its phase.
    """
    lines = [f"%% {about}", "flowchart TB"]
    homes = {state: box for box in diagram.boxes for state in box.states if not _within(box, state, diagram)}
    for box in diagram.boxes:
        if not box.inside:
            lines += _box(box, diagram, "    ")
    lines += [f"    {_node(node)}" for node in diagram.nodes if node.id not in homes]
    lines += [f"    {_line(line)}" for line in diagram.lines]
    lines += [
        f"    linkStyle {place} stroke:{URGENT},stroke-width:{BOLD * 1.5:g}px"
        for place, line in enumerate(diagram.lines)
        if line.urgent
    ]
    lines += [f"    style {_frame(box.id)} {_look(box)}" for box in diagram.boxes]
    lines += [
        f"    style {_state(node.id)} stroke:{URGENT if node.urgent else FAINT if node.away else INK}"
        f"{',stroke-width:3px' if node.urgent else ''}{',stroke-dasharray:4' if node.away else ''}"
        for node in diagram.nodes
    ]
    return "\n".join(lines) + "\n"


def mermaid_by_state(pathway: Pathway, about: str) -> str:
    """For each state the numbers of the advice that it can raise and of the orders that it can refuse."""
    lines = [f"%% {about}", "flowchart TB"]
    rows = rows_of(pathway)
    for phase in phases_of(pathway):
        lines += [f'    subgraph {_frame(phase.id)}["{_escaped(phase.title)}"]', "        direction TB"]
        for name in phase.states:
            raised = [str(row.number) for row in rows if row.kind == "advice" and name in row.states]
            refused = [str(row.number) for row in rows if row.kind == "order" and name in row.states]
            label = f"<b>{_escaped(pathway.state(name).title)}</b><br/>can raise {' '.join(raised) or 'nothing'}"
            label += f"<br/>can refuse {' '.join(refused) or 'nothing'}"
            lines.append(f'        {_state(name)}["{label}"]')
        lines.append("    end")
    # Without these links Mermaid orders the phases as it likes.
    lines.append(f"    {' ~~~ '.join(_frame(phase.id) for phase in phases_of(pathway))}")
    lines += [f"    style {_frame(phase.id)} {_look(phase)}" for phase in phases_of(pathway)]
    return "\n".join(lines) + "\n"


def _within(box: Box, state: str, diagram: Diagram) -> bool:
    return any(frame.inside == box.id and state in frame.states for frame in diagram.boxes)


def _box(box: Box, diagram: Diagram, indent: str) -> list[str]:
    lines = [f'{indent}subgraph {_frame(box.id)}["{_escaped(box.title) or " "}"]']
    for inner in diagram.boxes:
        if inner.inside == box.id:
            lines += _box(inner, diagram, indent + "    ")
    lines += [f"{indent}    {_node(diagram.node(state))}" for state in box.states if not _within(box, state, diagram)]
    return [*lines, f"{indent}end"]


def _node(node: Node) -> str:
    label = f"<b>{_escaped(node.title)}</b>" + (f"<br/>{_escaped(node.meaning)}" if node.meaning else "")
    return f'{_state(node.id)}["{label}"]' if node.end else f'{_state(node.id)}("{label}")'


def _line(line: Line) -> str:
    arrow = "-.->" if line.dashed else "-->"
    words = f"{' '.join(map(str, line.numbers))} {_escaped(line.words)}"
    start = _frame(line.box) if line.box else _state(line.source)
    return f'{start} {arrow}|"{words}"| {_state(line.target)}'


def _state(name: str) -> str:
    return f"state_{name}"


def _frame(name: str) -> str:
    return f"frame_{name}"


def _look(box: Box) -> str:
    if box.inside:
        return f"fill:none,stroke:{FAINT},stroke-dasharray:4"
    return f"fill:{PHASES[(box.place - 1) % len(PHASES)]},stroke:{FAINT}"


def _escaped(words: str) -> str:
    """The words with the signs of Mermaid and HTML escaped."""
    plain = words.replace("#", "#35;").replace('"', "#quot;")
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
