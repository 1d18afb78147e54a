"""Replaying a scenario: each step is taken on a case, and the result compared with what the file expects."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from attrs import frozen

from pathway.model.errors import BadInput
from pathway.run.answers import Verdict
from pathway.run.case import Case
from pathway.run.moments import moment
from pathway.run.plan import Plan
from pathway.run.step import Step
from pathway.scenarios.read import Scenario, ScenarioStep, read_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime
    from pathlib import Path

    from pathway.model.pathway import Pathway


GENERATED = "generated"
"""The folder of scenarios that are made from the definition."""


@frozen
class Failure:
    """An expectation that was not met: its place, its key, what was expected, what happened, and why."""

    place: str
    key: str
    expected: str
    happened: str
    why: tuple[str, ...]

    def __str__(self) -> str:
        lines = [f"{self.place}: {self.key}", f"  expected: {self.expected}", f"  happened: {self.happened}"]
        return "\n".join([*lines, *(f"  why: {reason}" for reason in self.why)])

    def to_json(self) -> dict[str, Any]:
        """The failure as JSON data."""
        return {
            "place": self.place, "key": self.key, "expected": self.expected, "happened": self.happened,
            "why": list(self.why),
        }  # fmt: skip


@frozen
class Replayed:
    """A replayed step: the plan after it, and the step of the case or the verdict on the order."""

    step: ScenarioStep
    plan: Plan
    failures: tuple[Failure, ...]
    result: Step | None = None
    verdict: Verdict | None = None

    @property
    def cites(self) -> tuple[str, ...]:
        """The citations of the verdict, or of the transitions that were taken."""
        if self.verdict is not None:
            return self.verdict.cites
        fired = self.result.fired if self.result is not None else ()
        return tuple(dict.fromkeys(cite for taken in fired for cite in taken.transition.cites))

    def to_json(self) -> dict[str, Any]:
        """The step as JSON data, as the scenario format promises it."""
        return {
            "at": moment(self.step.at),
            "kind": self.step.kind,
            "name": self.step.name,
            "state": self.plan.state,
            "passed_through": list(self.result.passed_through) if self.result is not None else [],
            "advice": list(self.plan.ids),
            "set_aside": [line.id for line in self.plan.set_aside],
            "raised": [advice.id for advice in self.result.raised] if self.result is not None else [],
            "overdue": list(self.plan.overdue),
            "verdict": self.verdict.verdict if self.verdict is not None else None,
            "cites": list(self.cites),
            "awaits": list(self.plan.awaits),
            "notes": [note.id for note in self.plan.notes],
        }


@frozen
class Replay:
    """A replayed scenario: its steps, and its case after the last step."""

    scenario: Scenario
    steps: tuple[Replayed, ...]
    case: Case

    @property
    def failures(self) -> tuple[Failure, ...]:
        """Every expectation that was not met."""
        return tuple(failure for step in self.steps for failure in step.failures)

    @property
    def passed(self) -> bool:
        """Whether every expectation was met."""
        return not self.failures

    def to_json(self) -> dict[str, Any]:
        """The replay as JSON data, as the scenario format promises it."""
        return {
            "file": self.scenario.file,
            "title": self.scenario.title,
            "passed": self.passed,
            "failures": [str(failure) for failure in self.failures],
            "steps": [step.to_json() for step in self.steps],
        }


class Watch(Protocol):
    """An observer of a replay."""

    def before(self, case: Case) -> None:
        """Called before a step."""

    def after(self, case: Case, step: ScenarioStep, result: Step | None) -> None:
        """Called after a step. `result` is what the step did; None where nothing was recorded."""


def scenario_files(paths: Iterable[Path]) -> list[Path]:
    """The scenario files among files and folders; those of a folder sorted.

    Raises `BadInput` for a path that does not exist, and for a folder without scenario files.
    """
    found: list[Path] = []
    faults = []
    for path in paths:
        if path.is_dir():
            inside = sorted(path.rglob("*.toml"))
            if not inside:
                faults.append(f"{path}: no scenario files (*.toml) here")
            found += inside
        elif path.is_file():
            found.append(path)
        else:
            faults.append(f"{path}: no such file or folder")
    if faults:
        raise BadInput(*faults)
    return list(dict.fromkeys(found))


def handwritten_files(folder: Path) -> list[Path]:
    """The scenario files below a folder that are written by hand. Generated files repeat the definition."""
    return [file for file in scenario_files([folder]) if GENERATED not in file.relative_to(folder).parts[:-1]]


def replay_file(path: Path, pathway: Pathway) -> Replay:
    """Read a scenario and replay it. Raises `BadInput` for a malformed file."""
    return replay(read_scenario(path, pathway), pathway)


def first_failure(scenario: Scenario, pathway: Pathway, watch: Watch | None = None) -> str:
    """The first expectation that a pathway does not meet: its step and key, without reasons; "" where it meets all.

    `watch` is called before and after each step. This is stricter than a replay: a step must pass through exactly the
    states that it lists, so that a detour fails. A step that cannot be taken is a failure too.
    """
    place = "born"
    try:
        case = Case(pathway, born=scenario.born, timezone=scenario.timezone)
        latest: datetime | None = None
        for step in scenario.steps:
            place = step.place
            latest = step.at if latest is None else max(latest, step.at)
            if watch is not None:
                watch.before(case)
            done = replay_step(case, step, latest, reasons=False)
            if watch is not None:
                watch.after(case, step, done.result)
            if done.failures:
                return f"{place}: {done.failures[0].key}"
            listed = dict(step.expects).get("passes_through")
            if listed is not None and done.result is not None and tuple(listed) != done.result.passed_through:
                return f"{place}: passes_through, the whole way"
    except BadInput as fault:
        return f"{place}: {fault.faults[0]}"
    except RuntimeError as fault:
        return f"{place}: {fault}"
    return ""


def replay(scenario: Scenario, pathway: Pathway) -> Replay:
    """Replay a scenario on a new case. Raises `BadInput` with the faults of every step that cannot be taken."""
    try:
        case = Case(pathway, born=scenario.born, timezone=scenario.timezone)
    except BadInput as fault:
        raise fault.at(scenario.file) from None
    done: list[Replayed] = []
    faults: list[str] = []
    latest: datetime | None = None
    for step in scenario.steps:
        latest = step.at if latest is None else max(latest, step.at)
        try:
            done.append(replay_step(case, step, latest))
        except BadInput as fault:
            faults += fault.at(f"{scenario.file}: {step.place}").faults
    if faults:
        raise BadInput(*faults)
    return Replay(scenario, tuple(done), case)


def replay_step(case: Case, step: ScenarioStep, latest: datetime, *, reasons: bool = True) -> Replayed:
    """Take one step of a case and compare it with what the step expects. The plan is that of the moment `latest`.

    Without `reasons` a failure gives no reasons. Raises `BadInput` where the step cannot be taken; the case is
    then unchanged.
    """
    result, verdict = None, None
    match step.kind:
        case "event":
            assert step.event is not None
            result = case.record(step.event, at=step.at, by=step.by, id=step.id)
        case "correct":
            assert step.event is not None
            result = case.correct(step.target, step.event, at=step.at, by=step.by, id=step.id, taken_at=step.taken_at)
        case "withdraw":
            result = case.withdraw(step.target, at=step.at, by=step.by, reason=step.reason, id=step.id)
        case "acknowledge":
            result = case.acknowledge(step.target, at=step.at, by=step.by)
        case "set_aside":
            result = case.set_aside(step.target, at=step.at, by=step.by, reason=step.reason, id=step.id)
        case "order":
            verdict = case.propose(step.name, at=step.at, override=step.override)
        case "clock":
            pass
    plan = case.plan(at=latest)
    failures = tuple(
        failure
        for key, wanted in step.expects
        if (failure := _check(case, step, key, wanted, plan, result, verdict, reasons=reasons)) is not None
    )
    return Replayed(step, plan, failures, result, verdict)


def _check(
    case: Case, step: ScenarioStep, key: str, wanted: Any, plan: Plan, result: Step | None, verdict: Verdict | None,
    *, reasons: bool,
) -> Failure | None:  # fmt: skip
    def fail(
        expected: Iterable[str] | str, happened: Iterable[str] | str, why: Callable[[], Iterable[str]] = tuple
    ) -> Failure:
        sides = [side if isinstance(side, str) else ", ".join(side) or "nothing" for side in (expected, happened)]
        return Failure(step.place, key, sides[0], sides[1], tuple(why()) if reasons else ())

    exact: dict[str, Callable[[], Iterable[str]]] = {
        "urgent": lambda: plan.urgent,
        "answered": lambda: [line.id for line in plan.set_aside],
        **{key: partial(_of, plan, key) for key in ("today", "planned", "ongoing")},
        "overdue": lambda: plan.overdue,
        "held": lambda: [held.fact for held in result.held] if result is not None else [],
    }
    subset: dict[str, Callable[[], Iterable[str]]] = {
        "advises": lambda: plan.ids,
        "awaits": lambda: plan.awaits,
        "notes": lambda: [note.id for note in plan.notes],
        "cites": lambda: verdict.cites if verdict is not None else (),
    }
    if key in exact:
        there = dict.fromkeys(exact[key]())
        odd = [name for name in {**dict.fromkeys(wanted), **there} if (name in wanted) != (name in there)]
        return fail(wanted, there, lambda: _why(case, odd, set(there))) if odd else None
    if key == "notes" and all(plan.shows(case.pathway.note(name)) for name in wanted):
        return None
    if key in subset:
        there = dict.fromkeys(subset[key]())
        missing = [name for name in wanted if name not in there]
        return fail(wanted, there, lambda: _why(case, missing, set())) if missing else None
    if key in ("due", "missing"):
        lines = {line.id: line for line in plan.lines}
        there = {name: getattr(lines[name], key) if name in lines else None for name in wanted}
        odd = [name for name, value in wanted.items() if there[name] != (tuple(value) if key == "missing" else value)]
        asked, found = ([f"{name}: {each[name]}" for name in wanted] for each in (wanted, there))
        return fail(asked, found, lambda: _why(case, odd, set(plan.ids))) if odd else None
    match key:
        case "state":
            return None if plan.state == wanted else fail(wanted, plan.state, lambda: _why_not_state(case, wanted))
        case "no_longer_advises":
            still = [name for name in wanted if name in plan.ids]
            return (
                fail([f"no {name}" for name in still], still, lambda: _why(case, still, set(still))) if still else None
            )
        case "no_longer_awaits":
            still = [name for name in wanted if name in plan.awaits]
            return fail([f"no {name}" for name in still], still) if still else None
        case "passes_through":
            passed = result.passed_through if result is not None else ()
            left = iter(passed)
            return None if all(state in left for state in wanted) else fail(wanted, passed)
        case "verdict":
            assert verdict is not None
            facts = [finding.words for finding in verdict.findings]
            return None if verdict.verdict == wanted else fail(wanted, verdict.verdict, lambda: [verdict.words, *facts])
        case _:
            deviated = [deviation.order.id for deviation in result.deviations] if result is not None else []
            fulfilled = bool(deviated) is wanted if isinstance(wanted, bool) else set(wanted) == set(deviated)
            expected = ("a deviation" if wanted else "none") if isinstance(wanted, bool) else wanted
            return None if fulfilled else fail(expected, deviated)


def _of(plan: Plan, urgency: str) -> list[str]:
    return [advice.id for advice in plan.advice if advice.urgency == urgency]


def _why(case: Case, names: Iterable[str], there: set[str]) -> list[str]:
    lines = []
    for name in names:
        if name not in case.pathway.advice_by_id:
            continue
        if name in there:
            lines += [f"{name}: {reason}" for reason in case.why(name)]
        else:
            lines += _why_not_state(case, name)
    return lines


def _why_not_state(case: Case, target: str) -> list[str]:
    answer = case.why_not(target)
    lines = [str(answer)]
    for obstacle in answer.obstacles:
        for finding in obstacle.findings:
            if finding.turns_at and finding.truth is not None:
                lines.append(f"{finding.words}; the nearest value that would turn it: {finding.turns_at}")
    return lines
