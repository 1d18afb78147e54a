"""The drawing of the page: Graphviz's SVG rewritten so that every state and line is a link with its own name.

Ids get the prefix `drawn-`: without it they belong to the texts that the links lead to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pathway.draw.book.html import Html
from pathway.draw.diagram import Line, Node, phase_of
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from pathway.draw.diagram import Box, Diagram
    from pathway.draw.page.drawn import Drawn

_SHAPES = frozenset({"path", "polygon", "polyline", "ellipse", "text"})
_KEPT = frozenset({"d", "points", "x", "y", "text-anchor", "font-weight", "font-style", "font-size", "fill", "stroke",
                   "stroke-width", "stroke-dasharray", "cx", "cy", "rx", "ry"})  # fmt: skip


def drawing(svg: str, page: Drawn, phase: Box | None = None) -> Html:
    """The drawing, in layers: frames, wide invisible areas under thin lines, then links in the order of reading.

    It is of the whole pathway, or of one `phase`. Raises `BadInput` where `svg` is not a drawing of this.
    """
    diagram = page.diagram if phase is None else phase_of(page.book.pathway, phase)
    prefix = prefix_of(phase)
    whole = _parsed(svg)
    groups: dict[str, Element] = {}
    for element in whole.iter("g"):
        groups.setdefault(element.get("id", ""), element)
    wide, high = whole.get("viewBox", "0 0 0 0").split()[2:]
    inner = whole.find("g")
    assert inner is not None
    out = ET.Element(
        "svg",
        {"viewBox": f"0 0 {wide} {high}", "width": wide, "height": high, "role": "group",
         "aria-labelledby": f"{prefix}title", "aria-describedby": f"{prefix}about"},
    )  # fmt: skip
    title = page.book.pathway.title if phase is None else f"phase {phase.title}"
    _child(out, "title", {"id": f"{prefix}title"}, f"Diagram: {title}")
    _child(out, "desc", {"id": f"{prefix}about"}, _about(diagram))
    turned = _child(out, "g", {"transform": inner.get("transform", "")})
    frames = _child(turned, "g", {"class": "frames"})
    for element in whole.iter("g"):
        if element.get("class") == "cluster":
            frames.extend(_shapes(element))
    hits = _child(turned, "g", {"class": "hits"})
    links = _child(turned, "g", {"class": "links"})
    whole_lines = {line.id: line for line in page.diagram.lines}
    for part in _in_reading_order(diagram):
        if isinstance(part, Node):
            links.append(_node(part, _of(groups, f"state-{part.id}"), page, prefix))
        elif isinstance(part, Line):
            group = _of(groups, part.id)
            hits.append(_hit(part, group))
            links.extend(_line(whole_lines[part.id], group, page, prefix))
        else:
            links.append(_phase(part, _of(groups, f"title-{part.id}"), prefix))
    return Html(ET.tostring(out, encoding="unicode"))


def prefix_of(phase: Box | None) -> str:
    """What the ids of a drawing begin with."""
    return "drawn-" if phase is None else f"drawn-{phase.id}-"


def _in_reading_order(diagram: Diagram) -> Iterator[Box | Line | Node]:
    """Phase by phase: its title, the lines that leave it as a whole, each state with the lines that leave it."""
    for box in diagram.boxes:
        if box.inside:
            continue
        yield box
        yield from (line for line in diagram.lines if line.box == box.id)
        for state in box.states:
            yield diagram.node(state)
            yield from (line for line in diagram.lines if line.source == state and line.box != box.id)
    for node in diagram.nodes:
        if node.away:
            yield node
            yield from (line for line in diagram.lines if line.source == node.id)


def _about(diagram: Diagram) -> str:
    states, phases = len(diagram.nodes), sum(not box.inside for box in diagram.boxes)
    where = f"{states} states in {phases} phases" if phases > 1 else f"{states} states"
    return f"{where}, and the numbered lines between them. Each state and each line is a link to its description below."


def _parsed(svg: str) -> Element:
    """The tree without namespaces: SVG inside HTML has none."""
    try:
        whole = ET.fromstring(svg)  # noqa: S314  # our own renderer wrote it
    except ET.ParseError as fault:
        raise BadInput(f"the drawing is not SVG: {fault}") from None
    for element in whole.iter():
        element.tag = element.tag.rpartition("}")[2]
    return whole


def _of(groups: dict[str, Element], id: str) -> Element:
    if id not in groups:
        raise BadInput(f"the drawing has no '{id}'; draw it anew from this pathway")
    return groups[id]


def _shapes(group: Element) -> list[Element]:
    """The visible shapes of a group in drawing order, without tooltips."""
    found = []
    for element in group.iter():
        if element.tag in _SHAPES and (element.tag != "text" or (element.text or "").strip()):
            kept = ET.Element(element.tag, {key: value for key, value in element.items() if key in _KEPT})
            kept.text = (element.text or "").strip() or None
            found.append(kept)
    return found


def _node(node: Node, group: Element, page: Drawn, prefix: str) -> Element:
    """A state; or, in the drawing of one phase, some states of another or that phase as a whole."""
    if node.id not in page.book.pathway.states_by_name:
        box = next(box for box in page.diagram.boxes if box.id == node.id)
        target = box.inside or box.id
        return _link(f"#phase-{target}", f"From {node.title}", "state", f"{prefix}from-{node.id}", _shapes(group))
    found = page.book.pathway.state(node.id)
    ends = " The source ends here." if found.end else ""
    name = f"State {found.title}: {found.meaning}.{ends}"
    return _link(f"#state-{node.id}", name, f"state state-{node.id}", f"{prefix}state-{node.id}", _shapes(group))


def _phase(box: Box, title: Element, prefix: str) -> Element:
    return _link(f"#phase-{box.id}", f"Phase {box.title}", "phase", f"{prefix}phase-{box.id}", _shapes(title))


def _line(line: Line, group: Element, page: Drawn, prefix: str) -> Iterator[Element]:
    """The line and its label as a link to its first rule, and the badge of each further rule as a link to that rule."""
    shapes = _shapes(group)
    numbers = {str(number) for number in line.numbers[1:]}
    badges: dict[str, list[Element]] = {}
    for place, shape in enumerate(shapes):
        if shape.tag == "text" and shape.text in numbers and shape.get("font-weight") == "bold":
            badges[shape.text or ""] = shapes[place - 1 : place + 1]
    taken = [shape for pair in badges.values() for shape in pair]
    kind = "Rules" if len(line.numbers) > 1 else "Rule"
    way = f"{line.words}, from {page.start(line)} to {page.book.pathway.state(line.target).title}"
    more = ", urgent" * line.urgent + ", only when its event arrives" * line.dashed
    names = f"{kind} {' and '.join(map(str, line.numbers))}"
    yield _link(
        f"#rule-{line.numbers[0]}", f"{names}: {way}{more}", _line_class(line), f"{prefix}{line.id}",
        [shape for shape in shapes if shape not in taken],
    )  # fmt: skip
    for number, badge in badges.items():
        yield _link(f"#rule-{number}", f"Rule {number} of this line: {way}", f"badge-of rule-{number}", "", badge)


def _hit(line: Line, group: Element) -> Element:
    """A wide area along the line for a pointer; keyboard and screen reader reach the line itself."""
    curve = next(shape for shape in _shapes(group) if shape.tag == "path")
    area = ET.Element(
        "a", {"href": f"#rule-{line.numbers[0]}", "class": _line_class(line), "tabindex": "-1", "aria-hidden": "true"}
    )
    _child(area, "path", {"d": curve.get("d", "")})
    return area


def _line_class(line: Line) -> str:
    return " ".join(["line", *(f"rule-{number}" for number in line.numbers), *(["urgent"] if line.urgent else [])])


def _link(target: str, name: str, classes: str, id: str, shapes: list[Element]) -> Element:
    found = ET.Element("a", {"href": target, "class": classes, "aria-label": name})
    if id:
        found.set("id", id)
    found.extend(shapes)
    return found


def _child(parent: Element, tag: str, attributes: dict[str, str], words: str | None = None) -> Element:
    found = ET.SubElement(parent, tag, attributes)
    found.text = words
    return found
