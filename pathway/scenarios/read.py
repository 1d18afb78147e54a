"""Reading a scenario file: TOML, one story a file. All faults of a file are reported at once, each with its place."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from attrs import frozen

from pathway.door.dates import read_date
from pathway.door.doubts import Doubt
from pathway.model.errors import BadInput, nearest
from pathway.model.events import Event  # attrs classes keep their types resolvable
from pathway.model.facts import Quantity
from pathway.model.outside import read_text, read_toml
from pathway.run.answers import Override
from pathway.run.moments import aware, zone_named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

    from pathway.model.pathway import Pathway

StepKind: TypeAlias = Literal["event", "order", "correct", "withdraw", "acknowledge", "set_aside", "clock"]
KINDS: tuple[StepKind, ...] = ("order", "correct", "withdraw", "acknowledge", "set_aside", "clock", "event")
VERDICTS = ("permitted", "refused", "not_addressed")
_HEAD = ("title", "why", "cites", "born", "timezone", "step")
_LISTS = (
    "passes_through", "advises", "urgent", "today", "planned", "ongoing", "no_longer_advises", "overdue", "awaits",
    "no_longer_awaits", "notes", "held", "answered",
)  # fmt: skip
_OWN: dict[str, tuple[str, ...]] = {
    "event": ("event", "with", "id", "by"),
    "order": ("order", "verdict", "cites", "override"),
    "correct": ("correct", "event", "with", "id", "by", "taken_at"),
    "withdraw": ("withdraw", "id", "by", "reason"),
    "acknowledge": ("acknowledge", "by"),
    "set_aside": ("set_aside", "id", "by", "reason"),
    "clock": ("clock",),
}
_COMMON = ("at", "state", "deviation", "due", "missing", *_LISTS)


@frozen
class ScenarioStep:
    """One step: what happens, and what is expected of the case afterwards (by the keys of the file)."""

    number: int
    line: int | None
    at: datetime
    kind: StepKind
    name: str
    event: Event | None = None
    id: str = ""
    by: str = ""
    target: str = ""
    reason: str = ""
    taken_at: datetime | None = None
    override: Override | None = None
    expects: tuple[tuple[str, Any], ...] = ()

    @property
    def place(self) -> str:
        """Where the step stands in its file."""
        return f"step {self.number}" + (f" (line {self.line})" if self.line is not None else "")


@frozen
class Scenario:
    """A scenario: a patient, and what happens step by step. `file` is the path as it was given."""

    file: str
    title: str
    why: str
    cites: tuple[str, ...]
    born: date
    timezone: str
    steps: tuple[ScenarioStep, ...]


class _Faults:
    """Collects faults, so that reading does not stop at the first."""

    def __init__(self) -> None:
        self.lines: list[str] = []

    def add(self, place: str, *words: str) -> None:
        self.lines += [f"{place}: {fault}" if place else fault for fault in words]

    def attempt(self, place: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except BadInput as fault:
            self.add(place, *fault.faults)
            return None


def read_scenario(path: Path, pathway: Pathway) -> Scenario:
    """The scenario in a file. Raises `BadInput` with all its faults, each led by the file's name and its place."""
    return parse_scenario(read_text(path), pathway, str(path))


def parse_scenario(text: str, pathway: Pathway, file: str = "scenario") -> Scenario:
    """The scenario in a TOML text; `file` is the name that leads each fault."""
    data = read_toml(text, file)
    faults = _Faults()
    faults.add("", *_unknown_keys(data, _HEAD))
    for key in ("title", "why"):
        if not isinstance(data.get(key), str) or not data[key].strip():
            faults.add(key, "a sentence is wanted here")
    cites = _names(data.get("cites", []), "cites", _citations(pathway), faults)
    born = faults.attempt("born", lambda: _day(data.get("born")))
    timezone = data.get("timezone", "UTC")
    faults.attempt("", lambda: zone_named(timezone))
    raw_steps = data.get("step", [])
    if not isinstance(raw_steps, list) or not raw_steps or not all(isinstance(step, dict) for step in raw_steps):
        faults.add("step", "at least one [[step]] is wanted")
        raw_steps = []
    lines = _step_lines(text, len(raw_steps))
    steps = [
        _read_step(raw, number, line, pathway, faults)
        for number, (raw, line) in enumerate(zip(raw_steps, lines, strict=True), 1)
    ]
    if faults.lines:
        raise BadInput(*(f"{file}: {line}" for line in faults.lines))
    known = tuple(step for step in steps if step is not None)
    assert isinstance(born, date)
    return Scenario(file, data["title"], data["why"], cites, born, timezone, known)


