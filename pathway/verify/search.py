"""Looking for the shortest tale that comes to something: event by event from a new case, for one event more each time.

What the solver finds is made plain afterwards: as few fields as will do, on as few days, with values a reader knows.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Context, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

import z3

from pathway.model.facts import Choice, Flag, Quantity, Text, Value
from pathway.model.guards import Compare, leaves
from pathway.model.pathway import guards_of
from pathway.model.units import plain
from pathway.verify.inputs import Inputs
from pathway.verify.logic import Formula, formula, neg
from pathway.verify.motion import arrivals
from pathway.verify.start import New
from pathway.verify.tale import MINUTES, MONTHS_AFTER, MORNING, Happening, Tale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.verify.anatomy import Anatomy
    from pathway.verify.logic import Term
    from pathway.verify.world import World

LONGEST_TALE = 7
LAST_DAY = 180
USUAL_MONTHS = (13, 4, 7, 30, 140)
USUAL_DAYS = (0, 1, 6, 7, 8, 14, 15)
BETWEEN = 5
"""Minutes between events, where nothing else is asked."""


class Chapter:
    """One event of a tale in the making: the record before it, and the worlds that it passes."""

    def __init__(self, before: World, event: Inputs, depth: int) -> None:
        self.before = before
        self.event = event
        self.worlds = arrivals(before, event, depth)

    @property
    def after(self) -> World:
        """The record once the case has come to rest."""
        return self.worlds[-1]


Goal: TypeAlias = Callable[[list[Chapter]], Formula]
"""What a tale is to come to, as a formula over its chapters; the last one is where it happens."""


class Search:
    """Looks for tales of one pathway. What was built for a goal serves the next.

    With `patience`, so many milliseconds are spent on tales of each length; what is not found by then is not found.
    """

    def __init__(self, anatomy: Anatomy, depth: int = 6, patience: int | None = None) -> None:
        self.anatomy = anatomy
        self.depth = depth
        self._months = z3.Int("months")
        self._chapters: list[Chapter] = []
        self._solver = z3.Solver()
        if patience is not None:
            self._solver.set("timeout", patience)
        self._solver.add(self._months >= 0, self._months < anatomy.oldest - len(MONTHS_AFTER))

    def shortest(self, goal: Goal, longest: int = LONGEST_TALE, given: Goal | None = None) -> Tale | None:
        """The shortest tale that comes to the goal, made plain; None where none of so many events does."""
        for length in range(1, longest + 1):
            while len(self._chapters) < length:
                self._add_chapter()
            chapters = self._chapters[:length]
            wanted = goal(chapters)
            if wanted is False:
                continue
            self._solver.push()
            self._solver.add(formula(wanted))
            if given is not None:
                self._solver.add(formula(given(chapters)))
            events = self._events(chapters)
            self._solver.pop()
            if events is not None:
                return _Plain(self.anatomy, self.depth, events, goal, given).tale()
        return None

    def _add_chapter(self) -> None:
        before = self._chapters[-1].after if self._chapters else New(self.anatomy)
        event = Inputs(self.anatomy, f"event{len(self._chapters) + 1}")
        for one in rules_of_time(self._months, event, self._chapters[-1].event if self._chapters else None):
            self._solver.add(formula(one))
        for one in (*event.axioms(), *nothing_held_back(self.anatomy, event)):
            self._solver.add(formula(one))
        self._chapters.append(Chapter(before, event, self.depth))

    def _events(self, chapters: list[Chapter]) -> list[str] | None:
        """The events of a tale; None where there is none."""
        if self._solver.check() != z3.sat:
            return None  # there is none, or patience is at its end
        return [self.anatomy.events[self._code(chapter.event.event)] for chapter in chapters]

    def _code(self, term: Term) -> int:
        return int(self._solver.model().eval(term, model_completion=True).as_long())


def rules_of_time(months: Term, event: Inputs, before: Inputs | None) -> Iterator[Formula]:
    """A tale's calendar: minutes, days and months go together, and no two events are of one minute."""
    yield event.day >= 0
    yield event.day <= LAST_DAY
    yield event.t >= event.day * MINUTES
    yield event.t < (event.day + 1) * MINUTES
    yield event.age == months + z3.Sum([z3.If(event.day >= day, 1, 0) for day in MONTHS_AFTER])
    if before is None:
        yield event.day == 0
    else:
        yield event.t > before.t


def nothing_held_back(anatomy: Anatomy, event: Inputs) -> Iterator[Formula]:
    """A tale has no implausible values."""
    for fact in anatomy.reporters:
        yield neg(event.refused(fact))


