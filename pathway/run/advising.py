"""Which advice is raised, completed and withdrawn: compiled functions by state, and by state and kind of event.

An event changes few facts, so most advice stays as it was. The function for a kind of event in a state reads only the
advice whose guards such an event may change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from pathway.model.derivation import moved_by, told_by
from pathway.model.partial import in_that_state
from pathway.model.rails import ReportOf

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from pathway.model.events import EventType
    from pathway.model.guards import Guard
    from pathway.model.pathway import Pathway
    from pathway.model.rails import Rails
    from pathway.model.rules import Advice
    from pathway.run.compile import Compiler

Advised: TypeAlias = "tuple[int, int, int]"
"""Which advice is raised, completed and withdrawn, as bit masks."""


class AdviceRule:
    """The guards of an advice in a state, and its bit."""

    def __init__(self, bit: int, advice: Advice, state: str) -> None:
        self.bit = bit
        self.when = in_that_state(advice.when, state)
        self.until = None if advice.until is None else in_that_state(advice.until, state)
        self.lapses = None if advice.lapses is None else in_that_state(advice.lapses, state)

    @property
    def ends(self) -> list[Guard]:
        """The guards that end the advice once it was raised."""
        return [guard for guard in (self.until, self.lapses) if guard is not None]

    @property
    def guards(self) -> list[Guard]:
        """All guards of the advice."""
        return [self.when, *self.ends]


class Advising:
    """Compiles the functions of a record that raise, complete and withdraw the advice of a pathway."""

    def __init__(self, pathway: Pathway, compiler: Compiler) -> None:
        self._pathway = pathway
        self._compiler = compiler
        self._rules: dict[str, list[AdviceRule]] = {}

    def anew(self, state: str) -> Callable[[Any], Advised]:
        """All advice in a state, whatever happened before."""
        return self._function(f"advise {state}", lambda: self._rules_in(state), self._compiler.here)

    def after(self, kind: EventType, state: str) -> Callable[[Any], Advised]:
        """The advice in a state that an event of a kind may raise or end.

        All other advice stays as it was, provided that all advice was in line with the record before the event.
        """

        def moved() -> list[AdviceRule]:
            return [rule for rule in self._rules_in(state) if moved_by(rule.guards, kind, self._pathway)]

        rails = ReportOf(self._compiler.here, told_by(kind, self._pathway))
        return self._function(f"advise {state} after {kind.name}", moved, rails)

    def _rules_in(self, state: str) -> list[AdviceRule]:
        if state not in self._rules:
            numbered = enumerate(self._pathway.advice)
            self._rules[state] = [AdviceRule(1 << place, advice, state) for place, advice in numbered]
        return self._rules[state]

    def _function(
        self, name: str, rules: Callable[[], list[AdviceRule]], rails: Rails[str]
    ) -> Callable[[Any], Advised]:
        if (ready := self._compiler.ready(name)) is not None:
            return ready
        asked = rules()
        guards = [guard for rule in asked for guard in rule.guards]
        return self._compiler.function(name, lambda: _Lines(rails).all(asked), guards, rails)


class _Lines:
    """Writes the rules of advice as lines of Python."""

    def __init__(self, rails: Rails[str]) -> None:
        self._rails = rails

    def all(self, rules: list[AdviceRule]) -> Iterable[str]:
        """The lines for some rules. `up`, `done` and `gone` are the bits of raised, completed and withdrawn advice."""
        ending = [rule for rule in rules if self._starts(rule) == "False"]
        yield "up = done = gone = 0"
        for rule in rules:
            if rule not in ending:
                yield from self._lines_of(rule)
        # Advice that no record raises in this state is rarely in force here: one test asks for all of it.
        ends = [line for rule in ending for line in _under(f"if a & {rule.bit}:", self._ended(rule))]
        yield from _under(f"if a & {sum(rule.bit for rule in ending)}:", ends)
        yield "return up, done, gone"

    def _lines_of(self, rule: AdviceRule) -> Iterable[str]:
        """The lines that raise an advice, and those that end it."""
        bit, starts, ended = rule.bit, self._starts(rule), list(self._ended(rule))
        if rule.until is None and starts != "True":
            yield f"if {starts}:"
            yield f"    if not a & {bit}: up |= {bit}"
            yield f"elif a & {bit}: gone |= {bit}"
        elif rule.until is not None and ended:
            yield from _under(f"if a & {bit}:", ended)
            yield f"elif {starts}: up |= {bit}"
        else:
            yield f"if {self._rails.conj([f'not a & {bit}', starts])}: up |= {bit}"

    def _starts(self, rule: AdviceRule) -> str:
        """The expression for raising an advice that is not in force."""
        rails = self._rails
        return rails.conj([rails.true(rule.when), *(rails.neg(rails.true(guard)) for guard in rule.ends)])

    def _ended(self, rule: AdviceRule) -> Iterable[str]:
        """The lines that end an advice in force: it is done, it lapses, or its ground is gone."""
        true, bit = self._rails.true, rule.bit
        done = "False" if rule.until is None else true(rule.until)
        gone = "True" if rule.until is None else "False" if rule.lapses is None else true(rule.lapses)
        if done != "False":
            yield f"if not o & {bit} and {done}: done |= {bit}"
        if gone == "True":
            yield f"{'' if done == 'False' else 'else: '}gone |= {bit}"
        elif gone != "False":
            yield f"{'if' if done == 'False' else 'elif'} {gone}: gone |= {bit}"


def _under(head: str, lines: Iterable[str]) -> Iterable[str]:
    """A block of lines under its head; no line at all for an empty block."""
    block = [f"    {line}" for line in lines]
    return [head, *block] if block else []
