"""Where the rules come from: the source's statements, what of them is not modelled, review notes, literature."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook.doubts import owner_of
from pathway.draw.rulebook.markdown import BREAK, anchor, escape, table
from pathway.model.check import cited

if TYPE_CHECKING:
    from pathway.draw.rulebook.book import Book


def statements(book: Book) -> list[str]:
    """Every statement that is modelled, with what rests on it."""
    rests = _resting(book)
    return table(
        ("Statement", "In our words", "Section", "Kind", "The page cites", "What rests on it"),
        (
            (
                f"{anchor(one.id.lower())}{one.id}", escape(one.words), escape(one.section), escape(one.kind),
                escape(one.printed), _resting_on(one.id, rests, book),
            )
            for one in book.pathway.statements
            if not one.not_modelled
        ),
    )  # fmt: skip


def not_modelled(book: Book) -> list[str]:
    """Every statement that no rule carries, and why."""
    return table(
        ("Statement", "In our words", "Section", "Kind", "The page cites", "Not modelled because"),
        (
            (
                f"{anchor(one.id.lower())}{one.id}", escape(one.words), escape(one.section), escape(one.kind),
                escape(one.printed), escape(one.not_modelled),
            )
            for one in book.pathway.statements
            if one.not_modelled
        ),
    )  # fmt: skip


def notes(book: Book) -> list[str]:
    """Every review note: what is doubtful, what the pathway does about it, and where the plan shows it."""
    return table(
        ("Note", "Title", "What is doubtful", "What the pathway does", "About", "Shown when"),
        (
            (
                f"{anchor(one.id.lower())}{one.id}", f"**{escape(one.title)}**", escape(one.words), escape(one.choice),
                book.cites(one.about), "" if one.when is None else book.sentence(one.when),
            )
            for one in book.pathway.notes
        ),
    )  # fmt: skip


def literature(book: Book) -> list[str]:
    """What was read about thresholds that the source does not give, or gives otherwise."""
    return table(
        ("Item", "Title", "What it says"),
        (
            (
                f"{anchor(one.id.lower())}{one.id}", f"**{escape(one.title)}**", escape(one.words),
            )
            for one in book.pathway.literature
        ),
    )  # fmt: skip


def references(book: Book) -> list[str]:
    """What the notes and the literature refer to, one a line; it may be the id of a piece of literature."""
    pathway = book.pathway
    listed = [(one.id, one.references) for one in pathway.notes]
    listed += [(one.id, one.references) for one in pathway.literature]
    return table(
        ("Of", "Reference"),
        (
            (book.cites([name]), book.cites([given]) if given in pathway.citations else escape(given))
            for name, references in listed
            for given in references
        ),
    )


def _resting(book: Book) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for owner, cites in cited(book.pathway):
        for one in cites:
            found.setdefault(one, []).append(owner)
    for note in book.pathway.notes:
        for one in note.about:
            found.setdefault(one, []).append(f"note {note.id}")
    return found


def _resting_on(statement: str, rests: dict[str, list[str]], book: Book) -> str:
    """Rules by their numbers, then what else, shortly."""
    owners = rests.get(statement, [])
    rules = [one for one in owners if one in book.numbers]
    others = [owner_of(one, book) for one in owners if one not in book.numbers]
    return BREAK.join(part for part in (book.ruled(rules), ", ".join(others)) if part)
