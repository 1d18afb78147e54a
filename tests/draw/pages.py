"""The page of this pathway, made once for all tests of a process, and what a reader without a browser sees of it."""

from __future__ import annotations

from functools import cache
from html.parser import HTMLParser
from pathlib import Path

from pathway import PATHWAY
from pathway.draw.engine import render
from pathway.draw.narrow import narrow_pictures
from pathway.draw.overview import picture
from pathway.draw.page import page
from pathway.scenarios.index import Index

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "diagrams" / "scenarios.json"

VOID = frozenset({"meta", "link", "br", "hr", "img", "input"})
PHRASING = frozenset(
    ["p", "h1", "h2", "h3", "h4", "a", "span", "strong", "em", "small", "code", "summary", "label", "dt"]
)
HEADINGS = frozenset({"h1", "h2", "h3", "h4"})
"""A summary may hold a heading."""
BLOCK = frozenset(["p", "h1", "h2", "h3", "h4", "ul", "dl", "li", "dt", "dd", "div", "section", "article", "table"])


@cache
def drawn() -> str:
    return render(picture(PATHWAY).source(), "svg", engine="neato", placed=True).decode()


@cache
def narrow() -> dict[str, str]:
    return {
        phase: render(sheet.source(), "svg", engine="neato", placed=True).decode()
        for phase, sheet in narrow_pictures(PATHWAY).items()
    }


@cache
def scenarios() -> dict[str, tuple[str, ...]]:
    return Index.from_json(INDEX.read_text(encoding="utf-8")).scenarios


@cache
def page_of_this_pathway() -> str:
    return page(PATHWAY, drawn(), scenarios(), narrow())


class Reading(HTMLParser):
    """The elements of a page in their order, and everything in it that is not well formed."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.close()
        self.faults += [f"{name} is not closed" for name in self._open]

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, {key: value or "" for key, value in attrs}))
        if len({key for key, _ in attrs}) < len(attrs):
            self.faults.append(f"{tag} repeats an attribute: {attrs}")
        around = {one for one in self._open if not (one == "summary" and tag in HEADINGS)}
        if tag in BLOCK and (inside := PHRASING.intersection(around)) and "svg" not in self._open:
            self.faults.append(f"{tag} inside {inside} at {self.getpos()}")
        if tag == "a" and "a" in self._open:
            self.faults.append(f"a link inside a link at {self.getpos()}")
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag, attrs):
        if tag not in VOID and "svg" not in self._open:
            self.faults.append(f"{tag} closes itself")
        self.elements.append((tag, {key: value or "" for key, value in attrs}))

    def handle_endtag(self, tag):
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes something else at {self.getpos()}")

    def values(self, attribute: str) -> list[str]:
        return [attributes[attribute] for _, attributes in self.elements if attribute in attributes]


@cache
def reading() -> Reading:
    return Reading(page_of_this_pathway())
