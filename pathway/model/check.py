"""Whether a pathway is well formed: fields, names, guards, citations, amounts. `verify` proves its meaning."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, assert_never

from pathway.model.check_entry import entry_faults
from pathway.model.check_guards import guard_faults, readable
from pathway.model.check_size import size_faults
from pathway.model.circles import circle_faults
from pathway.model.derived import AtMost, Captured, Clock, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.errors import BadInput
from pathway.model.facts import Quantity
from pathway.model.forms import form_faults
from pathway.model.guards import EPISODE, leaves
from pathway.model.invariants import OnEntering, OrderRefused
from pathway.model.parts import guards_of
from pathway.model.rules import URGENCIES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from decimal import Decimal

    from pathway.model.facts import Fact
    from pathway.model.parts import Parts

_LONGEST_LABEL = 3


def faults_of(pathway: Parts) -> list[str]:
    """Every fault of form, one line each, in the order of the definition; empty where there is none.

    A field of the wrong form hides all other faults: the checks could not read it.
    """
    return form_faults(pathway) or [
        *size_faults(pathway),
        *_repeated(pathway),
        *_unknown_names(pathway),
        *(fault for owner, guard in guards_of(pathway) for fault in guard_faults(owner, guard, pathway)),
        *_citation_faults(pathway),
        *_note_faults(pathway),
        *pathway.reference.faults(),
        *_amounts(pathway),
        *circle_faults(pathway.transitions),
        *_prevailing(pathway),
        *entry_faults(pathway),
        *(
            f"reference {row.fact}: no quantity of that name"
            for row in pathway.reference.rows
            if not isinstance(pathway.facts_by_name.get(row.fact), Quantity)
        ),
    ]


def cited(pathway: Parts) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Everything that must cite something, with its citations."""
    yield "banner", pathway.banner_cites
    yield "scope", pathway.scope_cites
    yield "override", pathway.override_cites
    yield "pending correction", pathway.pending_cites
    for state in pathway.states:
        yield f"state {state.name}", state.cites
    for fact in pathway.facts:
        yield f"fact {fact.name}", fact.cites
    for derived in pathway.derived:
        yield f"derived {derived.name}", derived.cites
    for condition in pathway.conditions:
        yield f"condition {condition.name}", condition.cites
    for kind in pathway.events:
        yield f"event {kind.name}", kind.cites
        if kind.parts is not None:
            yield f"event {kind.name}: parts", kind.parts.cites
    for transition in pathway.transitions:
        yield f"transition {transition.id}", transition.cites
    for advice in pathway.advice:
        yield f"advice {advice.id}", advice.cites
    for order in pathway.orders:
        yield f"order {order.id}", order.cites
    for contradiction in pathway.contradictions:
        yield f"contradiction {contradiction.id}", contradiction.cites
    for invariant in pathway.invariants:
        yield f"invariant {invariant.id}", invariant.cites
    for row in pathway.reference.rows:
        yield f"reference {row.fact} {row.band()}", row.cites
    if pathway.handover is not None:
        asked = (cite for question in pathway.handover.questions for cite in question.cites)
        yield "handover", tuple(dict.fromkeys((*pathway.handover.cites, *asked)))
    if pathway.simultaneous_cites:
        yield "two reports of one moment", pathway.simultaneous_cites


def _repeated(pathway: Parts) -> Iterator[str]:
    names = {
        "state": [state.name for state in pathway.states],
        "fact": [fact.name for fact in pathway.facts]
        + [derived.name for derived in pathway.derived if not isinstance(derived, Product)],
        "condition": [condition.name for condition in pathway.conditions],
        "event": [kind.name for kind in pathway.events],
        "transition": [transition.id for transition in pathway.transitions],
        "advice": [advice.id for advice in pathway.advice],
        "order": [order.id for order in pathway.orders],
        "contradiction": [contradiction.id for contradiction in pathway.contradictions],
        "invariant": [invariant.id for invariant in pathway.invariants],
        "citation": [
            *(statement.id for statement in pathway.statements),
            *(note.id for note in pathway.notes),
            *(literature.id for literature in pathway.literature),
        ],
    }
    for category, all_names in names.items():
        for name, count in Counter(all_names).items():
            if count > 1:
                yield f"{category} {name}: defined {count} times"


