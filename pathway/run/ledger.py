"""The ledger of a case: its entries, what of them counts, and in which order it is folded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from pathway.model.errors import BadInput, one_line
from pathway.run.log import Entry

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet
    from datetime import datetime

    from pathway.model.events import Event
    from pathway.run.program import Program

_AFTER_EVENTS = (2, 0)


class Item(NamedTuple):
    """Something to fold: an event, an override (`order`), or urgent advice to keep (`retains`)."""

    at: datetime
    rank: tuple[int, int]
    content: str
    sequence: int
    entry: str
    event: Event | None
    order: str
    retains: tuple[tuple[str, datetime], ...]


class Ledger:
    """Entries in the order in which they were recorded. Nothing is ever removed."""

    __slots__ = ("_ids", "_program", "entries")

    def __init__(self, program: Program) -> None:
        self._program = program
        self.entries: list[Entry] = []
        self._ids: set[str] = set()

    def append(self, entry: Entry) -> None:
        """Take an entry whose id is new."""
        self.entries.append(entry)
        self._ids.add(entry.id)

    def has(self, name: str) -> bool:
        """Whether an entry has that id."""
        return name in self._ids

    @property
    def pending(self) -> tuple[Entry, ...]:
        """The entries that wait for acknowledgement because they would take urgent advice away."""
        withdrawn = self.withdrawn()
        changed = {one.target for one in self.entries if one.kind in ("correction", "withdrawal")
                   and one.id not in withdrawn}  # fmt: skip
        done = self.acknowledged() | {name for name in changed if self.entry(name, "pending").proposed}
        done |= {one.target for one in self.entries if one.kind == "withdrawal"}
        return tuple(one for one in self.entries if (one.proposed or one.retains) and one.id not in done)

    def new_id(self, wanted: str) -> str:
        """The id for a new entry: the wanted one, if it is free, or the next number."""
        if wanted:
            if not isinstance(wanted, str) or not wanted.isprintable() or len(wanted) > 100:
                raise BadInput(f"id: one line of text is wanted, not {one_line(repr(wanted))}")
            if wanted in self._ids:
                raise BadInput(f"id '{wanted}' is taken by an earlier entry")
            return wanted
        number = len(self.entries) + 1
        while (name := f"e{number}") in self._ids:
            number += 1
        return name

    def entry(self, name: str, place: str) -> Entry:
        """The entry of that id; `BadInput` led by `place` where there is none."""
        for entry in self.entries:
            if entry.id == name:
                return entry
        raise BadInput(f"{place}: there is no entry '{name}'")

    def correctable(self, name: str) -> Entry:
        """The entry, if it can be corrected: an event or its last correction, not withdrawn."""
        target = self.entry(name, "correct")
        if target.kind not in ("event", "correction"):
            raise BadInput(f"correct: {name} is a {target.kind}; only an event or its correction can be corrected")
        withdrawn = self.withdrawn()
        if name in withdrawn or self.root(name).id in withdrawn:
            raise BadInput(f"correct: {name} is withdrawn")
        for one in self.entries:
            if one.kind == "correction" and one.target == name and one.id not in withdrawn:
                state = "a proposed correction waits for acknowledgement" if one in self.pending else "it is corrected"
                raise BadInput(
                    f"correct: {name} has a correction already ({one.id}): {state}; correct {one.id} instead"
                )
        return target

    def withdrawable(self, name: str) -> Entry:
        """The entry, if it can be withdrawn: an event, or a correction that has none of its own."""
        wrong = self.entry(name, "withdraw")
        withdrawn = self.withdrawn()
        if wrong.kind not in ("event", "correction"):
            raise BadInput(f"withdraw: {name} is a {wrong.kind}; only an event or a correction can be withdrawn")
        if name in withdrawn or self.root(name).id in withdrawn:
            raise BadInput(f"withdraw: {name} is withdrawn already")
        if any(one.target == name for one in self.pending):
            raise BadInput(f"withdraw: a change of {name} waits for acknowledgement; acknowledge it first")
        for one in self.entries:
            if (
                one.kind == "correction"
                and one.target == name
                and wrong.kind == "correction"
                and one.id not in withdrawn
            ):
                raise BadInput(f"withdraw: {name} is corrected by {one.id}; withdraw that first")
        return wrong

    def acknowledgeable(self, name: str) -> Entry:
        """The entry that waits for acknowledgement, by its own id or by that of the entry that it would change."""
        waiting = self.pending
        found = next((one for one in waiting if one.id == name), None)
        found = found or next((one for one in waiting if name and one.target == name), None)
        if found is None:
            self.entry(name, "acknowledge")
            names = ", ".join(one.id for one in waiting) or "none"
            raise BadInput(f"acknowledge: {name} does not wait for acknowledgement; waiting: {names}")
        return found

    def root(self, name: str) -> Entry:
        """The event that a correction, or a correction of it, is about."""
        entry = self.entry(name, "correct")
        while entry.kind == "correction":
            entry = self.entry(entry.target, "correct")
        return entry

    def acknowledged(self) -> set[str]:
        """The ids of the entries that were acknowledged."""
        return {one.target for one in self.entries if one.kind == "acknowledgement"}

    def live(self, also: AbstractSet[str] = frozenset()) -> list[Entry]:
        """The entries that count: all but those that are proposed and neither acknowledged nor among `also`."""
        acknowledged = self.acknowledged() | also
        return [one for one in self.entries if not one.proposed or one.id in acknowledged]

    def withdrawn(self, also: AbstractSet[str] = frozenset()) -> set[str]:
        """The ids of the entries whose withdrawal counts, where `also` counts as acknowledged."""
        return {one.target for one in self.live(also) if one.kind == "withdrawal"}

    def items(self, also: AbstractSet[str] = frozenset()) -> list[Item]:
        """What there is to fold, in the order in which it happened; equal moments in the order of the events table.

        `also`: ids of waiting entries that are read as if they were acknowledged.
        """
        live, withdrawn = {one.id for one in self.live(also)}, self.withdrawn(also)
        acknowledged = self.acknowledged() | also
        events = {one.id: one for one in self.entries if one.kind == "event" and one.id not in withdrawn}
        current = {name: one for name, one in events.items() if name in live}
        root = {name: name for name in events}
        moved = {name: one.at for name, one in events.items()}
        for one in self.entries:
            if one.kind != "correction" or one.target not in root:
                continue
            root[one.id] = root[one.target]
            # What it corrects may have moved the event, and need not count itself.
            moved[one.id] = one.taken_at or moved[one.target]
            if one.id in live and one.id not in withdrawn:
                first = events[root[one.id]]
                current[first.id] = Entry(first.id, "event", moved[one.id], first.by, one.event)
        items, latest = [], None
        for sequence, one in enumerate(self.entries):
            if one.id in current:
                entry = current[one.id]
                assert entry.event is not None
                rank = self._program.plans[entry.event.name].rank
                items.append(Item(entry.at, rank, _content(entry.event), sequence, one.id, entry.event, "", ()))
                latest = entry.at if latest is None else max(latest, entry.at)
            elif one.kind == "override":
                items.append(Item(one.at, _AFTER_EVENTS, "", sequence, one.id, None, one.order, ()))
            if one.retains and one.id not in acknowledged | withdrawn and latest is not None:
                items.append(Item(latest, _AFTER_EVENTS, "", sequence, one.id, None, "", one.retains))
        return sorted(items, key=lambda item: item[:4])

    def to_review(self, about: Entry) -> tuple[str, ...]:
        """Acts and overrides at or after the moment that changed: they may rest on what was known then."""
        root = self.root(about.target or about.id) if about.kind != "event" else about
        since = min(root.at, about.taken_at or root.at)
        found = []
        for one in self.entries:
            acted = one.kind == "override" or (
                one.kind == "event" and one.event is not None and bool(self._program.plans[one.event.name].acts)
            )
            if acted and one.at >= since and one.id != root.id:
                found.append(one.id)
        return tuple(found)


def _content(event: Event) -> str:
    return repr(sorted((name, str(value)) for name, value in event.given))