class _Plain:
    """Makes a tale plain whose events are settled: of each choice the plainest that will do."""

    def __init__(self, anatomy: Anatomy, depth: int, events: list[str], goal: Goal, given: Goal | None) -> None:
        self.anatomy = anatomy
        self.months = z3.Int("months")
        self.solver = z3.Solver()
        self.solver.add(self.months >= 0, self.months < anatomy.oldest - len(MONTHS_AFTER))
        self.chapters: list[Chapter] = []
        for number, name in enumerate(events, 1):
            before = self.chapters[-1] if self.chapters else None
            event = Inputs(anatomy, f"event{number}", name)
            for one in rules_of_time(self.months, event, before.event if before else None):
                self.solver.add(formula(one))
            for one in (*event.axioms(), *nothing_held_back(anatomy, event)):
                self.solver.add(formula(one))
            self.chapters.append(Chapter(before.after if before else New(anatomy), event, depth))
        self.solver.add(formula(goal(self.chapters)))
        if given is not None:
            self.solver.add(formula(given(self.chapters)))
        assert self.solver.check() == z3.sat

    def tale(self) -> Tale:
        """The plain tale."""
        for chapter in reversed(self.chapters):
            for fact in reversed(self._fields(chapter)):
                self._prefer(neg(chapter.event.given(fact)))
        self._prefer(self.chapters[-1].event.day == 0)
        months = self._settle_number(self.months, USUAL_MONTHS)
        happenings = []
        day = minute = 0
        for number, chapter in enumerate(self.chapters):
            event = chapter.event
            day = self._settle_number(event.day, [day + more for more in USUAL_DAYS] if number else [0])
            usual = MORNING + BETWEEN * number
            later = [day * MINUTES + one for one in (usual, usual + 60, minute % MINUTES + 1)]
            minute = self._settle_number(event.t, later)
            fields = tuple(
                (fact, self._settle_value(chapter, fact))
                for fact in self._fields(chapter)
                if self._always(chapter.event.given(fact))
            )
            assert isinstance(event.event, str)
            happenings.append(Happening(event.event, fields, day, minute - day * MINUTES))
        return Tale(months, tuple(happenings))

    def _fields(self, chapter: Chapter) -> list[str]:
        kind = self.anatomy.pathway.events_by_name[str(chapter.event.event)]
        return [one.fact for one in kind.fields]

    def _prefer(self, wish: Formula) -> bool:
        """Make it so, where the goal can still be reached."""
        if wish is True:
            return True
        if wish is False:
            return False
        self.solver.push()
        self.solver.add(formula(wish))
        if self.solver.check() == z3.sat:
            return True
        self.solver.pop()
        return False

    def _always(self, of: Formula) -> bool:
        return not self._prefer(neg(of))

    def _settle_number(self, term: Term, usual: tuple[int, ...] | list[int]) -> int:
        for value in usual:
            if self._prefer(term == value):
                return value
        found = self._now(term)
        while self._prefer(term < found):
            found = self._now(term)
        assert self._prefer(term == found)
        return found

    def _now(self, term: Term) -> int:
        assert self.solver.check() == z3.sat
        return int(self.solver.model().eval(term, model_completion=True).as_long())

    def _settle_value(self, chapter: Chapter, fact: str) -> Value:
        one = self.anatomy.pathway.facts_by_name[fact]
        variable = chapter.event.variable(fact)
        match one:
            case Flag():
                return not self._prefer(z3.Not(variable))
            case Text():
                return "as written in the record"
            case Choice():
                for place, option in enumerate(one.options):
                    if self._prefer(variable == place):
                        return option
            case Quantity():
                for value in plain_values(self.anatomy, one):
                    if self._prefer(variable == z3.RealVal(str(value))):
                        return value
                return self._settle_amount(variable)
        raise AssertionError(fact)

    def _settle_amount(self, variable: Term) -> Decimal:
        assert self.solver.check() == z3.sat
        found = self.solver.model().eval(variable, model_completion=True)
        exact = Decimal(found.numerator_as_long()) / Decimal(found.denominator_as_long())
        for places in range(6):
            rounded = round(exact, places)
            if self._prefer(variable == z3.RealVal(str(rounded))):
                return rounded
        raise AssertionError(f"no plain value for {variable}")


def limits_of(anatomy: Anatomy, fact: str) -> list[Decimal]:
    """The limits that rules hold an amount against, and those of its reference intervals, lowest first."""
    pathway = anatomy.pathway
    found = {
        leaf.value
        for _, guard in guards_of(pathway)
        for leaf in leaves(guard)
        if isinstance(leaf, Compare) and leaf.fact == fact
    }
    found |= {one.limit for one in anatomy.spans if one.fact == fact}
    for one in anatomy.captured:
        if one.of == fact:
            found |= set(limits_of(anatomy, one.name))
    for row in pathway.reference.rows:
        if row.fact == fact:
            found |= {row.lower} | ({row.upper} if row.upper is not None else set())
    return sorted(found)


def step_of(limit: Decimal) -> Decimal:
    """The least step that the limit is written with, and no coarser than a tenth of it."""
    exponent = limit.as_tuple().exponent
    assert isinstance(exponent, int)
    step = Decimal(1).scaleb(min(exponent, 0))
    return step if not limit or step <= limit / 10 else step / 10


def plain_values(anatomy: Anatomy, fact: Quantity) -> list[Decimal]:
    """Values of an amount that stand for all others, plainest first: between limits, on them and beside them."""
    limits = limits_of(anatomy, fact.name)
    low, high = fact.plausible
    floor = max(low, limits[0] / 4) if limits else low
    usual = [_between(one, two) for one, two in pairwise([floor, *limits, high])]
    beside = [value for limit in limits for value in (limit, limit - step_of(limit), limit + step_of(limit))]
    usual.sort(key=lambda value: abs(value - _between(limits[0], limits[-1])) if limits else value)
    found = [value for value in (*usual, *beside) if low <= value <= high]
    return list(dict.fromkeys(found))


def _between(one: Decimal, two: Decimal) -> Decimal:
    """A round number between two, nearer to the lower one where they lie far apart."""
    middle = 2 * one if 0 < 3 * one < two else (one + two) / 2
    for digits in (1, 2, 3):
        rounded = plain(Context(prec=digits).plus(middle))
        if one < rounded < two:
            return rounded
    return middle
