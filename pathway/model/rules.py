"""The rules of a pathway: states, transitions, advice, orders, contradictions, the call. Frozen data with citations."""

from __future__ import annotations

from typing import Literal, TypeAlias

from attrs import frozen

from pathway.model.added import added
from pathway.model.guards import ALWAYS, Guard

Urgency: TypeAlias = Literal["now", "today", "planned", "ongoing"]
URGENCIES: tuple[Urgency, ...] = ("now", "today", "planned", "ongoing")


@frozen
class State:
    """A state of the pathway.

    `waits`: the guard that the state waits for. Once this guard is true, a case does not rest in the state. `end`:
    why the source ends here; then `waits` may be None. Before an event in the state is read, each fact or latch of
    `forgets` becomes unknown that was last told, or met, more than `forgets_after` calendar days ago; with a latch, so
    do the facts on which it rests.
    """

    name: str
    title: str
    meaning: str
    phase: str
    cites: tuple[str, ...]
    end: str = ""
    waits: Guard | None = None
    forgets: tuple[str, ...] = added((), since="0.2.0")
    forgets_after: int = added(0, since="0.2.0")


@frozen
class Closing:
    """How a transition closes the episode. The next episode reads only what is recorded from then on.

    `keeps_day`: the next episode also holds what was reported on that calendar day. `keeps`: it also holds these flags
    where they are true; `unless` names for some of them a flag that prevents it: ("in_pain", "pain_settled").
    """

    keeps_day: bool = False
    keeps: tuple[str, ...] = ()
    unless: tuple[tuple[str, str], ...] = ()


@frozen
class Transition:
    """A transition from some states to another.

    With `on` None it is automatic (eventless): taken as soon as `when` is true. Otherwise it is taken when that event
    arrives and `when` is true. `renews`: facts that count only from this calendar day on. `label` has one to three
    words for a diagram.
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
    """Advice that is raised where a guard holds.

    With `until` the advice stays in force until that guard is true, whatever becomes of `when`. Without `until` it
    lasts as long as `when` is true. It is withdrawn where `lapses` is true, because it has lost its object. `due_day`
    and `overdue_after_day` are calendar days from the day of raising. `lists`: facts; those that are unknown are named
    and awaited. When the episode closes, advice that `outlives_episode` stays; other advice is withdrawn where `when`
    is no longer true, and listed as left undone. Where `offers` is true the plan offers to set urgent advice aside;
    it changes nothing else.
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
    offers: Guard | None = added(None, since="0.2.0")


@frozen
class OrderRule:
    """The pathway's answer to an intended order: refused, permitted, or not addressed where neither guard is true.

    `words` name the order; `refusal` says what not to do, and why. `act` is the event that records the act, provided
    that `act_when` is true in it. `asks` is a guard whose unknown facts the answer names as missing. Where `matters` is
    true the refusal has a line of its own at the bedside.
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
    """Two findings that cannot both be true. Both are kept and shown to the specialist; nothing is guessed."""

    id: str
    words: str
    when: Guard
    cites: tuple[str, ...]


@frozen
class Question:
    """A question of the call, put while one of `advice` is in force. A question without advice always applies.

    `words` are the sentences of the question. `cites` are its citations beside those of the advice.
    """

    advice: tuple[str, ...]
    words: tuple[str, ...]
    cites: tuple[str, ...]


@frozen
class HandoverRule:
    """The telephone call to a specialist. The first question that applies is put.

    `to` names the specialist. `cites` are the citations of the call, whichever question is put.
    """

    to: str
    questions: tuple[Question, ...]
    cites: tuple[str, ...]

    @property
    def asks(self) -> tuple[str, ...]:
        """The advice that the call answers, in the order of the questions."""
        return tuple(dict.fromkeys(name for question in self.questions for name in question.advice))
