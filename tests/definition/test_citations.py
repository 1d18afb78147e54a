"""No citation of the definition leads nowhere; every statement and every note is used, or says why not."""

from __future__ import annotations

from typing import Any

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.check import cited
from pathway.model.citations import ReviewNote, Statement
from pathway.model.errors import DefinitionError
from pathway.model.guards import NEVER, in_force

CITED = {one for _, cites in cited(PATHWAY) for one in cites}
ABOUT = {one for note in PATHWAY.notes for one in note.about}


def faults_with(**changes: Any) -> tuple[str, ...]:
    with pytest.raises(DefinitionError) as caught:
        evolve(PATHWAY, **changes)
    return caught.value.faults


def notes_with(name: str, **changes: Any) -> tuple[ReviewNote, ...]:
    return tuple(evolve(note, **changes) if note.id == name else note for note in PATHWAY.notes)


def statements_with(name: str, **changes: Any) -> tuple[Statement, ...]:
    return tuple(evolve(one, **changes) if one.id == name else one for one in PATHWAY.statements)


def test_the_notes_are_n01_to_n54_and_n70() -> None:
    assert [note.id for note in PATHWAY.notes] == [f"N{number:02}" for number in (*range(1, 55), 70)]


def test_the_statements_are_s01_to_s111() -> None:
    assert [one.id for one in PATHWAY.statements] == [f"S{number:02}" for number in range(1, 112)]


def test_a_note_that_does_not_say_where_it_matters_is_a_fault() -> None:
    assert faults_with(notes=notes_with("N07", when=None)) == (
        "note N07: says nowhere where it matters; give it `when`",
    )


@pytest.mark.parametrize("name", ["words", "choice"])
@pytest.mark.parametrize("text", ["", "  "])
def test_a_note_that_names_no_doubt_or_no_choice_is_a_fault(name: str, text: str) -> None:
    (fault,) = faults_with(notes=notes_with("N07", **{name: text}))
    assert fault.startswith(f"note N07: `{name}` is empty")


def test_two_faulty_notes_are_reported_both() -> None:
    notes = tuple(evolve(note, when=None) if note.id in ("N07", "N50") else note for note in PATHWAY.notes)
    assert [fault.split(":")[0] for fault in faults_with(notes=notes)] == ["note N07", "note N50"]


def test_a_note_cannot_hang_on_advice_being_in_force() -> None:
    (fault,) = faults_with(notes=notes_with("N40", when=in_force("hydration")))
    assert fault == "note N40: only an order or an invariant may ask whether an advice is in force"


@pytest.mark.parametrize("note", PATHWAY.notes, ids=lambda note: note.id)
def test_no_note_is_written_so_that_nobody_is_ever_shown_it(note: ReviewNote) -> None:
    if note.when is None:
        assert note.id in PATHWAY.simultaneous_cites, "the plan shows it where the rule for one moment has decided"
    assert note.when != NEVER


@pytest.mark.parametrize("one", PATHWAY.statements, ids=lambda one: one.id)
def test_every_statement_is_used_or_listed_as_not_modelled_and_never_both(one: Statement) -> None:
    if one.not_modelled:
        assert one.id not in CITED, "a note may be about it, but no rule rests on it"
    else:
        assert one.id in CITED | ABOUT


@pytest.mark.parametrize("name", sorted(one.id for one in PATHWAY.statements if one.id in CITED | ABOUT))
def test_a_statement_that_is_used_cannot_be_dropped(name: str) -> None:
    faults = faults_with(statements=tuple(one for one in PATHWAY.statements if one.id != name))
    assert faults
    assert all(fault.endswith(f"unknown '{name}'") for fault in faults)


@pytest.mark.parametrize("name", sorted(note.id for note in PATHWAY.notes if note.id in CITED))
def test_a_note_that_is_cited_cannot_be_dropped(name: str) -> None:
    faults = faults_with(notes=tuple(note for note in PATHWAY.notes if note.id != name))
    assert faults
    assert all(fault.endswith(f"cites unknown '{name}'") for fault in faults)


@pytest.mark.parametrize("name", sorted(one.id for one in PATHWAY.literature if one.id in CITED))
def test_literature_that_is_cited_cannot_be_dropped(name: str) -> None:
    faults = faults_with(literature=tuple(one for one in PATHWAY.literature if one.id != name))
    assert faults
    assert all(fault.endswith(f"cites unknown '{name}'") for fault in faults)


@pytest.mark.parametrize("name", sorted(one.id for one in PATHWAY.statements if one.id in CITED))
def test_a_statement_that_a_rule_cites_cannot_be_listed_as_not_modelled(name: str) -> None:
    faults = faults_with(statements=statements_with(name, not_modelled="Website furniture."))
    assert faults == (f"statement {name}: listed as not modelled, and cited",)


@pytest.mark.parametrize(
    "name", sorted(one.id for one in PATHWAY.statements if one.not_modelled and one.id not in ABOUT)
)
def test_a_statement_that_nothing_uses_must_say_why(name: str) -> None:
    faults = faults_with(statements=statements_with(name, not_modelled=""))
    assert faults == (f"statement {name}: neither cited nor listed as not modelled",)


def test_a_new_statement_of_the_source_that_nothing_uses_is_a_fault() -> None:
    new = Statement("S112", "footer", "Something that the page did not say before.", "note")
    assert faults_with(statements=(*PATHWAY.statements, new)) == (
        "statement S112: neither cited nor listed as not modelled",
    )


@pytest.mark.parametrize("what", ["states", "conditions", "transitions", "advice", "orders", "contradictions"])
def test_a_rule_that_cites_nothing_or_what_does_not_exist_is_a_fault(what: str) -> None:
    first, *rest = getattr(PATHWAY, what)
    silent = faults_with(**{what: (evolve(first, cites=()), *rest)})
    astray = faults_with(**{what: (evolve(first, cites=(*first.cites, "S999")), *rest)})
    assert any(fault.endswith(": cites nothing") for fault in silent)
    assert [fault for fault in astray if fault.endswith(": cites unknown 'S999'")] == list(astray)
