"""Every rule cites something that there is; a pathway and its versions are called so that a file can be."""

from __future__ import annotations

import pytest
from attrs import evolve

from pathway import PATHWAY, BadInput, Pathway
from pathway.model.canonical import from_json, to_json
from pathway.model.check import cited
from pathway.model.citations import Statement
from pathway.model.guards import (
    in_state,
)
from tests.model.broken import faults, first, named

# --- states ---------------------------------------------------------------------------------------------------------


def test_a_state_waits_for_something_or_is_an_end_of_the_source():
    line = "state smear: neither waits for anything nor is an end of the source"
    assert line in faults(**named("states", "smear", waits=None))
    assert isinstance(evolve(PATHWAY, **named("states", "smear", waits=None, end="the source ends here")), Pathway)


# --- advice ---------------------------------------------------------------------------------------------------------


def test_urgent_advice_without_an_end_is_refused():
    line = "urgent advice ends once it is done; give it `until`"
    assert f"advice smear_now: {line}" in faults(**named("advice", "smear_now", until=None))
    assert f"advice hydration: {line}" in faults(**named("advice", "hydration", urgency="now", until=None))


def test_urgent_advice_may_lapse_and_be_offered_for_setting_aside_and_other_advice_is_not_offered():
    gone = in_state("resolved")
    assert evolve(PATHWAY, **named("advice", "smear_now", lapses=gone, offers=gone)).advice != PATHWAY.advice
    line = "advice hydration: only urgent advice is set aside; leave out `offers`"
    assert line in faults(**named("advice", "hydration", offers=gone))


def test_advice_that_is_not_urgent_may_last_as_long_as_its_ground():
    assert isinstance(evolve(PATHWAY, **named("advice", "hydration", until=None)), Pathway)


def test_an_urgency_that_there_is_not_is_refused():
    faults(**named("advice", "hydration", urgency="tomorrow"))


# --- citations ------------------------------------------------------------------------------------------------------


CITING = (
    "states", "facts", "derived", "conditions", "events", "transitions", "advice", "orders", "contradictions",
    "invariants",
)  # fmt: skip


@pytest.mark.parametrize("kind", CITING)
def test_whatever_cites_nothing_is_refused(kind):
    one = getattr(PATHWAY, kind)[0]
    what = kind if kind in ("advice", "derived") else kind.rstrip("s")
    assert f"{what} {getattr(one, 'id', None) or one.name}: cites nothing" in faults(**first(kind, cites=()))


@pytest.mark.parametrize("what", ["banner", "scope", "override"])
def test_what_is_said_of_the_pathway_as_a_whole_cites_something(what):
    assert f"{what}: cites nothing" in faults(**{f"{what}_cites": ()})


def test_a_citation_that_leads_nowhere_is_refused():
    assert "state initial_labs: cites unknown 'S112'" in faults(**first("states", cites=("S01", "S112")))
    assert "note N01: about unknown 'S999'" in faults(**first("notes", about=("S999",)))


def test_a_statement_is_either_cited_or_listed_as_not_modelled():
    stray = Statement("S112", "footer", "Something that no rule cites.", "note")
    line = "statement S112: neither cited nor listed as not modelled"
    assert line in faults(statements=(*PATHWAY.statements, stray))
    listed = evolve(stray, not_modelled="it concerns the visitor, not the child")
    assert isinstance(evolve(PATHWAY, statements=(*PATHWAY.statements, listed)), Pathway)
    assert "statement S32: listed as not modelled, and cited" in faults(
        **named("statements", "S32", not_modelled="too hard")
    )


def test_everything_that_decides_or_is_shown_is_among_what_must_cite():
    owners = [owner for owner, _ in cited(PATHWAY)]
    for kind in CITING:
        what = kind if kind in ("advice", "derived") else kind.rstrip("s")
        assert {f"{what} {getattr(one, 'id', None) or one.name}" for one in getattr(PATHWAY, kind)} <= set(owners), kind
    assert {f"reference {row.fact} {row.band()}" for row in PATHWAY.reference.rows} <= set(owners)
    assert len(set(owners)) == len(owners)


def test_every_statement_and_every_note_is_there():
    assert [one.id for one in PATHWAY.statements] == [f"S{number:02}" for number in range(1, 112)]
    assert [one.id for one in PATHWAY.notes] == [f"N{number:02}" for number in (*range(1, 55), 70)]


@pytest.mark.parametrize("changes", [{"when": None}, {"words": "  "}, {"choice": ""}], ids=str)
def test_a_note_says_what_is_doubtful_what_is_done_about_it_and_where_it_matters(changes):
    assert faults(**first("notes", **changes))[0].startswith("note N01: ")


# --- what it is called ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["id", "version"])
@pytest.mark.parametrize(
    "name", ["", " ", "a b", "a\nb", "a\n", "../../pwn", "/etc", ".hidden", "-x", "a\0", "\u00e4", "x" * 101], ids=ascii
)
def test_a_pathway_is_called_by_a_name_that_a_file_can_have(what, name):
    (line,) = faults(**{what: name})
    assert line.startswith(f"pathway: {what}: '") and "\n" not in line
    assert f"is no {what} of a pathway; write 1 to 100 letters from a to z, digits and '.', '_', '+' or '-'" in line


@pytest.mark.parametrize("name", ["0", "x" * 100, "1.0.0-rc.1+build_7", "leukopenia-small-child"])
def test_the_usual_names_and_version_numbers_are_taken(name):
    changed = evolve(PATHWAY, id=name, version=name)
    assert from_json(to_json(changed)) == changed


def test_a_pathway_from_a_file_with_an_impossible_version_is_refused_with_that_line():
    with pytest.raises(BadInput, match=r"version: '\.\./pwn' is no version of a pathway"):
        from_json(to_json(PATHWAY).replace(f'"version":"{PATHWAY.version}"', '"version":"../pwn"'))
