"""Answers of a case: verdicts on orders, why and why not, and the events that would move it on."""

from __future__ import annotations

from typing import Any, Literal, TypeAlias

from attrs import frozen

from pathway.run.findings import Finding  # attrs classes keep their types resolvable

Answer: TypeAlias = Literal["permitted", "refused", "not_addressed"]


@frozen
class Override:
    """A clinician's decision to give an order in spite of a refusal: who, and why. Both are required."""

    by: str
    reason: str


@frozen
class Verdict:
    """The answer of the pathway to an order.

    "not_addressed" means that the source is silent, which is no permission. `findings` are the facts that decide,
    `awaits` the facts that are not known yet. `override` is given where a clinician orders in spite of the refusal.
    """

    order: str
    verdict: Answer
    words: str
    findings: tuple[Finding, ...]
    awaits: tuple[str, ...]
    cites: tuple[str, ...]
    override: Override | None = None

    def to_json(self) -> dict[str, Any]:
        """The verdict as JSON data."""
        given = self.override
        return {
            "order": self.order, "verdict": self.verdict, "words": self.words,
            "findings": [finding.to_json() for finding in self.findings], "awaits": list(self.awaits),
            "cites": list(self.cites),
            "override": None if given is None else {"by": given.by, "reason": given.reason},
        }  # fmt: skip


@frozen
class Reason:
    """Why a rule held: the rule, its words, and the facts with their limits."""

    rule: str
    words: str
    findings: tuple[Finding, ...]
    cites: tuple[str, ...]

    def __str__(self) -> str:
        facts = "; ".join(finding.words for finding in self.findings)
        return f"{self.words}: {facts} [{' '.join(self.cites)}]" if facts else f"{self.words} [{' '.join(self.cites)}]"

    def to_json(self) -> dict[str, Any]:
        """The reason as JSON data."""
        return {
            "rule": self.rule, "words": self.words, "findings": [finding.to_json() for finding in self.findings],
            "cites": list(self.cites),
        }  # fmt: skip


@frozen
class Obstacle:
    """A rule on the way that does not hold yet.

    `kind`: "no_transition" (nothing leads there from here), "false" (a fact says otherwise), "unknown" (a fact is
    missing), "event" (the facts allow it, and the event has not come).
    """

    rule: str
    kind: Literal["no_transition", "false", "unknown", "event"]
    words: str
    findings: tuple[Finding, ...]
    waits: tuple[str, ...]
    cites: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The obstacle as JSON data."""
        return {
            "rule": self.rule, "kind": self.kind, "words": self.words,
            "findings": [finding.to_json() for finding in self.findings], "waits": list(self.waits),
            "cites": list(self.cites),
        }  # fmt: skip


@frozen
class WhyNot:
    """Why a state is not reached, an advice not in force, an order not permitted.

    `holds` is true where the target is so after all. `path` are the states on the shortest way; `waits` are the unknown
    facts on that way.
    """

    target: str
    holds: bool
    path: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    waits: tuple[str, ...]

    def __str__(self) -> str:
        if self.holds:
            return f"{self.target}: it is so"
        lines = [
            f"{obstacle.words} [{' '.join(obstacle.cites)}]" if obstacle.cites else obstacle.words
            for obstacle in self.obstacles
        ]
        return f"{self.target}: " + "; ".join(lines)

    def to_json(self) -> dict[str, Any]:
        """The answer as JSON data."""
        return {
            "target": self.target, "holds": self.holds, "path": list(self.path),
            "obstacles": [obstacle.to_json() for obstacle in self.obstacles], "waits": list(self.waits),
        }  # fmt: skip


@frozen
class NextEvent:
    """An event that would report awaited facts or move the case: its fields that count, the states it could lead to."""

    event: str
    title: str
    fields: tuple[str, ...]
    required: tuple[str, ...]
    leads_to: tuple[str, ...]

    def to_json(self) -> dict[str, Any]:
        """The event as JSON data."""
        return {
            "event": self.event, "title": self.title, "fields": list(self.fields), "required": list(self.required),
            "leads_to": list(self.leads_to),
        }  # fmt: skip
