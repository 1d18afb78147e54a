"""The page: the diagram and everything behind it in one file of HTML, which loads nothing and needs no network.

Every link is a plain fragment, so that it works without a script, from a file, and with the keys for going back. The
script only marks in the diagram what the text speaks of, filters, and zooms.
"""

from __future__ import annotations

from importlib.resources import files
from string import Template
from typing import TYPE_CHECKING

from pathway.draw import style
from pathway.draw.page import invariants, rules, sources, states, stories, terms
from pathway.draw.page.drawing import drawing
from pathway.draw.page.markup import Html, el, join, link
from pathway.draw.page.refs import Refs
from pathway.draw.rulebook.book import Book

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathway.model.pathway import Pathway

DIGITS = 12

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

_SECTIONS: tuple[tuple[str, str, str, Callable[[Refs], Html]], ...] = (
    (
        "rules",
        "Rules",
        "Every rule, numbered as in all diagrams. Unknown is never taken for false: a condition is true, false or "
        "open, that is, not decided because a fact is missing.",
        lambda refs: join(
            el("section", el("h3", title, id=f"kind-{kind}"), el("p", about), rules.rules(refs, kind))  # type: ignore[arg-type]  # the four kinds
            for kind, title, about in _RULES
        ),
    ),
    (
        "states",
        "States",
        "A case is in one of these at any time. Once what a state waits for is true, no case rests in it.",
        states.states,
    ),
    (
        "invariants",
        "Invariants",
        "What holds in every case, whatever happens: promises about the rules, proved over every record that a case "
        "can come to hold, for any number of events. To a case that runs they say nothing.",
        invariants.invariants,
    ),
    (
        "conditions",
        "Conditions",
        "The terms that rules use, one level deep and with every term written out. 'Shown' is true only where its "
        "inside is known to be true.",
        terms.conditions,
    ),
    ("derived", "Derived facts", "What has memory or arithmetic: computed from the record.", terms.derived_facts),
    (
        "statements",
        "Statements",
        "The statements of the source, in our words. The source itself is not copied here.",
        sources.statements,
    ),
    (
        "notes",
        "Review notes",
        "Where the source is ambiguous, inconsistent or at odds with the literature, and what the pathway does there.",
        sources.notes,
    ),
    (
        "literature",
        "Literature",
        "What was read about limits that the source does not give. None of it is a rule of the source.",
        sources.literature,
    ),
    (
        "reference",
        "Reference intervals",
        "A value equal to a limit is within the interval. Both ends of an age band are included, in completed months.",
        sources.reference,
    ),
    ("scope", "Scope", "For which children this is meant, and what holds for every case.", terms.scope),
    (
        "scenarios",
        "Scenarios",
        "The stories that are replayed as tests, by folder, each with the rules that it exercises.",
        stories.stories,
    ),
)


def page(pathway: Pathway, svg: str, scenarios: Mapping[str, tuple[str, ...]]) -> str:
    """The page of a pathway. The same arguments give the same text, on every machine.

    `svg` is the drawing of its whole diagram, as Graphviz wrote it. `scenarios`: for each rule, such as
    "transition smear_clear", the files that exercise it, as paths from the project's folder; states too, where they
    are given ("state smear"). Raises `BadInput` where `svg` is not a drawing of this pathway.
    """
    refs = Refs(Book(pathway, scenarios))
    return Template(_file("page.html")).substitute(
        name=join([pathway.title]),
        id=el("code", pathway.id),
        version=join([pathway.version]),
        digest=el("code", pathway.digest[:DIGITS]),
        source=join([pathway.source_title]),
        date=el("time", f"{pathway.source_date.day} {pathway.source_date:%B %Y}", datetime=f"{pathway.source_date}"),
        banner=join([pathway.banner]),
        banner_cites=refs.cites(pathway.banner_cites),
        style=f"{_colors()}\n{_file('page.css')}",
        script=_file("page.js"),
        drawing=drawing(svg, refs),
        sections=join(link(title, f"#{id}") for id, title, _, _ in _SECTIONS),
        body=join(_section(id, title, about, write(refs)) for id, title, about, write in _SECTIONS),
    )


def _section(id: str, title: str, about: str, body: Html) -> Html:
    heading = el("h2", title, id=f"{id}-heading")
    lead = el("p", about, class_="about")
    return el("section", heading, lead, body, id=id, aria_labelledby=f"{id}-heading", tabindex="-1")


def _colors() -> str:
    """The colours of all diagrams, for the style sheet."""
    named = {"ink": style.INK, "urgent": style.URGENT, "frame": style.FRAME}
    named |= {f"phase-{place}": color for place, color in enumerate(style.PHASES, 1)}
    return ":root { " + " ".join(f"--drawn-{name}: {color};" for name, color in named.items()) + " }"


def _file(name: str) -> str:
    return files("pathway.draw.page").joinpath(name).read_text("utf-8")


__all__ = ["page"]
