"""Circles of transitions in which every guard is constantly true: a case that enters such a circle never rests.

`pathway.verify` asks whether facts can close a circle, and a running case stops after a bound. The circles found here
need neither check: their guards are true of every record.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.model.guards import ALWAYS
from pathway.model.partial import in_that_state

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.model.rules import Transition


def circle_faults(transitions: Iterable[Transition]) -> Iterator[str]:
    """A line for each circle of automatic transitions that are open in every record of their state."""
    onward: dict[str, tuple[str, str]] = {}
    for rule in transitions:
        for source in rule.sources:
            # The first such transition counts. Two of them would overlap, and `pathway verify` finds that.
            if rule.on is None and source not in onward and in_that_state(rule.when, source) == ALWAYS:
                onward[source] = (rule.id, rule.target)
    seen: set[str] = set()
    for state in onward:
        passed: list[str] = []
        while state in onward and state not in seen:
            seen.add(state)
            passed.append(state)
            state = onward[state][1]  # noqa: PLW2901  # the circle is walked from where it is met
        if state in passed:
            circle = passed[passed.index(state) :]
            names = " -> ".join(onward[passed_state][0] for passed_state in circle)
            yield f"transition {onward[state][0]}: {names} lead back to {state} in every case, without an end"
