"""The state machine: one shared `transitions.Machine` for a pathway, which holds no cases.

`transitions` offers its event class as an extension point. Our class calls the guards directly and sets the
state of the case that it is given. No model is added to the machine, so a case costs nothing there, and nothing is
logged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from transitions import Event, Machine

if TYPE_CHECKING:
    from collections.abc import Callable

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition

AUTOMATIC = "(automatic)"
"""The trigger of transitions without an event. No event of a definition can have this name."""


class HasState(Protocol):
    """A case, as the machine moves it."""

    state: str


class GuardedEvent(Event):
    """An event that takes the one transition whose guard is true, and returns its rule, or None."""

    def __init__(self, name: str, machine: Machine) -> None:
        super().__init__(name, machine)
        self.ways: dict[str, list[tuple[Callable[[Any], bool], str, Transition]]] = {}

    def add_transition(self, transition: Any) -> None:
        """Keep the transition where `transitions` looks for it, and where `take` looks for it."""
        super().add_transition(transition)
        guard = transition.conditions[0].func
        self.ways.setdefault(transition.source, []).append((guard, transition.dest, guard.rule))

    def trigger(self, model: Any, *_args: Any, **_kwargs: Any) -> bool:
        """Take the transition that is enabled for the case; whether there was such a transition."""
        return self.take(model) is not None

    def take(self, model: HasState) -> Transition | None:
        """Take the transition that is enabled for the case; its rule, or None."""
        for guard, target, rule in self.ways.get(model.state, ()):
            if guard(model):
                model.state = target
                return rule
        return None


class PathwayMachine(Machine):
    """A flat machine without models."""

    event_cls = GuardedEvent

    def guarded(self, name: str) -> GuardedEvent | None:
        """The event of that name; None where no transition is on it."""
        event = self.events.get(name)
        assert event is None or isinstance(event, GuardedEvent)
        return event


def build(pathway: Pathway, guards: dict[str, Callable[[Any], bool]]) -> PathwayMachine:
    """The machine of a pathway. `guards` has a compiled guard for each transition id."""
    machine = PathwayMachine(
        model=None,
        states=[state.name for state in pathway.states],
        initial=pathway.initial,
        auto_transitions=False,
        queued=False,
        ignore_invalid_triggers=True,
    )
    for rule in pathway.transitions:
        guard = guards[rule.id]
        guard.rule = rule  # type: ignore[attr-defined]  # the function carries its rule
        machine.add_transition(rule.on or AUTOMATIC, list(rule.sources), rule.target, conditions=guard)
    return machine
