"""The page: the diagram and everything behind it in a single HTML file that loads nothing from elsewhere.

Every link is a plain fragment: it works without a script, from a file, and with the browser's back button. The script
only filters, zooms, and marks in the diagram the rules and states that the text is about.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from pathway.draw import style
from pathway.draw.book.document import Book
from pathway.draw.book.html import Html, el, join, link
from pathway.draw.citing import letters_of
from pathway.draw.overview import any_state, together
from pathway.draw.page import articles, stories
from pathway.draw.page.drawing import drawing
from pathway.draw.page.drawn import Drawn
from pathway.draw.text import Span

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathway.draw.side_legend import Item
    from pathway.model.pathway import Pathway

DIGITS = 12


def _scope(page: Drawn) -> Html:
    """For which children the pathway is meant, and what holds for all."""
    pathway = page.book.pathway
    return el(
        "ul",
        el(
            "li",
            "The source speaks of: ",
            page.phrase(page.book.words(pathway.scope).sentence()),
            " ",
            page.cites(pathway.scope_cites),
        ),
        el("li", "To every other child is said: ", pathway.scope_words),
        el("li", f"Refused: a child older than {pathway.oldest_years} years."),
        el("li", "A case begins in ", page.terms(page.book.states([pathway.initial])), "."),
        el("li", "A clinician may override a refusal with name and reason. ", page.cites(pathway.override_cites)),
        el(
            "li",
            "A correction that would take urgent advice away waits until a clinician acknowledges it. ",
            page.cites(pathway.pending_cites),
        ),
    )


def _at_once(pathway: Pathway) -> Html:
    """What is done at once, and what has a date, as on the overview."""
    boxes = (join(map(_line, items)) for items in (together(pathway), any_state(pathway)))
    return join(el("div", box, class_="box") for box in boxes if box)


def _line(item: Item) -> Html:
    spans = (Span(one) if isinstance(one, str) else one for one in item.words)
    words = (el("strong" if one.bold else "em", one.words) if one.bold or one.italic else one.words for one in spans)
    number = link(item.number, f"#rule-{item.number}") if item.number else ""
    return el(
        "p", number, " " if number else "", *(one for one in words if one), class_="urgent" if item.urgent else None
    )


def _rules(page: Drawn) -> Html:
    """The rules, kind by kind."""
    kinds = (
        folded(el("h3", title, id=f"kind-{kind}"), el("p", about, class_="about"), body, opened=kind == _FIRST)
        for kind, title, about in _RULES
        if (body := articles.of_kind(kind)(page))
    )
    return join(kinds)


_CITED = {
    "statement": "a statement of the source in our words",
    "review note": "a review note",
    "literature": "a piece of literature",
}
_RULES: tuple[tuple[str, str, str], ...] = (
    ("transition", "Transitions", "Ways from state to state. Only these are lines in the diagram."),
    ("advice", "Advice", "What is advised: raised as soon as its condition is true, whatever the state becomes."),
    (
        "order",
        "Orders",
        "Intentions of the clinician, answered with refused, permitted or not addressed. A refusal goes before a "
        "permission. Where the source is silent the order is not addressed, and silence is no permission.",
    ),
    ("contradiction", "Contradictions", "Results that cannot both be so. Both are kept and shown; nothing is guessed."),
)

_SECTIONS: tuple[tuple[str, str, str, Callable[[Drawn], Html]], ...] = (
    (
        "rules",
        "Rules",
        "Every rule, numbered as in all diagrams. Unknown is never taken for false: a condition is true, false or "
        "open, that is, not decided because a fact is missing.",
        _rules,
    ),
    (
        "states",
        "States",
        "A case is in one of these at any time. Once what a state waits for is true, no case rests in it.",
        articles.states_by_phase,
    ),
    (
        "invariants",
        "Invariants",
        "What holds in every case, whatever happens: promises about the rules, proved over every record that a case "
        "can come to hold, for any number of events. To a case that runs they say nothing.",
        articles.of_kind("invariant"),
    ),
    (
        "conditions",
        "Conditions",
        "The terms that rules use, one level deep and with every term written out. 'Shown' is true only where its "
        "inside is known to be true.",
        articles.of_kind("condition"),
    ),
    (
        "derived",
        "Derived facts",
        "What has memory or arithmetic: computed from the record.",
        articles.of_kind("derived"),
    ),
    (
        "statements",
        "Statements",
        "The statements of the source, in our words. The source itself is not copied here.",
        articles.statements_by_part,
    ),
    (
        "notes",
        "Review notes",
        "Where the source is ambiguous, inconsistent or at odds with the literature, and what the pathway does there.",
        articles.of_kind("note"),
    ),
    (
        "literature",
        "Literature",
        "What was read about limits that the source does not give. None of it is a rule of the source.",
        articles.of_kind("literature"),
    ),
    (
        "reference",
        "Reference intervals",
        "A value equal to a limit is within the interval. Both ends of an age band are included, in completed months.",
        articles.reference,
    ),
    ("scope", "Scope", "For which children this is meant, and what holds for every case.", _scope),
    (
        "scenarios",
        "Scenarios",
        "The stories that are replayed as tests, by folder, each with the rules that it exercises.",
        stories.stories,
    ),
)

_FIRST = "transition"
"""The rules that are not folded at first: those that the diagram shows."""

_ALWAYS = ("rules", "scenarios")
"""Sections that are kept even if empty: the head of the page and its script refer to them."""


def page(
    pathway: Pathway, svg: str, scenarios: Mapping[str, tuple[str, ...]], narrow: Mapping[str, str] | None = None
) -> str:
    """The page of a pathway. The same arguments give the same text, on every machine.

    `svg` is the drawing of its whole diagram, as Graphviz wrote it. `scenarios`: for each rule, such as
    "transition to_ward", the files that exercise it, as paths from the project's folder; states too, where they
    are given ("state ward"). `narrow`: the narrow drawing of each phase by its id, for a telephone. Raises `BadInput`
    where a drawing is not of this pathway.
    """
    narrow = narrow or {}
    writer = Drawn(Book(pathway, scenarios), narrow=bool(narrow))
    sections = [(id, title, about, write(writer)) for id, title, about, write in _SECTIONS]
    sections = [section for section in sections if section[3] or section[0] in _ALWAYS]
    return Template(_file("page.html")).substitute(
        name=join([pathway.title]),
        id=el("code", pathway.id),
        version=join([pathway.version]),
        digest=el("code", pathway.digest[:DIGITS]),
        source=join([pathway.source_title]),
        date=el("time", f"{pathway.source_date.day} {pathway.source_date:%B %Y}", datetime=f"{pathway.source_date}"),
        banner=join([pathway.banner]),
        banner_cites=writer.cites(pathway.banner_cites),
        style=f"{_colors()}\n{_file('page.css')}",
        script=_file("page.js"),
        at_once=_at_once(pathway),
        drawing=drawing(svg, writer),
        narrow=join(drawing(narrow[box.id], writer, box) for box in writer.phases if box.id in narrow),
        size="narrow" if narrow else "whole",
        citations=_citations(pathway),
        sections=join(link(title, f"#{id}") for id, title, _, _ in sections),
        body=join(_section(*section) for section in sections),
    )


def _citations(pathway: Pathway) -> Html:
    """What the letters of citations stand for."""
    words = (f" {'is ' * (not at)}{_CITED[kind]}" for at, kind in enumerate(letters_of(pathway).values()))
    named = join(
        (join([el("strong", letters), meaning]) for letters, meaning in zip(letters_of(pathway), words, strict=True)),
        ", ",
    )
    return join([named, "."]) if named else named


def _section(id: str, title: str, about: str, body: Html) -> Html:
    heading = el("h2", title, id=f"{id}-heading")
    lead = el("p", about, class_="about")
    inside = el(
        "section",
        lead,
        body or el("p", "There is none."),
        id=id,
        aria_labelledby=f"{id}-heading",
        tabindex="-1",
    )
    return folded(heading, inside, opened=id == _ALWAYS[0])


def folded(heading: str, *inside: str, opened: bool = False) -> Html:
    """A part of the page that is folded until it is asked for."""
    return el("details", el("summary", heading), *inside, class_="part", open=opened)


def _colors() -> str:
    """The colours of all diagrams, for the style sheet."""
    named = {"ink": style.INK, "urgent": style.URGENT, "frame": style.FRAME}
    named |= {f"phase-{place}": color for place, color in enumerate(style.PHASES, 1)}
    return ":root { " + " ".join(f"--drawn-{name}: {color};" for name, color in named.items()) + " }"


def _file(name: str) -> str:
    return files("pathway.draw.page").joinpath(name).read_text("utf-8")


__all__ = ["page"]
