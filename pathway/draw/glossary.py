"""The terms of rules, with units and limits: conditions, derived facts, reference intervals, review notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.style import CITED
from pathway.draw.text import Span, bold, italic
from pathway.model.derived_words import derived_in_words
from pathway.model.guards import Below, Guard, Leaf, Named, Within, walk
from pathway.model.words import cited_in_words, in_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.flow import Flow
    from pathway.model.pathway import Pathway


def cites(ids: Iterable[str]) -> Span:
    """Citations, in brackets."""
    return Span(cited_in_words(ids), color=CITED)


def choice(words: str) -> list[Span | str]:
    """The mark of a local choice with its reason, where there is one."""
    return [bold(" Local choice: "), f"{words}."] if words else []


def glossary(flow: Flow, pathway: Pathway, used: Iterable[Guard]) -> None:
    """Write every condition and derived fact that guards use, directly or not; then the intervals that these read."""
    conditions, derived = _rested_on(pathway, used)
    flow.heading("Terms, with units and limits")
    for condition in pathway.conditions:
        if condition.name in conditions:
            words = f": {in_words(condition.guard, pathway)}. "
            flow.entry([bold(condition.title), words, cites(condition.cites), *choice(condition.local_choice)])
    for name, fact in pathway.derived_by_name.items():
        if name in derived:
            words = f": {derived_in_words(fact, pathway)} "
            reason = getattr(fact, "local_choice", "")
            flow.entry([bold(pathway.title_of(name)), words, cites(fact.cites), *choice(reason)])
    inside = (node for name in conditions for node in walk(pathway.condition(name).guard))
    counts = {node.fact for node in inside if isinstance(node, Below | Within)}
    if counts:
        intervals(flow, pathway, counts)


def intervals(flow: Flow, pathway: Pathway, counts: Iterable[str]) -> None:
    """Write the reference intervals of some counts."""
    flow.heading(f"Reference intervals ({pathway.reference.dated}); a value equal to a limit is within")
    for name in dict.fromkeys(row.fact for row in pathway.reference.rows):
        if name not in counts:
            continue
        fact = pathway.fact(name)
        rows = [row for row in pathway.reference.rows if row.fact == name]
        bands = "; ".join(
            f"{row.band()} {row.limits()}" + (" (local choice)" if row.local_choice else "")
            + (f" ({row.doubt})" if row.doubt else "")
            for row in rows
        )  # fmt: skip
        ids = dict.fromkeys(cite for row in rows for cite in row.cites)
        flow.entry([bold(f"{fact.title}, {pathway.unit_of(name)}"), f": {bands}. ", cites(ids)])


def notes_of(flow: Flow, pathway: Pathway, ids: Iterable[str]) -> None:
    """Write review notes: what is doubtful in the source, and what the pathway does about it."""
    flow.heading("Review notes")
    for cite in ids:
        note = pathway.note(cite)
        flow.entry([bold(f"{note.id} {note.title} "), f"{note.words} ", italic("Here: "), note.choice])


def _rested_on(pathway: Pathway, used: Iterable[Guard]) -> tuple[set[str], set[str]]:
    """The names of the conditions and of the derived facts among some guards, and of those that these rest on."""
    conditions, derived = set[str](), set[str]()
    waiting = list(used)
    while waiting:
        node = waiting.pop()
        if isinstance(node, Named) and node.name not in conditions:
            conditions.add(node.name)
            waiting += walk(pathway.condition(node.name).guard)
        elif isinstance(node, Leaf) and node.fact not in derived and node.fact in pathway.derived_by_name:
            derived.add(node.fact)
            if (when := getattr(pathway.derived_by_name[node.fact], "when", None)) is not None:
                waiting += walk(when)
    return conditions, derived
