"""The kinds of citations, and the letters that tell them apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

_LETTERS = re.compile(r"[\W\d_].*", re.DOTALL)


def letters_of(pathway: Pathway) -> dict[str, str]:
    """The kinds of citations by the letters that all their ids begin with, such as {"A": "statement"}.

    A kind whose ids share no letters is left out, and so is a kind without ids.
    """
    found: dict[str, str] = {}
    for kind, ids in cited_kinds(pathway).items():
        shared = {_LETTERS.sub("", cite) for cite in ids}
        if len(shared) == 1 and (letters := shared.pop()):
            found.setdefault(letters, kind)
    return found


def cited_kinds(pathway: Pathway) -> dict[str, list[str]]:
    """The ids of each kind of citation; kinds without ids are left out."""
    kinds = {
        "statement": [statement.id for statement in pathway.statements],
        "review note": [note.id for note in pathway.notes],
        "literature": [item.id for item in pathway.literature],
    }
    return {kind: ids for kind, ids in kinds.items() if ids}
