"""Whether each field of a definition has the form of its type: a tuple, a guard, a text in one line.

A slip of the pen (`sources="triage"`, `when=FLAG`) becomes a fault of one line here, before another check reads the
field.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, get_args, get_origin

from attrs import fields, has

from pathway.model.errors import UNWRITABLE, one_line
from pathway.model.guards import Guard, Writable
from pathway.model.text_forms import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator

Form: TypeAlias = tuple[str, Any]
"""What a field holds: ("text", None), ("guard", None), ("many", form of each), ("row", the forms), ("maybe", form)."""

_ANY: Form = ("any", None)
_GUARDS = get_args(Guard)
_OWNERS = {
    "states": "state", "facts": "fact", "derived": "derived", "conditions": "condition", "events": "event",
    "transitions": "transition", "advice": "advice", "orders": "order", "contradictions": "contradiction",
    "invariants": "invariant", "statements": "statement", "notes": "note", "literature": "literature",
}  # fmt: skip


def form_faults(pathway: Any) -> list[str]:
    """Every field of a pathway whose value has not the form of its type: a line each, led by the rule that holds it."""
    found: list[str] = []
    seen: set[int] = set()
    for name, wanted in _wanted(pathway.__class__):
        value = getattr(pathway, name)
        if (fault := _fault(name, value, wanted)) is not None:
            found.append(f"pathway: {fault}")
            continue
        if name not in _OWNERS:
            found += _inside(value, "pathway", _Place("Pathway", name), seen)
            continue
        for rule in value:
            owner = f"{_OWNERS[name]} {one_line(str(getattr(rule, 'id', None) or getattr(rule, 'name', '?')))}"
            found += _inside(rule, owner, _Place("Pathway", name), seen)
    return list(dict.fromkeys(found))


class _Place(NamedTuple):
    """A field of a class."""

    cls: str
    field: str


def _inside(value: Any, owner: str, place: _Place, seen: set[int]) -> Iterator[str]:
    if isinstance(value, str):
        if (fault := form_of(*place).fault(place.field, value)) is not None:
            yield f"{owner}: {fault}"
        elif UNWRITABLE.search(value):
            yield f"{owner}: {place.field} has a line break or another sign that no line can hold; write it in one line"
    elif isinstance(value, tuple):
        for member in value:
            yield from _inside(member, owner, place, seen)
    elif has(type(value)) and id(value) not in seen:
        seen.add(id(value))
        for name, wanted in _wanted(value.__class__):
            part = getattr(value, name)
            if (fault := _fault("the guard" if name == "of" else name, part, wanted)) is not None:
                yield f"{owner}: {fault}"
            else:
                yield from _inside(part, owner, _Place(value.__class__.__name__, name), seen)


def _fault(name: str, value: Any, wanted: Form) -> str | None:
    """The fault of a value; None without a fault."""
    match wanted:
        case ("maybe", inner):
            return None if value is None else _fault(name, value, inner)
        case ("guard", _):
            return None if isinstance(value, _GUARDS) else f"{name} is {_no_guard(value)}"
        case ("text", _):
            return None if isinstance(value, str) else f"{name} is {one_line(_called(value))}, where a text is wanted"
        case ("many" | "row", _) if not isinstance(value, tuple):
            written = f"; write ({value!r},)" if isinstance(value, str) and value.isidentifier() else ""
            return f"{name} is {one_line(_called(value))}, where a tuple is wanted{written}"
        case ("many", inner):
            return next((fault for part in value if (fault := _fault(f"a part of {name}", part, inner))), None)
        case ("row", inner) if len(value) != len(inner):
            return f"{name} is {one_line(repr(value))}, where a tuple of {len(inner)} is wanted"
        case ("row", inner):
            pairs = zip(value, inner, strict=True)
            return next((fault for part, form in pairs if (fault := _fault(f"a part of {name}", part, form))), None)
        case _:
            return None


def _no_guard(value: Any) -> str:
    said = f"{one_line(_called(value))}, where a guard is wanted"
    if isinstance(value, Writable) or hasattr(value, "as_guard"):
        return f"{said}; write .as_guard() behind it"
    if hasattr(value, "known"):
        return f"{said}; compare it with something, or ask whether it is .known()"
    return said


def _called(value: Any) -> str:
    name = getattr(value, "name", None)
    return f"the {type(value).__name__} '{name}'" if isinstance(name, str) else repr(value)


@lru_cache(maxsize=256)
def _wanted(cls: type) -> tuple[tuple[str, Form], ...]:
    """Each field of a class, with the form of its value."""
    return tuple((attribute.name, _form(attribute.type)) for attribute in fields(cls))


def _form(declared: Any) -> Form:
    """The form of a field's type, which is a text, or a type after `attrs.resolve_types`."""
    if isinstance(declared, str):
        return _form_of_text(declared.strip())
    if declared == Guard:
        return ("guard", None)
    if declared is str:
        return ("text", None)
    kinds = get_args(declared)
    if get_origin(declared) is tuple:
        return _form_of_tuple([None if kind is ... else _form(kind) for kind in kinds])
    if type(None) in kinds:
        rest = tuple(kind for kind in kinds if kind is not type(None))
        # The type of a guard that may be missing is a flat union of None and every kind of node.
        return ("maybe", ("guard", None) if set(rest) == set(_GUARDS) else _form(rest[0]) if len(rest) == 1 else _ANY)
    return _ANY


def _form_of_text(declared: str) -> Form:
    if declared.endswith("| None"):
        return ("maybe", _form_of_text(declared.removesuffix("| None").strip()))
    if declared.startswith("tuple["):
        inner = _parted(declared.removeprefix("tuple[").removesuffix("]"))
        return _form_of_tuple([None if part == "..." else _form_of_text(part) for part in inner])
    return {"Guard": ("guard", None), "str": ("text", None)}.get(declared, _ANY)


def _form_of_tuple(inner: list[Form | None]) -> Form:
    if inner[-1] is None:
        return ("many", inner[0])
    return ("row", tuple(inner))


def _parted(inside: str) -> list[str]:
    """The parts between the commas that stand in no inner brackets."""
    found, depth = [""], 0
    for sign in inside:
        depth += (sign == "[") - (sign == "]")
        if sign == "," and not depth:
            found.append("")
        else:
            found[-1] += sign
    return [part.strip() for part in found]
