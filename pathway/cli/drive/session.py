"""A session: a case that is driven step by step, the steps taken, and how to take them back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from attrs import define, evolve, field, frozen

from pathway.cli.drive.when import MINUTE
from pathway.cli.moments import local_time
from pathway.model.errors import BadInput
from pathway.model.pathway import Pathway  # attrs classes keep their types resolvable
from pathway.run.case import Case
from pathway.scenarios.read import Scenario, ScenarioStep, parse_scenario
from pathway.scenarios.replay import Replayed, replay, replay_step
from pathway.scenarios.transcript import steps_of, transcript
from pathway.scenarios.write import scenario_text

if TYPE_CHECKING:
    from pathway.run.plan import Plan

WHY = "A session of 'pathway drive': what is expected is what the pathway answered, not what a clinician has confirmed."


@frozen
class Done:
    """A step of this session, with the case, its moment and its clock as they were before it."""

    step: ScenarioStep
    case: Case
    now: datetime
    used: bool
    clock: Callable[[], datetime] | None


@define
class Session:
    """A case, the moment it stands at, and the steps of this session.

    `now` is the latest moment that anything happened at, or that was waited for; `used` whether something happened at
    it. `clock` gives the present, where the session follows it. `resumed` are the steps of the log it began with: they
    are not taken back.
    """

    pathway: Pathway
    case: Case
    now: datetime
    clock: Callable[[], datetime] | None = None
    used: bool = False
    resumed: tuple[ScenarioStep, ...] = ()
    done: list[Done] = field(factory=list)

    @classmethod
    def resume(cls, case: Case, now: datetime, clock: Callable[[], datetime] | None) -> Session:
        """A session that goes on from a case: not before the latest of its entries."""
        latest = max((entry.at for entry in case.log), default=now)
        now = max(now, latest).astimezone(case.zone)
        return cls(case.pathway, case, now, clock, used=now == latest and bool(case.log), resumed=steps_of(case))

    @property
    def present(self) -> datetime:
        """The moment at which the case is looked at."""
        return self.now if self.clock is None else max(self.now, self._minute()).astimezone(self.case.zone)

    @property
    def next_moment(self) -> datetime:
        """The moment of the next step where no other is given: a minute after the last step."""
        return max(self.present, self.now + MINUTE if self.used else self.now).astimezone(self.case.zone)

    @property
    def steps(self) -> tuple[ScenarioStep, ...]:
        """All steps of the case: those of the log it began with, and those of this session."""
        return (*self.resumed, *(done.step for done in self.done))

    def plan(self) -> Plan:
        """The plan at present."""
        return self.case.plan(at=self.present)

    def take(self, step: ScenarioStep) -> Replayed:
        """Take a step. Raises `BadInput` where it cannot be taken; the session is then as it was."""
        if step.kind == "clock" and step.at < self.now:
            zone = self.case.zone
            raise BadInput(
                f"clock: {local_time(step.at, zone)} is before {local_time(self.now, zone)}; time only passes. "
                "A late result is given with the moment that it is of"
            )
        twin = self.case.copy()
        latest = max(self.now, step.at)
        taken = replay_step(twin, step, latest)
        if taken.result is not None and step.kind != "acknowledge":
            step = evolve(step, id=taken.result.entry)
        self.done.append(Done(step, self.case, self.now, self.used, self.clock))
        happened = step.kind not in ("clock", "order") or step.override is not None
        self.used = happened if step.at > self.now else self.used or (happened and step.at == self.now)
        self.case, self.now = twin, latest
        if step.kind == "clock":
            # Once the user sets the time, the session no longer follows the computer's clock.
            self.clock = None
        return taken

    def retake(self, step: ScenarioStep) -> Replayed:
        """Take a step in place of the last one. Raises `BadInput` like `take`; the last step then stays."""
        last = self.done[-1]
        was = (self.case, self.now, self.used, self.clock)
        self.undo()
        try:
            return self.take(step)
        except BadInput:
            self.done.append(last)
            self.case, self.now, self.used, self.clock = was
            raise

    def undo(self, count: int = 1) -> list[ScenarioStep]:
        """Take back the last steps of this session. Returns them, the last step first."""
        if not 1 <= count <= len(self.done):
            steps = f"{len(self.done)} step{'' if len(self.done) == 1 else 's'}" if self.done else "nothing"
            rest = "; the entries from before it stay" if self.resumed else ""
            raise BadInput(f"undo: there is {steps} of this session to take back{rest}")
        back = [self.done.pop() for _ in range(count)]
        first = back[-1]
        self.case, self.now, self.used, self.clock = first.case, first.now, first.used, first.clock
        return [done.step for done in back]

    def story(self, file: str, title: str = "", why: str = "") -> str:
        """The case as the text of a scenario file, with the orders and the waiting of this session. Its replay passes.

        Raises `BadInput` where nothing has happened yet, or where the story would not hold.
        """
        if not self.steps:
            raise BadInput("record: nothing has happened yet; a story has one step at least")
        names = [self.pathway.state(name).title for name in (self.pathway.initial, self.case.state)]
        default = (
            f"A driven case, from {names[0]} to {names[1]}" if names[0] != names[1] else f"A driven case: {names[0]}"
        )
        case = self.case
        scenario = Scenario(file, title or default, why or WHY, (), case.born, case.timezone, self.steps)
        text = scenario_text(transcript(scenario, self.pathway))
        again = replay(parse_scenario(text, self.pathway, file), self.pathway)
        if not again.passed or again.case.state != case.state:
            places = (
                ", ".join(f"{failure.place}: {failure.key}" for failure in again.failures) or "it ends in another state"
            )
            raise BadInput(f"record: told from its start the story would not hold ({places}); nothing is written")
        return text

    def _minute(self) -> datetime:
        assert self.clock is not None
        return self.clock().replace(second=0, microsecond=0)