def _read_step(
    data: dict[str, Any], number: int, line: int | None, pathway: Pathway, faults: _Faults
) -> ScenarioStep | None:
    place = f"step {number}" + (f" (line {line})" if line is not None else "")
    kind = next((key for key in KINDS if key in data), None)
    if kind is None:
        faults.add(place, f"says nothing that happens; wanted: one of {', '.join(sorted(KINDS))}")
        return None
    faults.add(place, *_unknown_keys(data, (*_OWN[kind], *_COMMON)))
    at = faults.attempt(place, lambda: _moment(data, "at"))
    taken_at = faults.attempt(place, lambda: _moment(data, "taken_at")) if "taken_at" in data else None
    for key in ("id", "by", "reason"):
        if key in data and (not isinstance(data[key], str) or not data[key].strip()):
            faults.add(place, f"{key}: a text is wanted here")
    name, target, event, override = kind, "", None, None
    if kind in ("event", "correct"):
        name = data.get("event", "")
        event = faults.attempt(place, lambda: _event(data, pathway))
    if kind in ("correct", "withdraw", "acknowledge"):
        target = data[kind]
        if not isinstance(target, str) or not target:
            faults.add(place, f"{kind}: the id of a step above is wanted")
    if kind == "set_aside":
        target = faults.attempt(place, lambda: _advice_id(data[kind], pathway)) or ""
        for key in ("by", "reason"):
            if key not in data:
                faults.add(place, f"set_aside: {key} is wanted: a clinician's name, and the reason")
    if kind == "acknowledge" and "by" not in data:
        faults.add(place, "acknowledge: by whom? a clinician's name is wanted")
    if kind == "clock" and data["clock"] is not True:
        faults.add(place, "clock: write clock = true")
    if kind == "order":
        name = data["order"]
        override = _order(data, place, pathway, faults)
    expects = _expectations(data, kind, place, pathway, faults)
    if at is None:
        return None
    return ScenarioStep(
        number, line, at, kind, str(name), event, data.get("id", ""), data.get("by", ""), target,
        data.get("reason", ""), taken_at, override, expects,
    )  # fmt: skip


def _event(data: dict[str, Any], pathway: Pathway) -> Event:
    fields = data.get("with", {})
    if not isinstance(fields, dict):
        amounts = (f", such as with = {{ {fact.name} = \"{fact.example()}\" }}" for fact in pathway.facts
                   if isinstance(fact, Quantity))  # fmt: skip
        raise BadInput(f"with: a table is wanted here{next(amounts, '')}")
    if not isinstance(data.get("event"), str):
        raise BadInput("event: the name of an event is wanted here")
    return pathway.event(data["event"], **fields)


def _order(data: dict[str, Any], place: str, pathway: Pathway, faults: _Faults) -> Override | None:
    faults.attempt(place, lambda: pathway.order(data["order"]) if isinstance(data["order"], str) else _no("order"))
    if "verdict" in data and data["verdict"] not in VERDICTS:
        faults.add(place, f"verdict: '{data['verdict']}' is none of {', '.join(VERDICTS)}")
    if "override" not in data:
        return None
    given = data["override"]
    wanted = isinstance(given, dict) and set(given) == {"by", "reason"}
    if not wanted or not all(isinstance(text, str) and text.strip() for text in given.values()):
        faults.add(place, 'override: wanted: override = { by = "...", reason = "..." }')
        return None
    return Override(given["by"], given["reason"])


def _advice_id(given: Any, pathway: Pathway) -> str:
    return pathway.advice_named(given).id if isinstance(given, str) else _no("set_aside")


def _no(what: str) -> Any:
    raise BadInput(f"{what}: a name is wanted here")


