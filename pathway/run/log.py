"""The log of a case: append-only entries, of which the case is a fold."""

from __future__ import annotations

from datetime import datetime  # attrs classes keep their types resolvable
from typing import TYPE_CHECKING, Any, ClassVar, Literal, TypeAlias, assert_never, get_args

from attrs import frozen

from pathway.model.errors import BadInput
from pathway.model.events import Event, make_event
from pathway.run.moments import moment, read_moment

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathway.model.pathway import Pathway

Kind: TypeAlias = Literal["event", "correction", "withdrawal", "acknowledgement", "override", "set_aside"]
Retained: TypeAlias = tuple[tuple[str, datetime], ...]
"""Urgent advice that stays in force although an entry counts, each with the time it was raised."""


@frozen(slots=False)  # a case makes many, and without slots they are made faster
class Reported:
    """An event that was recorded.

    `at` is when the event happened: when a sample was taken, a finding made. A `proposed` entry does not count until it
    is acknowledged. `retains` names the urgent advice that stays in force until then although the entry counts.
    """

    kind: ClassVar[Kind] = "event"

    id: str
    at: datetime
    by: str
    event: Event
    proposed: bool = False
    retains: Retained = ()


@frozen
class Corrected:
    """The event that `target` should have recorded. `at` is when the correction came; `taken_at` moves the event."""

    kind: ClassVar[Kind] = "correction"

    id: str
    at: datetime
    by: str
    event: Event
    target: str
    taken_at: datetime | None = None
    proposed: bool = False
    retains: Retained = ()


@frozen
class Withdrawn:
    """The withdrawal of the entry `target`, as if that had never been recorded."""

    kind: ClassVar[Kind] = "withdrawal"

    id: str
    at: datetime
    by: str
    target: str
    reason: str = ""
    proposed: bool = False
    retains: Retained = ()


@frozen
class Acknowledged:
    """A named clinician acknowledged the entry `target`, which had waited and counts from then on."""

    kind: ClassVar[Kind] = "acknowledgement"

    id: str
    at: datetime
    by: str
    target: str


@frozen
class Overridden:
    """A named clinician gave an order in spite of its refusal, with a reason."""

    kind: ClassVar[Kind] = "override"

    id: str
    at: datetime
    by: str
    order: str
    reason: str


@frozen
class SetAside:
    """A named clinician set urgent advice aside, with a reason. It answers what was recorded before it."""

    kind: ClassVar[Kind] = "set_aside"

    id: str
    at: datetime
    by: str
    advice: str
    reason: str


Pending: TypeAlias = Reported | Corrected | Withdrawn
"""The entries that may wait for acknowledgement."""

Entry: TypeAlias = Pending | Acknowledged | Overridden | SetAside

KINDS: tuple[Kind, ...] = get_args(Kind)


def event_of(entry: Entry) -> Event | None:
    """The event that an entry records, or puts in the place of another."""
    match entry:
        case Reported() | Corrected():
            return entry.event
        case Withdrawn() | Acknowledged() | Overridden() | SetAside():
            return None
        case _:
            assert_never(entry)


def target_of(entry: Entry) -> str:
    """The id of the entry that an entry changes or acknowledges; "" where there is no such entry."""
    match entry:
        case Corrected() | Withdrawn() | Acknowledged():
            return entry.target
        case Reported() | Overridden() | SetAside():
            return ""
        case _:
            assert_never(entry)


def name_of(entry: Entry) -> str:
    """The name of an entry: its event or its kind."""
    event = event_of(entry)
    return entry.kind if event is None else event.name


def entry_to_json(entry: Entry) -> dict[str, Any]:
    """An entry as JSON data; empty fields are left out."""
    data: dict[str, Any] = {"id": entry.id, "kind": entry.kind, "at": moment(entry.at)}
    if (event := event_of(entry)) is not None:
        data |= event.to_json()
    if isinstance(entry, Corrected) and entry.taken_at is not None:
        data["taken_at"] = moment(entry.taken_at)
    texts = {
        "by": entry.by,
        "target": target_of(entry),
        "order": entry.order if isinstance(entry, Overridden) else "",
        "advice": entry.advice if isinstance(entry, SetAside) else "",
        "reason": entry.reason if isinstance(entry, Withdrawn | Overridden | SetAside) else "",
    }
    data |= {name: text for name, text in texts.items() if text}
    if isinstance(entry, Pending):
        if entry.proposed:
            data["proposed"] = True
        if entry.retains:
            data["retains"] = {advice: moment(at) for advice, at in entry.retains}
    return data


