"""The whole verification of a pathway: shape, overlaps, gaps and invariants; each flaw with its patient."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.verify.claims import claims_of
from pathway.verify.encoding import Encoding
from pathway.verify.flaws import SECTIONS, Flaw, Section
from pathway.verify.houdini import Houdini
from pathway.verify.logic import Formula, both, disj
from pathway.verify.patient import Patient, as_patient, patient_of
from pathway.verify.prove import Prover, follows_from_guards
from pathway.verify.search import Goal, Search
from pathway.verify.shape import shape_faults
from pathway.verify.stuck import stuck_in
from pathway.verify.unrolling import enabled
from pathway.verify.ways import Circle, circles, longest_chain, never_taken

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.model.pathway import Pathway
    from pathway.verify.claims import Claim
    from pathway.verify.search import UnrolledEvent


PATIENCE = 100_000_000
"""The work of the solver (see `Search`) that is spent on looking for a patient of each number of events."""


@frozen
class Checked:
    """The number of claims of a section that were checked."""

    section: Section
    claims: int


@frozen
class Verification:
    """The proofs of a pathway by number, and the flaws that were found.

    `lemmas` counts what induction proved on the way; `from_guards` the invariants that hold of every record by the text
    of the guards alone: they would notice an edit of a guard, and say nothing of how cases move.
    """

    pathway: str
    digest: str
    checked: tuple[Checked, ...]
    lemmas: int
    from_guards: int
    flaws: tuple[Flaw, ...]

    def of(self, section: Section) -> tuple[Flaw, ...]:
        """The flaws of a section."""
        return tuple(flaw for flaw in self.flaws if flaw.section == section)

    def to_json(self) -> dict[str, Any]:
        """The verification as JSON data."""
        return {
            "pathway": self.pathway,
            "digest": self.digest,
            "checked": {checked.section: checked.claims for checked in self.checked},
            "lemmas": self.lemmas,
            "invariants_from_guards_alone": self.from_guards,
            "findings": [flaw.to_json() for flaw in self.flaws],
        }


def verify(
    pathway: Pathway, progress: Callable[[str], None] = lambda _: None, *, patients: bool = True
) -> Verification:
    """Prove the claims of a pathway. `progress` is called with the work at hand. Without `patients` flaws have none."""
    encoding = Encoding(pathway, bounds=True)
    progress("shape")
    flaws = list(shape_faults(pathway))
    houdini = Houdini(encoding)
    houdini.run(lambda step: progress(f"induction: {step}"))
    progress("automatic transitions")
    round_and_round = list(circles(encoding, houdini))
    search = _Patients(pathway, Encoding(pathway), patients=patients, depth=longest_chain(encoding))
    for circle in round_and_round:
        name = f"circle at {circle.state}"
        words = " -> ".join(rule.id for rule in circle.rules) + ": these can follow one another without an end"
        found = search.find(_going_round(circle), name, words, circle.rules[0].cites)
        flaws.append(Flaw("shape", name, words, circle.rules[0].cites, found))
    for rule, source in never_taken(encoding, houdini):
        words = f"no record opens it from {source}"
        flaws.append(Flaw("shape", f"transition {rule.id}", words, rule.cites))
    for stuck in stuck_in(encoding, houdini):
        progress(f"gap: {stuck.state}")
        name, words = f"{stuck.state}: stuck", f"a case can rest in {stuck.state} that no event moves"
        cites = pathway.state(stuck.state).cites
        flaws.append(Flaw("gap", name, words, cites, search.find(stuck.goal, name, words, cites)))
    prover = Prover(encoding, houdini)
    claims = claims_of(encoding)
    for claim in claims:
        progress(f"{claim.kind}: {claim.id}")
        if not prover.holds(claim):
            flaws.append(_broken(claim, search.of(claim), sought=patients))
    progress("invariants that follow from the guards alone")
    from_guards = sum(claim.kind == "invariant" and follows_from_guards(encoding, claim) for claim in claims)
    checked = tuple(Checked(section, _count(section, claims, pathway)) for section in SECTIONS)
    ordered = tuple(flaw for section in SECTIONS for flaw in flaws if flaw.section == section)
    return Verification(pathway.id, pathway.digest, checked, len(houdini.proved), from_guards, ordered)


class _Patients:
    """Looks for patients with one search for all flaws. A search costs nothing until a flaw needs it."""

    def __init__(self, pathway: Pathway, encoding: Encoding, *, patients: bool, depth: int) -> None:
        self.pathway = pathway
        self._search = Search(encoding, depth, PATIENCE) if patients else None

    def of(self, claim: Claim) -> Patient | None:
        """The patient that breaks a claim."""
        return None if self._search is None else patient_of(self.pathway, claim, self._search)

    def find(self, goal: Goal, name: str, words: str, cites: tuple[str, ...]) -> Patient | None:
        """The patient that reaches a goal."""
        example = None if self._search is None else self._search.shortest(goal)
        return None if example is None else as_patient(self.pathway, example, name, words, cites)


def _broken(claim: Claim, patient: Patient | None, *, sought: bool) -> Flaw:
    words = f"not so: {claim.words}"
    if patient is None:
        words = f"not proved{', and no case was found that breaks it' if sought else ''}: {claim.words}"
    return Flaw(claim.kind, claim.id, words, claim.cites, patient)


def _going_round(circle: Circle) -> Goal:
    """The goal: the last event of the example opens the first transition of a circle."""
    first = circle.rules[0]

    def goal(unrolled: list[UnrolledEvent]) -> Formula:
        states = unrolled[-1].states
        # A case that goes round is still moving after as many transitions as any other takes in a row.
        begins = disj(both(symbolic.in_state(first.sources), enabled(symbolic, first)) for symbolic in states[:-1])
        return both(begins, disj(enabled(states[-1], rule) for rule in circle.rules))

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
    stuck = sum(not state.end for state in pathway.states) if section == "gap" else 0
    return stuck + sum(claim.kind == section for claim in claims)
