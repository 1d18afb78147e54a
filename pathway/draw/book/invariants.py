"""The invariants as entries: what is promised of every case."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import entry
from pathway.model.invariants import OnEntering
from pathway.model.promises import KINDS, kind_of, promised, rules_spoken_of, states_spoken_of

if TYPE_CHECKING:
    from pathway.draw.book.document import Book, Entry
    from pathway.model.invariants import Invariant

LEADS = ("wherever shown", "holds", "once true, stays true", "unless by then", "refused when")
"""The leads of an invariant's guards, in the order of writing. An entry has each guard under its lead."""


def invariant(item: Invariant, book: Book) -> Entry:
    """An invariant: its kind, the states that it is about, each of its guards, and the rules that it names."""
    kind, guards = kind_of(item), promised(item)
    assert {lead for lead, _ in guards} <= set(LEADS), guards
    return entry(
        "invariant",
        item.id,
        item.id.replace("_", " "),
        {
            "words": item.words,
            "kind": kind,
            "meaning": dict(KINDS)[kind],
            "states": book.states(item.states) if isinstance(item, OnEntering) else (),
            **{lead: book.words(guard) for lead, guard in guards},
            "rules": book.rules(rules_spoken_of(item, book.pathway)),
            "places": book.states(states_spoken_of(item, book.pathway)),
            "local choice": item.local_choice,
        },
        item.cites,
        *(guard for _, guard in guards),
    )
