"""A claim that is not proved, shown as a patient: the shortest tale that breaks it, run to see that it does."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.scenarios.write import scenario_text
from pathway.verify.logic import Formula, both, disj
from pathway.verify.motion import at_rest, automatic, enabled, on_event
from pathway.verify.sight import Sight
from pathway.verify.tale import Tale  # attrs classes keep their types resolvable

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.verify.claims import Claim
    from pathway.verify.search import Chapter, Goal, Search


@frozen
class Patient:
    """A tale that shows a fault, as the text of a scenario file; `file` is a name for it."""

    file: str
    tale: Tale
    text: str

    def to_json(self) -> dict[str, Any]:
        """The patient as JSON data."""
        return {"file": self.file, "scenario": self.text}


def patient_of(pathway: Pathway, claim: Claim, search: Search) -> Patient | None:
    """The shortest patient that breaks the claim in a case that runs; None where none of a few events does."""
    tale = search.shortest(breaking(claim), longest=6)
    if tale is None or not claim.seen(Sight(pathway, tale)):
        return None
    return as_patient(pathway, tale, claim.id, f"Breaks: {claim.words}", claim.cites)


def as_patient(pathway: Pathway, tale: Tale, name: str, why: str, cites: tuple[str, ...]) -> Patient:
    """A tale as a scenario file under a name."""
    file = f"{slug(name)}.toml"
    scenario = tale.scenario(pathway, file, f"Counterexample: {name}", why, cites)
    return Patient(file, tale, scenario_text(scenario))


def slug(name: str) -> str:
    """A name as a file has it."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def breaking(claim: Claim) -> Goal:
    """The goal that a tale's last event breaks the claim."""

    def goal(chapters: list[Chapter]) -> Formula:
        last = chapters[-1]
        match claim.moment:
            case "rest":
                assert claim.at is not None
                return both(claim.at(last.after), at_rest(last.after))
            case "point":
                assert claim.at is not None
                return disj(claim.at(world) for world in last.worlds[:-1])
            case "taking":
                assert claim.taking is not None
                taken = [(last.worlds[0], rule) for rule, _ in on_event(last.worlds[0])]
                taken += [(world, rule) for world in last.worlds[1:-1] for rule, _ in automatic(world)]
                return disj(both(enabled(world, rule), claim.taking(world, rule)) for world, rule in taken)
            case "step":
                assert claim.step is not None
                if claim.whole:
                    return claim.step(last.before, last.after)
                pairs = pairwise([last.before, *last.worlds])
                return disj(claim.step(before, after) for before, after in pairs)

    return goal
