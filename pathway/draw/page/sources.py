"""Where the rules come from, and back: statements, review notes, literature, reference intervals."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from pathway.draw.page.markup import NOTHING, Html, el, join, listed
from pathway.draw.page.rules import article, facts, head
from pathway.draw.rulebook.markdown import capital

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.page.refs import Refs
    from pathway.model.citations import Literature, ReviewNote, Statement
    from pathway.model.reference import Interval


def statements(refs: Refs) -> Html:
    """Every statement of the source, by the part of the page where it stands."""
    return join(
        el("section", el("h3", f"Part of the source: {part}"), *(_statement(one, refs) for one in found))
        for part, found in groupby(refs.pathway.statements, lambda one: one.section)
    )


def _statement(one: Statement, refs: Refs) -> Html:
    printed = f"The page cites {one.printed} for it." if one.printed else "The page cites nothing for it."
    parts = [
        ("In our words", one.words),
        ("Kind", f"{capital(one.kind)}. {printed}"),
        ("Not modelled, because", f"{capital(one.not_modelled)}." if one.not_modelled else ""),
        *_back(one.id, refs),
    ]
    tag = "Not modelled" if one.not_modelled else ""
    return _article(one.id, head(one.id, f"Statement {one.id}", tag), parts, refs, "statement")


def notes(refs: Refs) -> Html:
    """Every review note."""
    return join(_note(one, refs) for one in refs.pathway.notes)


def _note(one: ReviewNote, refs: Refs) -> Html:
    parts = [
        ("What is doubtful", one.words),
        ("What the pathway does", one.choice),
        ("About", refs.cites(one.about)),
        ("A plan shows it where", refs.words(one.when) if one.when is not None else ""),
        *_back(one.id, refs),
        ("References", _references(one.references, refs)),
    ]
    return _article(one.id, head(one.id, f"{one.id} {one.title}", level=3), parts, refs, "note")


def literature(refs: Refs) -> Html:
    """What was read about limits that the source does not give."""
    return join(_item(one, refs) for one in refs.pathway.literature)


def _item(one: Literature, refs: Refs) -> Html:
    parts = [("What it says", one.words), *_back(one.id, refs), ("References", _references(one.references, refs))]
    return _article(one.id, head(one.id, f"{one.id} {one.title}", level=3), parts, refs, "literature")


def _article(id: str, heading: Html, parts: list[tuple[str, str]], refs: Refs, kind: str) -> Html:
    drawn = [one for one in refs.citing.get(id, ()) if one.startswith(("transition ", "state "))]
    return article(id, heading, facts(parts), marks=refs.marks(drawn), kind=kind)


def _back(id: str, refs: Refs) -> Iterable[tuple[str, str]]:
    """What cites it: rules, states and invariants first, then whatever else."""
    owners = refs.citing.get(id, ())
    rules = [one for one in owners if one in refs.rows]
    states = [one.partition(" ")[2] for one in owners if one.startswith("state ")]
    invariants = [one.partition(" ")[2] for one in owners if one.startswith("invariant ")]
    others = [one for one in owners if one not in rules and not one.startswith(("state ", "invariant "))]
    yield "Rules that cite it", refs.rules(rules, lead=True)
    yield "States that cite it", join(map(refs.state, states), ", ")
    yield "Invariants that cite it", refs.invariants(invariants)
    yield "Cited besides by", listed(map(refs.owner, others), class_="row")


def _references(given: tuple[str, ...], refs: Refs) -> Html:
    """A reference may be the id of a note or of a piece of literature."""
    return listed(refs.cite(one) if one in refs.pathway.citations else one for one in given)


def reference(refs: Refs) -> Html:
    """The table of reference intervals."""
    table = refs.pathway.reference
    heads = ("Count", "Age", "Within the interval", "Rests on", "Local choice, doubt")
    rows = [_interval(one, refs) for one in table.rows]
    return join([
        el("p", f"{table.title}. Dated {table.dated}."),
        el(
            "div",
            el(
                "table",
                el("thead", el("tr", *(el("th", one, scope="col") for one in heads))),
                el("tbody", *rows),
            ),
            class_="wide", role="region", tabindex="0", aria_label="Table of reference intervals",
        ),
    ])  # fmt: skip


def _interval(one: Interval, refs: Refs) -> Html:
    choice = join([el("strong", "Local choice: "), capital(one.local_choice)]) if one.local_choice else NOTHING
    doubt = join([el("strong", "Doubt: "), capital(one.doubt)]) if one.doubt else NOTHING
    return el(
        "tr",
        el("th", refs.pathway.title_of(one.fact), scope="row"),
        el("td", one.band()),
        el("td", f"{one.limits()} {refs.pathway.unit_of(one.fact)}"),
        el("td", refs.cites(one.cites)),
        el("td", join([choice, doubt], " ")),
    )
