"""A phrase: spans of words, terms and citations, whose text is what a reader without links reads."""

from __future__ import annotations

import pytest

from pathway import PATHWAY
from pathway.model.guards import Named, walk
from pathway.model.pathway import guards_of
from pathway.model.phrase import EMPTY, Citation, Term, Text, filled, joined, phrase
from pathway.model.words import cited_in_words, in_words, phrase_of

LOW = Term("condition", "low", "low count")


def test_the_text_of_a_guard_is_that_of_its_spans():
    for _, guard in guards_of(PATHWAY):
        assert str(phrase_of(guard, PATHWAY)) == in_words(guard, PATHWAY)


def test_every_named_condition_that_a_guard_says_is_a_term():
    for _, guard in guards_of(PATHWAY):
        said = {
            span.name for span in phrase_of(guard, PATHWAY).spans if isinstance(span, Term) and span.kind == "condition"
        }
        inside = {node.name for node in walk(guard) if isinstance(node, Named)}
        assert said <= inside
        if isinstance(guard, Named):
            assert said == {guard.name}
        unfolded = phrase_of(guard, PATHWAY, unfold=True)
        assert not any(isinstance(span, Term) and span.kind == "condition" for span in unfolded.spans)


def test_a_sentence_begins_with_a_capital_be_it_a_term():
    assert phrase(LOW, " today").sentence().spans == (Term("condition", "low", "Low count"), Text(" today"), Text("."))
    assert str(phrase("", "a ", LOW).capital()) == "A low count"
    assert not EMPTY.sentence()


def test_a_citation_is_never_written_otherwise():
    assert str(phrase(Citation("s1"), " says").capital()) == "s1 says"


def test_parts_without_words_are_left_out_between_others():
    assert str(joined(["a", EMPTY, "", LOW], ", ")) == "a, low count"
    assert joined([], ", ") == EMPTY


def test_a_template_takes_each_part_in_its_place():
    assert filled("{} of {}.", LOW, "old").spans == (Text(""), LOW, Text(" of "), Text("old"), Text("."))
    with pytest.raises(AssertionError):
        filled("{} of {}.", LOW)


@pytest.mark.parametrize(
    ("ids", "said"),
    [
        (("S12", "S46", "S47", "S48", "N34"), "[S12 S46-S48 N34]"),
        (("S1", "S2"), "[S1 S2]"),
        (("F09", "F10", "F11"), "[F09-F11]"),
        (("S1", "N2", "S3"), "[S1 N2 S3]"),
        (("1.1", "1.2", "1.3"), "[1.1-1.3]"),
        (("a", "b", "c"), "[a b c]"),
        (("", "7"), "[ 7]"),
        (("Smith 2019", "Smith 2020", "Smith 2021"), "[Smith 2019, Smith 2020, Smith 2021]"),
        ((), "[]"),
    ],
)
def test_citations_of_any_id_are_written_and_only_numbers_after_the_same_letters_are_a_range(ids, said):
    assert cited_in_words(ids) == said
