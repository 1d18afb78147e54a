"""What a reviewer should look at first: where unknown counts as not shown, and what is not the source's but ours."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.markdown import capital, escape, joined, link, table
from pathway.draw.rulebook.parts import local_choices, uses_of_shown
from pathway.draw.rulebook.terms import derivation
from pathway.model.check import cited
from pathway.model.derived import Derived
from pathway.model.invariants import Always, Entry, Lasting, Refusal, UrgentStays
from pathway.model.pathway import Condition
from pathway.model.reference import Interval
from pathway.model.rules import Advice, OrderRule, Transition

if TYPE_CHECKING:
    from pathway.draw.rulebook.book import Book
    from pathway.draw.rulebook.parts import Use

_PARTS = {
    "when": "holds when", "guard": "true when", "until": "until", "lapses": "withdrawn when", "refused": "refused when",
    "permitted": "permitted when", "act_when": "happens by its event when", "asks": "names as missing",
    "matters": "line at the bedside", "on": "raised where", "clears": "cleared where", "scope": "scope",
    "waits": "waits for", "holds": "holds always", "requires": "holds on entering", "what": "stays true",
    "unless": "unless by then",
}  # fmt: skip


def shown(book: Book) -> list[str]:
    """Every use of `shown`, with what unknown does there, and the owner's local choice where it says one."""
    choices = {one.owner: one.value.local_choice for one in local_choices(book.pathway)}
    rests = dict(cited(book.pathway))
    return table(
        ("Where", "Part", "Inside shown", "While it is unknown", "Local choice there", "Cites there"),
        (
            (
                owner_of(one.owner, book),
                escape(_part(one)),
                book.words(one.inside),
                "counts as not shown, and lets the part hold" if one.negated else "counts as not shown, and is not met",
                escape(capital(choices.get(one.owner, ""))),
                book.cites(rests.get(one.owner, ())),
            )
            for one in uses_of_shown(book.pathway)
        ),
    )


def _part(one: Use) -> str:
    if one.owner.startswith("invariant ") and one.part == "when":
        return _PARTS["refused"]
    return _PARTS.get(one.part, one.part.replace("_", " "))


def choices(book: Book) -> list[str]:
    """Every local choice, whatever it belongs to."""
    return table(
        ("Where", "What", "Local choice", "Cites"),
        (
            (
                owner_of(one.owner, book),
                _what(one.value, book),
                escape(capital(one.value.local_choice)),
                book.cites(one.value.cites),
            )
            for one in local_choices(book.pathway)
        ),
    )


def owner_of(owner: str, book: Book) -> str:
    """What something belongs to, by its kind and its link or name."""
    pathway = book.pathway
    kind, _, name = owner.partition(" ")
    if owner in book.numbers:
        return joined((kind, book.rules([owner]), escape(name.replace("_", " "))), " ")
    if kind == "condition":
        return f"condition {link(pathway.condition(name).title)}"
    if kind == "derived" and name in pathway.derived_by_name:
        return f"derived fact {link(pathway.title_of(name))}"
    if kind == "note":
        return f"note {book.cites([name])}"
    if kind == "invariant":
        return f"invariant {book.invariant(name)}"
    if kind == "state":
        return f"state {escape(pathway.state(name).title)}"
    if kind in ("fact", "derived"):
        return f"{'computed ' * (kind == 'derived')}fact {escape(pathway.fact(name).title)}"
    if kind == "event":
        return f"event {escape(pathway.event_type(name).title)}"
    if kind == "reference":
        fact, _, band = name.partition(" ")
        return f"reference interval {escape(pathway.title_of(fact))}, {escape(band)}"
    return escape(owner)


def _what(value: object, book: Book) -> str:
    """The words of a rule, a term or an interval, as far as it has any."""
    match value:
        case Condition():
            return book.sentence(value.guard)
        case Interval():
            return escape(f"{value.limits()} {book.pathway.unit_of(value.fact)}")
        case Transition():
            return escape(f"{value.label}: to {book.pathway.state(value.target).title}")
        case Advice() | OrderRule() | Always() | Entry() | Lasting() | Refusal() | UrgentStays():
            return escape(value.words)
        case _ if isinstance(value, Derived):
            return derivation(value, book)
        case _:
            return ""
