"""Citations have ids of any text, and a kind whose letters stand for it in a legend."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.citations import Literature, kind_of_citation
from tests.small.pathways import ANKLE, SINGLE


def test_the_kinds_of_the_pathway_are_statements_notes_and_literature_by_their_letters():
    kinds = [(one.name, one.letters) for one in PATHWAY.citation_kinds]
    assert kinds == [("statement", "S"), ("review note", "N"), ("literature", "T")]
    assert {one for kind in PATHWAY.citation_kinds for one in kind.ids} == set(PATHWAY.citations)


def test_a_pathway_without_notes_and_literature_has_statements_alone():
    assert [(one.name, one.letters) for one in ANKLE.citation_kinds] == [("statement", "A")]


@pytest.mark.parametrize(
    ("ids", "letters"),
    [
        (("S1", "S20"), "S"), (("NICE1", "NICE2"), "NICE"), (("S1", "T1"), ""), (("the first line",), ""),
        (("12",), ""), (("S1a",), ""), ((), ""), (("S1", "page 3"), ""), (("\u00c41",), "\u00c4"),
    ],
)  # fmt: skip
def test_ids_share_letters_where_each_is_the_same_letters_and_a_number(ids, letters):
    assert kind_of_citation("statement", ids).letters == letters


def test_ids_may_be_any_text():
    assert SINGLE.citations["the first line"].words == "What is tender is rested."
    page = Literature("NG12, p. 3", "A guideline", "What it says.")
    assert [one.name for one in evolve(SINGLE, literature=(page,)).citation_kinds] == ["statement", "literature"]
