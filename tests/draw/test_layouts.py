"""The writers ask for what entries say: a name that no entry has would be left out, and nobody would see it."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.cli import articles as terminal
from pathway.draw.book.document import Book
from pathway.draw.book.entries import entries
from pathway.draw.page import articles as page

BOOK = Book(PATHWAY, {})
NEVER_HERE = {
    ("contradiction", "local choice"), ("contradiction", "invariants"), ("transition", "invariants"),
    ("computed", "local choice"), ("computed", "users"), ("advice", "offered for setting aside when"),
}  # fmt: skip
"""What this pathway never says of a kind, though another might."""


def said(kind: str) -> set[str]:
    """Every name under which some entry of a kind says something."""
    found = entries({"computed": "derived"}.get(kind, kind), BOOK)
    return {name for entry in found if entry.kind == kind for name in entry.parts}


@pytest.mark.parametrize("kind", page.PARTS)
def test_every_part_of_an_article_is_said_of_some_thing_of_its_kind(kind):
    slots = [slot.partition(":")[::2] for _, slot in page.PARTS[kind]]
    assert {form for _, form in slots} <= {*page.FORMS, "sources"}
    names = {name for name, form in slots if name and form != "there"}
    assert {name for name in names - said(kind) if (kind, name) not in NEVER_HERE} == set()


@pytest.mark.parametrize("kind", terminal.ROWS)
def test_every_row_on_the_terminal_is_said_of_some_thing_of_its_kind(kind):
    slots = [slot.partition(":")[::2] for _, slot in terminal.ROWS[kind]]
    assert {form for _, form in slots} <= set(terminal.FORMS)
    names = {name for name, _ in slots if name}
    assert {name for name in names - said(kind) if (kind, name) not in NEVER_HERE} == set()
