"""The terms of rules, with units and limits: conditions, derived facts, reference intervals, review notes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.style import CITED
from pathway.draw.text import Span, bold, italic
from pathway.model.derivation import derived_in_words
from pathway.model.guards import Below, Compare, Guard, IsTrue, Known, Named, OneOf, Within, walk
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
    """Every condition and derived fact among some guards, and what they rest on; then the intervals they read."""
    conditions, derived = _rested_on(pathway, used)
    flow.heading("Terms, with units and limits")
    for condition in pathway.conditions:
        if condition.name in conditions:
            said = f": {in_words(condition.guard, pathway)}. "
            flow.entry([bold(condition.title), said, cites(condition.cites), *choice(condition.local_choice)])
    for one in pathway.derived:
        if one.name in derived:
            title = pathway.title_of(one.name)
            words = f": {derived_in_words(one, pathway)} "
            flow.entry([bold(title), words, cites(one.cites), *choice(getattr(one, "local_choice", ""))])
    inside = (node for name in conditions for node in walk(pathway.condition(name).guard))
    counts = {node.fact for node in inside if isinstance(node, Below | Within)}
    if counts:
        intervals(flow, pathway, counts)


def intervals(flow: Flow, pathway: Pathway, counts: Iterable[str]) -> None:
    """The reference intervals of some counts; a value equal to a limit is within."""
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
        ids = dict.fromkeys(one for row in rows for one in row.cites)
        flow.entry([bold(f"{fact.title}, {pathway.unit_of(name)}"), f": {bands}. ", cites(ids)])


def notes_of(flow: Flow, pathway: Pathway, ids: Iterable[str]) -> None:
    """Review notes: what is doubtful in the source, and what the pathway does about it."""
    flow.heading("Review notes")
    for one in ids:
        note = pathway.note(one)
        flow.entry([bold(f"{note.id} {note.title} "), f"{note.words} ", italic("Here: "), note.choice])


def _rested_on(pathway: Pathway, used: Iterable[Guard]) -> tuple[set[str], set[str]]:
    conditions, derived = set[str](), set[str]()
    waiting = list(used)
    while waiting:
        node = waiting.pop()
        found: list[Guard] = []
        match node:
            case Named() if node.name not in conditions:
                conditions.add(node.name)
                found = list(walk(pathway.condition(node.name).guard))
            case Compare() | OneOf() | IsTrue() | Known() | Below() | Within() if node.fact not in derived:
                if node.fact in pathway.derived_by_name:
                    derived.add(node.fact)
                    when = getattr(pathway.derived_by_name[node.fact], "when", None)
                    found = [] if when is None else list(walk(when))
            case _:
                pass
        waiting += found
    return conditions, derived
