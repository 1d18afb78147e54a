"""The rules as entries: transitions, advice, orders and contradictions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import entry
from pathway.model.guards import ALWAYS

if TYPE_CHECKING:
    from pathway.draw.book.document import Book, Entry, Given
    from pathway.model.guards import Guard
    from pathway.model.rules import Advice, Contradiction, OrderRule, Transition


def transition(item: Transition, book: Book) -> Entry:
    """A way from state to state."""
    closes = ""
    if item.closes is not None:
        closes = "the episode"
        if item.closes.keeps_day:
            closes += "; the next one holds what that calendar day brought"
    more: dict[str, Given] = {
        "label": item.label,
        "to": book.states((item.target,)),
        "guard": book.words(item.when),
        "closes": closes,
        "renews": book.titles(item.renews),
    }
    return _rule(f"transition {item.id}", book, more, item.when)


def advice(item: Advice, book: Book) -> Entry:
    """Advice to a clinician."""
    late = item.overdue_after_day
    lasting = item.until is None
    more: dict[str, Given] = {
        "words": item.words,
        "urgency": item.urgency,
        "raised when": None if lasting else book.words(item.when),
        "in force while": book.words(item.when) if lasting else None,
        "until": book.words(item.until),
        "withdrawn when": book.words(item.lapses),
        "offered for setting aside when": book.words(item.offers),
        "due": {None: "", 0: "the same day"}.get(item.due_day, f"{item.due_day} days after it was raised"),
        "overdue": {None: "", 0: "at the end of that calendar day"}.get(late, f"after {late} days"),
        "family": item.family,
        "lists": book.titles(item.lists),
    }
    return _rule(f"advice {item.id}", book, more, item.when, item.until, item.lapses, item.offers)


def order(item: OrderRule, book: Book) -> Entry:
    """An order, with what refuses and what permits it."""
    more: dict[str, Given] = {
        "words": item.words,
        "refused when": book.words(item.refused),
        "refusal": item.refusal,
        "permitted when": book.words(item.permitted),
        "act": None if item.act is None else book.pathway.event_type(item.act).title,
        "act where": None if item.act is None or item.act_when == ALWAYS else book.words(item.act_when),
        "asks": book.words(item.asks),
        "matters": None if item.matters == ALWAYS else book.words(item.matters),
    }
    return _rule(f"order {item.id}", book, more, item.refused, item.permitted)


def contradiction(item: Contradiction, book: Book) -> Entry:
    """Results that cannot both be so."""
    more: dict[str, Given] = {"words": item.words, "shown when": book.words(item.when)}
    return _rule(f"contradiction {item.id}", book, more, item.when)


def _rule(rule: str, book: Book, more: dict[str, Given], *guards: Guard | None) -> Entry:
    row = book.row(rule)
    given: dict[str, Given] = {
        "from": book.states(row.states),
        "event": row.event,
        "condition": row.condition,
        "unknown": row.unknown,
        "outcome": row.outcome,
        "effects": row.effects,
        "urgent": "Urgent." if row.urgent and row.kind == "transition" else "",
        "local choice": row.local_choice,
        "invariants": book.invariants(book.promises.get(rule, ())),
        **more,
    }
    return entry(row.kind, row.id, row.title, given, row.cites, *guards, number=row.number, urgent=row.urgent)
