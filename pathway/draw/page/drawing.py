"""The drawing of the page: Graphviz's SVG rewritten so that every state and line is a link with its own name.

Ids get the prefix `drawn-`: without it they belong to the texts that the links lead to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from pathway.draw.book.html import Html
from pathway.draw.diagram import Line
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from xml.etree.ElementTree import Element

    from pathway.draw.diagram import Box
    from pathway.draw.page.drawn import Drawn

_SHAPES = frozenset({"path", "polygon", "polyline", "ellipse", "text"})
_KEPT = frozenset({"d", "points", "x", "y", "text-anchor", "font-weight", "font-style", "font-size", "fill", "stroke",
                   "stroke-width", "stroke-dasharray", "cx", "cy", "rx", "ry"})  # fmt: skip
PREFIX = "drawn-"


def drawing(svg: str, page: Drawn) -> Html:
    """The drawing, in layers: frames, wide invisible areas under thin lines, then links in the order of reading.

    Raises `BadInput` where `svg` is not a drawing of this pathway.
    """
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
         "aria-labelledby": "drawn-title", "aria-describedby": "drawn-about"},
    )  # fmt: skip
    _child(out, "title", {"id": "drawn-title"}, f"Diagram: {page.book.pathway.title}")
    _child(out, "desc", {"id": "drawn-about"}, _about(page))
    turned = _child(out, "g", {"transform": inner.get("transform", "")})
    frames = _child(turned, "g", {"class": "frames"})
    for element in whole.iter("g"):
        if element.get("class") == "cluster":
            frames.extend(_shapes(element))
    hits = _child(turned, "g", {"class": "hits"})
    links = _child(turned, "g", {"class": "links"})
    for part in _in_reading_order(page):
        if isinstance(part, str):
            links.append(_state(part, _of(groups, f"state-{part}"), page))
        elif isinstance(part, Line):
            group = _of(groups, part.id)
            hits.append(_hit(part, group))
            links.extend(_line(part, group, page))
        else:
            links.append(_phase(part, _of(groups, f"title-{part.id}")))
    return Html(ET.tostring(out, encoding="unicode"))


def _in_reading_order(page: Drawn) -> Iterator[Box | Line | str]:
    """Phase by phase: its title, the lines that leave it as a whole, each state with the lines that leave it."""
    lines = list(page.diagram.lines)
    for box in page.phases:
        yield box
        yield from (line for line in lines if line.box == box.id)
        for state in box.states:
            yield state
            yield from (line for line in lines if line.source == state and line.box != box.id)


def _about(page: Drawn) -> str:
    return (
        f"{len(page.book.pathway.states)} states in {len(page.phases)} phases, and the numbered lines between them. "
        "Each state and each line is a link to its description below."
    )


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


def _state(state: str, group: Element, page: Drawn) -> Element:
    found = page.book.pathway.state(state)
    ends = " The source ends here." if found.end else ""
    name = f"State {found.title}: {found.meaning}.{ends}"
    return _link(f"#state-{state}", name, f"state state-{state}", f"state-{state}", _shapes(group))


def _phase(box: Box, title: Element) -> Element:
    return _link(f"#phase-{box.id}", f"Phase {box.title}", "phase", f"phase-{box.id}", _shapes(title))


def _line(line: Line, group: Element, page: Drawn) -> Iterator[Element]:
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
        f"#rule-{line.numbers[0]}", f"{names}: {way}{more}", _line_class(line), line.id,
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
        found.set("id", f"{PREFIX}{id}")
    found.extend(shapes)
    return found


def _child(parent: Element, tag: str, attributes: dict[str, str], words: str | None = None) -> Element:
    found = ET.SubElement(parent, tag, attributes)
    found.text = words
    return found
