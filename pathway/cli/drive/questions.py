"""Asking for the facts of an event, one after another. A fact that is left out stays unknown."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, assert_never

from pathway.cli.drive.terminal import matching
from pathway.cli.drive.when import read_when
from pathway.cli.faults import Faults
from pathway.cli.given import read_raw
from pathway.cli.moments import local_time
from pathway.cli.text import Text
from pathway.cli.units import units_of
from pathway.model.errors import BadInput, nearest
from pathway.model.facts import Choice, Fact, Flag, HeldBack, Quantity, Raw
from pathway.model.facts import Text as Words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence
    from datetime import datetime

    from pathway.cli.drive.session import Session
    from pathway.cli.drive.terminal import Terminal
    from pathway.model.events import EventField, EventType
    from pathway.model.pathway import Pathway

CANCEL, REST, UNKNOWN, HELP = "cancel", ".", "-", "?"
_LETTERS = {"y": "yes", "n": "no"}


class Cancelled(Exception):
    """The user changed their mind: nothing is recorded."""


class Questions:
    """Asks for the facts of events of one pathway."""

    def __init__(self, terminal: Terminal, pathway: Pathway) -> None:
        self.terminal, self.page, self.pathway = terminal, terminal.page, pathway

    def ask(
        self, kind: EventType, wanted: Collection[str] = (), was: Mapping[str, Raw] | None = None
    ) -> dict[str, Raw]:
        """The fields of an event as they are given. `was` holds the fields of the entry that is corrected.

        `wanted` are facts that would move the case on. Raises `Cancelled`, and `EOFError` at the end of the input.
        """
        given = dict(was or {})
        fields = _in_order(kind)
        if fields:
            self._legend(kind, wanted, correcting=was is not None)
        above: str | None = None
        rest = False
        for field in fields:
            fact = self.pathway.fact(field.fact)
            if rest and not (field.required and fact.name not in given):
                continue
            others = units_of(fact)[1] if isinstance(fact, Quantity) else None
            absent = kind.rest_absent is not None and given.get(kind.rest_absent[0]) is True
            how = self._how(fact, field, kind, as_above=bool(others) and others == above, absent=absent)
            above = others if others is not None else above
            lead = "* " if fact.name in wanted else "  "
            rest = self._fact(kind, field, fact, given, (lead, how), was is not None, rest)
        return given

    def moment(self, session: Session, question: str = "when", default: datetime | None = None) -> datetime:
        """The moment at which something was so; by default the next one of the session. Raises `Cancelled`."""
        zone = session.case.zone
        default = (default or session.next_moment).astimezone(zone)
        while True:
            answer = self.terminal.ask(f"  {question} [{local_time(default, zone)}]: ")
            if answer.lower() == CANCEL:
                raise Cancelled
            if answer in ("", REST):
                return default
            try:
                return read_when(answer, session.present, zone)
            except BadInput as fault:
                self.terminal.fault(*fault.faults)

    def name(self, question: str, mine: str) -> str:
        """The name of a person; "" where nobody is named. `mine` is the name of the person who enters."""
        answer = self.terminal.ask(question + (f", 'me' for {mine}: " if mine else ": "))
        return mine if answer == "me" and mine else "" if answer.lower() in (CANCEL, "no", "n") else answer

    def _legend(self, kind: EventType, wanted: Collection[str], *, correcting: bool) -> None:
        leaves = "keeps what was given, '-' makes unknown" if correcting else "leaves unknown"
        rest = "the rest as it was" if correcting else "the rest unknown"
        star = " * is awaited." if any(field.fact in wanted for field in kind.fields) else ""
        self.page.block(
            Text(f"Enter {leaves}; '.' {rest}; 'cancel' records nothing; '?' tells more.{star}", "dim"), "  ", "  "
        )

    def _fact(
        self, kind: EventType, field: EventField, fact: Fact, given: dict[str, Raw], words: tuple[str, str],
        correcting: bool, rest: bool,
    ) -> bool:  # fmt: skip
        """Ask for one fact until there is an answer. Returns whether the remaining facts are left out."""
        lead, how = words
        was = f" [{_shown(given[fact.name])}]" if correcting and fact.name in given else ""
        question = f"{lead}{how}{was}: "
        if len(question) > self.page.console.width - 16:
            self.page.block(how, lead, "    ")
            question = f"    {fact.name}{was}: "
        while True:
            answer = self.terminal.ask(question, lambda line: matching(line, (*_words_for(fact), CANCEL)))
            if answer.lower() == CANCEL:
                raise Cancelled
            if answer == HELP:
                self._explain(fact)
                continue
            if answer == UNKNOWN:
                given.pop(fact.name, None)
                answer = ""
            if answer in ("", REST):
                rest = rest or answer == REST
                if field.required and fact.name not in given:
                    self.terminal.fault(f"{fact.name}: it must be given; {_example(fact)}, or 'cancel'")
                    continue
                return rest
            try:
                given[fact.name] = self._read(kind, fact, answer)
            except BadInput as fault:
                self.terminal.fault(*fault.faults)
                continue
            return rest

    def _read(self, kind: EventType, fact: Fact, answer: str) -> Raw:
        door = self.pathway.door
        raw = read_raw(fact, _in_full(fact, answer), door)
        taken = fact.at_door.read(raw) if door and isinstance(fact, Quantity) else fact.read(raw)
        if isinstance(taken, HeldBack):
            self.terminal.fault(taken.line(kind.name))
        return raw

    def _how(self, fact: Fact, field: EventField, kind: EventType, *, as_above: bool, absent: bool) -> str:
        """The question: the fact, its units, its range."""
        match fact:
            case Quantity():
                canonical, others = units_of(fact)
                also = "; or a unit as above" if as_above else f"; or {others}" if others else ""
                how = f"{fact.title} in {canonical}{also}"
            case Choice():
                how = f"{fact.title} ({', '.join(fact.options)})"
            case Flag():
                enter = ", Enter: yes" if field.default is True else ", Enter: no" if absent else ""
                rest = "yes: all that you leave out is absent" if _is_rest(kind, fact) else f"yes or no{enter}"
                how = f"{fact.title} ({rest})"
            case Words():
                how = f"{fact.title}, in words"
            case _:
                assert_never(fact)
        return f"{how}, must be given" if field.required else how

    def _explain(self, fact: Fact) -> None:
        from pathway.cli.articles import articles_about
        from pathway.cli.explain import write

        for article in articles_about(fact.name, self.pathway):
            if article.kind != "event":
                write(article, self.page)


def assigned(kind: EventType, words: Sequence[str], pathway: Pathway) -> tuple[dict[str, Raw], dict[str, str]]:
    """Facts written as `name=value` behind an event, and what concerns the event itself (`at`, `by`).

    A bare number is in the canonical unit. Raises `BadInput` with every fault.
    """
    faults, fields, about = Faults(), {}, {}
    known = [field.fact for field in kind.fields]
    for word in words:
        name, equals, value = word.partition("=")
        if not equals or not value.strip():
            faults.add(f"{kind.name}: '{word}' is not name=value; quote a value with blanks: anc=\"700 /uL\"")
        elif name in fields or name in about:
            faults.add(f"{kind.name}: {name} is given twice")
        elif name in ("at", "by"):
            about[name] = value.strip()
        elif name not in known:
            faults.add(f"{kind.name}: unknown fact '{name}'; {nearest(name, [*known, 'at', 'by'])}")
        else:
            fact = pathway.fact(name)
            raw = faults.attempt(read_raw, fact, _in_full(fact, value.strip()), pathway.door)
            if raw is not None:
                fields[name] = raw
    faults.check()
    return fields, about


def split(line: str) -> list[str]:
    """A line as words; quotation marks keep blanks. `BadInput` where they do not close."""
    try:
        return shlex.split(line)
    except ValueError:
        raise BadInput(f"'{line}': a quotation mark does not close") from None


def records_nothing(kind: EventType, fields: Mapping[str, Raw]) -> bool:
    """Whether an event would record nothing at all: no fact, and nothing by happening."""
    return not fields and not kind.records and all(field.default is None for field in kind.fields)


def _in_order(kind: EventType) -> list[EventField]:
    """The fields in the order of the questions. The flag that the rest is absent is first: Enter then means absent."""
    return sorted(kind.fields, key=lambda field: kind.rest_absent is None or field.fact != kind.rest_absent[0])


def _is_rest(kind: EventType, fact: Fact) -> bool:
    return kind.rest_absent is not None and kind.rest_absent[0] == fact.name


def _in_full(fact: Fact, answer: str) -> str:
    """An answer as the fact takes it: y, n and the beginning of an option are completed."""
    if isinstance(fact, Flag):
        return _LETTERS.get(answer.lower(), answer)
    if isinstance(fact, Choice) and answer.lower() not in (*fact.options, *dict(fact.spellings)):
        begun = [option for option in fact.options if option.startswith(answer.lower().replace(" ", "_"))]
        return begun[0] if len(begun) == 1 else answer
    return answer


def _words_for(fact: Fact) -> Iterable[str]:
    if isinstance(fact, Choice):
        return fact.options
    return ("yes", "no") if isinstance(fact, Flag) else ()


def _example(fact: Fact) -> str:
    from pathway.model.events import describe

    return describe(fact)


def _shown(raw: Raw) -> str:
    return ("yes" if raw else "no") if isinstance(raw, bool) else str(raw)
