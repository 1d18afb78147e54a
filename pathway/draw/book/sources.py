"""Where the rules come from, as entries: the source's statements, review notes and literature."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from attrs import frozen

from pathway.draw.book.document import entry
from pathway.model.citations import Literature, ReviewNote, Statement
from pathway.model.phrase import Citation

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.draw.book.document import Book, Entry
    from pathway.model.phrase import Part


def source(item: Statement | ReviewNote | Literature, book: Book) -> Entry:
    """A statement, a note or a piece of literature, with what cites it."""
    cites: tuple[str, ...] = ()
    match item:
        case Statement():
            given: dict[str, Part] = {
                "section": item.section,
                "kind": item.kind,
                "printed": item.printed,
                "not modelled": item.not_modelled,
                "modelled": "" if item.not_modelled else "yes",
            }
            kind, title = "statement", ""
        case ReviewNote():
            given = {"choice": item.choice, "when": book.words(item.when)}
            kind, title, cites = "note", item.title, item.about
        case Literature():
            given = {}
            kind, title = "literature", item.title
        case _:
            assert_never(item)
    by = book.citing.get(item.id, ())
    return entry(
        kind,
        item.id,
        title,
        {
            "words": item.words,
            **given,
            "references": tuple(
                Citation(given) if given in book.pathway.citations else given
                for given in (() if isinstance(item, Statement) else item.references)
            ),
            "cited by": tuple(map(book.owner, by)),
            "referred to by": tuple(
                map(book.owner, (owner for owner in book.referring.get(item.id, ()) if owner not in by))
            ),
        },
        cites,
        item.when if isinstance(item, ReviewNote) else None,
    )


@frozen
class Sources:
    """The citations of a rule by kind. The literature includes the references of its notes."""

    statements: tuple[Statement, ...]
    notes: tuple[ReviewNote, ...]
    literature: tuple[Literature, ...]


def sources_of(cites: Iterable[str], book: Book) -> Sources:
    """The citations of a rule by kind, in their order."""
    known = book.pathway.citations
    found = [known[item] for item in cites]
    names = dict.fromkeys(
        name
        for item in found
        for name in ([item.id] if isinstance(item, Literature) else getattr(item, "references", ()))
    )
    return Sources(
        tuple(item for item in found if isinstance(item, Statement)),
        tuple(item for item in found if isinstance(item, ReviewNote)),
        tuple(item for name in names if isinstance(item := known.get(name), Literature)),
    )
