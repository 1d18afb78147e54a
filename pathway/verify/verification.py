"""The whole verification of a pathway: shape, overlaps and gaps, invariants; every fault with its patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.verify.anatomy import Anatomy
from pathway.verify.claims import claims_of
from pathway.verify.findings import SECTIONS, Finding, Section
from pathway.verify.induction import Induction
from pathway.verify.logic import Formula, both, disj
from pathway.verify.motion import enabled
from pathway.verify.patient import Patient, as_patient, patient_of
from pathway.verify.prove import Prover
from pathway.verify.search import Goal, Search
from pathway.verify.shape import shape_faults
from pathway.verify.stuck import stuck_in
from pathway.verify.ways import Circle, circles, longest_chain, never_taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.model.pathway import Pathway
    from pathway.verify.claims import Claim
    from pathway.verify.search import Chapter


PATIENCE = 15_000
"""Milliseconds spent on looking for a patient of each number of events."""


@frozen
class Checked:
    """How many claims of a section were put to the proof."""

    section: Section
    claims: int


@frozen
class Verification:
    """What was proved of a pathway, and what was found. `lemmas` counts what induction proved on the way."""

    pathway: str
    digest: str
    checked: tuple[Checked, ...]
    lemmas: int
    findings: tuple[Finding, ...]

    def of(self, section: Section) -> tuple[Finding, ...]:
        """The findings of a section."""
        return tuple(one for one in self.findings if one.section == section)

    def to_json(self) -> dict[str, Any]:
        """The verification as JSON data."""
        return {
            "pathway": self.pathway,
            "digest": self.digest,
            "checked": {one.section: one.claims for one in self.checked},
            "lemmas": self.lemmas,
            "findings": [one.to_json() for one in self.findings],
        }


def verify(
    pathway: Pathway, progress: Callable[[str], None] = lambda _: None, *, patients: bool = True
) -> Verification:
    """Prove what a pathway claims. `progress` is told what is at hand; without `patients`, faults have no story."""
    anatomy = Anatomy(pathway)
    progress("shape")
    findings = list(shape_faults(pathway))
    induction = Induction(anatomy)
    induction.run(lambda step: progress(f"induction: {step}"))
    progress("automatic transitions")
    round_and_round = list(circles(anatomy, induction))
    search = _Patients(pathway, anatomy, patients=patients, depth=longest_chain(anatomy))
    for circle in round_and_round:
        name = f"circle at {circle.state}"
        words = " -> ".join(rule.id for rule in circle.rules) + ": these can follow one another without an end"
        found = search.find(_going_round(circle), name, words, circle.rules[0].cites)
        findings.append(Finding("shape", name, words, circle.rules[0].cites, found))
    for rule, source in never_taken(anatomy, induction):
        words = f"no record opens it from {source}"
        findings.append(Finding("shape", f"transition {rule.id}", words, rule.cites))
    for stuck in stuck_in(anatomy, induction):
        progress(f"gap: {stuck.state}")
        name, words = f"{stuck.state}: stuck", f"a case can rest in {stuck.state} that no event moves"
        cites = pathway.state(stuck.state).cites
        findings.append(Finding("gap", name, words, cites, search.find(stuck.goal, name, words, cites)))
    prover = Prover(anatomy, induction)
    claims = claims_of(anatomy)
    for claim in claims:
        progress(f"{claim.kind}: {claim.id}")
        if not prover.holds(claim):
            findings.append(_broken(claim, search.of(claim), sought=patients))
    checked = tuple(Checked(section, _count(section, claims, pathway)) for section in SECTIONS)
    ordered = tuple(one for section in SECTIONS for one in findings if one.section == section)
    return Verification(pathway.id, pathway.digest, checked, len(induction.proved), ordered)


class _Patients:
    """Looks for patients with one search for all; a search costs nothing until a fault needs it."""

    def __init__(self, pathway: Pathway, anatomy: Anatomy, *, patients: bool, depth: int) -> None:
        self.pathway = pathway
        self._search = Search(anatomy, depth, PATIENCE) if patients else None

    def of(self, claim: Claim) -> Patient | None:
        """The patient that breaks a claim."""
        return None if self._search is None else patient_of(self.pathway, claim, self._search)

    def find(self, goal: Goal, name: str, words: str, cites: tuple[str, ...]) -> Patient | None:
        """The patient that comes to a goal."""
        tale = None if self._search is None else self._search.shortest(goal)
        return None if tale is None else as_patient(self.pathway, tale, name, words, cites)


def _broken(claim: Claim, patient: Patient | None, *, sought: bool) -> Finding:
    words = f"not so: {claim.words}"
    if patient is None:
        words = f"not proved{', and no case was found that breaks it' if sought else ''}: {claim.words}"
    return Finding(claim.kind, claim.id, words, claim.cites, patient)


def _going_round(circle: Circle) -> Goal:
    """The goal of a tale whose last event opens the first transition of a circle, where it begins."""
    first = circle.rules[0]

    def goal(chapters: list[Chapter]) -> Formula:
        worlds = chapters[-1].worlds
        # A case that goes round is still moving after as many transitions as any other takes in a row.
        begins = disj(both(world.in_state(first.sources), enabled(world, first)) for world in worlds[:-1])
        return both(begins, disj(enabled(worlds[-1], rule) for rule in circle.rules))

    return goal


def _count(section: Section, claims: list[Claim], pathway: Pathway) -> int:
    if section == "shape":
        parts = (
            pathway.states,
            pathway.facts,
            pathway.events,
            pathway.conditions,
            pathway.statements,
            pathway.transitions,
        )
        return sum(len(part) for part in parts)
    stuck = sum(not one.end for one in pathway.states) if section == "gap" else 0
    return stuck + sum(claim.kind == section for claim in claims)
