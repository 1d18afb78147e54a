"""The parts of a plan: a line of advice, an order that is refused, a fact that is awaited."""

from __future__ import annotations

from datetime import date, datetime  # attrs classes keep their types resolvable
from typing import Any

from attrs import frozen

from pathway.model.rules import Urgency
from pathway.run.findings import Finding
from pathway.run.moments import moment


@frozen
class PlanLine:
    """An advice in force. `due` is a calendar day; `missing` are the unknown facts that the advice lists.

    `offered`: the plan offers to set it aside.
    """

    id: str
    urgency: Urgency
    words: str
    family: str
    findings: tuple[Finding, ...]
    since: datetime
    due: date | None
    overdue: bool
    missing: tuple[str, ...]
    cites: tuple[str, ...]
    local_choice: str
    offered: bool = False

    def to_json(self) -> dict[str, Any]:
        """The line as JSON data."""
        return {
            "id": self.id,
            "urgency": self.urgency,
            "due": None if self.due is None else self.due.isoformat(),
            "overdue": self.overdue,
            "since": moment(self.since),
            "words": self.words,
            "reason": [finding.words for finding in self.findings],
            "missing": list(self.missing),
            "cites": list(self.cites),
            "local_choice": self.local_choice or None,
            "offered": self.offered,
        }


@frozen
class AsideLine:
    """Urgent advice that a clinician has set aside: by whom, why, when, and by which entry."""

    id: str
    words: str
    by: str
    reason: str
    at: datetime
    entry: str

    def to_json(self) -> dict[str, Any]:
        """The line as JSON data."""
        return {
            "id": self.id, "words": self.words, "by": self.by, "reason": self.reason, "at": moment(self.at),
            "entry": self.entry,
        }  # fmt: skip


@frozen
class Refusal:
    """An order that is refused here. `matters`: worth a line of its own at the bedside."""

    order: str
    words: str
    cites: tuple[str, ...]
    matters: bool

    def to_json(self) -> dict[str, Any]:
        """The refusal as JSON data."""
        return {"order": self.order, "words": self.words, "cites": list(self.cites)}


@frozen
class Awaited:
    """A fact that is awaited, and the events that could report it."""

    fact: str
    title: str
    events: tuple[str, ...]
