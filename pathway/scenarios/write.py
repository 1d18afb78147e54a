"""Writing a scenario as TOML, in the style of hand-written stories. `read` reads what this module writes."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

from pathway.model.errors import BadInput
from pathway.run.moments import moment

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pathway.model.facts import Raw
    from pathway.scenarios.read import Scenario, ScenarioStep

_EXPECTED = (
    "verdict", "cites", "held", "state", "passes_through", "deviation", "urgent", "answered", "today", "planned",
    "ongoing", "advises", "no_longer_advises", "overdue", "due", "missing", "awaits", "no_longer_awaits", "notes",
)  # fmt: skip
_BARE = re.compile(r"[A-Za-z0-9_-]+")
_SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}


def scenario_text(scenario: Scenario) -> str:
    """The scenario as the text of a file. `read.parse_scenario` reads the same steps from it.

    Raises `BadInput` for what TOML cannot hold, such as half a surrogate pair, and for expectations of no known name.
    """
    return "\n".join(_lines(scenario))


def _lines(scenario: Scenario) -> Iterator[str]:
    yield f"title = {_text(scenario.title)}"
    yield f"why = {_text(scenario.why)}"
    yield f"cites = {_value(scenario.cites)}"
    yield f"born = {scenario.born.isoformat()}"
    if scenario.timezone != "UTC":
        yield f"timezone = {_text(scenario.timezone)}"
    for step in scenario.steps:
        yield ""
        yield "[[step]]"
        yield f"at = {_moment(step.at)}"
        for key, value in (*_happens(step), *_expects(step)):
            yield f"{key} = {_value(value)}"
    yield ""


def _happens(step: ScenarioStep) -> Iterator[tuple[str, Any]]:
    """The keys of the file that say what happens in a step, with their values."""
    match step.kind:
        case "event":
            yield "event", step.name
        case "order":
            yield "order", step.name
            if step.override is not None:
                yield "override", {"by": step.override.by, "reason": step.override.reason}
        case "correct":
            yield "correct", step.target
            yield "event", step.name
        case "withdraw" | "acknowledge" | "set_aside":
            yield step.kind, step.target
        case "clock":
            yield "clock", True
    if step.event is not None and step.event.raw:
        yield "with", dict(step.event.raw)
    if step.taken_at is not None:
        yield "taken_at", step.taken_at
    for key, words in (("id", step.id), ("by", step.by), ("reason", step.reason)):
        if words.strip():
            yield key, words


def _expects(step: ScenarioStep) -> Iterator[tuple[str, Any]]:
    wanted = dict(step.expects)
    if unknown := [key for key in wanted if key not in _EXPECTED]:
        raise BadInput(f"{step.place}: nothing is expected under the name {', '.join(unknown)}")
    yield from ((key, wanted[key]) for key in _EXPECTED if key in wanted)


def _value(value: Raw | datetime | date | Sequence[Any] | Mapping[str, Any]) -> str:
    """A value as TOML, on one line. A decimal number becomes a text, because floats of TOML are not exact."""
    match value:
        case bool():
            return "true" if value else "false"
        case str():
            return _text(value)
        case int() | float():
            return repr(value)
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case dict():
            inside = ", ".join(f"{_key(key)} = {_value(item)}" for key, item in value.items())
            return f"{{ {inside} }}" if inside else "{}"
        case list() | tuple():
            return f"[{', '.join(_value(item) for item in value)}]"
        case _:
            return _text(str(value))


def _key(name: str) -> str:
    return name if _BARE.fullmatch(name) else _text(name)


def _text(words: str) -> str:
    if any("\ud800" <= letter <= "\udfff" for letter in words):
        raise BadInput(f"{words!a}: half a character, which no file can hold")
    return (
        '"'
        + "".join(_SHORT.get(letter) or (letter if _plain(letter) else f"\\u{ord(letter):04x}") for letter in words)
        + '"'
    )


def _plain(character: str) -> bool:
    return character >= " " and character != "\x7f"


def _moment(at: datetime) -> str:
    # TOML has offsets of whole minutes only; some historical zones have others.
    offset = at.utcoffset()
    return moment(at if offset is not None and not offset.seconds % 60 else at.astimezone(UTC))
