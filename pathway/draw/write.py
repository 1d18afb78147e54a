"""A diagram as a DOT source, with the `graphviz` package: for the layout program, then with every position in it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphviz

from pathway.draw.labels import label_html
from pathway.draw.metrics import balanced
from pathway.draw.style import (
    BOLD,
    FAINT,
    FONT,
    FRAME,
    INK,
    LABEL,
    LINE,
    MARKED,
    PAPER,
    PHASES,
    TAKEN,
    TEXT,
    TITLE,
    URGENT,
)

if TYPE_CHECKING:
    from pathway.draw.arrangement import Arrangement
    from pathway.draw.diagram import Box, Diagram, Line, Node

_LOWER = 2
"""Points added above a state's words: the renderer sets lines of several sizes too high."""
INSIDE = "inside"
"""In place of a corner: the title is set where the box is empty."""
_MEANING = 140
"""Width of a line of a state's meaning, in points."""


def layout_source(diagram: Diagram, arrangement: Arrangement) -> str:
    """The DOT source for the layout program."""
    dot = graphviz.Digraph(
        "layout",
        graph_attr={
            "rankdir": "TB",
            "splines": "spline",
            "compound": "true",
            "newrank": "true",
            "nodesep": "0.1",
            "ranksep": "0.02",
            "fontname": FONT,
            **arrangement.attributes.get("graph", {}),
        },
        node_attr={"fontname": FONT},
        edge_attr={"fontname": FONT, "arrowsize": "0.6"},
    )
    order = dict.fromkeys((*arrangement.boxes, *(box.id for box in diagram.boxes if not box.inside)))
    boxes = {box.id: box for box in diagram.boxes}
    for name in order:
        if name in boxes:
            _box(dot, boxes[name], diagram, arrangement)
    homes = {state for box in diagram.boxes for state in box.states}
    for node in diagram.nodes:
        if node.id not in homes:
            dot.node(node.id, **node_attributes(node))
    for line in diagram.lines:
        _line(dot, line, diagram, arrangement)
    # A hint may name a state that another version of the pathway has: it must not become a node here.
    drawn = {node.id for node in diagram.nodes}
    for states in arrangement.level:
        with dot.subgraph() as row:
            row.attr(rank="same")
            for state in states:
                if state in drawn:
                    row.node(state)
    for upper, lower in arrangement.below:
        if {upper, lower} <= drawn:
            dot.edge(upper, lower, style="invis")
    return str(dot.source)


def _box(dot: graphviz.Digraph, box: Box, diagram: Diagram, arrangement: Arrangement) -> None:
    corner = arrangement.corners.get(box.id, "top left")
    with dot.subgraph(name=f"cluster_{box.id}") as frame:
        frame.attr(
            label=f"<<B>{_escaped(box.title)}</B>>" if box.title and corner != INSIDE else "",
            labeljust="r" if "right" in corner else "l",
            labelloc="b" if "bottom" in corner else "t",
            fontsize=f"{TITLE:g}",
            **{"margin": "6" if box.title else "5", **arrangement.attributes.get(box.id, {})},
        )
        inner = [other for other in diagram.boxes if other.inside == box.id]
        for part in inner:
            _box(frame, part, diagram, arrangement)
        taken = {state for part in inner for state in part.states}
        for state in box.states:
            if state not in taken:
                frame.node(state, **node_attributes(diagram.node(state)))


def _line(dot: graphviz.Digraph, line: Line, diagram: Diagram, arrangement: Arrangement) -> None:
    source = arrangement.hooks.get(line.id, line.source)
    attributes = {"id": line.id, "label": label_html(line), **arrangement.attributes.get(line.id, {})}
    upward = line.id in arrangement.upward
    if line.box and any(box.id == line.box for box in diagram.boxes):
        attributes["lhead" if upward else "ltail"] = f"cluster_{line.box}"
    if upward:
        dot.edge(line.target, source, dir="back", **attributes)
    else:
        dot.edge(source, line.target, **attributes)


def node_attributes(node: Node) -> dict[str, str]:
    """The Graphviz attributes of a state."""
    title = [row for part in node.title.split("\n") for row in balanced(part, TITLE, _MEANING, bold=True)]
    lines = [f'<FONT POINT-SIZE="{TITLE:g}"><B>{_escaped(row)}</B></FONT>' for row in title]
    for part in node.meaning.split("\n") if node.meaning else ():
        lines += [f'<FONT POINT-SIZE="{TEXT:g}">{_escaped(row)}</FONT>' for row in balanced(part, TEXT, _MEANING)]
    style = "filled" if node.end else "rounded,filled"
    color = URGENT if node.urgent else FAINT if node.away else INK
    fill, ink = {"current": (INK, PAPER), "marked": (MARKED, INK), "faint": (PAPER, FAINT)}.get(node.tone, (PAPER, INK))
    return {
        "id": f"state-{node.id}",
        "label": (
            '<<TABLE BORDER="0" CELLBORDER="0" CELLPADDING="0" CELLSPACING="0">'
            f'<TR><TD HEIGHT="{_LOWER}"></TD></TR><TR><TD>{"<BR/>".join(lines)}</TD></TR>'
            f'<TR><TD HEIGHT="{_LOWER - 1}"></TD></TR></TABLE>>'
        ),
        "shape": "box",
        "style": f"{style},dashed" if node.away else style,
        "fillcolor": "#f7f7f7" if node.away and not node.tone else fill,
        "fontcolor": ink,
        "color": FAINT if node.tone == "faint" else color,
        "penwidth": f"{BOLD if node.urgent or node.tone in ('marked', 'current') else LINE:g}",
        "margin": "0.06,0",
        "height": "0.2",
        "width": "0.3",
        "tooltip": graphviz.escape(f"{node.title}: {node.meaning}".replace("\n", ", ")),
    }


def line_attributes(line: Line) -> dict[str, str]:
    """The Graphviz attributes of a line: urgent lines are red and bold, lines that need an event dashed."""
    urgent = line.urgent and line.tone != "faint"
    return {
        "id": line.id,
        "class": " ".join(f"rule-{number}" for number in line.numbers),
        "label": label_html(line),
        "color": FRAME if line.tone == "faint" else URGENT if urgent else INK,
        "fontcolor": FAINT if line.tone == "faint" else INK,
        "penwidth": f"{TAKEN if line.tone == 'marked' else BOLD if urgent else LINE:g}",
        "style": "dotted" if line.tone == "missing" else "dashed" if line.dashed else "solid",
        "arrowsize": "0.6",
        "fontsize": f"{LABEL:g}",
        "tooltip": graphviz.escape(f"{', '.join(map(str, line.numbers))} {line.words}".replace("\n", " ")),
    }


def box_attributes(box: Box) -> dict[str, str]:
    """The Graphviz attributes of a box: a phase is filled, a frame inside it dashed."""
    if box.inside:
        return {"style": "rounded,dashed", "color": FAINT, "label": ""}
    return {
        "id": f"phase-{box.id}",
        "style": "rounded,filled",
        "color": FRAME,
        "fillcolor": PHASES[(box.place - 1) % len(PHASES)],
        "label": "",
        "tooltip": graphviz.escape(box.title),
    }


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