_OF_ALL = frozenset({"id", "kind", "at", "by"})
_KEYS: dict[Kind, frozenset[str]] = {
    "event": _OF_ALL | {"event", "with", "proposed", "retains"},
    "correction": _OF_ALL | {"event", "with", "target", "taken_at", "proposed", "retains"},
    "withdrawal": _OF_ALL | {"target", "reason", "proposed", "retains"},
    "acknowledgement": _OF_ALL | {"target"},
    "override": _OF_ALL | {"order", "reason"},
    "set_aside": _OF_ALL | {"advice", "reason"},
}
_TEXTS = ("id", "by", "target", "order", "advice", "reason", "event")
_TEXTS_OF: dict[Kind, tuple[str, ...]] = {kind: tuple(name for name in _TEXTS if name in _KEYS[kind]) for kind in KINDS}


def entry_from_json(data: Mapping[str, Any], pathway: Pathway) -> Entry:
    """The entry that `entry_to_json` wrote. Raises `BadInput` for other data."""
    try:
        return _read(data, pathway)
    except BadInput as fault:
        raise fault.at(f"entry {data.get('id', '?')}" if isinstance(data, dict) else "entry") from None


def _read(data: Mapping[str, Any], pathway: Pathway) -> Entry:
    kind = data.get("kind") if isinstance(data, dict) else None
    if kind not in KINDS:
        raise BadInput(f"not an entry of a log; kind is one of {', '.join(KINDS)}")
    if not data.keys() <= _KEYS[kind]:
        unknown = ", ".join(sorted(data.keys() - _KEYS[kind]))
        raise BadInput(f"not an entry of a log, unknown keys {unknown} of kind {kind}")
    texts = True
    for name in _TEXTS_OF[kind]:
        if not isinstance(data.get(name, ""), str):
            texts = False
    if not texts or not data.get("id"):
        raise BadInput(f"{', '.join(_TEXTS)} are texts, and id is not empty")
    return _READ[kind](data, pathway)


def _reported(data: Mapping[str, Any], pathway: Pathway) -> Reported:
    event, retains = _event(data, pathway), _retains(data, pathway) if "retains" in data else ()
    at = read_moment(data.get("at"), "at")
    return Reported(data["id"], at, data.get("by", ""), event, data.get("proposed") is True, retains)


def _corrected(data: Mapping[str, Any], pathway: Pathway) -> Corrected:
    event, retains = _event(data, pathway), _retains(data, pathway)
    taken_at = read_moment(data["taken_at"], "taken_at") if "taken_at" in data else None
    return Corrected(
        data["id"], read_moment(data.get("at"), "at"), data.get("by", ""), event, data.get("target", ""), taken_at,
        data.get("proposed") is True, retains,
    )  # fmt: skip


def _withdrawn(data: Mapping[str, Any], pathway: Pathway) -> Withdrawn:
    return Withdrawn(
        data["id"], read_moment(data.get("at"), "at"), data.get("by", ""), data.get("target", ""),
        data.get("reason", ""), data.get("proposed") is True, _retains(data, pathway),
    )  # fmt: skip


def _acknowledged(data: Mapping[str, Any], _pathway: Pathway) -> Acknowledged:
    return Acknowledged(data["id"], read_moment(data.get("at"), "at"), data.get("by", ""), data.get("target", ""))


def _overridden(data: Mapping[str, Any], _pathway: Pathway) -> Overridden:
    return Overridden(
        data["id"], read_moment(data.get("at"), "at"), data.get("by", ""), data.get("order", ""),
        data.get("reason", ""),
    )  # fmt: skip


def _set_aside(data: Mapping[str, Any], _pathway: Pathway) -> SetAside:
    return SetAside(
        data["id"], read_moment(data.get("at"), "at"), data.get("by", ""), data.get("advice", ""),
        data.get("reason", ""),
    )  # fmt: skip


_READ: dict[Kind, Callable[[Mapping[str, Any], Pathway], Entry]] = {
    "event": _reported, "correction": _corrected, "withdrawal": _withdrawn, "acknowledgement": _acknowledged,
    "override": _overridden, "set_aside": _set_aside,
}  # fmt: skip


def _event(data: Mapping[str, Any], pathway: Pathway) -> Event:
    if "event" not in data:
        raise BadInput(f"an entry of kind {data['kind']} without an event")
    fields = data.get("with", {})
    if not isinstance(fields, dict):
        raise BadInput("with is an object")
    return make_event(pathway.event_type(data["event"]), pathway.facts_by_name, fields, pathway.door)


def _retains(data: Mapping[str, Any], pathway: Pathway) -> Retained:
    if "retains" not in data:
        return ()
    retains = data["retains"]
    if not isinstance(retains, dict):
        raise BadInput("retains is an object")
    for advice in retains:
        pathway.advice_named(advice)
    return tuple((advice, read_moment(at, "retains")) for advice, at in retains.items())
