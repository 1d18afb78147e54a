"""Transitions, advice, orders and conditions, each changed in one place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from attrs import evolve

from pathway.model.guards import ALWAYS, NEVER, Guard
from pathway.model.rules import URGENCIES
from pathway.verify.mutants.guards import guard_changes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Condition, Pathway
    from pathway.model.rules import Advice, Closing, OrderRule, Transition
    from pathway.verify.steps import Steps


class Change(NamedTuple):
    """A rule changed in one place: the kind of the change, its words, the rule as it is then; None: removed."""

    kind: str
    words: str
    rule: Any


def changes_of_guard(steps: Steps, rule: Any, name: str, guard: Guard, lead: str = "") -> Iterator[Change]:
    """A rule with one of its guards, the field `name`, changed in one place."""
    for change in guard_changes(guard, steps):
        yield Change(change.kind, lead + change.words, evolve(rule, **{name: change.guard}))


def changes_of_condition(condition: Condition, steps: Steps) -> Iterator[Change]:
    """A named condition, for every rule that names it."""
    yield from changes_of_guard(steps, condition, "guard", condition.guard)


def changes_of_transition(rule: Transition, pathway: Pathway, steps: Steps) -> Iterator[Change]:
    """Its guard, its target and sources, its event, what it closes and renews; and the pathway without it."""
    yield from changes_of_guard(steps, rule, "when", rule.when)
    for state in pathway.states_by_name:
        if state != rule.target:
            yield Change("target", f"target {rule.target} -> {state}", evolve(rule, target=state))
    yield Change("transition", "removed", None)
    for state in rule.sources if len(rule.sources) > 1 else ():
        left = tuple(source for source in rule.sources if source != state)
        yield Change("source", f"not from {state}", evolve(rule, sources=left))
    if rule.on is not None:
        yield Change("event", f"automatic, not on {rule.on}", evolve(rule, on=None))
    if rule.closes is not None:
        yield Change("closing", "closes no episode", evolve(rule, closes=None))
        for words, closing in _closings(rule.closes):
            yield Change("closing", words, evolve(rule, closes=closing))
    for name in rule.renews:
        left = tuple(fact for fact in rule.renews if fact != name)
        yield Change("closing", f"does not renew {name}", evolve(rule, renews=left))


def _closings(closing: Closing) -> Iterator[tuple[str, Closing]]:
    day = "does not keep the day" if closing.keeps_day else "keeps the day"
    yield day, evolve(closing, keeps_day=not closing.keeps_day)
    for name in closing.keeps:
        yield f"does not keep {name}", evolve(closing, keeps=tuple(fact for fact in closing.keeps if fact != name))
    for pair in closing.unless:
        left = tuple(other for other in closing.unless if other != pair)
        yield f"keeps {pair[0]} in spite of {pair[1]}", evolve(closing, unless=left)


def changes_of_advice(rule: Advice, steps: Steps) -> Iterator[Change]:
    """Its guards, its urgency, its due days, what completes it, what it lists; and the pathway without it."""
    yield from changes_of_guard(steps, rule, "when", rule.when)
    for urgency in URGENCIES:
        if urgency != rule.urgency:
            # Less urgent advice is not offered for setting aside: the checks would refuse it before any story is asked.
            words = f"urgency {rule.urgency} -> {urgency}"
            yield Change("urgency", words, evolve(rule, urgency=urgency, offers=None))
    for name, words in (("due_day", "due day"), ("overdue_after_day", "overdue after day")):
        day = getattr(rule, name)
        if day is not None:
            for other in (day + 1, day - 1, None):
                moved = f"{words} {day} -> {'none' if other is None else other}"
                changed: dict[str, Any] = {name: other}
                yield Change("due", moved, evolve(rule, **changed))
    if rule.until is not None:
        yield Change("completion", "lasts only as long as its ground", evolve(rule, until=None))
        yield Change("completion", "never completed", evolve(rule, until=NEVER))
        yield from changes_of_guard(steps, rule, "until", rule.until, "until: ")
    if rule.lapses is not None:
        yield Change("completion", "never lapses", evolve(rule, lapses=None))
        yield from changes_of_guard(steps, rule, "lapses", rule.lapses, "lapses: ")
    # `offers` is not changed: it adds words to a line of the plan, for which neither a story nor a proof asks.
    ends = "ends with the episode" if rule.outlives_episode else "outlives the episode"
    yield Change("completion", ends, evolve(rule, outlives_episode=not rule.outlives_episode))
    for name in rule.lists:
        left = tuple(fact for fact in rule.lists if fact != name)
        yield Change("listed", f"does not list {name}", evolve(rule, lists=left))


def changes_of_order(rule: OrderRule, steps: Steps) -> Iterator[Change]:
    """Its guards, its verdicts exchanged or dropped, and the act by which it happens."""
    yield Change("verdict", "never refused", evolve(rule, refused=NEVER))
    if rule.permitted is not None:
        yield Change("verdict", "never permitted", evolve(rule, permitted=None))
        swapped = evolve(rule, refused=rule.permitted, permitted=rule.refused)
        yield Change("verdict", "refused and permitted exchanged", swapped)
    else:
        yield Change("verdict", "permitted where not refused", evolve(rule, permitted=ALWAYS))
    yield from changes_of_guard(steps, rule, "refused", rule.refused, "refused: ")
    if rule.permitted is not None:
        yield from changes_of_guard(steps, rule, "permitted", rule.permitted, "permitted: ")
    if rule.act is not None:
        yield Change("act", "its act is not looked at", evolve(rule, act=None))
        if rule.act_when != ALWAYS:
            yield from changes_of_guard(steps, rule, "act_when", rule.act_when, "act: ")
