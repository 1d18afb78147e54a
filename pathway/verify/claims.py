"""The claims that are proved of a pathway: each says when it would be broken, as a formula over the worlds it is about.

A claim is about one moment of a case's way: a `point` (any record, between two transitions too), `rest` (no transition
is open any more), `taking` (a transition is about to be taken) or `step` (a record and the one that follows it).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never

from attrs import field, frozen

from pathway.model.guards import shown
from pathway.model.invariants import Always, Entry, Lasting, Refusal, UrgentStays
from pathway.model.rules import Transition
from pathway.verify.logic import Formula, both, conj, disj, either, ite, neg
from pathway.verify.motion import enabled
from pathway.verify.settle import Settled
from pathway.verify.sight import Sight
from pathway.verify.waiting import named_as_awaited
from pathway.verify.world import NOTHING, World

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.guards import Guard
    from pathway.model.invariants import Invariant
    from pathway.model.rules import Advice
    from pathway.verify.anatomy import Anatomy

Moment: TypeAlias = Literal["point", "rest", "taking", "step"]
Kind: TypeAlias = Literal["overlap", "gap", "invariant"]


@frozen
class Claim:
    """Something that is to hold in every case. `about`: the states it can be broken in; empty for every one.

    `whole`: a patient should break it over a whole event. `later`: asked whenever, also when only time has passed.
    `at`, `taking` or `step` says when it would be broken, as a formula; `seen`, whether a case that ran breaks it.
    """

    id: str
    words: str
    cites: tuple[str, ...]
    kind: Kind
    moment: Moment
    at: Callable[[World], Formula] | None = field(default=None, repr=False, eq=False)
    taking: Callable[[World, Transition], Formula] | None = field(default=None, repr=False, eq=False)
    step: Callable[[World, World], Formula] | None = field(default=None, repr=False, eq=False)
    about: tuple[str, ...] = ()
    later: bool = False
    whole: bool = False
    seen: Callable[[Sight], bool] = field(default=lambda _: False, repr=False, eq=False)


def claims_of(anatomy: Anatomy) -> list[Claim]:
    """Every claim of a pathway: no overlaps, no gaps, and the invariants of the definition."""
    return [*overlaps(anatomy), *gaps(anatomy), *invariants(anatomy)]


def overlaps(anatomy: Anatomy) -> Iterator[Claim]:
    """For each state and event, and for automatic transitions: no two ways are open at once; nor two verdicts."""
    for state in anatomy.states:
        for one, two in combinations([each for each in anatomy.pathway.transitions if state in each.sources], 2):
            if one.on is not None and two.on is not None and one.on != two.on:
                continue
            yield Claim(
                f"{one.id} or {two.id} from {state}",
                f"from {state}, {one.id} and {two.id} are never open at once",
                (*one.cites, *two.cites),
                "overlap",
                "point",
                at=_both_open(state, one, two),
                about=(state,),
                seen=_saw_both_open(state, one, two),
            )
    for order in anatomy.pathway.orders:
        if order.permitted is not None:
            yield Claim(
                f"order {order.id}: two verdicts",
                f"{order.id} is never both refused and permitted",
                order.cites,
                "overlap",
                "rest",
                at=_both_true(order.refused, order.permitted),
                later=True,
                seen=_saw(order.refused, order.permitted),
            )


def gaps(anatomy: Anatomy) -> Iterator[Claim]:
    """A case that rests waits for something, the answer names it, and no case rests where it should have moved on."""
    for state in anatomy.pathway.states:
        if state.waits is not None:
            yield Claim(
                f"{state.name}: missed",
                f"no case rests in {state.name} once what it waits for is shown",
                state.cites,
                "gap",
                "rest",
                at=_missed(state.name, state.waits),
                about=(state.name,),
                seen=_saw_missed(state.name, state.waits),
            )
        if not state.end:
            yield Claim(
                f"{state.name}: unnamed",
                f"a case that rests in {state.name} is told what it waits for",
                state.cites,
                "gap",
                "rest",
                at=_unnamed(state.name),
                about=(state.name,),
                seen=_saw_unnamed(state.name),
            )


def invariants(anatomy: Anatomy) -> Iterator[Claim]:
    """The invariants of the definition."""
    for one in anatomy.pathway.invariants:
        match one:
            case Always():
                yield _claim(one, "rest", at=_not_true(one.holds), seen=_saw_not(one.holds))
            case Entry():
                yield _claim(one, "taking", taking=_entering(one), seen=_saw_entering(one))
            case Lasting():
                yield _claim(one, "step", step=_lost(one.what, one.unless), whole=True, seen=_saw_lost(one))
            case Refusal():
                rule = anatomy.pathway.orders_by_id[one.order]
                broken = _both_true(one.when, rule.refused, not_two=True)
                yield _claim(one, "rest", at=broken, later=True, seen=_saw(one.when, ~shown(rule.refused)))
            case UrgentStays():
                urgent = [each for each in anatomy.pathway.advice if each.urgency == "now"]
                yield _claim(one, "step", step=_urgent_lost(urgent), seen=_saw_urgent_lost(urgent))
            case _:
                assert_never(one)


def _claim(one: Invariant, moment: Moment, **how: Any) -> Claim:
    return Claim(one.id, one.words, one.cites, "invariant", moment, **how)


def _both_open(state: str, one: Transition, two: Transition) -> Callable[[World], Formula]:
    def at(world: World) -> Formula:
        return conj((world.in_state((state,)), enabled(world, one), enabled(world, two)))

    return at


def _both_true(one: Guard, two: Guard, *, not_two: bool = False) -> Callable[[World], Formula]:
    def at(world: World) -> Formula:
        second = world.true(two)
        return both(world.true(one), neg(second) if not_two else second)

    return at


def _missed(state: str, waits: Guard) -> Callable[[World], Formula]:
    def at(world: World) -> Formula:
        # What a report said on the way here it did not say here.
        here, before = world.true(waits), world.true(waits, report=NOTHING)
        return both(world.in_state((state,)), ite(world.get("arrived"), here, before))

    return at


def _unnamed(state: str) -> Callable[[World], Formula]:
    return lambda world: both(world.in_state((state,)), neg(named_as_awaited(world, state)))


def _not_true(guard: Guard) -> Callable[[World], Formula]:
    return lambda world: neg(world.true(guard))


def _entering(one: Entry) -> Callable[[World, Transition], Formula]:
    def taking(world: World, rule: Transition) -> Formula:
        if rule.target not in one.states:
            return False
        outside = tuple(source for source in rule.sources if source not in one.states)
        return both(world.in_state(outside), neg(world.true(one.requires)))

    return taking


def _lost(what: Guard, unless: Guard) -> Callable[[World, World], Formula]:
    def step(before: World, after: World) -> Formula:
        return conj((before.true(what), neg(after.true(what)), neg(after.true(unless))))

    return step


def _urgent_lost(urgent: list[Advice]) -> Callable[[World, World], Formula]:
    def step(before: World, after: World) -> Formula:
        return disj(_gone(before, after, advice) for advice in urgent)

    return step


def _gone(before: World, after: World, advice: Advice) -> Formula:
    gone = both(before.get("active", advice.id), neg(after.get("active", advice.id)))
    if gone is False:
        return False
    if advice.until is None:
        return gone
    complete = after.true(advice.until)
    old, _, closing = _standing(after, advice)
    complete = either(complete, both(old, _beyond(after, advice)))
    left = False if advice.outlives_episode else closing
    return conj((gone, neg(complete), neg(left)))


def _standing(world: World, advice: Advice) -> tuple[Formula, Formula, Formula]:
    if not isinstance(world, Settled):
        return False, False, False
    active, old, closing = world.standing(advice)
    return old, active, closing


def _beyond(world: World, advice: Advice) -> Formula:
    return world.complete_beyond(advice) if isinstance(world, Settled) else False


# --- what a case shows that ran -----------------------------------------------------------------------------


def _saw(*guards: Guard) -> Callable[[Sight], bool]:
    return lambda sight: all(sight.truth(guard) is True for guard in guards)


def _saw_not(guard: Guard) -> Callable[[Sight], bool]:
    return lambda sight: sight.truth(guard) is not True


def _saw_both_open(state: str, one: Transition, two: Transition) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        for place, fired in enumerate(sight.fired):
            if fired.source == state and all(
                sight.truth_then(fired, rule.when) is True
                and (rule.on is None or (place == 0 and rule.on == sight.event))
                for rule in (one, two)
            ):
                return True
        return False

    return seen


def _saw_missed(state: str, waits: Guard) -> Callable[[Sight], bool]:
    return lambda sight: sight.state == state and sight.truth(waits) is True


def _saw_unnamed(state: str) -> Callable[[Sight], bool]:
    return lambda sight: sight.state == state and not sight.named


def _saw_entering(one: Entry) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        return any(
            fired.transition.target in one.states
            and fired.source not in one.states
            and sight.truth_then(fired, one.requires) is not True
            for fired in sight.fired
        )

    return seen


def _saw_lost(one: Lasting) -> Callable[[Sight], bool]:
    def seen(sight: Sight) -> bool:
        was = sight.truth_before(one.what) is True
        return was and sight.truth(one.what) is not True and sight.truth(one.unless) is not True

    return seen


def _saw_urgent_lost(urgent: list[Advice]) -> Callable[[Sight], bool]:
    return lambda sight: bool({one.id for one in urgent} & sight.withdrawn)


__all__ = ["Claim", "claims_of"]