def _expectations(
    data: dict[str, Any], kind: str, place: str, pathway: Pathway, faults: _Faults
) -> tuple[tuple[str, Any], ...]:
    known: dict[str, Iterable[str]] = {
        "passes_through": pathway.states_by_name, "advises": pathway.advice_by_id, "urgent": pathway.advice_by_id,
        "today": pathway.advice_by_id, "planned": pathway.advice_by_id, "ongoing": pathway.advice_by_id,
        "no_longer_advises": pathway.advice_by_id, "overdue": pathway.advice_by_id, "awaits": pathway.facts_by_name,
        "no_longer_awaits": pathway.facts_by_name, "answered": pathway.advice_by_id,
        "notes": pathway.notes_by_id, "held": pathway.facts_by_name,
    }  # fmt: skip
    found: list[tuple[str, Any]] = []
    if "state" in data:
        faults.attempt(place, lambda: pathway.state(data["state"]) if isinstance(data["state"], str) else _no("state"))
        found.append(("state", data["state"]))
    for key in _LISTS:
        if key in data:
            found.append((key, _names(data[key], f"{place}: {key}", known[key], faults)))
    for key in ("due", "missing"):
        if key in data:
            found.append((key, _by_advice(data[key], f"{place}: {key}", key, pathway, faults)))
    if "deviation" in data:
        given = data["deviation"]
        given = [given] if isinstance(given, str) else given
        if isinstance(given, bool):
            found.append(("deviation", given))
        else:
            found.append(("deviation", _names(given, f"{place}: deviation", pathway.orders_by_id, faults)))
    if kind == "order":
        if "verdict" in data:
            found.append(("verdict", data["verdict"]))
        if "cites" in data:
            found.append(("cites", _names(data["cites"], f"{place}: cites", _citations(pathway), faults)))
    return tuple(found)


def _by_advice(given: Any, place: str, key: str, pathway: Pathway, faults: _Faults) -> dict[str, Any]:
    """For each advice the day on which it is due, or the facts that it asks for."""
    if not isinstance(given, dict):
        faults.add(place, "a table is wanted here, by the ids of advice")
        return {}
    _names(list(given), place, pathway.advice_by_id, faults)
    for name, value in given.items():
        if key == "missing":
            _names(value, f"{place}: {name}", pathway.facts_by_name, faults)
        elif not isinstance(value, date) or isinstance(value, datetime):
            faults.add(f"{place}: {name}", "a date is wanted here, such as 2026-02-17")
    return given


def _names(given: Any, place: str, known: Iterable[str], faults: _Faults) -> tuple[str, ...]:
    if not isinstance(given, list) or not all(isinstance(name, str) for name in given):
        faults.add(place, "a list of names is wanted here")
        return ()
    names = set(known)
    for name in given:
        if name not in names:
            faults.add(place, f"unknown '{name}'; {nearest(name, names)}")
    return tuple(given)


def _citations(pathway: Pathway) -> set[str]:
    return set(pathway.citations)


def _day(given: Any) -> date:
    if isinstance(given, str):
        given = read_date(given)
        if isinstance(given, Doubt):
            raise BadInput(given.reason)
    if not isinstance(given, date) or isinstance(given, datetime):
        raise BadInput("a date is wanted here, such as born = 2024-12-22")
    return given


def _moment(data: dict[str, Any], key: str) -> datetime:
    at = data.get(key)
    if not isinstance(at, datetime):
        raise BadInput(f"{key}: a date and time with offset is wanted here, such as {key} = 2026-01-22T09:00:00Z")
    return aware(at, key)


def _unknown_keys(data: dict[str, Any], known: tuple[str, ...]) -> list[str]:
    return [f"unknown key '{key}'; {nearest(key, known)}" for key in data if key not in known]


def _step_lines(text: str, count: int) -> list[int | None]:
    """The line number of each [[step]]; None for all of them where a string in the file holds such a line too."""
    found = [number for number, line in enumerate(text.splitlines(), 1) if re.match(r"\s*\[\[\s*step\s*\]\]", line)]
    return list(found) if len(found) == count else [None] * count
