"""A scenario step by step: what happened, then the plan after it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli.page import STYLES, Page, cited
from pathway.cli.reasons import facts_of, short_reasons, titles
from pathway.cli.render import age_words, print_plan
from pathway.cli.text import Text

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.run.answers import Verdict
    from pathway.scenarios.replay import Replay, Replayed


def narrate(replay: Replay, pathway: Pathway, page: Page) -> None:
    """Write a replayed scenario. "+" marks what is new at a step."""
    scenario, before = replay.scenario, None
    page.block(Text(scenario.title, "bold"))
    page.block(scenario.why)
    if replay.steps:
        page.block(f"Born {scenario.born.isoformat()}, {age_words(replay.steps[0].plan.age_months)} at the start.")
    for number, step in enumerate(replay.steps, 1):
        page.blank()
        headline(step, pathway, page, f"{number}/{len(replay.steps)}  ")
        if step.verdict is not None:
            write_verdict(step.verdict, pathway, page)
        else:
            write_facts(step, pathway, page)
            print_plan(step.plan, pathway, page.console, compact=True, step=step.result, before=before)
            before = step.plan
        for failure in step.failures:
            page.block(Text(str(failure), STYLES["alert"]), "FAILED  ", "        ")


def headline(step: Replayed, pathway: Pathway, page: Page, lead: str = "") -> None:
    """Write when a step happened, and what."""
    at = step.step.at.strftime("%Y-%m-%d %H:%M")
    page.block(Text("=" * page.console.width))
    page.block(Text(f"{lead}{at}  {_what(step, pathway)}", "bold"), "", "      ")


def _what(step: Replayed, pathway: Pathway) -> str:
    happened = step.step
    title = pathway.event_type(happened.event.name).title if happened.event is not None else ""
    match happened.kind:
        case "event":
            return title
        case "order":
            return f"Proposed: {pathway.order(happened.name).words}"
        case "correct":
            return f"Entry {happened.target} is corrected: {title}"
        case "withdraw":
            return f"Entry {happened.target} is withdrawn"
        case "acknowledge":
            return f"{happened.by} acknowledges the change of {happened.target}"
        case "set_aside":
            return f"{happened.by} sets aside: {pathway.advice_named(happened.target).words}"
        case "clock":
            return "Time passes"


def write_facts(step: Replayed, pathway: Pathway, page: Page) -> None:
    """Write the facts of a step as they were given, and the values that were held back."""
    event = step.step.event
    if event is not None and (words := facts_of(event, pathway)):
        page.block(words, "      ", "      ")
    for held in event.held if event is not None else ():
        page.block(Text(held.line(event.name if event is not None else ""), STYLES["alert"]), "! ", "  ")


def write_verdict(verdict: Verdict, pathway: Pathway, page: Page) -> None:
    """Write the answer to an order: the rule, the deciding facts, and what is missing."""
    word = {"refused": "REFUSED", "permitted": "PERMITTED", "not_addressed": "NOT ADDRESSED"}[verdict.verdict]
    page.item((word, "bold"), f"  {verdict.words} {cited(verdict.cites)}", lead="      ")
    if verdict.findings:
        page.item(f"because {short_reasons(verdict.findings, pathway)}", lead="      ")
    if verdict.awaits:
        page.item(f"missing: {titles(verdict.awaits, pathway)}", lead="      ")
    if verdict.override is not None:
        page.item(f"given in spite of it by {verdict.override.by}: {verdict.override.reason}", lead="      ")
