"""Patients: for a claim that is not proved, the shortest counterexample, run to check that it breaks the claim."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.scenarios.write import scenario_text
from pathway.verify.counterexample import Counterexample  # attrs classes keep their types resolvable
from pathway.verify.logic import Formula, both, disj
from pathway.verify.replayed_step import ReplayedStep
from pathway.verify.unrolling import at_rest, automatic, enabled, on_event

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.verify.claims import Claim
    from pathway.verify.search import Goal, Search, UnrolledEvent


@frozen
class Patient:
    """A counterexample that shows a flaw, with the text of its scenario file and a name for that file."""

    file: str
    example: Counterexample
    text: str

    def to_json(self) -> dict[str, Any]:
        """The patient as JSON data."""
        return {"file": self.file, "scenario": self.text}


def patient_of(pathway: Pathway, claim: Claim, search: Search) -> Patient | None:
    """The shortest patient that breaks the claim in a case that runs; None where no patient of a few events does."""
    example = search.shortest(breaking(claim), longest=6)
    if example is None or not claim.seen(ReplayedStep(pathway, example)):
        return None
    return as_patient(pathway, example, claim.id, f"Breaks: {claim.words}", claim.cites)


def as_patient(pathway: Pathway, example: Counterexample, name: str, why: str, cites: tuple[str, ...]) -> Patient:
    """A counterexample as a scenario file under a name."""
    file = f"{slug(name)}.toml"
    scenario = example.scenario(pathway, file, f"Counterexample: {name}", why, cites)
    return Patient(file, example, scenario_text(scenario))


def slug(name: str) -> str:
    """A name in the form of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def breaking(claim: Claim) -> Goal:
    """The goal: the last event of the example breaks the claim."""

    def goal(unrolled: list[UnrolledEvent]) -> Formula:
        last = unrolled[-1]
        match claim.moment:
            case "rest":
                assert claim.at is not None
                return both(claim.at(last.after), at_rest(last.after))
            case "point":
                assert claim.at is not None
                return disj(claim.at(symbolic) for symbolic in last.states[:-1])
            case "taking":
                assert claim.taking is not None
                taken = [(last.states[0], rule) for rule, _ in on_event(last.states[0])]
                taken += [(symbolic, rule) for symbolic in last.states[1:-1] for rule, _ in automatic(symbolic)]
                return disj(both(enabled(symbolic, rule), claim.taking(symbolic, rule)) for symbolic, rule in taken)
            case "step":
                assert claim.step is not None
                if claim.whole:
                    return claim.step(last.before, last.after)
                pairs = pairwise([last.before, *last.states])
                return disj(claim.step(before, after) for before, after in pairs)

    return goal
