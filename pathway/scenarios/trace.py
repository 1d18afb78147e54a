"""From statement to rule, invariant and scenario, and back: where each sentence of the source went."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.check import cited

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pathway.model.pathway import Pathway
    from pathway.scenarios.replay import Replay


@frozen
class Traced:
    """A statement, note or piece of literature: the rules that cite it, and the scenarios that cite or exercise them.

    `invariants` are the ids of the promises that cite it: those are proved, and no scenario exercises them.
    """

    id: str
    words: str
    not_modelled: str
    rules: tuple[str, ...]
    invariants: tuple[str, ...]
    cited_by_files: tuple[str, ...]
    exercised_by_files: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The row as JSON data."""
        return {
            "id": self.id, "words": self.words, "not_modelled": self.not_modelled or None, "rules": list(self.rules),
            "invariants": list(self.invariants), "cited_by": list(self.cited_by_files),
            "exercised_by": list(self.exercised_by_files),
        }  # fmt: skip


def trace_of(pathway: Pathway, replays: Iterable[Replay]) -> tuple[Traced, ...]:
    """A row for every statement, review note and piece of literature, in order."""
    from pathway.scenarios.coverage import coverage_of

    replays = list(replays)
    rules: dict[str, list[str]] = {}
    invariants: dict[str, list[str]] = {}
    for owner, cites in cited(pathway):
        kind, _, name = owner.partition(" ")
        for one in cites:
            if kind == "invariant":
                invariants.setdefault(one, []).append(name)
            else:
                rules.setdefault(one, []).append(owner)
    for note in pathway.notes:
        for one in note.about:
            rules.setdefault(one, []).append(f"note {note.id}")
    exercised: dict[str, dict[str, None]] = {}
    for item in coverage_of(replays, pathway).items:
        exercised.setdefault(item.rule, {}).update(dict.fromkeys(item.files))
    named: dict[str, dict[str, None]] = {}
    for replay in replays:
        for one in replay.scenario.cites:
            named.setdefault(one, {})[replay.scenario.file] = None
        for step in replay.steps:
            for one in dict(step.step.expects).get("cites", ()):
                named.setdefault(one, {})[replay.scenario.file] = None
    return tuple(
        Traced(
            one.id, one.words, getattr(one, "not_modelled", ""), tuple(rules.get(one.id, ())),
            tuple(invariants.get(one.id, ())),
            tuple(named.get(one.id, ())),
            tuple(dict.fromkeys(
                file for rule in (one.id, *rules.get(one.id, ())) for file in exercised.get(rule, ())
            )),
        )
        for one in pathway.citations.values()
    )  # fmt: skip


def rules_of(pathway: Pathway) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every rule with its citations: the trace the other way round."""
    return tuple(cited(pathway))
