"""The entries of a pathway, by kind and by name."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.draw.book.data import event, fact, interval
from pathway.draw.book.doubts import choice, shown
from pathway.draw.book.invariants import invariant
from pathway.draw.book.parts import local_choices, uses_of_shown
from pathway.draw.book.rules import advice, contradiction, order, transition
from pathway.draw.book.sources import source
from pathway.draw.book.states import group, state
from pathway.draw.book.terms import authority, condition, derived
from pathway.model.derived import Product

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.draw.book.document import Book, Entry
    from pathway.model.pathway import Pathway

_KINDS: dict[str, tuple[Callable[[Pathway], Iterable[Any]], Callable[[Any, Book], Entry]]] = {
    "state": (lambda pathway: pathway.states, state),
    "transition": (lambda pathway: pathway.transitions, transition),
    "advice": (lambda pathway: pathway.advice, advice),
    "order": (lambda pathway: pathway.orders, order),
    "fact": (lambda pathway: pathway.facts, fact),
    "derived": (lambda pathway: pathway.derived, derived),
    "condition": (lambda pathway: pathway.conditions, condition),
    "event": (lambda pathway: pathway.events, event),
    "contradiction": (lambda pathway: pathway.contradictions, contradiction),
    "invariant": (lambda pathway: pathway.invariants, invariant),
    "statement": (lambda pathway: pathway.statements, source),
    "note": (lambda pathway: pathway.notes, source),
    "literature": (lambda pathway: pathway.literature, source),
    "group": (lambda pathway: pathway.groups, group),
    "authority": (lambda pathway: (item for item in pathway.events if item.authority is not None), authority),
    "interval": (lambda pathway: pathway.reference.rows, interval),
    "shown": (uses_of_shown, shown),
    "choice": (local_choices, choice),
}


_NAMED = (
    "state", "transition", "advice", "order", "fact", "derived", "condition", "event", "contradiction", "invariant",
)  # fmt: skip


def entries(kind: str, book: Book) -> list[Entry]:
    """Every entry of a kind, in the order of the definition."""
    items, write = _KINDS[kind]
    return [write(item, book) for item in items(book.pathway)]


def entries_named(name: str, book: Book) -> list[Entry]:
    """The entries with a name or id; several kinds may share a name. The id of a citation may be in lower case."""
    found = [
        write(item, book)
        for kind in _NAMED
        for items, write in [_KINDS[kind]]
        for item in items(book.pathway)
        if name == getattr(item, "name", getattr(item, "id", "")) and not isinstance(item, Product)
    ]
    citations = book.pathway.citations
    cited = citations.get(name) or citations.get(name.upper())
    return found if cited is None else [*found, source(cited, book)]