def _unknown_names(pathway: Parts) -> Iterator[str]:
    states, events, facts = pathway.states_by_name, pathway.events_by_name, readable(pathway)

    def unknown(owner: str, category: str, names: tuple[str, ...], known: object) -> Iterator[str]:
        for name in names:
            if name not in known:  # type: ignore[operator]  # any container of names
                yield f"{owner}: unknown {category} '{name}'"

    yield from unknown("initial", "state", (pathway.initial,), states)
    for group, members in pathway.groups:
        yield from unknown(f"group {group}", "state", members, states)
    for transition in pathway.transitions:
        owner = f"transition {transition.id}"
        yield from unknown(owner, "state", (*transition.sources, transition.target), states)
        yield from unknown(owner, "event", () if transition.on is None else (transition.on,), events)
        if not 1 <= len(transition.label.split()) <= _LONGEST_LABEL:
            yield f"{owner}: label '{transition.label}' has no place in a diagram; give it one to three words"
        kept = transition.closes.keeps if transition.closes else ()
        yield from unknown(owner, "fact", (*transition.renews, *kept), facts)
    for kind in pathway.events:
        owner = f"event {kind.name}"
        own: tuple[str, ...] = (kind.authority.raises,) if kind.authority else ()
        own += (kind.flags_held,) if kind.flags_held else ()
        rest = kind.rest_absent[1] if kind.rest_absent else ()
        yield from unknown(owner, "fact", (*(part.fact for part in kind.fields), *kind.records, *own, *rest), facts)
        for part in kind.fields:
            if part.default is not None and not _takes(pathway.facts_by_name.get(part.fact), part.default):
                yield f"{owner}: {part.fact} would not take its default {part.default!r}"
    for advice in pathway.advice:
        yield from unknown(f"advice {advice.id}", "fact", advice.lists, facts)
        if advice.urgency not in URGENCIES:
            yield f"advice {advice.id}: unknown urgency '{advice.urgency}'; known: {', '.join(URGENCIES)}"
        if advice.urgency == "now" and advice.until is None:
            yield f"advice {advice.id}: urgent advice ends once it is done; give it `until`"
        if advice.offers is not None and advice.urgency != "now":
            yield f"advice {advice.id}: only urgent advice is set aside; leave out `offers`"
    for order in pathway.orders:
        yield from unknown(f"order {order.id}", "event", () if order.act is None else (order.act,), events)
    if pathway.handover is not None:
        yield from unknown("handover", "advice", pathway.handover.asks, pathway.advice_by_id)
        if not pathway.handover.questions or any(not question.words for question in pathway.handover.questions):
            yield "handover: asks nothing; give it questions, each with words"
        elif any(not question.advice for question in pathway.handover.questions[:-1]):
            yield "handover: a question without advice always applies; put it last"
    for invariant in pathway.invariants:
        owner = f"invariant {invariant.id}"
        if isinstance(invariant, OnEntering):
            yield from unknown(owner, "state", invariant.states, states)
        elif isinstance(invariant, OrderRefused):
            yield from unknown(owner, "order", (invariant.order,), pathway.orders_by_id)
    for state in pathway.states:
        yield from unknown(f"state {state.name}", "fact", state.forgets, facts)
        for name in state.forgets:
            if name in facts and not (name in pathway.facts_by_name or isinstance(facts[name], Latched)):
                yield f"state {state.name}: forgets {name}, which is neither a reported fact nor a latch"
        if state.waits is None and not state.end:
            yield f"state {state.name}: neither waits for anything nor is an end of the source"
    clocks = Counter(derived.counts for derived in pathway.derived if isinstance(derived, Clock))
    for clock, count in clocks.items():
        if count > 1:
            yield f"derived: {count} clocks count {clock}; one is enough"
    for derived in pathway.derived:
        owner = f"derived {derived.name}"
        match derived:
            case Latched():
                yield from unknown(owner, "event", derived.cleared_by, events)
                if derived.for_good and (derived.ends_when is not None or derived.lasts_days is not None):
                    yield f"{owner}: lasts for good, and ends; leave out for_good, or ends_when and lasts_days"
                for leaf in () if derived.ends_when is None else leaves(derived.ends_when):
                    if leaf.scope != EPISODE or isinstance(facts.get(leaf.fact), Clock):
                        yield f"{owner}: ends_when is read before the event; {leaf.fact} is of a report or a clock"
            case Held():
                yield from unknown(owner, "fact", (derived.fact,), facts)
                yield from unknown(owner, "event", derived.restarted_by, events)
                if derived.within is not None and derived.within < derived.minutes:
                    yield f"{owner}: within {derived.within} minutes is shorter than {derived.minutes} minutes"
            case Settled() | Grade():
                yield from unknown(owner, "fact", (derived.fact,), facts)
            case Captured():
                yield from unknown(owner, "fact", (derived.of,), facts)
                yield from unknown(owner, "state", (derived.entering,), states)
                yield from unknown(owner, "event", (derived.ends_with,) if derived.ends_with else (), events)
                if derived.how != "highest_of_day" and (derived.days or derived.ends_with):
                    yield f"{owner}: days and ends_with are of the highest reading; write how as highest_of_day"
                if derived.ends_with and not derived.days:
                    yield f"{owner}: ends_with is of a number of days; give it `days`"
                if derived.how not in ("value", "highest_of_day"):
                    yield f"{owner}: how is '{derived.how}'; write value or highest_of_day"
                elif (
                    derived.how == "highest_of_day" and derived.of in facts and derived.of not in pathway.facts_by_name
                ):
                    yield f"{owner}: {derived.of} has no readings of a day; take its value"
            case Product():
                yield from unknown(owner, "fact", (derived.fact, derived.left, derived.right), facts)
            case Excess():
                yield from unknown(owner, "fact", (*derived.parts, derived.whole), facts)
            case AtMost():
                names = (derived.part, derived.whole, derived.less)
                yield from unknown(owner, "fact", names, facts)
                for name in names:
                    if name in facts and not isinstance(facts[name], Quantity):
                        yield f"{owner}: {name} is no reported amount"
                if not any({*names} <= {field.fact for field in kind.fields} for kind in pathway.events):
                    yield f"{owner}: no event carries {', '.join(names)} together"
            case Clock():
                if derived.counts not in ("age", "days_in_state"):
                    yield f"{owner}: counts '{derived.counts}'; write age or days_in_state"
            case _:
                assert_never(derived)


