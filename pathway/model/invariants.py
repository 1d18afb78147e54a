"""Invariants: promises that hold in every case, whatever happens, written beside the rules that they protect.

`pathway.verify` proves them over every record that a case can come to hold, for event sequences of any length. A
running case does not read them: they are promises about the rules, each with its citation.
"""

from __future__ import annotations

from typing import TypeAlias

from attrs import frozen

from pathway.model.guards import Guard  # attrs resolves field types at run time for JSON


@frozen
class Always:
    """After every event, once the case has come to rest, `holds` is true: not false, and not unknown."""

    id: str
    words: str
    holds: Guard
    cites: tuple[str, ...]
    local_choice: str = ""


@frozen
class OnEntering:
    """No transition leads from outside `states` into them unless `requires` is true where it is taken."""

    id: str
    words: str
    states: tuple[str, ...]
    requires: Guard
    cites: tuple[str, ...]
    local_choice: str = ""


@frozen
class Lasting:
    """`what` stays true, whatever event arrives and whatever transition is taken, unless `unless` is true by then.

    Each event and each transition is a step of its own: where `what` ends at a step, `unless` is true at that step.
    """

    id: str
    words: str
    what: Guard
    unless: Guard
    cites: tuple[str, ...]
    local_choice: str = ""


@frozen
class OrderRefused:
    """Wherever `when` is true, the answer to an order is refused."""

    id: str
    words: str
    order: str
    when: Guard
    cites: tuple[str, ...]
    local_choice: str = ""


@frozen
class UrgentStays:
    """Advice of urgency "now" ends only by being done, by its rule's lapse, or set aside by a clinician.

    Where an episode closes it may also be listed as left undone.
    """

    id: str
    words: str
    cites: tuple[str, ...]
    local_choice: str = ""


Invariant: TypeAlias = Always | OnEntering | Lasting | OrderRefused | UrgentStays

TAGS: dict[type[Invariant], str] = {
    Always: "Always",
    OnEntering: "Entry",
    Lasting: "Lasting",
    OrderRefused: "Refusal",
    UrgentStays: "UrgentStays",
}
"""The word for each kind in canonical JSON. A class that is renamed keeps its word, so that digests stay the same."""
