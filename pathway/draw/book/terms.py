"""The terms of rules as entries: named conditions, derived facts, and who may replace a report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import entry
from pathway.model.derived import Derived, Latched, Product
from pathway.model.derived_words import derived_phrase
from pathway.model.words import in_words

if TYPE_CHECKING:
    from pathway.draw.book.document import Book, Entry
    from pathway.model.events import EventType
    from pathway.model.pathway import Condition


def condition(item: Condition, book: Book) -> Entry:
    """A named condition: one level deep, and with every term written out if that differs."""
    unfolded = in_words(item.guard, book.pathway, unfold=True)
    folded = book.words(item.guard)
    return entry(
        "condition",
        item.name,
        item.title,
        {
            "true when": folded,
            "unfolded": unfolded if unfolded != str(folded) else "",
            "local choice": item.local_choice,
            "users": tuple(map(book.owner, book.users.get(item.name, ()))),
        },
        item.cites,
        item.guard,
    )


def derived(item: Derived, book: Book) -> Entry:
    """A derived fact. One that only computes another fact has the title of that fact."""
    computed = isinstance(item, Product)
    return entry(
        "computed" if computed else "derived",
        item.name,
        book.pathway.title_of(item.name) + ", computed" * computed,
        {
            "is": derived_phrase(item, book.pathway).capital(),
            "local choice": getattr(item, "local_choice", ""),
            "users": () if computed else tuple(map(book.owner, book.users.get(item.name, ()))),
        },
        item.cites,
        item.when if isinstance(item, Latched) else None,
    )


def authority(item: EventType, book: Book) -> Entry:
    """An event whose reports only some may replace."""
    rule = item.authority
    assert rule is not None
    return entry(
        "event",
        item.name,
        item.title,
        {
            "when": book.words(rule.when),
            "raises": book.titles([rule.raises]),
            "on": book.words(rule.on),
            "clears": book.words(rule.clears),
        },
        item.cites,
    )
