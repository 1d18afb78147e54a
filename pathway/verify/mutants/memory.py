"""What the record keeps, changed in one place: derived facts, events, facts that do not overwrite, reference rows."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Literal, assert_never

from attrs import evolve

from pathway.model.derived import AtMost, Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.facts import Choice, Fact, Quantity
from pathway.model.units import written
from pathway.verify.mutants.rules import Change, changes_of_guard
from pathway.verify.steps import last_place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.model.events import EventType
    from pathway.model.pathway import Pathway
    from pathway.model.reference import Interval, Reference
    from pathway.verify.steps import Steps


def changes_of_derived(derived: Derived, pathway: Pathway, steps: Steps) -> Iterator[Change]:
    """Latches, spans, captures and products. Grades are words for display, and only a contradiction reads an excess."""
    match derived:
        case Latched():
            yield from changes_of_guard(steps, derived, "when", derived.when)
            lasts = "lasts for the episode" if derived.for_good else "lasts for good"
            yield Change("memory", lasts, evolve(derived, for_good=not derived.for_good))
            for name in derived.cleared_by:
                left = tuple(other for other in derived.cleared_by if other != name)
                yield Change("memory", f"not cleared by {name}", evolve(derived, cleared_by=left))
            if derived.ends_when is not None:
                yield Change("memory", "ends by nothing", evolve(derived, ends_when=None))
                yield from changes_of_guard(steps, derived, "ends_when", derived.ends_when, "ends: ")
            if derived.lasts_days is not None:
                for days in (derived.lasts_days + 1, derived.lasts_days - 1, None):
                    words = f"days {derived.lasts_days} -> {'any' if days is None else days}"
                    yield Change("threshold", words, evolve(derived, lasts_days=days))
        case Held() | Settled():
            for limit in steps.beside(derived.fact, derived.limit):
                words = f"limit {steps.written(derived.fact, derived.limit)} -> {steps.written(derived.fact, limit)}"
                yield Change("threshold", words, evolve(derived, limit=limit))
            for minutes in (derived.minutes + 1, derived.minutes - 1):
                yield Change("threshold", f"minutes {derived.minutes} -> {minutes}", evolve(derived, minutes=minutes))
            if isinstance(derived, Held) and derived.within is not None:
                for within in (derived.within + 1, derived.within - 1, None):
                    words = f"within {derived.within} -> {'any' if within is None else within} minutes"
                    yield Change("threshold", words, evolve(derived, within=within))
            for name in derived.restarted_by if isinstance(derived, Held) else ():
                assert isinstance(derived, Held)
                left = tuple(other for other in derived.restarted_by if other != name)
                yield Change("memory", f"not restarted by {name}", evolve(derived, restarted_by=left))
        case Captured():
            how: Literal["value", "highest_of_day"] = "highest_of_day" if derived.how == "value" else "value"
            yield Change("memory", f"captures {how}, not {derived.how}", evolve(derived, how=how))
            for days in (derived.days + 1, derived.days - 1, 0) if derived.days else ():
                ends = derived.ends_with if days else ""
                yield Change("threshold", f"days {derived.days} -> {days}", evolve(derived, days=days, ends_with=ends))
            if derived.ends_with:
                yield Change("memory", f"does not end with {derived.ends_with}", evolve(derived, ends_with=""))
            for state in pathway.states_by_name:
                if state != derived.entering:
                    words = f"captured entering {state}, not {derived.entering}"
                    yield Change("memory", words, evolve(derived, entering=state))
        case Product():
            step = last_place((derived.factor,))
            for factor in (derived.factor + step, derived.factor - step):
                yield Change(
                    "threshold",
                    f"factor {written(derived.factor)} -> {written(factor)}",
                    evolve(derived, factor=factor),
                )
        case AtMost():
            yield Change("memory", f"less nothing, not {derived.less}", evolve(derived, less=derived.part))
        case Clock() | Excess() | Grade():
            return
        case _:
            assert_never(derived)


def changes_of_event(kind: EventType, steps: Steps) -> Iterator[Change]:
    """What a report replaces and records, its defaults, who has authority, and when the report is folded."""
    words = "replaces nothing" if kind.replaces else "replaces the report before"
    yield Change("event", words, evolve(kind, replaces=not kind.replaces))
    for name in kind.records:
        left = tuple(fact for fact in kind.records if fact != name)
        yield Change("event", f"does not record {name}", evolve(kind, records=left))
    if kind.counted_by is not None:
        for name in kind.counted_by.whom:
            left = tuple(other for other in kind.counted_by.whom if other != name)
            if left:
                words = f"does not count by {name}"
                yield Change("event", words, evolve(kind, counted_by=evolve(kind.counted_by, whom=left)))
    if kind.authority is not None:
        yield Change("event", "anyone has authority", evolve(kind, authority=None))
        for part in ("when", "on", "clears"):
            lead = {"when": "authority: ", "on": "raises: ", "clears": "clears: "}[part]
            for change in changes_of_guard(steps, kind.authority, part, getattr(kind.authority, part), lead):
                yield change._replace(rule=evolve(kind, authority=change.rule))
    if kind.rest_absent is not None:
        flag, names = kind.rest_absent
        yield Change("event", f"{flag} says nothing of the rest", evolve(kind, rest_absent=None))
        for name in names:
            rest = (flag, tuple(other for other in names if other != name))
            yield Change("event", f"{flag} says nothing of {name}", evolve(kind, rest_absent=rest))
    for place, field in enumerate(kind.fields):
        if field.default is not None:
            before, after = kind.fields[:place], kind.fields[place + 1 :]
            fields = (*before, evolve(field, default=None), *after)
            yield Change("event", f"no default for {field.fact}", evolve(kind, fields=fields))
    folded = "folded in its turn" if kind.last else "folded last"
    yield Change("event", folded, evolve(kind, last=not kind.last))
    if kind.parts is not None:
        yield Change("event", f"no field is a part of {kind.parts.whole}", evolve(kind, parts=None))
        for name in kind.parts.parts if len(kind.parts.parts) > 1 else ():
            left = tuple(other for other in kind.parts.parts if other != name)
            parts = evolve(kind.parts, parts=left)
            yield Change("event", f"{name} is no part of {kind.parts.whole}", evolve(kind, parts=parts))
    if kind.flags_held:
        yield Change("event", f"does not raise {kind.flags_held}", evolve(kind, flags_held=""))


def changes_of_fact(fact: Fact) -> Iterator[Change]:
    """Which of two values for one moment stands, and which options of a choice do not overwrite which."""
    if isinstance(fact, Quantity) and fact.prevails:
        other: Literal["lower", "higher"] = "higher" if fact.prevails == "lower" else "lower"
        yield Change("memory", f"the {other} of two stands, not the {fact.prevails}", evolve(fact, prevails=other))
        yield Change("memory", f"neither of two stands, not the {fact.prevails}", evolve(fact, prevails=""))
    if not isinstance(fact, Choice):
        return
    for option in fact.no_result:
        left = tuple(other for other in fact.no_result if other != option)
        yield Change("memory", f"{option} is a result", evolve(fact, no_result=left))
    for option, others in fact.yields:
        kept = tuple(pair for pair in fact.yields if pair[0] != option)
        yield Change("memory", f"{option} overwrites {' and '.join(others)}", evolve(fact, yields=kept))


def changes_of_reference(table: Reference, steps: Steps) -> Iterator[tuple[Interval, Change]]:
    """Each limit moved by a step, each border of two age bands by a month, each row dropped; with the changed row."""
    for place, row in enumerate(table.rows):

        def exchanged(other: Interval | None, place: int = place) -> Reference:
            rows = (*table.rows[:place], *(() if other is None else (other,)), *table.rows[place + 1 :])
            return evolve(table, rows=rows)

        for name in ("lower", "upper"):
            limit = getattr(row, name)
            if limit is not None:
                for other in steps.beside(row.fact, limit):
                    moved_limit: dict[str, Any] = {name: other}
                    changed = exchanged(evolve(row, **moved_limit))
                    limits = [steps.written(row.fact, value) for value in (limit, other)]
                    yield row, Change("reference limit", f"{name} {limits[0]} -> {limits[1]}", changed)
        yield row, Change("reference limit", "no row for this age", exchanged(None))
    for fact in dict.fromkeys(row.fact for row in table.rows):
        rows = sorted((row for row in table.rows if row.fact == fact), key=lambda row: row.from_month)
        for younger, older in pairwise(rows):
            for months in (1, -1):
                moved = {
                    younger: evolve(younger, to_month=older.from_month - 1 + months),
                    older: evolve(older, from_month=older.from_month + months),
                }
                changed = evolve(table, rows=tuple(moved.get(row, row) for row in table.rows))
                words = f"begins at month {older.from_month + months}, not {older.from_month}"
                yield (younger if not younger.local_choice else older), Change("reference age", words, changed)
