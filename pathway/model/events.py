"""Events: what happened or was reported. A result is never refused; a field that cannot be true is held back."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any, ClassVar, assert_never

from attrs import NOTHING, Factory, field, fields, frozen

from pathway.model.added import added
from pathway.model.errors import LINE, BadInput, nearest
from pathway.model.facts import Choice, Fact, Flag, HeldBack, Quantity, Raw, Text, Value
from pathway.model.guards import Guard  # attrs resolves field types at run time for JSON
from pathway.model.part_and_whole import PartsOf  # attrs resolves field types at run time for JSON
from pathway.model.values import kept


@frozen
class EventField:
    """A fact that an event carries.

    `default` is the value of a field that is not given. With `own` the fact belongs to the event alone and is not kept
    in the record.
    """

    fact: str
    required: bool = False
    default: bool | str | None = None
    own: bool = False


@frozen
class Authority:
    """Which reports may replace earlier reports.

    A report has authority where `when` is true in it. Such a report replaces all earlier reports, and lowers the flag
    `raises` where `clears` is true in it. A report without authority never replaces a report with authority: it can
    only raise the flag, where `on` is true in it, until the next report with authority.
    """

    when: Guard
    raises: str
    on: Guard
    clears: Guard


@frozen
class CountedBy:
    """Who must have said a report, so that it counts.

    Where the choice `who` is not one of `whom`, the values of `fields` stay in the log alone, and `flag` is true.
    """

    who: str
    whom: tuple[str, ...]
    fields: tuple[str, ...]
    flag: str


@frozen
class EventType:
    """The type of an event, as data.

    `records` are flags that become true because the event happened. `replaces`: a report of this type replaces the
    whole report before it, so that a field which it does not give is unknown again. `rest_absent` names a field and
    flags: where the field is true, the flags that are not given are false. `last`: the event is folded after all other
    events of the same moment. `flags_held` names a flag that is true while a field of the latest event of this type is
    held back. `parts` says which fields are parts of another field. `counted_by` says whose reports count.
    """

    name: str
    title: str
    fields: tuple[EventField, ...] = ()
    records: tuple[str, ...] = ()
    replaces: bool = False
    authority: Authority | None = None
    rest_absent: tuple[str, tuple[str, ...]] | None = None
    last: bool = False
    flags_held: str = ""
    cites: tuple[str, ...] = ()
    parts: PartsOf | None = added(None, since="0.2.0")
    counted_by: CountedBy | None = added(None, since="0.2.0")

    @cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(event_field.fact for event_field in self.fields)

    @cached_property
    def _read(self) -> tuple[tuple[str, bool, bool | str | None], ...]:
        return tuple((event_field.fact, event_field.required, event_field.default) for event_field in self.fields)

    def read(
        self, raw: Mapping[str, Raw], facts: Mapping[str, Fact], door: int = 0
    ) -> tuple[tuple[tuple[str, Value], ...], tuple[HeldBack, ...]]:
        """The values of the fields that count, and the fields that were held back.

        `door` says how amounts are read (see `Parts`). Raises `BadInput` with every fault of the event at once: an
        unknown field, a missing field, a word that is not among the options; without a door also an amount that
        cannot be read.
        """
        faults: list[str] = []
        given: dict[str, Value] = {}
        held: list[HeldBack] = []
        if not raw.keys() <= self._names:
            names = [event_field.fact for event_field in self.fields]
            faults += [
                f"{self.name}: unknown fact '{name}'; {nearest(name, names)}" for name in raw if name not in names
            ]
        for name, required, default in self._read:
            value = raw.get(name)
            if value is None:
                if required:
                    faults.append(f"{self.name}: {name} is missing; {describe(facts[name])}")
                elif default is not None:
                    given[name] = default
                continue
            try:
                fact = facts[name]
                taken = fact.at_door.read(value) if door and isinstance(fact, Quantity) else fact.read(value)
            except BadInput as fault:
                faults += [f"{self.name}: {line}" for line in fault.faults]
                continue
            if isinstance(taken, HeldBack):
                held.append(taken)
            else:
                given[name] = taken
        if faults:
            raise BadInput(*faults)
        if self.parts is not None:
            for doubted in self.parts.doubted(given, raw, facts):
                held.append(doubted)
                del given[doubted.fact]
        if self.rest_absent is not None and given.get(self.rest_absent[0]) is True:
            for name in self.rest_absent[1]:
                given.setdefault(name, False)
        if (counted := self.counted_by) is not None and given.get(counted.who) not in counted.whom:
            for name in counted.fields:
                given.pop(name, None)
            given[counted.flag] = True
        return tuple(given.items()), tuple(held)


def describe(fact: Fact) -> str:
    """The values that a fact takes, in a few words."""
    match fact:
        case Text():
            return "words"
        case Choice():
            return "one of " + ", ".join(fact.options)
        case Quantity():
            return f"for example '{fact.example()}'"
        case Flag():
            return "true or false"
        case _:
            assert_never(fact)


@frozen(slots=False)  # a case makes many events, and without slots they are made faster
class Event:
    """A checked event: its fields as they were given, the values that count, and the fields that were held back.

    `door` is that of the pathway for which the fields were read.
    """

    kind: EventType = field(eq=False, repr=False)
    raw: tuple[tuple[str, Raw], ...]
    given: tuple[tuple[str, Value], ...] = field(repr=False)
    held: tuple[HeldBack, ...] = field(repr=False)
    door: int = field(default=0, eq=False, repr=False)
    name: str = field(init=False, default=Factory(lambda self: self.kind.name, takes_self=True))

    @property
    def is_idle(self) -> bool:
        """Whether the event moves nothing: a field that it requires was held back at the door."""
        if not self.held or not self.door:
            return False
        held = {field.fact for field in self.held}
        return any(field.required and field.fact in held for field in self.kind.fields)

    def to_json(self) -> dict[str, Any]:
        """`{"event": ..., "with": {...}}` with the fields as they were given."""
        return {"event": self.name, "with": {name: _jsonable(value) for name, value in self.raw}}


@frozen(kw_only=True)
class TypedEvent:
    """The base of event classes, which an editor can complete. Each field is the fact of the same name.

    Equality and text are written here once, for `@frozen(kw_only=True, eq=False, repr=False)`: generating them
    for each class would take most of the time in which the events are loaded.

    Building an event checks it. Raises `BadInput` with every fault at once; implausible fields are held back by name.
    """

    KIND: ClassVar[EventType]
    FACTS: ClassVar[Mapping[str, Fact]]
    DOOR: ClassVar[int] = 0

    event: Event = field(init=False, repr=False, eq=False)

    def __attrs_post_init__(self) -> None:
        raw = {event_field.fact: getattr(self, event_field.fact) for event_field in self.KIND.fields}
        object.__setattr__(self, "event", make_event(self.KIND, self.FACTS, raw, self.DOOR))

    def _values(self) -> tuple[tuple[str, Any], ...]:
        compared = (attribute.name for attribute in fields(type(self)) if attribute.eq)
        return tuple((name, getattr(self, name)) for name in compared)

    def __eq__(self, other: object) -> bool:
        return self._values() == other._values() if type(other) is type(self) else NotImplemented

    def __hash__(self) -> int:
        return hash((type(self), self._values()))

    def __repr__(self) -> str:
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in self._values())})"


def fields_of(cls: type[TypedEvent], own: tuple[str, ...] = (), **defaults: bool | str) -> tuple[EventField, ...]:
    """The fields of an event class as data. `own` names the facts that are not kept in the record."""
    return tuple(
        EventField(attribute.name, attribute.default is NOTHING, defaults.get(attribute.name), attribute.name in own)
        for attribute in fields(cls)
        if attribute.name != "event"
    )


def make_event(kind: EventType, facts: Mapping[str, Fact], raw: Mapping[str, Raw | None], door: int = 0) -> Event:
    """An event of a type from its raw fields; None means not given. Raises `BadInput` with every fault."""
    present = {name: value for name, value in raw.items() if value is not None}
    if door:
        for name, value in present.items():
            if (type(value) is not str or len(value) > LINE) and isinstance(facts.get(name), Quantity):
                present[name] = kept(value)
    given, held = kind.read(present, facts, door)
    return Event(kind, tuple(present.items()), given, held, door)


def _jsonable(value: Raw) -> str | int | float | bool:
    return value if isinstance(value, str | bool | int | float) else str(value)
