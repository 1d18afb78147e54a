"""A sheet of paper: text, hairlines, tints and placed diagrams, written as one DOT source with all positions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import graphviz
from attrs import define, field

from pathway.draw.geometry import Area, Point
from pathway.draw.placed import Placed  # attrs classes keep their types resolvable
from pathway.draw.style import A4, FONT, MARGIN, PAPER, TITLE
from pathway.draw.text import Paragraph, bold, paragraph
from pathway.draw.write import box_attributes, line_attributes, node_attributes

if TYPE_CHECKING:
    from pathway.draw.placed import PlacedLine


LEFT_OUT = "left-out"
"""The name of the text that counts what is left out for want of room."""

REVIEWER = "reviewer"
"""The name of the line that is to be signed, once for all sheets."""


@define
class Sheet:
    """The contents of a sheet, drawn in the order in which they are added. Heights count from the top.

    `whole`: nothing may be left out for want of room, since the sheet is for sign-off.
    """

    name: str
    title: str
    paper: tuple[float, float] = A4
    whole: bool = False
    texts: list[tuple[str, float, float, Paragraph]] = field(factory=list)
    tints: list[tuple[str, Area, str]] = field(factory=list)
    diagrams: list[Placed] = field(factory=list)

    @property
    def inner(self) -> Area:
        """The sheet without its margins."""
        return Area(MARGIN, MARGIN, self.paper[0] - MARGIN, self.paper[1] - MARGIN)

    def write(self, name: str, left: float, top: float, text: Paragraph) -> float:
        """Add a paragraph; return the height at which it ends. `name` is its id in the drawing."""
        self.texts.append((name, left, top, text))
        return top + text.height

    def tint(self, name: str, area: Area, color: str) -> None:
        """Fill an area; an area of little height is a hairline."""
        self.tints.append((name, area, color))

    def draw(self, diagram: Placed) -> None:
        """Add a diagram at its places."""
        self.diagrams.append(diagram)

    def source(self) -> str:
        """The DOT source. Every position is in it: render it with `neato -n2`."""
        wide, high = self.paper
        dot = graphviz.Digraph(
            self.name,
            comment=" All positions are given: dot -Kneato -n2 -Tpdf",
            graph_attr={
                "layout": "neato",
                "fontname": FONT,
                "margin": "0",
                "pad": "0",
                "bgcolor": PAPER,
                "tooltip": graphviz.escape(self.title),
            },
            node_attr={"fontname": FONT, "fontsize": "8"},
            edge_attr={"fontname": FONT},
        )
        # Without this node the drawing would begin at its first mark instead of the corner of the sheet.
        dot.node(
            "sheet",
            label="",
            shape="box",
            style="invis",
            fixedsize="true",
            width=_inches(wide),
            height=_inches(high),
            pos=self._at((wide / 2, high / 2)),
        )
        for name, area, color in self.tints:
            dot.node(
                name,
                label="",
                shape="box",
                style="filled",
                color=color,
                fillcolor=color,
                penwidth="0",
                fixedsize="true",
                width=_inches(area.width),
                height=_inches(area.height),
                pos=self._at(area.center),
                tooltip=" ",
            )
        for diagram in self.diagrams:
            self._diagram(dot, diagram)
        for name, left, top, text in self.texts:
            self._text(dot, name, left, top, text)
        return str(dot.source)

    def _text(self, dot: graphviz.Digraph, name: str, left: float, top: float, text: Paragraph) -> None:
        center = (left + text.room / 2, top + text.height / 2)
        dot.node(name, id=name, label=text.html(), shape="plain", pos=self._at(center), tooltip=" ")

    def _diagram(self, dot: graphviz.Digraph, placed: Placed) -> None:
        outer = [placed_box for placed_box in placed.boxes if not placed_box.box.inside]
        for placed_box in outer:
            with dot.subgraph(name=f"cluster_{placed_box.box.id}") as frame:
                attributes = {**box_attributes(placed_box.box), "bb": self._bb(placed_box.area)}
                frame.attr(**attributes)
                for inner in placed.boxes:
                    if inner.box.inside == placed_box.box.id:
                        with frame.subgraph(name=f"cluster_{inner.box.id}") as part:
                            part.attr(**box_attributes(inner.box), bb=self._bb(inner.area))
        for placed_box in outer:
            if placed_box.title is not None:
                title = paragraph([bold(placed_box.box.title)], TITLE, placed_box.title.width)
                self._text(dot, f"title-{placed_box.box.id}", placed_box.title.left, placed_box.title.top, title)
        for node in placed.diagram.nodes:
            area = placed.nodes[node.id]
            dot.node(
                node.id,
                **{
                    **node_attributes(node),
                    "pos": self._at(area.center),
                    # Never rounded down: the renderer would warn that the words do not fit.
                    "width": _inches(area.width + 0.005),
                    "height": _inches(area.height + 0.005),
                    "fixedsize": "true",
                },
            )
        for line in placed.lines:
            dot.edge(
                line.line.source,
                line.line.target,
                pos=self._curve(line),
                lp=self._at(line.label.center),
                **line_attributes(line.line),
            )

    def _at(self, point: Point) -> str:
        return f"{point[0]:.2f},{self.paper[1] - point[1]:.2f}"

    def _bb(self, area: Area) -> str:
        high = self.paper[1]
        return f"{area.left:.2f},{high - area.bottom:.2f},{area.right:.2f},{high - area.top:.2f}"

    def _curve(self, line: PlacedLine) -> str:
        return " ".join([f"e,{self._at(line.tip)}", *(self._at(point) for point in line.controls)])


def _inches(points: float) -> str:
    return f"{points / 72:.4f}"
