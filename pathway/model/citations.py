"""Where a rule comes from: statements of the source, review notes, and the literature of a threshold.

Each has an id of any text, by which rules cite it. Ids of one kind usually are a letter and a number: then the letter
stands for the kind in a legend (`Parts.citation_kinds`).
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
    reader. `about` lists the statements concerned. `when` holds where the note matters: there the plan shows it. None
    is for a note that a rule without a guard rests on.
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
    """What was read about a threshold that the source does not give, or gives otherwise."""

    id: str
    title: str
    words: str
    references: tuple[str, ...] = ()


@frozen
class CitationKind:
    """A kind of citation as a legend tells it: "S" is "statement".

    `letters` are those that all ids of the kind begin with, before a number; "" where ids are of another form.
    """

    name: str
    letters: str
    ids: tuple[str, ...]


def kind_of_citation(name: str, ids: Iterable[str]) -> CitationKind:
    """The kind of that name, with the letters that its ids share."""
    known = tuple(ids)
    found = {match["letters"] if (match := _LETTERS.fullmatch(one)) else "" for one in known}
    return CitationKind(name, found.pop() if len(found) == 1 else "", known)
