"""The claims that are proved of a pathway. Each claim has a formula that holds where the claim is broken.

A claim is about one kind of moment: `point` (any record, also between two transitions), `rest` (no transition is open
any more), `taking` (a transition is about to be taken) or `step` (a record and the record that follows it).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never

from attrs import field, frozen

from pathway.model.guards import shown
from pathway.model.invariants import Always, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.model.rules import Transition
from pathway.verify.advice_step import AfterStep
from pathway.verify.logic import Formula, both, conj, disj, either, ite, neg
from pathway.verify.replayed_step import ReplayedStep
from pathway.verify.symbolic_state import NOTHING, SymbolicState
from pathway.verify.unrolling import enabled
from pathway.verify.waiting import named_as_awaited

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.guards import Guard
    from pathway.model.invariants import Invariant
    from pathway.model.rules import Advice
    from pathway.verify.encoding import Encoding

Moment: TypeAlias = Literal["point", "rest", "taking", "step"]
Kind: TypeAlias = Literal["overlap", "gap", "invariant"]


@frozen
class Claim:
    """A claim that must hold in every case. `about` lists the states in which it can be broken; empty: every state.

    `whole`: a counterexample must break it over a whole event. `later`: it must hold also when only time has passed.
    `at`, `taking` or `step` writes the formula that holds where it is broken. `seen`: whether a case that ran broke it.
    """

    id: str
    words: str
    cites: tuple[str, ...]
    kind: Kind
    moment: Moment
    at: Callable[[SymbolicState], Formula] | None = field(default=None, repr=False, eq=False)
    taking: Callable[[SymbolicState, Transition], Formula] | None = field(default=None, repr=False, eq=False)
    step: Callable[[SymbolicState, SymbolicState], Formula] | None = field(default=None, repr=False, eq=False)
    about: tuple[str, ...] = ()
    later: bool = False
    whole: bool = False
    seen: Callable[[ReplayedStep], bool] = field(default=lambda _: False, repr=False, eq=False)


def claims_of(encoding: Encoding) -> list[Claim]:
    """Every claim of a pathway: no overlaps, no gaps, and the invariants of the definition."""
    return [*overlaps(encoding), *gaps(encoding), *invariants(encoding)]


def overlaps(encoding: Encoding) -> Iterator[Claim]:
    """From each state no two transitions are open at once, on an event or automatic; no order has two verdicts."""
    for state in encoding.states:
        for one, two in combinations([each for each in encoding.pathway.transitions if state in each.sources], 2):
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
    for order in encoding.pathway.orders:
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


def gaps(encoding: Encoding) -> Iterator[Claim]:
    """A case at rest waits for something that the answer names, and no case rests where it should have moved on."""
    for state in encoding.pathway.states:
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


def invariants(encoding: Encoding) -> Iterator[Claim]:
    """The invariants of the definition."""
    for one in encoding.pathway.invariants:
        match one:
            case Always():
                yield _claim(one, "rest", at=_not_true(one.holds), seen=_saw_not(one.holds))
            case OnEntering():
                yield _claim(one, "taking", taking=_entering(one), seen=_saw_entering(one))
            case Lasting():
                yield _claim(one, "step", step=_lost(one.what, one.unless), whole=True, seen=_saw_lost(one))
            case OrderRefused():
                rule = encoding.pathway.orders_by_id[one.order]
                broken = _both_true(one.when, rule.refused, not_two=True)
                yield _claim(one, "rest", at=broken, later=True, seen=_saw(one.when, ~shown(rule.refused)))
            case UrgentStays():
                urgent = [each for each in encoding.pathway.advice if each.urgency == "now"]
                yield _claim(one, "step", step=_urgent_lost(urgent), seen=_saw_urgent_lost(urgent))
            case _:
                assert_never(one)


def _claim(one: Invariant, moment: Moment, **how: Any) -> Claim:
    return Claim(one.id, one.words, one.cites, "invariant", moment, **how)


def _both_open(state: str, one: Transition, two: Transition) -> Callable[[SymbolicState], Formula]:
    def at(symbolic: SymbolicState) -> Formula:
        return conj((symbolic.in_state((state,)), enabled(symbolic, one), enabled(symbolic, two)))

    return at


def _both_true(one: Guard, two: Guard, *, not_two: bool = False) -> Callable[[SymbolicState], Formula]:
    def at(symbolic: SymbolicState) -> Formula:
        second = symbolic.true(two)
        return both(symbolic.true(one), neg(second) if not_two else second)

    return at


def _missed(state: str, waits: Guard) -> Callable[[SymbolicState], Formula]:
    def at(symbolic: SymbolicState) -> Formula:
        # A report that moved the case here did not arrive here: it is not read again.
        here, before = symbolic.true(waits), symbolic.true(waits, report=NOTHING)
        return both(symbolic.in_state((state,)), ite(symbolic.get("arrived"), here, before))

    return at


def _unnamed(state: str) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: both(symbolic.in_state((state,)), neg(named_as_awaited(symbolic, state)))


def _not_true(guard: Guard) -> Callable[[SymbolicState], Formula]:
    return lambda symbolic: neg(symbolic.true(guard))


def _entering(one: OnEntering) -> Callable[[SymbolicState, Transition], Formula]:
    def taking(symbolic: SymbolicState, rule: Transition) -> Formula:
        if rule.target not in one.states:
            return False
        outside = tuple(source for source in rule.sources if source not in one.states)
        return both(symbolic.in_state(outside), neg(symbolic.true(one.requires)))

    return taking


def _lost(what: Guard, unless: Guard) -> Callable[[SymbolicState, SymbolicState], Formula]:
    def step(before: SymbolicState, after: SymbolicState) -> Formula:
        return conj((before.true(what), neg(after.true(what)), neg(after.true(unless))))

    return step


def _urgent_lost(urgent: list[Advice]) -> Callable[[SymbolicState, SymbolicState], Formula]:
    def step(before: SymbolicState, after: SymbolicState) -> Formula:
        return disj(_gone(before, after, advice) for advice in urgent)

    return step


def _gone(before: SymbolicState, after: SymbolicState, advice: Advice) -> Formula:
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


def _standing(symbolic: SymbolicState, advice: Advice) -> tuple[Formula, Formula, Formula]:
    if not isinstance(symbolic, AfterStep):
        return False, False, False
    active, old, closing = symbolic.standing(advice)
    return old, active, closing


def _beyond(symbolic: SymbolicState, advice: Advice) -> Formula:
    return symbolic.complete_beyond(advice) if isinstance(symbolic, AfterStep) else False


# --- what a case shows that ran -----------------------------------------------------------------------------


def _saw(*guards: Guard) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: all(replayed.truth(guard) is True for guard in guards)


def _saw_not(guard: Guard) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: replayed.truth(guard) is not True


def _saw_both_open(state: str, one: Transition, two: Transition) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        for place, fired in enumerate(replayed.fired):
            if fired.source == state and all(
                replayed.truth_then(fired, rule.when) is True
                and (rule.on is None or (place == 0 and rule.on == replayed.event))
                for rule in (one, two)
            ):
                return True
        return False

    return seen


def _saw_missed(state: str, waits: Guard) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: replayed.state == state and replayed.truth(waits) is True


def _saw_unnamed(state: str) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: replayed.state == state and not replayed.named


def _saw_entering(one: OnEntering) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        return any(
            fired.transition.target in one.states
            and fired.source not in one.states
            and replayed.truth_then(fired, one.requires) is not True
            for fired in replayed.fired
        )

    return seen


def _saw_lost(one: Lasting) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        was = replayed.truth_before(one.what) is True
        return was and replayed.truth(one.what) is not True and replayed.truth(one.unless) is not True

    return seen


def _saw_urgent_lost(urgent: list[Advice]) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: bool({one.id for one in urgent} & replayed.withdrawn)


__all__ = ["Claim", "claims_of"]
