"""The ledger of a case: its entries, which of them count, and the items that are folded.

Each entry that changes another belongs to a chain: an event at the root, its corrections, their withdrawals. Which
entries of a chain count depends on nothing outside the chain, so an entry changes the item of one event alone.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from typing import TYPE_CHECKING

from pathway.model.errors import BadInput, one_line
from pathway.run.item import Item
from pathway.run.log import Acknowledged, Corrected, Overridden, Pending, Reported, SetAside, Withdrawn, target_of
from pathway.run.outcome import Aside, Raised

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Set as AbstractSet
    from datetime import datetime, tzinfo

    from pathway.run.compiled import CompiledPathway
    from pathway.run.log import Entry, Retained

_NOBODY: frozenset[str] = frozenset()


class Ledger:
    """Entries in their order, found by id and by target; `asides` are the numbers of those that set advice aside."""

    __slots__ = (
        "_acknowledged",
        "_acts",
        "_chains",
        "_changes",
        "_compiled",
        "_moved",
        "_numbers",
        "_retaining",
        "_root",
        "_waiting",
        "_zone",
        "asides",
        "entries",
    )  # fmt: skip

    def __init__(self, compiled: CompiledPathway, zone: tzinfo) -> None:
        self._compiled = compiled
        self._zone = zone
        self.entries: list[Entry] = []
        self._numbers: dict[str, int] = {}
        self._root: dict[str, str] = {}
        self._moved: dict[str, datetime] = {}
        self._chains: dict[str, list[Corrected]] = {}
        self._changes: dict[str, list[Corrected | Withdrawn]] = {}
        self._acknowledged: dict[str, int] = {}
        self.asides: list[int] = []
        self._waiting: set[str] = set()
        self._retaining: dict[str, Pending] = {}
        self._acts: list[tuple[datetime, int, str]] = []

    # --- entries ------------------------------------------------------------------------------------------------------

    def append(self, entry: Entry) -> None:
        """Take an entry whose id is new, and whose target exists."""
        number = self._numbers[entry.id] = len(self.entries)
        self.entries.append(entry)
        if isinstance(entry, Reported):
            if self._compiled.plans[entry.event.name].acts:
                insort(self._acts, (entry.at, number, entry.id))
            if entry.proposed or entry.retains:
                self._judge(entry.id)
            if entry.retains:
                self._retaining[entry.id] = entry
            return
        match entry:
            case Corrected():
                self._root[entry.id] = root = self._root.get(entry.target, entry.target)
                # The corrected entry may have moved the event, and need not count itself.
                self._moved[entry.id] = entry.taken_at or self.moved(entry.target)
                self._chains.setdefault(root, []).append(entry)
                self._changes.setdefault(entry.target, []).append(entry)
                self._judge(entry.id)
            case Withdrawn():
                self._root[entry.id] = self._root.get(entry.target, entry.target)
                self._changes.setdefault(entry.target, []).append(entry)
                self._judge(entry.id)
            case Acknowledged():
                self._acknowledged[entry.target] = number
                self._retaining.pop(entry.target, None)
                self._judge(entry.target)
            case Overridden() | SetAside():
                insort(self._acts, (entry.at, number, entry.id))
                if isinstance(entry, SetAside):
                    self.asides.append(number)
        if isinstance(entry, Pending) and entry.retains:
            self._retaining[entry.id] = entry

    def retract(self) -> Entry:
        """Take back the last entry, on which nothing rests yet."""
        entry = self.entries.pop()
        del self._numbers[entry.id]
        self._waiting.discard(entry.id)
        self._retaining.pop(entry.id, None)
        match entry:
            case Reported():
                if self._compiled.plans[entry.event.name].acts:
                    self._acts.remove((entry.at, len(self.entries), entry.id))
            case Corrected() | Withdrawn():
                root = self._root.pop(entry.id)
                self._changes[entry.target].pop()
                if isinstance(entry, Corrected):
                    self._chains[root].pop()
                    del self._moved[entry.id]
                self._judge(entry.target)
            case Acknowledged():
                del self._acknowledged[entry.target]
                target = self.entry(entry.target, "retract")
                if isinstance(target, Pending) and target.retains:
                    self._retaining[target.id] = target
                self._judge(entry.target)
            case Overridden() | SetAside():
                self._acts.remove((entry.at, len(self.entries), entry.id))
                if isinstance(entry, SetAside):
                    self.asides.pop()
        return entry

    def number(self, name: str) -> int:
        """The number of the entry of that id in the log, from 0."""
        return self._numbers[name]

    def has(self, name: str) -> bool:
        """Whether an entry has that id."""
        return name in self._numbers

    def new_id(self, wanted: str) -> str:
        """The id for a new entry: the wanted id, if it is free, or the next number."""
        if wanted != "":
            if not isinstance(wanted, str) or not wanted.isprintable() or len(wanted) > 100:
                raise BadInput(f"id: one line of text is wanted, not {one_line(repr(wanted))}")
            if wanted in self._numbers:
                raise BadInput(f"id '{wanted}' is taken by an earlier entry")
            return wanted
        number = len(self.entries) + 1
        while (name := f"e{number}") in self._numbers:
            number += 1
        return name

    def entry(self, name: str, place: str) -> Entry:
        """The entry of that id; `BadInput` led by `place` where there is no such entry."""
        try:
            return self.entries[self._numbers[name]]
        except (KeyError, TypeError):
            raise BadInput(f"{place}: there is no entry '{one_line(str(name))}'") from None

    def root(self, name: str) -> Entry:
        """The event at the root of the chain to which an entry belongs."""
        return self.entry(self._root.get(name, name), "root")

    def moved(self, name: str) -> datetime:
        """When an event happened, as the entry of that id says: the event or one of its corrections."""
        return self._moved[name] if name in self._moved else self.entry(name, "moved").at

    def is_moved(self, name: str) -> bool:
        """Whether an entry, or an entry that it corrects, has moved the event to another moment."""
        entry = self.entry(name, "moved")
        while isinstance(entry, Corrected):
            if entry.taken_at is not None:
                return True
            entry = self.entry(entry.target, "moved")
        return False

    # --- what may be changed ------------------------------------------------------------------------------------------

    def correctable(self, name: str) -> Reported | Corrected:
        """The entry, if it can be corrected: an event or its last correction, not withdrawn."""
        target = self.entry(name, "correct")
        if not isinstance(target, Reported | Corrected):
            raise BadInput(f"correct: {name} is a {target.kind}; only an event or its correction can be corrected")
        if self._is_withdrawn(name) or self._is_withdrawn(self.root(name).id):
            raise BadInput(f"correct: {name} is withdrawn")
        for other in self._corrections_of(name):
            state = (
                "a proposed correction waits for acknowledgement" if other.id in self._waiting else "it is corrected"
            )
            raise BadInput(
                f"correct: {name} has a correction already ({other.id}): {state}; correct {other.id} instead"
            )
        return target

    def withdrawable(self, name: str) -> Reported | Corrected:
        """The entry, if it can be withdrawn: an event, or a correction that is not corrected itself."""
        wrong = self.entry(name, "withdraw")
        if not isinstance(wrong, Reported | Corrected):
            raise BadInput(f"withdraw: {name} is a {wrong.kind}; only an event or a correction can be withdrawn")
        if self._is_withdrawn(name) or self._is_withdrawn(self.root(name).id):
            raise BadInput(f"withdraw: {name} is withdrawn already")
        if any(change.id in self._waiting for change in self._changes.get(name, ())):
            raise BadInput(f"withdraw: a change of {name} waits for acknowledgement; acknowledge it first")
        if isinstance(wrong, Corrected):
            for other in self._corrections_of(name):
                raise BadInput(f"withdraw: {name} is corrected by {other.id}; withdraw that first")
        return wrong

    def acknowledgeable(self, name: str) -> Pending:
        """The entry that waits for acknowledgement, by its own id or by the id of the entry that it would change."""
        waiting = self.pending
        found = next((entry for entry in waiting if entry.id == name), None)
        found = found or next((entry for entry in waiting if name and target_of(entry) == name), None)
        if found is None:
            self.entry(name, "acknowledge")
            names = ", ".join(entry.id for entry in waiting) or "none"
            raise BadInput(f"acknowledge: {name} does not wait for acknowledgement; waiting: {names}")
        return found

    # --- what waits, and what counts ----------------------------------------------------------------------------------

    @property
    def retaining(self) -> tuple[Pending, ...]:
        """The entries that were ever recorded to keep urgent advice in force, and are not acknowledged."""
        return tuple(self._retaining.values())

    @property
    def waits(self) -> bool:
        """Whether an entry waits for acknowledgement."""
        return bool(self._waiting)

    @property
    def waiting(self) -> frozenset[str]:
        """The ids of the entries that wait for acknowledgement."""
        return frozenset(self._waiting)

    @property
    def pending(self) -> tuple[Pending, ...]:
        """The entries that wait for acknowledgement because they would take urgent advice away."""
        numbers = sorted(self._numbers[name] for name in self._waiting)
        return tuple(entry for number in numbers if isinstance(entry := self.entries[number], Pending))

    def _judge(self, name: str) -> None:
        """Decide anew whether an entry waits, and likewise each entry that it changes."""
        while True:
            entry = self.entries[self._numbers[name]]
            if isinstance(entry, Pending) and self._is_undecided(entry):
                self._waiting.add(name)
            else:
                self._waiting.discard(name)
            if not isinstance(entry, Corrected | Withdrawn):
                return
            name = entry.target

    def _is_undecided(self, entry: Pending) -> bool:
        if not (entry.proposed or entry.retains) or entry.id in self._acknowledged:
            return False
        changes = self._changes.get(entry.id, ())
        if any(isinstance(change, Withdrawn) for change in changes):
            return False
        # A proposed entry that is corrected waits no more: its correction waits, or counts.
        return not (entry.proposed and any(not self._is_withdrawn(change.id) for change in changes))

    def _is_live(self, entry: Pending, also: AbstractSet[str]) -> bool:
        return not entry.proposed or entry.id in self._acknowledged or entry.id in also

    def _is_withdrawn(self, name: str, also: AbstractSet[str] = _NOBODY) -> bool:
        return any(
            isinstance(change, Withdrawn) and self._is_live(change, also) for change in self._changes.get(name, ())
        )

    def _corrections_of(self, name: str) -> Iterable[Corrected]:
        """The corrections of an entry that are not withdrawn."""
        for change in self._changes.get(name, ()):
            if isinstance(change, Corrected) and not self._is_withdrawn(change.id):
                yield change

    # --- what is folded -----------------------------------------------------------------------------------------------

    def item(self, root: str, also: AbstractSet[str] = _NOBODY) -> Item | None:
        """The item of an event and its corrections, an override, a setting aside; None where none of them counts.

        `also`: ids of waiting entries that are read as if they were acknowledged.
        """
        number = self._numbers[root]
        first = self.entries[number]
        if isinstance(first, Overridden):
            return Item.override(first.at, number, root, first.order)
        if isinstance(first, SetAside):
            place = self._compiled.place_of[first.advice]
            return Item.setting_aside(Aside(place, number, root, first.at, first.by, first.reason))
        assert isinstance(first, Reported)
        if self._is_withdrawn(root, also):
            return None
        for correction in reversed(self._chains.get(root, ())):
            if self._is_live(correction, also) and not self._is_withdrawn(correction.id, also):
                event = correction.event
                item = Item(self._moved[correction.id], self._compiled.rank(event), number, root, event)
                return self._said_by(correction, item)
        if not self._is_live(first, also):
            return None
        return self._said_by(first, Item(first.at, self._compiled.rank(first.event), number, root, first.event))

    def _said_by(self, entry: Pending, item: Item) -> Item:
        """The item of an event, with the number of the entry that gave it its content."""
        if self.asides:
            item.said = self._acknowledged.get(entry.id, self._numbers[entry.id])
            item.recalls = item.said > self.asides[0]
        return item

    def items(self, also: AbstractSet[str] = _NOBODY) -> dict[str, Item]:
        """The items of all entries that count, by the id of the event or override."""
        found: dict[str, Item | None] = {}
        rank, changes = self._compiled.rank, self._changes
        for number, entry in enumerate(self.entries):
            if isinstance(entry, Reported):
                if entry.proposed or self.asides or entry.id in changes:
                    found[entry.id] = self.item(entry.id, also)
                else:  # nearly every entry is an event that nobody has changed
                    found[entry.id] = Item(entry.at, rank(entry.event), number, entry.id, entry.event)
            elif isinstance(entry, Overridden | SetAside):
                found[entry.id] = self.item(entry.id, also)
        return {root: item for root, item in found.items() if item is not None}

    def root_of(self, entry: Entry) -> str:
        """The id of the entry at the root of the chain to which an entry belongs."""
        name = target_of(entry) or entry.id
        return self._root.get(name, name)

    def retains(self, entry: Pending, also: AbstractSet[str] = _NOBODY) -> bool:
        """Whether an entry of `retaining` still keeps urgent advice in force."""
        return entry.id not in also and not self._is_withdrawn(entry.id, also)

    def retaining_item(self, entry: Pending, at: datetime) -> Item:
        """Urgent advice that an entry keeps in force, to be folded after the events of a moment."""
        number = self._numbers[entry.id]
        return Item.retained(at, number, entry.id, self._raised(entry.retains, entry.id))

    def _raised(self, retained: Retained, entry: str) -> dict[int, Raised]:
        place_of = self._compiled.place_of
        return {place_of[name]: Raised(at, at.astimezone(self._zone).toordinal(), entry) for name, at in retained}

    def to_review(self, about: Entry) -> tuple[str, ...]:
        """The acts and overrides at or after the moment that an entry changed: they may rest on the old value."""
        root = self.root(target_of(about) or about.id)
        moved = about.taken_at if isinstance(about, Corrected) else None
        since = min(root.at, moved or root.at)
        found = self._acts[bisect_left(self._acts, (since, -1, "")) :]
        return tuple(
            self.entries[number].id for number in sorted(number for _, number, name in found if name != root.id)
        )
