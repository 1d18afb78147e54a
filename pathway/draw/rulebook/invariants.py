"""The invariants: what is promised of every case, one promise a line, after what each kind of promise says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.markdown import anchor, capital, escape, joined, table
from pathway.model.invariants import Entry
from pathway.model.promises import KINDS, kind_of, promised, rules_spoken_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.draw.rulebook.book import Book
    from pathway.model.invariants import Invariant


def invariants(book: Book) -> list[str]:
    """Every invariant, in the order of the definition."""
    return [
        *(f"- **{escape(capital(kind))}:** {escape(meaning)}." for kind, meaning in KINDS),
        "",
        *table(
            ("Invariant", "What holds in every case", "What exactly", "Speaks of", "Cites", "Local choice"),
            (
                (
                    f"{anchor(f'invariant-{one.id}')}**{escape(one.id.replace('_', ' '))}**",
                    escape(one.words),
                    joined(_exactly(one, book)),
                    book.ruled(rules_spoken_of(one, book.pathway)),
                    book.cites(one.cites),
                    escape(capital(one.local_choice)),
                )
                for one in book.pathway.invariants
            ),
        ),
    ]


def _exactly(one: Invariant, book: Book) -> Iterator[str]:
    """Its kind, with the states of an entry, and each of its guards."""
    places = f" {book.states(one.states)}" if isinstance(one, Entry) else ""
    yield f"**{escape(capital(kind_of(one)))}{places}**"
    for lead, guard in promised(one):
        yield f"**{escape(capital(lead))}:** {book.sentence(guard)}"
