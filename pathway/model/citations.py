"""Where a rule comes from: statements of the source, review notes, and the literature of a threshold.

Rules cite each of them by its id, which is any text. The ids of one kind usually are a letter and a number. Then the
letter stands for the kind in a legend (`Parts.citation_kinds`).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from attrs import frozen

from pathway.model.guards import Guard  # attrs resolves field types at run time for JSON

if TYPE_CHECKING:
    from collections.abc import Iterable

_LETTERS = re.compile(r"(?P<letters>[^\W\d_]+)\d+")


@frozen
class Statement:
    """One atomic statement of the source page, in our own words.

    `printed` holds the citation numbers as the page prints them ("" for none, "(5)" where they are inherited from the
    line above). `not_modelled` is the reason why no rule cites it, or "".
    """

    id: str
    section: str
    words: str
    kind: str
    printed: str = ""
    not_modelled: str = ""


@frozen
class ReviewNote:
    """A place where the source is ambiguous, inconsistent or at odds with the literature.

    `words` says what is doubtful, `choice` what the pathway does about it: faithful to the source, visible to the
    reader. `about` lists the statements concerned. `when` is true where the note matters: there the plan shows the
    note. `when` is None for a note on a rule that has no guard.
    """

    id: str
    title: str
    words: str
    choice: str
    about: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    when: Guard | None = None


@frozen
class Literature:
    """Literature on a threshold that the source does not give, or gives differently."""

    id: str
    title: str
    words: str
    references: tuple[str, ...] = ()


@frozen
class CitationKind:
    """A kind of citation as a legend names it: "S" is "statement".

    `letters` begin all ids of the kind, before a number; "" where the ids have another form.
    """

    name: str
    letters: str
    ids: tuple[str, ...]


def kind_of_citation(name: str, ids: Iterable[str]) -> CitationKind:
    """The kind of that name, with the letters that its ids share."""
    known = tuple(ids)
    found = {match["letters"] if (match := _LETTERS.fullmatch(cite)) else "" for cite in known}
    return CitationKind(name, found.pop() if len(found) == 1 else "", known)
