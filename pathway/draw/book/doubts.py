"""What a reviewer checks first, as entries: every use of `shown`, and every local choice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.book.document import entry
from pathway.model.derived import Derived
from pathway.model.derived_words import derived_phrase
from pathway.model.invariants import Always, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.model.pathway import Condition
from pathway.model.phrase import EMPTY, Phrase, phrase
from pathway.model.reference import Interval
from pathway.model.rules import Advice, OrderRule, Transition

if TYPE_CHECKING:
    from pathway.draw.book.document import Book, Entry
    from pathway.draw.book.parts import Part, Use

_PARTS = {
    "when": "holds when", "guard": "true when", "until": "until", "lapses": "withdrawn when",
    "offers": "offered for setting aside when", "refused": "refused when",
    "permitted": "permitted when", "act_when": "happens by its event when", "asks": "names as missing",
    "matters": "line at the bedside", "on": "raised where", "clears": "cleared where", "scope": "scope",
    "waits": "waits for", "holds": "holds always", "requires": "holds on entering", "what": "stays true",
    "unless": "unless by then",
}  # fmt: skip


def shown(item: Use, book: Book) -> Entry:
    """A use of `shown`: the effect of unknown there, and the local choice of its owner."""
    return entry(
        "shown",
        item.owner,
        "",
        {
            "owner": book.owner(item.owner),
            "part": _part(item),
            "inside": book.words(item.inside),
            "unknown": f"counts as not shown, and {'lets the part hold' if item.negated else 'is not met'}",
            "local choice": book.choices.get(item.owner, ""),
        },
        book.cited.get(item.owner, ()),
    )


def _part(item: Use) -> str:
    if item.owner.startswith("invariant ") and item.part == "when":
        return _PARTS["refused"]
    return _PARTS.get(item.part, item.part.replace("_", " "))


def choice(item: Part, book: Book) -> Entry:
    """A local choice and its owner."""
    return entry(
        "choice",
        item.owner,
        "",
        {"owner": book.owner(item.owner), "what": _what(item.value, book), "local choice": item.value.local_choice},
        item.value.cites,
    )


def _what(value: object, book: Book) -> Phrase:
    """The words of a rule, a term or an interval; none for other values."""
    match value:
        case Condition():
            return book.words(value.guard).sentence()
        case Interval():
            return phrase(f"{value.limits()} {book.pathway.unit_of(value.fact)}")
        case Transition():
            return phrase(f"{value.label}: to {book.pathway.state(value.target).title}")
        case Advice() | OrderRule() | Always() | OnEntering() | Lasting() | OrderRefused() | UrgentStays():
            return phrase(value.words)
        case _ if isinstance(value, Derived):
            return derived_phrase(value, book.pathway).capital()
        case _:
            return EMPTY
