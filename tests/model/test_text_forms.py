"""Every text of a definition is held to what it is: an identifier, an option, a unit, a citation, a code, a length."""

from __future__ import annotations

import keyword
from typing import Any, get_args

import pytest
from attrs import evolve, fields, has, resolve_types

from pathway import PATHWAY, Pathway
from pathway.model import text_forms as forms
from tests.model.test_forms import faults, first

HOSTILE = ("", " ", "a b", "_a", "1a", "a-b", "a.b", "a\nb", "a'b", 'a"b', "a);x", "ä", "x" * 81, "lambda", "../a")
UNITS = (
    "10*9/L", "10*3/uL", "10^9/L", "/uL", "{cells}/uL", "%", "1", "Cel", "[degF]", "m[H2O]", "[in_i'H2O]", "mg/dL",
    "g/(12.h)", "ug/kg/(8.h)", "kat.m-2", "/[HPF]", "mo", "a", "1.73",
)  # fmt: skip
NO_UNITS = (
    "",
    " ",
    "mg dL",
    "mg//L",
    "/",
    "mg/",
    "()",
    "((",
    "(m",
    "m)",
    "<b>",
    "a');import os#",
    "m{a{b}",
    "µg",
    "m\n",
)


def texts_in(kind: Any, seen: dict[tuple[str, str], None]) -> None:
    """Every field, by class and name, in which a class or its parts hold text."""
    if isinstance(kind, type) and has(kind):
        if any(cls == kind.__name__ for cls, _ in seen):
            return
        resolve_types(kind)
        seen[kind.__name__, ""] = None
        for field in fields(kind):
            if holds_text(field.type):
                seen[kind.__name__, field.name] = None
            texts_in(field.type, seen)
    for part in get_args(kind):
        if part is not ...:
            texts_in(part, seen)


def holds_text(kind: Any) -> bool:
    return kind is str or isinstance(kind, str) or any(holds_text(part) for part in get_args(kind) if part is not ...)


def test_every_field_that_holds_text_has_a_form():
    seen: dict[tuple[str, str], None] = {}
    texts_in(Pathway, seen)
    places = [place for place in seen if place[1]]
    assert len(places) > 150
    for place in places:
        assert forms.form_of(*place).right


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_identifier_is_refused_wherever_one_is_wanted(name):
    assert not forms.IDENTIFIER.fits(name)
    for kind, field in (
        ("states", "name"), ("facts", "name"), ("conditions", "name"), ("events", "name"), ("derived", "name"),
        ("transitions", "id"), ("advice", "id"), ("orders", "id"), ("contradictions", "id"), ("invariants", "id"),
    ):  # fmt: skip
        found = [line for line in faults(**first(kind, **{field: name})) if f"{field}: '" in line]
        assert found and all("is no identifier; write 1 to 80 letters" in line and "\n" not in line for line in found)


@pytest.mark.parametrize("name", ["a", "A1", "wbc_at_diagnosis", "x" * 80])
def test_the_usual_names_are_identifiers(name):
    assert forms.IDENTIFIER.fits(name)


@pytest.mark.parametrize("name", keyword.kwlist)
def test_a_word_of_python_is_no_identifier(name):
    assert not forms.IDENTIFIER.fits(name)


def test_a_unit_is_built_as_ucum_builds_units():
    assert [code for code in UNITS if not forms.UNIT.fits(code)] == []
    assert [code for code in NO_UNITS if forms.UNIT.fits(code)] == []
    assert any("is no unit of UCUM" in line for line in faults(**first("facts", unit="10 9/L")))


@pytest.mark.parametrize(("code", "is_one"), [("6690-2", True), ("6690-3", False), ("26499-4", True), ("6690", False),
                                              ("12345678-1", False), ("x-1", False)])  # fmt: skip
def test_a_loinc_code_has_its_check_digit(code, is_one):
    assert forms.LOINC.fits(code) is is_one


@pytest.mark.parametrize("name", ["S01", "the first line", "Smith & al. 2002, §3", "x" * 60])
def test_the_id_of_a_citation_may_be_a_phrase(name):
    assert forms.CITATION.fits(name)


@pytest.mark.parametrize("name", ["", " S1", "S1 ", "a\nb", "a\0b", "a\u202eb", "x" * 61])
def test_the_id_of_a_citation_stands_in_a_line(name):
    assert not forms.CITATION.fits(name)


@pytest.mark.parametrize(("kind", "field", "longest"), [("states", "title", 400), ("notes", "words", 4_000),
                                                        ("states", "meaning", 4_000)])  # fmt: skip
def test_a_text_has_a_longest_length(kind, field, longest):
    assert evolve(PATHWAY, **first(kind, **{field: "x" * longest}))
    (line,) = faults(**first(kind, **{field: "x" * (longest + 1)}))
    assert f"at most {longest:,} characters" in line and len(line) < 250


@pytest.mark.parametrize("name", ["", "../../etc", "a/b", " a", "a  b", "a_b", '"><script>', "x" * 61])
def test_a_phase_is_a_part_of_the_name_of_a_file(name):
    assert any("is no phase; write 1 to 60 letters" in line for line in faults(**first("states", phase=name)))
