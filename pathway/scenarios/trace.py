"""The trace: from each statement of the source to its rules, invariants and scenarios, and back."""

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
        for cite in cites:
            if kind == "invariant":
                invariants.setdefault(cite, []).append(name)
            else:
                rules.setdefault(cite, []).append(owner)
    for note in pathway.notes:
        for cite in note.about:
            rules.setdefault(cite, []).append(f"note {note.id}")
    exercised: dict[str, dict[str, None]] = {}
    for item in coverage_of(replays, pathway).items:
        exercised.setdefault(item.rule, {}).update(dict.fromkeys(item.files))
    named: dict[str, dict[str, None]] = {}
    for replay in replays:
        for cite in replay.scenario.cites:
            named.setdefault(cite, {})[replay.scenario.file] = None
        for step in replay.steps:
            for cite in dict(step.step.expects).get("cites", ()):
                named.setdefault(cite, {})[replay.scenario.file] = None
    return tuple(
        Traced(
            citation.id, citation.words, getattr(citation, "not_modelled", ""), tuple(rules.get(citation.id, ())),
            tuple(invariants.get(citation.id, ())),
            tuple(named.get(citation.id, ())),
            tuple(dict.fromkeys(
                file for rule in (citation.id, *rules.get(citation.id, ())) for file in exercised.get(rule, ())
            )),
        )
        for citation in pathway.citations.values()
    )  # fmt: skip


def rules_of(pathway: Pathway) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Every rule with its citations: the trace backwards."""
    return tuple(cited(pathway))
