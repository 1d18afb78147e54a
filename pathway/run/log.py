"""The log of a case: append-only entries, of which the case is a fold."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal, TypeAlias
from zoneinfo import ZoneInfo

from attrs import frozen

from pathway.model.errors import BadInput
from pathway.model.events import Event  # attrs classes keep their types resolvable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pathway.model.pathway import Pathway

Kind: TypeAlias = Literal["event", "correction", "withdrawal", "acknowledgement", "override"]


@frozen
class Entry:
    """One entry of a log.

    `at` is when it happened: when a sample was taken, a finding made, a correction given. `event` is what was recorded
    or what corrects it; `target` the id of the entry that is corrected, withdrawn or acknowledged. `taken_at` moves the
    corrected event to another moment. A `proposed` entry does not count until it is acknowledged; `retains` names the
    urgent advice, with the time it was raised, that stays in force until then although the entry counts.
    """

    id: str
    kind: Kind
    at: datetime
    by: str = ""
    event: Event | None = None
    target: str = ""
    taken_at: datetime | None = None
    order: str = ""
    reason: str = ""
    proposed: bool = False
    retains: tuple[tuple[str, datetime], ...] = ()

    def to_json(self) -> dict[str, Any]:
        """The entry as JSON data; what is empty is left out."""
        data: dict[str, Any] = {"id": self.id, "kind": self.kind, "at": moment(self.at)}
        if self.event is not None:
            data |= self.event.to_json()
        if self.taken_at is not None:
            data["taken_at"] = moment(self.taken_at)
        for name in ("by", "target", "order", "reason"):
            if value := getattr(self, name):
                data[name] = value
        if self.proposed:
            data["proposed"] = True
        if self.retains:
            data["retains"] = {advice: moment(at) for advice, at in self.retains}
        return data


_KEYS = {
    "id", "kind", "at", "by", "event", "with", "target", "taken_at", "order", "reason", "proposed", "retains",
}  # fmt: skip
_KINDS = ("event", "correction", "withdrawal", "acknowledgement", "override")


def entry_from_json(data: Mapping[str, Any], pathway: Pathway) -> Entry:
    """The entry that `Entry.to_json` wrote. Raises `BadInput` where it is none."""
    place = f"entry {data.get('id', '?')}" if isinstance(data, dict) else "entry"
    if not isinstance(data, dict) or (unknown := set(data) - _KEYS) or data.get("kind") not in _KINDS:
        extra = f", unknown keys {', '.join(sorted(unknown))}" if isinstance(data, dict) and unknown else ""
        raise BadInput(f"{place}: not an entry of a log{extra}; kind is one of {', '.join(_KINDS)}")
    texts = ("id", "by", "target", "order", "reason", "event")
    if any(not isinstance(data.get(name, ""), str) for name in texts) or not data.get("id"):
        raise BadInput(f"{place}: {', '.join(texts)} are texts, and id is not empty")
    fields = data.get("with", {})
    retains = data.get("retains", {})
    if not isinstance(fields, dict) or not isinstance(retains, dict):
        raise BadInput(f"{place}: with and retains are objects")
    try:
        event = pathway.event(data["event"], **fields) if "event" in data else None
        for advice in retains:
            pathway.advice_named(advice)
    except BadInput as fault:
        raise fault.at(place) from None
    return Entry(
        id=data["id"],
        kind=data["kind"],
        at=read_moment(data.get("at"), f"{place}: at"),
        by=data.get("by", ""),
        event=event,
        target=data.get("target", ""),
        taken_at=read_moment(data["taken_at"], f"{place}: taken_at") if "taken_at" in data else None,
        order=data.get("order", ""),
        reason=data.get("reason", ""),
        proposed=data.get("proposed") is True,
        retains=tuple((advice, read_moment(at, f"{place}: retains")) for advice, at in retains.items()),
    )


def moment(at: datetime) -> str:
    """A moment as text: ISO 8601, with Z for UTC."""
    text = at.isoformat()
    return text[:-6] + "Z" if text.endswith("+00:00") else text


def read_moment(text: object, place: str) -> datetime:
    """The moment that a text writes, with its offset. `BadInput` where it is none, or naive."""
    try:
        at = datetime.fromisoformat(text) if isinstance(text, str) else text
    except ValueError:
        at = None
    if not isinstance(at, datetime):
        raise BadInput(f"{place}: '{text}' is no date and time; write for example 2026-01-22T09:00:00Z")
    return aware(at, place)


def aware(at: datetime, place: str) -> datetime:
    """The moment in UTC, so that moments compare by instant. `BadInput` where it is naive."""
    if not isinstance(at, datetime):
        raise BadInput(f"{place}: {at!r} is no date and time")
    if at.tzinfo is None or at.utcoffset() is None:
        raise BadInput(f"{place}: {at.isoformat()} has no time zone; write for example {at.isoformat()}Z")
    if not 1900 <= at.year <= 2300:
        raise BadInput(f"{place}: {at.isoformat()} is no moment of a child's life")
    try:
        return at.astimezone(UTC)
    except OverflowError:
        raise BadInput(f"{place}: {at.isoformat()} is no moment of a child's life") from None


def zone_named(name: str) -> ZoneInfo:
    """The time zone of that name. `BadInput` where there is none."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError, TypeError):
        raise BadInput(f"timezone: '{name}' is no time zone; write for example Europe/Berlin") from None
