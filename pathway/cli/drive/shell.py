"""The conversation of `pathway drive`: a number or a word at the prompt, and what it does."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from pathway.cli.drive import show
from pathway.cli.drive.commands import NAMES, command_named, completions, write_help
from pathway.cli.drive.questions import Cancelled, Questions, assigned, records_nothing, split
from pathway.cli.drive.terminal import matching
from pathway.cli.drive.when import HINT, read_when
from pathway.cli.moments import local_time
from pathway.cli.text import Text
from pathway.model.errors import BadInput, nearest
from pathway.run.answers import Override
from pathway.run.log import Corrected, Reported
from pathway.scenarios.read import ScenarioStep

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from pathway.cli.drive.keep import Keeper
    from pathway.cli.drive.terminal import Terminal
    from pathway.cli.page import Page
    from pathway.model.events import EventType
    from pathway.run.answers import NextEvent
    from pathway.scenarios.read import StepKind
    from pathway.scenarios.replay import Replayed


class Shell:
    """Reads lines and carries them out, until there are no more."""

    def __init__(self, keeper: Keeper, terminal: Terminal, by: str = "") -> None:
        self.keeper, self.session, self.terminal, self.by = keeper, keeper.session, terminal, by
        self.page: Page = terminal.page
        self._offered: Sequence[NextEvent] = ()
        self._questions = Questions(terminal, self.session.pathway)

    def converse(self) -> None:
        """Read and carry out lines until 'quit' or the end of the input. A fault is shown; nothing is lost by it."""
        self._menu()
        while True:
            self.page.blank()
            prompt = f"{local_time(self.session.present, self.session.case.zone)} {self.session.case.state}> "
            try:
                line = self.terminal.ask(prompt, lambda line: completions(line, self.session), remember=True)
            except EOFError:
                return
            try:
                if self._ends(line):
                    return
            except Cancelled:
                self.page.block("Cancelled; nothing is recorded.")
            except BadInput as fault:
                self.terminal.fault(*fault.faults)
            except EOFError:
                self.terminal.fault("the input ended before the answers did; what they were for is not recorded")
                return

    def _ends(self, line: str) -> bool:
        """Carry out a line. Returns whether it ends the session."""
        word, _, rest = line.partition(" ")
        if command_named(word) == "quit":
            return self._may_go()
        if line and not line.startswith("#"):
            self._do(word, rest.strip())
        return False

    # --- what a line means ------------------------------------------------------------------------------------

    def _do(self, word: str, rest: str) -> None:
        events = self.session.pathway.events_by_name
        if name := command_named(word):
            getattr(self, f"_do_{name.replace('-', '_')}")(rest)
        elif (number := _counted(word)) is not None:
            self._number(number, rest)
        elif word.lower() in events:
            self._event(events[word.lower()], rest)
        else:
            begun = [name for name in (*NAMES, *events) if name.startswith(word.lower())]
            if len(begun) != 1:
                near = nearest(word, [*NAMES, *events])
                either = f"; either of {', '.join(begun)}" if begun else f"; {near}" if near.startswith("near") else ""
                raise BadInput(f"'{word}' is no command and no event{either}; 'help' lists the commands")
            self._do(begun[0], rest)

    def _number(self, number: int, rest: str) -> None:
        offered = self._offered
        if 1 <= number <= len(offered):
            self._event(self.session.pathway.event_type(offered[number - 1].event), rest)
        elif number == len(offered) + 1:
            self._another()
        else:
            raise BadInput(f"{number} is not offered; write 1 to {len(offered) + 1}, or a command")

    def _another(self) -> None:
        show.every_event(self.session, self.page)
        kinds = self.session.pathway.events
        names = [kind.name for kind in kinds]
        while True:
            word = self.terminal.ask("which event (Enter: none): ", lambda line: matching(line, names)).lower()
            if word in ("", "cancel"):
                raise Cancelled
            begun = [name for name in names if name.startswith(word.replace(" ", "_"))]
            if word in names or len(begun) == 1:
                self._event(self.session.pathway.event_type(word if word in names else begun[0]), "")
                return
            if 1 <= (_counted(word) or 0) <= len(kinds):
                self._event(kinds[int(word) - 1], "")
                return
            self.terminal.fault(
                f"no event is called '{word}'; {nearest(word, names)}; or a number from 1 to {len(kinds)}"
            )

    # --- what happens -----------------------------------------------------------------------------------------

    def _event(self, kind: EventType, rest: str) -> None:
        if rest:
            fields, about = assigned(kind, split(rest), self.session.pathway)
            at = self._moment(about.get("at", ""))
            by = about.get("by", self.by)
        else:
            wanted = next((offered.fields for offered in self._offered if offered.event == kind.name), ())
            self.page.block(Text(kind.title, "bold"))
            at = self._questions.moment(self.session)
            fields, by = self._questions.ask(kind, wanted), self.by
        if records_nothing(kind, fields):
            raise BadInput(f"{kind.name}: no fact was given; nothing is recorded")
        event = self.session.pathway.event(kind.name, **fields)
        self._take("event", kind.name, at=at, event=event, by=by)

    def _do_correct(self, rest: str) -> None:
        entry = next((logged for logged in self.session.case.log if logged.id == rest), None)
        if not isinstance(entry, Reported | Corrected):
            raise BadInput(f"correct: which entry? {self._ids(rest, 'event', 'correction')}")
        kind = self.session.pathway.event_type(entry.event.name)
        # A correction of a correction is of the moment that the last correction moved the event to, if any did.
        was, moved = self.session.case.moved(entry.id)
        self.page.block(Text(f"{kind.title}, {entry.id}", "bold"))
        moment = self._questions.moment(self.session, "when it was so", was)
        fields = self._questions.ask(kind, (), dict(entry.event.raw))
        event = self.session.pathway.event(kind.name, **fields)
        if moment == was and event == entry.event:
            raise BadInput(f"correct: {entry.id} says so already; nothing is recorded")
        self._take(
            "correct", kind.name, at=self.session.next_moment, event=event, by=self.by, target=entry.id,
            taken_at=moment if moved or moment != was else None,
        )  # fmt: skip

    def _do_withdraw(self, rest: str) -> None:
        if rest not in {entry.id for entry in self.session.case.log}:
            raise BadInput(f"withdraw: which entry? {self._ids(rest, 'event', 'correction')}")
        reason = self.terminal.ask("reason (Enter: none is given): ")
        if reason.lower() == "cancel":
            raise Cancelled
        self._take("withdraw", "withdraw", at=self.session.next_moment, by=self.by, target=rest, reason=reason)

    def _do_acknowledge(self, rest: str) -> None:
        waiting = [entry.id for entry in self.session.case.pending]
        if not rest and len(waiting) == 1:
            rest = waiting[0]
        if not rest:
            raise BadInput(f"acknowledge: which entry? waiting: {', '.join(waiting) or 'none'}")
        by = self._questions.name("name of the clinician who acknowledges it (Enter: nobody does)", self.by)
        if not by:
            raise Cancelled
        self._take("acknowledge", "acknowledge", at=self.session.next_moment, by=by, target=rest)

    def _do_set_aside(self, rest: str) -> None:
        urgent = self.session.plan().urgent
        begun = [name for name in urgent if rest and name.startswith(rest)]
        if not rest:
            raise BadInput(f"set-aside: which advice? urgent is {', '.join(urgent) or 'nothing'}")
        advice = begun[0] if len(begun) == 1 else self.session.pathway.advice_named(rest).id
        by = self._questions.name("name of the clinician who sets it aside (Enter: nobody does)", self.by)
        if not by:
            raise Cancelled
        while not (reason := self.terminal.ask(f"reason of {by}: ")):
            self.terminal.fault("set-aside: a reason is wanted, or 'cancel'")
        if reason.lower() == "cancel":
            raise Cancelled
        self._take("set_aside", "set_aside", at=self.session.next_moment, by=by, target=advice, reason=reason)

    def _do_order(self, rest: str) -> None:
        if not rest:
            show.orders(self.session, self.page)
            return
        name, at = self._order_named(rest), self.session.present
        asked = self._take("order", name, at=at)
        if asked.verdict is None or asked.verdict.verdict != "refused":
            return
        by = self._questions.name("override it? name of the clinician (Enter: no)", self.by)
        if not by:
            return
        while not (reason := self.terminal.ask(f"reason of {by}: ")):
            self.terminal.fault("override: a reason is wanted, or 'cancel'")
        if reason.lower() == "cancel":
            return
        step = ScenarioStep(len(self.session.steps), None, at, "order", name, override=Override(by, reason))
        given = self.session.retake(step)
        self.terminal.fault(*self.keeper.write())
        assert given.verdict is not None
        show.overridden(given.verdict, self.page)

    def _order_named(self, word: str) -> str:
        orders = self.session.pathway.orders_by_id
        begun = [name for name in orders if name.startswith(word) or name.removeprefix("order_").startswith(word)]
        return begun[0] if word not in orders and len(begun) == 1 else self.session.pathway.order(word).id

    def _do_clock(self, rest: str) -> None:
        if not rest:
            raise BadInput(f"clock: until when? {HINT}")
        at = read_when(rest, self.session.present, self.session.case.zone, "clock")
        self._take("clock", "clock", at=at)

    def _do_undo(self, rest: str) -> None:
        count = _counted(rest or "1")
        if count is None:
            raise BadInput(f"undo: '{rest}' is no number of steps; write undo, or undo 2")
        back = self.session.undo(count)
        self.terminal.fault(*self.keeper.write())
        for step in back:
            self.page.block(f"Taken back: {show.what_was(step, self.session)}")
        left = len(self.session.done)
        stays = "; the entries from before it stay" if self.session.resumed else ""
        self.page.block(f"{left} step{'' if left == 1 else 's'} of this session left{stays}.")
        self.page.block(f"State: {self.session.pathway.state(self.session.case.state).title}")
        self._menu()

    def _take(self, kind: StepKind, name: str, *, at: datetime, **fields: Any) -> Replayed:
        """Take a step, write the files, show the step and what could happen next."""
        session = self.session
        before = session.plan()
        done = session.take(ScenarioStep(len(session.steps) + 1, None, at, kind, name, **fields))
        self.terminal.fault(*self.keeper.write())
        show.step_taken(done, before, session, self.page)
        if kind != "order":
            self._menu()
        return done

    def _moment(self, text: str) -> datetime:
        session = self.session
        return read_when(text, session.present, session.case.zone, "at") if text else session.next_moment

    def _ids(self, name: str, *kinds: str) -> str:
        known = [entry.id for entry in self.session.case.log if entry.kind in kinds]
        return nearest(name, known) if known else "the log has none"

    def _do_next(self, _rest: str) -> None:
        self._menu(full=True)

    def _do_log(self, _rest: str) -> None:
        show.log(self.session, self.page)

    def _do_help(self, _rest: str) -> None:
        write_help(self.session, self.page)

    # --- what is asked ----------------------------------------------------------------------------------------

    def _menu(self, *, full: bool = False) -> None:
        self._offered = self.session.case.next_events(at=self.session.present)
        show.menu(self._offered, self.session, self.page, full=full)

    def _do_plan(self, _rest: str) -> None:
        from pathway.cli.render import print_plan

        print_plan(self.session.plan(), self.session.pathway, self.page.console)

    def _do_events(self, rest: str) -> None:
        if not rest:
            show.every_event(self.session, self.page)
            return
        from pathway.cli.events import write

        kind = self.session.pathway.event_type(rest)
        write(kind, self.page)

    def _do_why(self, rest: str) -> None:
        found = self.session.case.why(rest or None, at=self.session.present)
        show.reasons(found, self.page)
        if not found:
            here = f"'{rest}' does not hold; ask why-not {rest}" if rest else "nothing has moved the case yet"
            self.page.block(f"{here}.")

    def _do_why_not(self, rest: str) -> None:
        if not rest:
            raise BadInput("why-not: which state, advice or order? write for example why-not confirmed_all")
        show.why_not(self.session.case.why_not(rest, at=self.session.present), self.session, self.page)

    def _do_explain(self, rest: str) -> None:
        from pathway.cli.articles import articles_about
        from pathway.cli.explain import write

        if not rest:
            raise BadInput("explain: what? write for example explain S32, or explain consult_same_day")
        for article in articles_about(rest, self.session.pathway):
            write(article, self.page)

    # --- files ------------------------------------------------------------------------------------------------

    def _do_by(self, rest: str) -> None:
        self.by = rest
        self.page.block(f"Entered by {rest}." if rest else "Entered by nobody in particular.")

    def _do_save(self, rest: str) -> None:
        file = self.keeper.save(rest)
        entries = len(self.session.case.log)
        self.page.block(f"Saved in {file.name}: {entries} {'entry' if entries == 1 else 'entries'}.")

    def _do_record(self, rest: str) -> None:
        file = self.keeper.save_story(rest)
        self.page.block(f"The story is in {file.name}; pathway replay {file.name}")

    def _may_go(self) -> bool:
        """Whether to end. At a terminal, the user is asked once about work that no file keeps."""
        if not (self.terminal.interactive and self.session.done and not self.keeper.keeps):
            return True
        answer = self.terminal.ask("Nothing is saved. Save the log in which file? (Enter: in none, cancel: stay): ")
        if answer.lower() == "cancel":
            return False
        return not answer or self.terminal.attempt(lambda: self._do_save(answer))


def _counted(word: str) -> int | None:
    """A small whole number; None where it is none."""
    return int(word) if word.isdecimal() and len(word) <= 6 else None
