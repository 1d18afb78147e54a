"""The states as entries, and the groups that rules speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import entry
from pathway.model.phrase import joined, phrase

if TYPE_CHECKING:
    from pathway.draw.book.document import Book, Entry
    from pathway.model.rules import State


def state(item: State, book: Book) -> Entry:
    """A state: what it waits for, and the transitions that lead in and out."""
    into = [way for way in book.pathway.transitions if way.target == item.name]
    out = [way for way in book.pathway.transitions if item.name in way.sources]
    return entry(
        "state",
        item.name,
        item.title,
        {
            "meaning": item.meaning,
            "phase": item.phase,
            "waits": book.words(item.waits),
            "ends": item.end,
            "into": book.rules(f"transition {way.id}" for way in into),
            "out": book.rules(f"transition {way.id}" for way in out),
            "reached by": tuple(phrase(f"{way.id} from ", joined(book.states(way.sources), ", ")) for way in into),
            "left by": tuple(phrase(f"{way.id} to ", *book.states((way.target,))) for way in out),
            "invariants": book.invariants(book.promises.get(f"state {item.name}", ())),
        },
        item.cites,
        item.waits,
    )


def group(item: tuple[str, tuple[str, ...]], book: Book) -> Entry:
    """A group of states that rules speak of together."""
    name, members = item
    return entry("group", name, name.replace("_", "-"), {"states": book.states(members)})
