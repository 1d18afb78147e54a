"""A scenario written from a case: its steps from the log, its expectations from the pathway's answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, assert_never

from attrs import evolve

from pathway.run.answers import Override
from pathway.run.log import Acknowledged, Corrected, Overridden, Reported, SetAside, Withdrawn
from pathway.scenarios.read import Scenario, ScenarioStep
from pathway.scenarios.replay import replay

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathway.model.pathway import Pathway
    from pathway.run.case import Case
    from pathway.run.log import Entry
    from pathway.run.plan import Plan
    from pathway.scenarios.replay import Replayed


def steps_of(case: Case) -> tuple[ScenarioStep, ...]:
    """The entries of a case as steps, each with its id, on the clock of the case's zone.

    A proposed order and the passing of time leave no entry, and so give no step.
    """
    steps = (_step_of(entry, number) for number, entry in enumerate(case.log, 1))
    return tuple(evolve(step, at=step.at.astimezone(case.zone)) for step in steps)


def _step_of(entry: Entry, number: int) -> ScenarioStep:
    by = entry.by
    match entry:
        case Reported():
            event = entry.event
            return ScenarioStep(number, None, entry.at, "event", event.name, event, entry.id, by)
        case Corrected():
            event = entry.event
            return ScenarioStep(
                number, None, entry.at, "correct", event.name, event, entry.id, by, entry.target,
                taken_at=entry.taken_at,
            )  # fmt: skip
        case Withdrawn():
            return ScenarioStep(
                number, None, entry.at, "withdraw", "withdraw", None, entry.id, by, entry.target, entry.reason
            )
        case Acknowledged():
            return ScenarioStep(number, None, entry.at, "acknowledge", "acknowledge", by=by, target=entry.target)
        case Overridden():
            return ScenarioStep(number, None, entry.at, "order", entry.order, override=Override(by, entry.reason))
        case SetAside():
            return ScenarioStep(
                number, None, entry.at, "set_aside", "set_aside", None, entry.id, by, entry.advice, entry.reason
            )
        case _:
            assert_never(entry)


def transcript(scenario: Scenario, pathway: Pathway) -> Scenario:
    """The scenario with expectations written from what happened, and with the citations of what was exercised.

    Each step expects the state and the urgent advice; beyond that only what it changed, so that a reader sees the
    story. Ids that nothing refers to are left out. Raises `BadInput` where a step cannot be taken.
    """
    done = replay(evolve(scenario, steps=tuple(_numbered(scenario.steps))), pathway)
    before: Plan | None = None
    steps = []
    for replayed in done.steps:
        steps.append(evolve(replayed.step, line=None, expects=tuple(_amounts_to(replayed, before, pathway))))
        before = replayed.plan
    rests_on = {cite for replayed in done.steps for cite in replayed.cites}
    cites = scenario.cites or tuple(cite for cite in pathway.citations if cite in rests_on)
    return evolve(scenario, cites=cites, steps=tuple(_with_ids_that_matter(steps, done.steps)))


def _numbered(steps: Iterable[ScenarioStep]) -> Iterator[ScenarioStep]:
    return (evolve(step, number=number, line=None) for number, step in enumerate(steps, 1))


def _amounts_to(done: Replayed, before: Plan | None, pathway: Pathway) -> Iterator[tuple[str, Any]]:
    if done.verdict is not None:
        yield from (("verdict", done.verdict.verdict), ("cites", done.verdict.cites))
        return
    plan, result = done.plan, done.result
    advice = tuple(line.id for line in plan.lines)
    urgent = tuple(line.id for line in plan.of("now"))
    known = {line.id for line in before.lines} if before is not None else set()
    shown = {note.id for note in before.notes} if before is not None else set()
    awaited, awaits = ([item.fact for item in seen.awaited] if seen is not None else [] for seen in (before, plan))
    yield "state", plan.state
    if result is not None and result.passed_through:
        yield "passes_through", result.passed_through
    yield "urgent", urgent
    answered = tuple(line.id for line in plan.set_aside)
    if answered or (before is not None and before.set_aside):
        yield "answered", answered
    yield from _some("advises", [name for name in advice if name not in known and name not in urgent])
    yield from _some("no_longer_advises", [line.id for line in before.lines if line.id not in advice] if before else ())
    if plan.overdue or (before is not None and before.overdue):
        yield "overdue", plan.overdue
    # Derived facts may be awaited too, but a file names only facts.
    yield from _some("awaits", [name for name in awaits if name not in awaited and name in pathway.facts_by_name])
    yield from _some("notes", [note.id for note in plan.notes if note.id not in shown])
    if result is not None:
        yield from _some("held", [held.fact for held in result.held])
        yield from _some("deviation", [deviation.order.id for deviation in result.deviations])


def _some(key: str, names: Sequence[str]) -> Iterator[tuple[str, Any]]:
    if names:
        yield key, tuple(names)


def _with_ids_that_matter(steps: Sequence[ScenarioStep], done: Sequence[Replayed]) -> Iterator[ScenarioStep]:
    """The steps, each with an id only where another step refers to it or where counting would give another id."""
    targets = {step.target for step in steps if step.target}
    count = 0
    for step, replayed in zip(steps, done, strict=True):
        verdict = replayed.verdict
        entered = replayed.result is not None or (verdict is not None and verdict.override is not None)
        count += entered
        kept = step.id in targets or step.id != f"e{count}"
        yield step if kept else evolve(step, id="")
