"""Equivalence: whether any case could differ under a changed definition from the original."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import evolve

from pathway.model.guards import ALWAYS
from pathway.verify.encoding import Encoding
from pathway.verify.event_step import AfterEvent
from pathway.verify.houdini import Houdini, InductionStep
from pathway.verify.houdini_candidates import candidates_of
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, both, differ, disj, formula, neg
from pathway.verify.start import Later, New, Start
from pathway.verify.symbolic_state import EPISODE, SymbolicState, state_code
from pathway.verify.transition_step import AfterTransition
from pathway.verify.unrolling import at_rest, enabled, on_event

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition

SAME = (
    "proved: no event and no transition tells them apart on any record, in state, record, advice or verdict; only the "
    "words of what is awaited and why can differ"
)


def equivalent(original: Pathway, changed: Pathway) -> str:
    """The reason why no case differs under the changed pathway; "" where a case might.

    Both start from the same record, any record that a case of the original can reach. The records after one event or
    transition are compared part by part. Parts that are always the same are the same after any number of events.
    """
    if not _equal_beside_guards(original, changed):
        return ""
    first, second = Encoding(original), Encoding(changed)
    houdini = _houdini(original)
    for pair in _steps(first, second):
        if pair.differs(houdini):
            return ""
    return SAME


@lru_cache(maxsize=2)
def _houdini(pathway: Pathway) -> Houdini:
    houdini = Houdini(Encoding(pathway), candidates_of(Encoding(pathway)))
    houdini.run()
    return houdini


class _Pair:
    """The same step of both pathways."""

    def __init__(
        self, name: str, before: SymbolicState, afters: tuple[SymbolicState, SymbolicState], given: list[Formula]
    ) -> None:
        self.name = name
        self.before = before
        self.afters = afters
        self.given = given

    def differs(self, houdini: Houdini) -> bool:
        """Whether the records, the ways that are open or the verdicts can differ."""
        unlike = [part for part in _unlike(*self.afters) if part is not False]
        if not unlike:
            return False
        step = InductionStep(self.name, self.before, self.afters[0], self.given)
        second = self.afters[1]
        if isinstance(second, AfterEvent):
            for assumption in second.assumed:
                step.solver.add(formula(assumption))
        return step.model([disj(unlike)], step.assume(houdini.proved)) is not None


def _steps(first: Encoding, second: Encoding) -> Iterator[_Pair]:
    for event in ("", *first.events):
        new = (New(first), New(second))
        inputs = (Inputs(first, "event", event), Inputs(second, "event", event))
        given = list(inputs[0].axioms())
        afters = (AfterEvent(new[0], inputs[0]), AfterEvent(new[1], inputs[1]))
        yield _Pair(f"first {event}", new[0], afters, given)
        if not event:
            continue
        befores = (Start(first, "before"), Start(second, "before"))
        afters = (AfterEvent(befores[0], inputs[0]), AfterEvent(befores[1], inputs[1]))
        given = [*given, *afters[0].passing(), *befores[0].report.axioms(), at_rest(befores[1])]
        yield _Pair(f"event {event}", befores[0], afters, given)
    changed = second.pathway.transitions_by_id
    for rule in first.pathway.transitions:
        twin = changed.get(rule.id)
        for source in rule.sources:
            befores = (Start(first, "before", source, rule.on), Start(second, "before", source, rule.on))
            given = [*befores[0].report.axioms(), enabled(befores[0], rule)]
            if rule.on is None:
                given.append(neg(disj(open_ for _, open_ in on_event(befores[0]))))
            if twin is None or source not in twin.sources:
                continue  # `_unlike` compares in the records before whether it is open
            yield _Pair(f"{rule.id} from {source}", befores[0], _passed(befores, rule, twin), given)


def _passed(
    befores: tuple[SymbolicState, SymbolicState], rule: Transition, twin: Transition
) -> tuple[SymbolicState, SymbolicState]:
    return AfterTransition(befores[0], [(rule, True)]), AfterTransition(befores[1], [(twin, True)])


def _unlike(first: SymbolicState, second: SymbolicState) -> Iterator[Formula]:
    """Where two symbolic states differ: a formula for each part that is not written alike."""
    yield differ(state_code(first), state_code(second))
    for key in _parts(first.encoding, second.encoding):
        if key[0] == "value":
            known = first.known(key[1], key[2])
            yield both(known, differ(first.value(key[1], key[2]), second.value(key[1], key[2])))
        elif key[0] == "known":
            yield differ(first.known(key[1], key[2]), second.known(key[1], key[2]))
        else:
            yield differ(first.get(*key), second.get(*key))
    rules = {rule.id: rule for rule in second.encoding.pathway.transitions}
    for rule in first.encoding.pathway.transitions:
        twin = rules.pop(rule.id, None)
        yield differ(enabled(first, rule), enabled(second, twin) if twin is not None else False)
    for rule in rules.values():
        yield enabled(second, rule)
    later = (Later(first), Later(second))
    for order, other in zip(first.encoding.pathway.orders, second.encoding.pathway.orders, strict=True):
        verdicts = [(order.refused, other.refused)]
        if order.permitted is not None and other.permitted is not None:
            verdicts.append((order.permitted, other.permitted))
        elif order.permitted is not other.permitted:
            yield True
        verdicts += [(order.matters, other.matters)]
        for mine, its in verdicts:
            yield differ(later[0].true(mine), later[1].true(its))
        yield differ(first.true(order.act_when), second.true(other.act_when))
    shown = ((first.encoding.pathway, second.encoding.pathway, name) for name in ("contradictions", "notes"))
    for mine_all, its_all, name in shown:
        for part, twin in zip(getattr(mine_all, name), getattr(its_all, name), strict=True):
            if part.when is not None:
                yield differ(first.true(part.when), second.true(twin.when))


def _parts(first: Encoding, second: Encoding) -> Iterator[tuple[Any, ...]]:
    """The parts of a record, also those that are read only to make the next record."""
    names = [fact.name for fact in first.facts_with_values()]
    names += [derived.name for derived in (*first.latched, *first.spans, *first.captured)]
    for name in names:
        yield from (("known", EPISODE, name), ("value", EPISODE, name))
        if name in first.ranged:
            yield from ((part, EPISODE, name) for part in ("ranged", "below", "above"))
    for name in sorted(first.read_latest | second.read_latest):
        yield from (("known", "latest", name), ("value", "latest", name))
        if name in first.ranged:
            yield from ((part, "latest", name) for part in ("ranged", "below", "above"))
    for advice in first.pathway.advice:
        yield from (("active", advice.id), ("old", advice.id))
        scope = ("carried", advice.id)
        for name in sorted(first.until_facts.get(advice.id, set()) | second.until_facts.get(advice.id, set())):
            yield from (("known", scope, name), ("value", scope, name))
    for latch in first.latched:
        yield ("latched_today", latch.name)
    for span in first.spans:
        yield from ((part, span.name) for part in ("began_known", "began", "last_known", "last"))
    for captured in first.captured:
        yield from (("caught", captured.name), ("caught_today", captured.name))
    for fact in sorted(first.highest):
        yield from ((part, fact) for part in ("highest_known", "highest", "today_known", "today"))
    renewed = {name for rule in first.pathway.transitions for name in rule.renews}
    kept = any(
        rule.closes and rule.closes.keeps_day for rule in (*first.pathway.transitions, *second.pathway.transitions)
    )
    for name in names if kept else sorted(renewed):
        if name in first.pathway.facts_by_name:
            yield ("fresh", name)


def _equal_beside_guards(original: Pathway, changed: Pathway) -> bool:
    """Whether everything that no record shows is the same: urgency, days, words, the order of events of one moment."""

    def beside(pathway: Pathway) -> tuple[Any, ...]:
        def plain(rule: Any, *names: str) -> Any:
            return evolve(rule, **{name: None if getattr(rule, name) is None else ALWAYS for name in names})

        return (
            # `offers` adds words to a line of the plan and changes nothing else: a change that only it reads is none.
            tuple(plain(evolve(rule, lapses=None, offers=None), "when", "until") for rule in pathway.advice),
            tuple(plain(rule, "refused", "permitted", "matters", "act_when", "asks") for rule in pathway.orders),
            tuple(plain(rule, "when") for rule in pathway.contradictions),
            tuple(plain(note, "when") for note in pathway.notes),
            tuple(plain(state, "waits") for state in pathway.states),
            tuple((kind.name, kind.last, tuple(field.fact for field in kind.fields)) for kind in pathway.events),
            pathway.initial, pathway.groups, pathway.facts, pathway.oldest_years,
        )  # fmt: skip

    return beside(original) == beside(changed)
