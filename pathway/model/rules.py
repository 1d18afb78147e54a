"""What a pathway says: states, transitions, advice, orders, contradictions. Frozen data, each with its citations."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from pathway.model.guards import ALWAYS, Guard

Urgency: TypeAlias = Literal["now", "today", "planned", "ongoing"]
URGENCIES: tuple[Urgency, ...] = ("now", "today", "planned", "ongoing")


@frozen
class State:
    """A place in the pathway. `end`: why the source ends here, where it does.

    `waits`: what the state waits for. Once it is true a case does not rest here; where the source ends, None.
    """

    name: str
    title: str
    meaning: str
    phase: str
    cites: tuple[str, ...]
    end: str = ""
    waits: Guard | None = None


@frozen
class Closing:
    """The transition closes the episode: what follows reads only what is recorded from then on.

    `keeps_day`: the new episode holds what that calendar day brought; `keeps`: and these flags where they are true,
    `unless` another one is: ("measured_fever", "fever_settled").
    """

    keeps_day: bool = False
    keeps: tuple[str, ...] = ()
    unless: tuple[tuple[str, str], ...] = ()


@frozen
class Transition:
    """A way from some states to another.

    `on` None: automatic (eventless), taken as soon as `when` is true; else taken when that event arrives and `when` is
    true. `renews`: facts that count from this calendar day on only. `label` has one to three words for a diagram.
    """

    id: str
    sources: tuple[str, ...]
    target: str
    when: Guard
    label: str
    cites: tuple[str, ...]
    on: str | None = None
    urgent: bool = False
    closes: Closing | None = None
    renews: tuple[str, ...] = ()
    local_choice: str = ""


@frozen
class Advice:
    """What the pathway advises while, or from when, a guard holds.

    With `until` it is kept, whatever becomes of `when`, until that guard is true; without, it lasts as long as `when`.
    It is withdrawn where `lapses` is true, because it has lost its object; never for urgency "now".
    `due_day`, `overdue_after_day`: calendar days from the day it was raised. `lists`: facts of which the missing ones
    are named and awaited. When the
    episode closes, what `outlives_episode` is kept; the rest is withdrawn where its ground is gone, and listed as left
    undone.
    """

    id: str
    words: str
    urgency: Urgency
    when: Guard
    cites: tuple[str, ...]
    until: Guard | None = None
    lapses: Guard | None = None
    family: str = ""
    due_day: int | None = None
    overdue_after_day: int | None = None
    lists: tuple[str, ...] = ()
    outlives_episode: bool = False
    local_choice: str = ""


@frozen
class OrderRule:
    """What the pathway says to an intention: refused, permitted, or not addressed where neither guard is true.

    `words` name the order, `refusal` says in words what not to do and why. `act` is the event by which it happens,
    if `act_when` holds in it. `asks` is a guard whose unknown facts the answer names as missing. `matters` is where
    the refusal is worth a line of its own at the bedside.
    """

    id: str
    words: str
    refused: Guard
    refusal: str
    cites: tuple[str, ...]
    permitted: Guard | None = None
    act: str | None = None
    act_when: Guard = ALWAYS
    asks: Guard | None = None
    matters: Guard = ALWAYS
    local_choice: str = ""


@frozen
class Contradiction:
    """Two things that cannot both be so. Both are kept; the specialist is shown them, nothing is guessed."""

    id: str
    words: str
    when: Guard
    cites: tuple[str, ...]
