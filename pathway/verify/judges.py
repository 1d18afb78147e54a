"""Two judges of a changed definition: whether it breaks what must hold, and whether any case could tell it apart."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from attrs import evolve

from pathway.model.guards import ALWAYS
from pathway.verify.anatomy import Anatomy
from pathway.verify.arrival import Arrival
from pathway.verify.candidates import candidates_of
from pathway.verify.induction import Induction, Step
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, both, differ, disj, formula, neg
from pathway.verify.motion import at_rest, enabled, on_event
from pathway.verify.passage import Passage
from pathway.verify.start import Later, New, Start
from pathway.verify.verification import verify
from pathway.verify.world import EPISODE, World, state_code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.pathway import Pathway
    from pathway.model.rules import Transition

SAME = (
    "proved: no event and no transition tells them apart on any record, in state, record, advice or verdict; only the "
    "words of what is awaited and why can differ"
)


def broken_by(pathway: Pathway) -> str:
    """The first claim that a patient breaks in a case that runs; "" where none was found."""
    found = verify(pathway)
    return next((f"{one.section}: {one.name}" for one in found.findings if one.patient is not None), "")


def equivalent(original: Pathway, changed: Pathway) -> str:
    """Why no case can tell the changed pathway from the original; "" where one might.

    Both start from the same record, any that a case of the original can come to; one event or transition of each is
    compared, part by part. Where all parts are always the same, so are they after any number of events.
    """
    if not _said_alike(original, changed):
        return ""
    one, two = Anatomy(original), Anatomy(changed)
    induction = _induction(original)
    for pair in _steps(one, two):
        if pair.differs(induction):
            return ""
    return SAME


@lru_cache(maxsize=2)
def _induction(pathway: Pathway) -> Induction:
    induction = Induction(Anatomy(pathway), candidates_of(Anatomy(pathway)))
    induction.run()
    return induction


class _Pair:
    """The same step, taken by both."""

    def __init__(self, name: str, before: World, afters: tuple[World, World], given: list[Formula]) -> None:
        self.name = name
        self.before = before
        self.afters = afters
        self.given = given

    def differs(self, induction: Induction) -> bool:
        """Whether the records, the ways that are open or the verdicts can differ."""
        unlike = [part for part in _unlike(*self.afters) if part is not False]
        if not unlike:
            return False
        step = Step(self.name, self.before, self.afters[0], self.given)
        second = self.afters[1]
        if isinstance(second, Arrival):
            for one in second.assumed:
                step.solver.add(formula(one))
        return step.model([disj(unlike)], step.assume(induction.proved)) is not None


def _steps(one: Anatomy, two: Anatomy) -> Iterator[_Pair]:
    for event in ("", *one.events):
        first = (New(one), New(two))
        inputs = (Inputs(one, "event", event), Inputs(two, "event", event))
        given = list(inputs[0].axioms())
        afters = (Arrival(first[0], inputs[0]), Arrival(first[1], inputs[1]))
        yield _Pair(f"first {event}", first[0], afters, given)
        if not event:
            continue
        befores = (Start(one, "before"), Start(two, "before"))
        afters = (Arrival(befores[0], inputs[0]), Arrival(befores[1], inputs[1]))
        given = [*given, *afters[0].passing(), *befores[0].report.axioms(), at_rest(befores[1])]
        yield _Pair(f"event {event}", befores[0], afters, given)
    changed = two.pathway.transitions_by_id
    for rule in one.pathway.transitions:
        twin = changed.get(rule.id)
        for source in rule.sources:
            befores = (Start(one, "before", source, rule.on), Start(two, "before", source, rule.on))
            given = [*befores[0].report.axioms(), enabled(befores[0], rule)]
            if rule.on is None:
                given.append(neg(disj(open_ for _, open_ in on_event(befores[0]))))
            if twin is None or source not in twin.sources:
                continue  # that it is never open has been asked of the record before
            yield _Pair(f"{rule.id} from {source}", befores[0], _passed(befores, rule, twin), given)


def _passed(befores: tuple[World, World], rule: Transition, twin: Transition) -> tuple[World, World]:
    return Passage(befores[0], [(rule, True)]), Passage(befores[1], [(twin, True)])


def _unlike(one: World, two: World) -> Iterator[Formula]:
    """Where two worlds are not the same: a formula for each part that is not written alike."""
    yield differ(state_code(one), state_code(two))
    for key in _parts(one.anatomy, two.anatomy):
        if key[0] == "value":
            known = one.known(key[1], key[2])
            yield both(known, differ(one.value(key[1], key[2]), two.value(key[1], key[2])))
        elif key[0] == "known":
            yield differ(one.known(key[1], key[2]), two.known(key[1], key[2]))
        else:
            yield differ(one.get(*key), two.get(*key))
    rules = {rule.id: rule for rule in two.anatomy.pathway.transitions}
    for rule in one.anatomy.pathway.transitions:
        twin = rules.pop(rule.id, None)
        yield differ(enabled(one, rule), enabled(two, twin) if twin is not None else False)
    for rule in rules.values():
        yield enabled(two, rule)
    later = (Later(one), Later(two))
    for order, other in zip(one.anatomy.pathway.orders, two.anatomy.pathway.orders, strict=True):
        verdicts = [(order.refused, other.refused)]
        if order.permitted is not None and other.permitted is not None:
            verdicts.append((order.permitted, other.permitted))
        elif order.permitted is not other.permitted:
            yield True
        verdicts += [(order.matters, other.matters)]
        for mine, its in verdicts:
            yield differ(later[0].true(mine), later[1].true(its))
        yield differ(one.true(order.act_when), two.true(other.act_when))
    shown = ((one.anatomy.pathway, two.anatomy.pathway, name) for name in ("contradictions", "notes"))
    for mine_all, its_all, name in shown:
        for each, twin in zip(getattr(mine_all, name), getattr(its_all, name), strict=True):
            if each.when is not None:
                yield differ(one.true(each.when), two.true(twin.when))


def _parts(one: Anatomy, two: Anatomy) -> Iterator[tuple[Any, ...]]:
    """The parts of a record, those that the later record is made of too."""
    names = [fact.name for fact in one.facts_with_values()]
    names += [each.name for each in (*one.latched, *one.spans, *one.captured)]
    for name in names:
        yield from (("known", EPISODE, name), ("value", EPISODE, name))
        if name in one.ranged:
            yield from ((part, EPISODE, name) for part in ("ranged", "below", "above"))
    for name in sorted(one.read_latest | two.read_latest):
        yield from (("known", "latest", name), ("value", "latest", name))
        if name in one.ranged:
            yield from ((part, "latest", name) for part in ("ranged", "below", "above"))
    for advice in one.pathway.advice:
        yield from (("active", advice.id), ("old", advice.id))
        scope = ("carried", advice.id)
        for name in sorted(one.until_facts.get(advice.id, set()) | two.until_facts.get(advice.id, set())):
            yield from (("known", scope, name), ("value", scope, name))
    for latch in one.latched:
        yield ("latched_today", latch.name)
    for span in one.spans:
        yield from ((part, span.name) for part in ("began_known", "began", "last_known", "last"))
    for captured in one.captured:
        yield from (("caught", captured.name), ("caught_today", captured.name))
    for fact in sorted(one.highest):
        yield from ((part, fact) for part in ("highest_known", "highest", "today_known", "today"))
    renewed = {name for rule in one.pathway.transitions for name in rule.renews}
    kept = any(rule.closes and rule.closes.keeps_day for rule in (*one.pathway.transitions, *two.pathway.transitions))
    for name in names if kept else sorted(renewed):
        if name in one.pathway.facts_by_name:
            yield ("fresh", name)


def _said_alike(original: Pathway, changed: Pathway) -> bool:
    """Whether all is the same that no record shows: urgency, days, words, and the order of events of one moment."""

    def told(pathway: Pathway) -> tuple[Any, ...]:
        def plain(one: Any, *names: str) -> Any:
            return evolve(one, **{name: None if getattr(one, name) is None else ALWAYS for name in names})

        return (
            tuple(plain(evolve(one, lapses=None), "when", "until") for one in pathway.advice),
            tuple(plain(one, "refused", "permitted", "matters", "act_when", "asks") for one in pathway.orders),
            tuple(plain(one, "when") for one in pathway.contradictions),
            tuple(plain(one, "when") for one in pathway.notes),
            tuple(plain(one, "waits") for one in pathway.states),
            tuple((one.name, one.last, tuple(part.fact for part in one.fields)) for one in pathway.events),
            pathway.initial, pathway.groups, pathway.facts, pathway.oldest_years,
        )  # fmt: skip

    return told(original) == told(changed)
