"""The pathway as canonical JSON, and its values by their places."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
from attrs import evolve
from hypothesis import HealthCheck, settings

from pathway import PATHWAY, Pathway, load_pathway
from pathway.model.canonical import to_json, with_changes
from pathway.model.guards import NEVER, Named

TEXT = to_json(PATHWAY)

DATA = json.loads(TEXT)

AGAIN = load_pathway(TEXT)

relaxed = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

Path = tuple[str | int, ...]


def values_in(value: Any, path: Path = ()) -> list[Path]:
    """The path of every single value. The values of a named condition stand where the condition is defined."""
    if attrs.has(type(value)):
        names = [one.name for one in attrs.fields(type(value)) if not (isinstance(value, Named) and one.name == "of")]
        return [found for name in names for found in values_in(getattr(value, name), (*path, name))]
    if isinstance(value, tuple):
        return [found for number, one in enumerate(value) for found in values_in(one, (*path, number))]
    return [path]


INSTEAD_OF_NONE = {
    "until": NEVER, "lapses": NEVER, "permitted": NEVER, "when": NEVER, "asks": NEVER, "on": "examined",
    "default": True, "act": "examined", "to_month": 9999, "upper": "9999", "due_day": 1, "overdue_after_day": 1,
    "plausible": ("0", "1"),
}  # fmt: skip


def changed(value: Any, path: Path, name: str | int = "") -> Any:
    """The value with the single value at a path changed to another of its kind."""
    if path:
        step, rest = path[0], path[1:]
        if isinstance(value, tuple):
            return (*value[:step], changed(value[step], rest, step), *value[step + 1 :])
        new = {step: changed(getattr(value, step), rest, step)}
        return with_changes(value, **new) if isinstance(value, Pathway) else evolve(value, **new)
    match value:
        case None:
            return INSTEAD_OF_NONE[name]
        case bool():
            return not value
        case int() | Decimal():
            return value + 1
        case str():
            return f"{value}x"
        case date():
            return value.replace(year=value.year + 1)
    raise AssertionError(value)


def value_at(path: Path) -> Any:
    value: Any = PATHWAY
    for step in path:
        value = value[step] if isinstance(step, int) else getattr(value, step)
    return value


def with_json(change) -> Pathway:
    data = json.loads(TEXT)
    change(data["pathway"])
    return load_pathway(json.dumps(data))


def place_of(kind: str, name: str) -> int:
    """The position of the part of that name among its kind in the JSON."""
    return next(place for place, one in enumerate(DATA["pathway"][kind]) if name in (one.get("name"), one.get("fact")))
