"""The plan on a terminal, most urgent first, for reading at the bedside."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli import one_line
from pathway.cli.page import STYLES, Page, cited, open_console
from pathway.cli.reasons import facts_of, grades, informative, interval_of, rests_on_local_choice, short_reasons, titles
from pathway.cli.text import Text
from pathway.model.words import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from rich.console import Console

    from pathway.cli.text import PlainConsole
    from pathway.model.events import Event
    from pathway.model.pathway import Pathway
    from pathway.run.plan import Plan
    from pathway.run.plan_parts import Awaited, PlanLine
    from pathway.run.step import Step

LOCAL = "local choice"


def print_plan(
    plan: Plan,
    pathway: Pathway,
    console: Console | PlainConsole | None = None,
    *,
    compact: bool = False,
    step: Step | None = None,
    before: Plan | None = None,
    recorded: Sequence[Event] = (),
) -> None:
    """Print a plan in its order: NOW, TODAY, DO NOT, AWAITED, ONGOING, PLANNED, FOR THE FAMILY, WHY, NOTES.

    What is set aside stands before DO NOT, in full. Empty sections are left out. `compact` also leaves out the footer
    and what stays the same between events. With the `step` that led here and the plan `before` it, new lines are marked
    "+" and completed advice is named. The events `recorded` are listed under WHY, with the units that were read.
    """
    page = Page(console or open_console())
    writer = _PlanWriter(plan, pathway, page, step, before, compact=compact)
    writer.header()
    writer.done()
    writer.advice("NOW", plan.of("now"))
    writer.advice("TODAY", plan.of("today"))
    writer.set_aside()
    writer.refusals()
    writer.awaited()
    writer.advice("ONGOING", plan.of("ongoing"))
    writer.advice("PLANNED", plan.of("planned"))
    if compact:
        writer.why()
        return
    writer.family()
    writer.why(recorded)
    writer.notes()
    page.blank()
    page.block(Text("What stands in brackets: pathway explain S32 (or N45, T1).", STYLES["quiet"]))
    page.footer(pathway)


class _PlanWriter:
    """Writes the sections of one plan."""

    def __init__(
        self, plan: Plan, pathway: Pathway, page: Page, step: Step | None, before: Plan | None, *, compact: bool
    ) -> None:
        self.plan, self.pathway, self.page = plan, pathway, page
        self.step, self.before, self.compact = step, before, compact
        known = {line.id for line in before.lines} if before is not None else set()
        self.new = {line.id for line in plan.lines} - known if compact else set()

    def header(self) -> None:
        """Age, time and state; then the warnings."""
        plan, page = self.plan, self.page
        if not self.compact:
            when = plan.at.strftime("%Y-%m-%d %H:%M %Z").strip()
            page.block(Text(f"{self.pathway.title}: {age_words(plan.age_months)}, {when}", "bold"))
        state = Text.assemble((plan.state_title, "bold"), f" - {plan.meaning}.")
        page.block(state, "State: ", "       ")
        if plan.end and not self.compact:
            page.block(f"Here {plan.end}.", "       ", "       ")
        if plan.scope and not self.compact:
            self._alert("SCOPE", f"{plan.scope} {cited(self.pathway.scope_cites)}")
        for held in plan.held:
            self._alert("HELD BACK", f"{held.field.fact} {held.field.reason} (entry {held.entry}).")
        for words in plan.contradictions:
            self._alert("CONTRADICTION", words)
        for words in plan.deviations:
            self._alert("DEVIATION", words)
        for entry in plan.pending:
            self._alert("WAITS", f"entry {entry} would take urgent advice away; a clinician must acknowledge it.")

    def _alert(self, name: str, words: str) -> None:
        self.page.block(Text.assemble((name, STYLES["alert"]), f"  {words}"), "! ", "  ")

    def advice(self, heading: str, lines: Sequence[PlanLine]) -> None:
        """The lines of one urgency. A compact plan shows only new lines of ONGOING and PLANNED."""
        if self.compact and heading in ("ONGOING", "PLANNED"):
            lines = [line for line in lines if line.id in self.new]
        if lines:
            self.page.heading(heading)
        for line in lines:
            self._line(line)

    def _line(self, line: PlanLine) -> None:
        page, pathway = self.page, self.pathway
        due = self._due(line)
        mark = "+ " if line.id in self.new else "- "
        strong = "bold" if line.urgency in ("now", "today") else ""
        page.item((line.words, strong), (due, "bold red" if line.overdue else "bold"), lead=mark)
        findings = informative(line.findings, line.missing, pathway)
        reasons = []
        if line.missing:
            reasons.append(f"missing: {titles(line.missing, pathway)}")
        if findings:
            reasons.append(short_reasons(findings, pathway))
        if not reasons:
            # Its reason no longer holds, or is that a fact is unknown: the time shows where to look.
            reasons.append(f"since {line.since.astimezone(self.plan.at.tzinfo).strftime('%Y-%m-%d %H:%M')}")
        local = LOCAL if rests_on_local_choice(line.local_choice, findings, pathway) else ""
        because = "; ".join(reasons)
        page.block(Text(f"{because} {cited(line.cites, local)}".strip()), "    ", "    ")
        offers = pathway.advice_named(line.id).offers
        if line.offered and offers is not None:
            page.block(f"may be set aside: {in_words(offers, pathway)}", "    ", "    ")

    def _due(self, line: PlanLine) -> str:
        if line.due is None:
            return ""
        if line.overdue:
            return f" OVERDUE: it was due on {line.due.isoformat()}."
        return " Due today." if line.due == self.plan.today else f" Due on {line.due.isoformat()}."

    def set_aside(self) -> None:
        """The urgent advice that a clinician has set aside, by whom, when and why. It is never cut."""
        if self.plan.set_aside:
            self.page.blank()
        for line in self.plan.set_aside:
            parts = ((line.words.rstrip("."), "bold"), f", by {one_line(line.by)}, {moment_words(line.at, self.plan)}")
            self.page.item(*parts, f": {one_line(line.reason)}", lead="Set aside: ")

    def refusals(self) -> None:
        """The refused orders: a line for each that matters here, the others in one line."""
        plan, page, orders = self.plan, self.page, self.pathway.orders_by_id
        if not plan.refusals:
            return
        page.heading("DO NOT")
        known = (
            {refusal.order for refusal in self.before.refusals if refusal.matters} if self.before is not None else set()
        )
        for refusal in plan.refusals:
            if refusal.matters and refusal.order not in known:
                local = LOCAL if orders[refusal.order].local_choice else ""
                page.item(f"{refusal.words} {cited(refusal.cites, local)}", lead="+ " if self.compact else "- ")
        as_before = [
            orders[refusal.order].words for refusal in plan.refusals if refusal.matters and refusal.order in known
        ]
        if as_before:
            page.item(f"As before: {'; '.join(as_before)}.")
        rest = [
            f"{orders[refusal.order].words} {cited(refusal.cites)}" for refusal in plan.refusals if not refusal.matters
        ]
        if rest and not self.compact:
            page.item(f"Also refused here: {'; '.join(rest)}.")

    def awaited(self) -> None:
        """The awaited facts, by the event that brings them."""
        if not self.plan.awaited:
            return
        self.page.heading("AWAITED")
        for event, names in by_event(self.plan.awaited, self.pathway):
            self.page.item((event, "bold"), f": {titles(names, self.pathway)}" if names else "")

    def done(self) -> None:
        """The advice that the step completed, and the advice that it withdrew."""
        if self.step is None:
            return
        for lead, ended in (("Done:  ", self.step.completed), ("Ended: ", self.step.withdrawn)):
            for number, advice in enumerate(ended):
                self.page.block(advice.words, " " * len(lead) if number else lead, " " * len(lead))

    def family(self) -> None:
        """Information for the family, in plain words."""
        if not self.plan.family:
            return
        self.page.heading("FOR THE FAMILY")
        for words in self.plan.family:
            self.page.item(words)

    def why(self, recorded: Sequence[Event] = ()) -> None:
        """The counts against their limits, the transitions with their facts, and the local choices made here."""
        plan, page = self.plan, self.page
        reasons = plan.reasons
        if not (reasons or recorded or (plan.counts and not self.compact)):
            return
        page.heading("WHY")
        for event in recorded:
            facts = facts_of(event, self.pathway)
            page.item(f"recorded: {self.pathway.event_type(event.name).title}", f": {facts}" if facts else "")
        if not self.compact:
            self._counts()
        for reason in reasons:
            facts = short_reasons(reason.findings, self.pathway)
            rule = next(transition for transition in self.pathway.transitions if transition.id == reason.rule)
            local = LOCAL if rests_on_local_choice(rule.local_choice, reason.findings, self.pathway) else ""
            page.item((reason.words, "bold"), f": {facts} " if facts else " ", cited(reason.cites, local))
        if not self.compact:
            self._local_choices()

    def _counts(self) -> None:
        for finding in self.plan.counts:
            row = interval_of(finding, self.pathway)
            self.page.item(finding.words, "" if row is None or row.local_choice else f" {cited(finding.cites)}")
        for words in grades(self.plan.counts, self.pathway):
            self.page.item(words)

    def _local_choices(self) -> None:
        chosen = [(line.words, line.local_choice) for line in self.plan.lines if line.local_choice]
        if chosen:
            self.page.item("Local choices, which the source does not make:")
        for words, choice in chosen:
            self.page.item(f"{words.split(':')[0].rstrip('.')}: {choice}.", indent=2)

    def notes(self) -> None:
        """The review notes that apply here: where the source is doubtful, and what the pathway does."""
        if not self.plan.notes:
            return
        self.page.heading("NOTES")
        for note in self.plan.notes:
            self.page.block(Text.assemble((f"{note.id} {note.title}", "bold"), f" - {note.choice}"), "", "    ")


def by_event(awaited: Sequence[Awaited], pathway: Pathway) -> list[tuple[str, list[str]]]:
    """Awaited facts by the title of the event that brings them: the fewest events that bring them all.

    A fact that an event records by happening is not listed beside its title.
    """
    open_ = {item.fact: item for item in awaited}
    chosen: dict[str, list[str]] = {}
    while open_:
        counts: dict[str, int] = {}
        for item in open_.values():
            for event in item.events:
                counts[event] = counts.get(event, 0) + 1
        best = max(pathway.events_by_name, key=lambda name: counts.get(name, 0))
        brought = [name for name, item in open_.items() if best in item.events]
        if not brought:
            chosen[""] = list(open_)
            break
        chosen[best] = brought
        for name in brought:
            del open_[name]
    kinds = [kind for kind in pathway.events if kind.name in chosen]
    grouped = [(kind.title, [name for name in chosen[kind.name] if name not in kind.records]) for kind in kinds]
    return [*grouped, ("Otherwise", chosen[""])] if "" in chosen else grouped


def moment_words(at: datetime, plan: Plan) -> str:
    """A moment as the plan writes it: the time of day, with the date where that is another day than the plan's."""
    return at.strftime("%H:%M" if at.date() == plan.today else "%Y-%m-%d %H:%M")


def age_words(months: int) -> str:
    """An age in words: months up to two years, then years and months."""
    if months < 24:
        return f"{months} month{'' if months == 1 else 's'} old"
    years, rest = divmod(months, 12)
    return f"{years} years" + (f" {rest} month{'' if rest == 1 else 's'}" if rest else "") + " old"
