"""The output of a session: what a step changed, the plan, what could happen next, the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.cli import one_line
from pathway.cli.moments import local_time
from pathway.cli.narrate import headline, write_facts, write_verdict
from pathway.cli.page import STYLES, cited
from pathway.cli.reasons import titles
from pathway.cli.render import age_words, print_plan
from pathway.cli.text import Text
from pathway.run.log import Corrected, Withdrawn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.cli.drive.session import Session
    from pathway.cli.page import Page
    from pathway.run.answers import NextEvent, Reason, Verdict, WhyNot
    from pathway.run.case import Case
    from pathway.run.log import Entry
    from pathway.run.plan import Plan
    from pathway.run.step import Step
    from pathway.scenarios.read import ScenarioStep
    from pathway.scenarios.replay import Replayed

OTHER = "another event, by name"


def opening(session: Session, page: Page) -> None:
    """Write the child, the moment, the plan, and the banner."""
    case, plan, pathway = session.case, session.plan(), session.pathway
    page.block(Text(pathway.title, "bold"))
    entries = f", {len(case.log)} {'entry' if len(case.log) == 1 else 'entries'} in the log" if case.log else ""
    when = f"{local_time(session.present, case.zone)} {case.timezone}"
    page.block(f"Born {case.born.isoformat()}, {age_words(plan.age_months)}, {when}{entries}.")
    if plan.scope:
        page.block(
            Text.assemble(("SCOPE", STYLES["alert"]), f"  {plan.scope} {cited(pathway.scope_cites)}"), "! ", "  "
        )
    page.footer(pathway)
    page.blank()
    print_plan(plan, pathway, page.console, compact=True, before=plan if case.log else None)


def step_taken(done: Replayed, before: Plan, session: Session, page: Page) -> None:
    """Write what a step did: the verdict on an order, or what changed and the plan now."""
    pathway = session.pathway
    page.blank()
    headline(done, pathway, page)
    if done.verdict is not None:
        write_verdict(done.verdict, pathway, page)
        return
    write_facts(done, pathway, page)
    if done.result is not None:
        _changed(done.result, session.case, page)
    else:
        _passed(done.plan, before, page)
    print_plan(done.plan, pathway, page.console, compact=True, step=done.result, before=before)


def overridden(verdict: Verdict, page: Page) -> None:
    """Write that a refused order is given all the same, by whom, and why."""
    assert verdict.override is not None
    words = f"in spite of the refusal, by {verdict.override.by}: {verdict.override.reason}"
    page.item(("ORDERED", STYLES["alert"]), f"  {words} {cited(verdict.cites)}", lead="      ")


def _changed(step: Step, case: Case, page: Page) -> None:
    """Write whether the state moved, what waits, what must be reviewed, and what was left undone."""
    states = case.pathway.states_by_name
    if step.state != step.came_from:
        way = [*step.passed_through, step.state] if step.passed_through else [step.came_from, step.state]
        page.block(Text.assemble(("Moved: ", "bold"), " -> ".join(states[name].title for name in way)), "", "       ")
    else:
        page.block(f"Moved: no, the state stays {states[step.state].title}", "", "       ")
    if step.change is not None and step.change.taken_away:
        gone = " ".join(advice.words for advice in step.change.taken_away)
        waits = "does not count yet; what it" if step.proposed else "counts, but what it"
        words = f"  {step.entry} {waits} would take away stays until a clinician acknowledges it: {gone}"
        page.block(Text.assemble(("WAITS", STYLES["alert"]), words), "! ", "  ")
        page.block(f"acknowledge {step.entry}", "  ")
    if step.change is not None and step.change.review:
        page.block(f"Review: {', '.join(step.change.review)} happened at or after what changed.", "", "        ")
    for advice in step.left_undone:
        page.block(f"Left undone: {advice.words}", "", "             ")
    if step.held:
        page.block(f"Not what was meant? 'undo', or 'correct {step.entry}'.", "", "")


def _passed(plan: Plan, before: Plan, page: Page) -> None:
    """Write what the passing of time changed."""
    late = [line.words for line in plan.lines if line.overdue and line.id not in before.overdue]
    gone = [line.words for line in before.lines if line.id not in {line.id for line in plan.lines}]
    for lead, words in (("Overdue now: ", late), ("Ended: ", gone)):
        for sentence in words:
            page.block(sentence, lead, " " * len(lead))
    if not late and not gone:
        page.block("Nothing has ended or become overdue.")


def menu(offered: Sequence[NextEvent], session: Session, page: Page, *, full: bool = False) -> None:
    """Write, by number, the events that would move the case on or bring awaited facts; in full with those facts."""
    pathway = session.pathway
    page.heading("WHAT COULD HAPPEN NEXT")
    for number, event in enumerate(offered, 1):
        leads = ", ".join(pathway.state(name).title for name in event.leads_to)
        words = f": {titles(event.fields, pathway)}" if full and event.fields else ""
        page.item((event.title, "bold"), words, f" -> {leads}" if leads else "", lead=f"{number:2}  ")
    page.item(OTHER, lead=f"{len(offered) + 1:2}  ")
    page.block(Text("A number, or a command: plan, why, why-not, order, clock, log, undo, save, help, quit.", "dim"))


def every_event(session: Session, page: Page) -> None:
    """Write all events, by number, name and title."""
    page.heading("EVENTS")
    for number, kind in enumerate(session.pathway.events, 1):
        page.item((kind.name, "bold"), f"  {kind.title}", lead=f"{number:2}  ")


def reasons(found: Sequence[Reason], page: Page) -> None:
    """Write why something is so: rules, facts against limits, citations."""
    for reason in found:
        page.item((reason.words, "bold"), f" {cited(reason.cites)}")
        for finding in reason.findings:
            page.item(one_line(finding.words), indent=2)


def why_not(answer: WhyNot, session: Session, page: Page) -> None:
    """Write what stands in the way, rule by rule, with the nearest value that would change it."""
    if answer.holds:
        page.block(f"{answer.target}: it is so; ask why {answer.target}")
        return
    if len(answer.path) > 1:
        titled = " -> ".join(session.pathway.state(name).title for name in answer.path)
        page.block(f"the shortest way: {titled}", "", "  ")
    for obstacle in answer.obstacles:
        page.item(obstacle.words, f" {cited(obstacle.cites)}" if obstacle.cites else "")
        for finding in obstacle.findings:
            if finding.turns_at and finding.truth is not None:
                page.item(f"{one_line(finding.words)}; the nearest value that would turn it: {finding.turns_at}",
                          indent=2)  # fmt: skip


def orders(session: Session, page: Page) -> None:
    """Write every order with its verdict now. Asking in this way is no step of the story."""
    page.heading("ORDERS")
    for rule in session.pathway.orders:
        verdict = session.case.propose(rule.id, at=session.present)
        page.item((rule.id, "bold"), f"  {verdict.verdict.replace('_', ' ')}: {rule.words} {cited(rule.cites)}")


def log(session: Session, page: Page) -> None:
    """Write the entries of the log: what happened, when, by whom, and what became of it."""
    case = session.case
    if not case.log:
        page.block("The log is empty.")
    kept = len(session.resumed)
    waiting = {entry.id for entry in case.pending}
    for number, entry in enumerate(case.log):
        words = f"{local_time(entry.at, case.zone)}  {_what(entry, case)}{f' (by {entry.by})' if entry.by else ''}"
        changes = [
            change.id for change in case.log if isinstance(change, Corrected | Withdrawn) and change.target == entry.id
        ]
        changed = f"; changed by {', '.join(changes)}" if changes else ""
        waits = ("; waits for acknowledgement", STYLES["alert"]) if entry.id in waiting else ""
        earlier = "; from before this session" if number < kept else ""
        page.item(one_line(words), changed, waits, earlier, lead=f"{entry.id:4}")


def _what(entry: Entry, case: Case) -> str:
    from pathway.cli.entries import entry_words

    return entry_words(entry, case.pathway, case.zone)


def what_was(step: ScenarioStep, session: Session) -> str:
    """A step in a few words, for the line that says it was taken back."""
    pathway, at = session.pathway, local_time(step.at, session.case.zone)
    match step.kind:
        case "event":
            what = pathway.event_type(step.name).title
        case "order":
            what = f"order {step.name}" + (", overridden" if step.override is not None else "")
        case "clock":
            what = "time passed"
        case "correct" | "withdraw" | "acknowledge":
            what = f"{step.kind} {step.target}"
        case "set_aside":
            what = f"set aside {step.target}"
        case _:
            assert_never(step.kind)
    return f"{at} {what}"