def _prevailing(pathway: Parts) -> Iterator[str]:
    for fact in pathway.facts:
        if isinstance(fact, Quantity) and fact.prevails not in ("", "lower", "higher"):
            yield f"fact {fact.name}: prevails is '{fact.prevails}'; write lower, higher, or nothing"


def _amounts(pathway: Parts) -> Iterator[str]:
    """Amounts that are no finite numbers, and factors of zero."""
    amounts: tuple[Decimal, ...]
    for fact in pathway.facts:
        if isinstance(fact, Quantity):
            for unit in fact.accepted():
                owner = f"fact {fact.name} in {unit.code}"
                if not all(
                    number.is_finite() for number in (unit.factor, unit.divisor, unit.offset, *(unit.plausible or ()))
                ):
                    yield f"{owner}: an amount is no number"
                elif not unit.factor or not unit.divisor:
                    yield f"{owner}: a factor of zero"
    for derived in pathway.derived:
        match derived:
            case Held() | Settled():
                amounts = (derived.limit,)
            case Product():
                amounts = (derived.factor,)
            case Grade():
                amounts = tuple(limit for limit, _ in derived.bands)
            case Clock() | Latched() | Captured() | Excess() | AtMost():
                amounts = ()
            case _:
                assert_never(derived)
        if not all(number.is_finite() for number in amounts):
            yield f"derived {derived.name}: an amount is no number"


def _takes(fact: Fact | None, value: bool | str) -> bool:
    try:
        return fact is not None and isinstance(value, bool | str) and fact.read(value) == value
    except BadInput:
        return False


def _citation_faults(pathway: Parts) -> Iterator[str]:
    known = pathway.citations
    for owner, cites in cited(pathway):
        if not cites:
            yield f"{owner}: cites nothing"
        for cite in cites:
            if cite not in known:
                yield f"{owner}: cites unknown '{cite}'"
    for note in pathway.notes:
        for cite in note.about:
            if cite not in known:
                yield f"note {note.id}: about unknown '{cite}'"
    used = {cite for _, cites in cited(pathway) for cite in cites}
    used |= {cite for note in pathway.notes for cite in note.about}
    for statement in pathway.statements:
        if statement.not_modelled and statement.id in {cite for _, cites in cited(pathway) for cite in cites}:
            yield f"statement {statement.id}: listed as not modelled, and cited"
        if not statement.not_modelled and statement.id not in used:
            yield f"statement {statement.id}: neither cited nor listed as not modelled"


def _note_faults(pathway: Parts) -> Iterator[str]:
    for note in pathway.notes:
        # No guard can say where two reports of one moment differ: the plan shows the note where that rule was applied.
        if note.when is None and note.id not in pathway.simultaneous_cites:
            yield f"note {note.id}: says nowhere where it matters; give it `when`"
        if not note.words.strip():
            yield f"note {note.id}: `words` is empty; say what is doubtful"
        if not note.choice.strip():
            yield f"note {note.id}: `choice` is empty; say what the pathway does about it"
