"""Each planted fault is found, by name, and with a patient who shows it."""

from __future__ import annotations

import os

import pytest
from attrs import evolve

from pathway import PATHWAY
from pathway.model.errors import DefinitionError
from pathway.scenarios.read import parse_scenario
from pathway.scenarios.replay import replay
from pathway.verify.verification import verify
from tests.verify.faults import FAULTS

FULL = os.environ.get("PATHWAY_TEST_FULL")
QUICK = ("a gap at one value only",)


@pytest.mark.parametrize("name", FAULTS if FULL else QUICK)
def test_a_planted_fault_is_found_by_name_and_with_its_patient(name):
    fault = FAULTS[name]
    pathway = fault.plant()
    found = {(one.section, one.name): one for one in verify(pathway).flaws}
    assert (fault.section, fault.finding) in found, list(found)
    finding = found[fault.section, fault.finding]
    assert finding.cites
    assert (finding.patient is not None) is fault.has_patient
    if finding.patient is not None and not finding.name.startswith("circle"):
        told = parse_scenario(finding.patient.text, pathway)
        assert replay(told, pathway).passed
        assert told.title == f"Counterexample: {fault.finding}"


def test_a_rule_that_lost_its_citation_is_refused_by_name():
    rules = tuple(evolve(one, cites=()) if one.id == "count_low" else one for one in PATHWAY.transitions)
    with pytest.raises(DefinitionError, match="transition count_low: cites nothing"):
        evolve(PATHWAY, transitions=rules)


def test_a_statement_that_no_rule_cites_any_more_is_refused_by_name():
    without = tuple(evolve(one, cites=tuple(c for c in one.cites if c != "S69")) for one in PATHWAY.advice)
    with pytest.raises(DefinitionError, match="statement S69: neither cited nor listed as not modelled"):
        evolve(PATHWAY, advice=without)


def test_at_least_fifteen_different_faults_are_planted():
    assert len(FAULTS) >= 15
    assert len({fault.finding for fault in FAULTS.values()}) == len(FAULTS)
