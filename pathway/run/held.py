"""What was held back at the door: it is shown with its value until a later report gives the fact."""

from __future__ import annotations

from datetime import datetime  # attrs classes keep their types resolvable
from typing import TYPE_CHECKING, Any

from attrs import frozen

from pathway.model.guards import ALWAYS
from pathway.model.rules import Contradiction
from pathway.model.values import HeldBack
from pathway.run.moments import moment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.model.events import Event
    from pathway.model.pathway import Pathway
    from pathway.run.item import Item


@frozen
class Doubted:
    """A field that was held back: by which entry, and when."""

    field: HeldBack
    entry: str
    at: datetime

    def to_json(self) -> dict[str, Any]:
        """The field as JSON data."""
        return {**self.field.to_json(), "entry": self.entry, "at": moment(self.at)}


def doubted_after(before: tuple[Doubted, ...], items: Sequence[Item]) -> tuple[Doubted, ...]:
    """What is doubted after the reports of one batch: a report of a fact answers all that was held of it before.

    So does another report of the same moment that gives the fact.
    """
    given = {name for item in items if item.event is not None for name, _ in item.event.given}
    found = [doubted for doubted in before if doubted.field.fact not in given]
    for item in items:
        for field in item.event.held if item.event is not None else ():
            if field.fact not in given:
                found.append(Doubted(field, item.entry, item.at))
    return tuple(found)


def moving(items: Sequence[Item]) -> list[Item]:
    """The reports of a batch that count: those without a required field that was held back."""
    return [item for item in items if item.event is not None and not item.event.is_idle]


def contradicted_at_door(event: Event, pathway: Pathway) -> tuple[Contradiction, ...]:
    """The contradictions of a report: each part that is more than its whole."""
    parts = event.kind.parts
    return () if parts is None else tuple(
        Contradiction(
            f"{field.fact}_exceeds_{field.exceeds}", f"{pathway.title_of(field.fact)}: {field.reason}; not counted.",
            ALWAYS, parts.cites,
        )
        for field in event.held
        if field.exceeds
    )  # fmt: skip
