"""The claims that are proved of a pathway. Each claim has a formula that holds where the claim is broken.

A claim is about one kind of moment: `point` (any record, also between two transitions), `rest` (no transition is open
any more), `taking` (a transition is about to be taken) or `step` (a record and the record that follows it).
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import TYPE_CHECKING, Any, Literal, TypeAlias, assert_never

from attrs import field, frozen

from pathway.model.guards import InForce, shown, walk
from pathway.model.invariants import Always, Lasting, OnEntering, OrderRefused, UrgentStays
from pathway.model.rules import Advice, Transition
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
        for first, second in combinations([rule for rule in encoding.pathway.transitions if state in rule.sources], 2):
            if first.on is not None and second.on is not None and first.on != second.on:
                continue
            yield Claim(
                f"{first.id} or {second.id} from {state}",
                f"from {state}, {first.id} and {second.id} are never open at once",
                (*first.cites, *second.cites),
                "overlap",
                "point",
                at=_both_open(state, first, second),
                about=(state,),
                seen=_saw_both_open(state, first, second),
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
    for invariant in encoding.pathway.invariants:
        match invariant:
            case Always():
                yield _claim(invariant, "rest", at=_not_true(invariant.holds), seen=_saw_not(invariant.holds))
            case OnEntering():
                yield _claim(invariant, "taking", taking=_entering(invariant), seen=_saw_entering(invariant))
            case Lasting():
                yield _claim(
                    invariant,
                    "step",
                    step=_lost(invariant.what, invariant.unless),
                    whole=True,
                    seen=_saw_lost(invariant),
                )
            case OrderRefused():
                rule = encoding.pathway.orders_by_id[invariant.order]
                broken = _both_true(invariant.when, rule.refused, negated=True)
                yield _claim(invariant, "rest", at=broken, later=True, seen=_saw(invariant.when, ~shown(rule.refused)))
            case UrgentStays():
                urgent = [advice for advice in encoding.pathway.advice if advice.urgency == "now"]
                yield _claim(invariant, "step", step=_urgent_lost(urgent), seen=_saw_urgent_lost(urgent))
            case _:
                assert_never(invariant)


def _claim(invariant: Invariant, moment: Moment, **how: Any) -> Claim:
    return Claim(invariant.id, invariant.words, invariant.cites, "invariant", moment, **how)


def _both_open(state: str, first: Transition, second: Transition) -> Callable[[SymbolicState], Formula]:
    def at(symbolic: SymbolicState) -> Formula:
        return conj((symbolic.in_state((state,)), enabled(symbolic, first), enabled(symbolic, second)))

    return at


def _both_true(guard: Guard, other: Guard, *, negated: bool = False) -> Callable[[SymbolicState], Formula]:
    def at(symbolic: SymbolicState) -> Formula:
        true = symbolic.true(other)
        return both(symbolic.true(guard), neg(true) if negated else true)

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


def _entering(invariant: OnEntering) -> Callable[[SymbolicState, Transition], Formula]:
    def taking(symbolic: SymbolicState, rule: Transition) -> Formula:
        if rule.target not in invariant.states:
            return False
        outside = tuple(source for source in rule.sources if source not in invariant.states)
        return both(symbolic.in_state(outside), neg(symbolic.true(invariant.requires)))

    return taking


def _lost(what: Guard, unless: Guard) -> Callable[[SymbolicState, SymbolicState], Formula]:
    spoken = [node.advice for node in walk(what) if isinstance(node, InForce)]

    def step(before: SymbolicState, after: SymbolicState) -> Formula:
        # What a clinician has set aside may go with its ground.
        aside = disj(_aside_ends(after, after.encoding.pathway.advice_named(name)) for name in spoken)
        return conj((before.true(what), neg(after.true(what)), neg(after.true(unless)), neg(aside)))

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
    lapses = False if advice.lapses is None else after.true(advice.lapses)
    return conj((gone, neg(complete), neg(left), neg(lapses), neg(_aside_ends(after, advice))))


def _aside_ends(after: SymbolicState, advice: Advice) -> Formula:
    return after.aside_ends(advice) if isinstance(after, AfterStep) else False


def _standing(symbolic: SymbolicState, advice: Advice) -> tuple[Formula, Formula, Formula]:
    if not isinstance(symbolic, AfterStep):
        return False, False, False
    active, old, closing = symbolic.standing(advice)
    return old, active, closing


def _beyond(symbolic: SymbolicState, advice: Advice) -> Formula:
    return symbolic.complete_beyond(advice) if isinstance(symbolic, AfterStep) else False


# --- claims that a case broke which ran ---------------------------------------------------------------------


def _saw(*guards: Guard) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: all(replayed.truth(guard) is True for guard in guards)


def _saw_not(guard: Guard) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: replayed.truth(guard) is not True


def _saw_both_open(state: str, first: Transition, second: Transition) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        for place, fired in enumerate(replayed.fired):
            if fired.source == state and all(
                replayed.truth_then(fired, rule.when) is True
                and (rule.on is None or (place == 0 and rule.on == replayed.event))
                for rule in (first, second)
            ):
                return True
        return False

    return seen


def _saw_missed(state: str, waits: Guard) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: replayed.state == state and replayed.truth(waits) is True


def _saw_unnamed(state: str) -> Callable[[ReplayedStep], bool]:
    return lambda replayed: replayed.state == state and not replayed.named


def _saw_entering(invariant: OnEntering) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        return any(
            fired.transition.target in invariant.states
            and fired.source not in invariant.states
            and replayed.truth_then(fired, invariant.requires) is not True
            for fired in replayed.fired
        )

    return seen


def _saw_lost(invariant: Lasting) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        was = replayed.truth_before(invariant.what) is True
        return was and replayed.truth(invariant.what) is not True and replayed.truth(invariant.unless) is not True

    return seen


def _saw_urgent_lost(urgent: list[Advice]) -> Callable[[ReplayedStep], bool]:
    def seen(replayed: ReplayedStep) -> bool:
        lost = [advice for advice in urgent if advice.id in replayed.withdrawn]
        return any(advice.lapses is None or replayed.truth(advice.lapses) is not True for advice in lost)

    return seen


__all__ = ["Claim", "claims_of"]
