"""What was recorded, and what it did to the case."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from pathway.cli import DONE, FAILED, one_line
from pathway.cli.entries import entry_words, review_words
from pathway.cli.moments import local_time
from pathway.cli.output import decided, recorded
from pathway.cli.page import STYLES, Page, cited, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.model.rules import URGENCIES

if TYPE_CHECKING:
    from pathway.run.case import Case
    from pathway.run.step import Step
    from pathway.store.chain import StoredEntry
    from pathway.store.stored_case import Receipt, StoredCase


def report(receipt: Receipt, stored: StoredCase, *, as_json: bool) -> int:
    """Write what was recorded. Returns the exit code, which says whether a value was held back."""
    case = stored.case
    held = receipt.step.held if receipt.step is not None else ()
    remember(receipt.entry, already=receipt.already)
    decided(failed=bool(held))
    if as_json:
        print_json(with_identity(case.pathway, receipt_data(receipt)))
    else:
        page = Page(open_console())
        _write(receipt, case, page)
        page.footer(case.pathway)
    for value in held:
        click.echo(f"pathway: {one_line(value.line(receipt.entry.event))}", err=True)
    return FAILED if held else DONE


def remember(entry: StoredEntry, *, already: bool = False) -> None:
    """Remember that an entry is in the store, in case the output cannot be written."""
    what = f"e{entry.sequence} was there already" if already else f"recorded as e{entry.sequence}"
    recorded(f"case {entry.case_id}: {what}; 'pathway case history {quote(entry.case_id)}' shows it")


def receipt_data(receipt: Receipt) -> dict[str, Any]:
    """What was recorded, and what it did, as JSON data."""
    entry = receipt.entry
    step = {"entry": f"e{entry.sequence}"} if receipt.step is None else receipt.step.to_json()
    clock = {"clock_behind_seconds": receipt.clock_behind.total_seconds()} if receipt.clock_behind else {}
    return {
        **step, "case": entry.case_id, "number": entry.sequence, "hash": entry.hash, "already": receipt.already, **clock
    }  # fmt: skip


def _write(receipt: Receipt, case: Case, page: Page) -> None:
    entry = receipt.entry
    name = f"e{entry.sequence}"
    if receipt.step is None:
        page.item((f"Case {entry.case_id}", "bold"), f": {name} was there already, by the same source and key; nothing "
                  "was recorded.", lead="")  # fmt: skip
        return
    step = receipt.step
    page.item((f"Case {entry.case_id}", "bold"), f": recorded as {name}.", lead="")
    words = entry_words(next(other for other in case.log if other.id == name), case.pathway, case.zone)
    page.block(f"{local_time(step.at, case.zone)}  {words}", "", "    ")
    if receipt.clock_behind:
        from pathway.store.clocks import words as clock_words

        _alert(page, "CLOCK", clock_words(receipt.clock_behind))
    _state(step, case, page)
    _warnings(step, case, page)
    for lead, ended in (("Done:", step.completed), ("Ended:", step.withdrawn), ("Left undone:", step.left_undone)):
        for number, advice in enumerate(ended):
            rest = " " * (len(lead) + 1)
            page.block(advice.words, rest if number else f"{lead} ", rest)
    for urgency in URGENCIES:
        raised = [advice for advice in step.raised if advice.urgency == urgency]
        if raised:
            page.heading(urgency.upper())
        for advice in raised:
            page.item(advice.words, f" {cited(advice.cites)}", lead="+ ")
    page.blank()
    page.block(Text(f"The whole plan: pathway case show {quote(entry.case_id)}", STYLES["quiet"]))


def _state(step: Step, case: Case, page: Page) -> None:
    states = case.pathway.states_by_name
    if step.state == step.came_from:
        page.block(f"State: {states[step.state].title}, as before", "", "       ")
        return
    # A change of the past leads from the state before it to the state now; the states between are computed anew.
    between = step.passed_through[1:] if step.change is None else ()
    way = [step.came_from, *between, step.state]
    page.block(Text.assemble("State: ", (" -> ".join(states[name].title for name in way), "bold")), "", "       ")


def _warnings(step: Step, case: Case, page: Page) -> None:
    """Write what a reader must not overlook."""
    for held in step.held:
        _alert(page, "HELD BACK", f"{held.fact} {held.reason}. 'pathway case correct' gives it anew.")
    for contradiction in step.contradictions:
        _alert(page, "CONTRADICTION", f"{contradiction.words} {cited(contradiction.cites)}")
    for deviation in step.deviations:
        how = ", overridden by a clinician with a reason" if deviation.overridden else ""
        _alert(page, "DEVIATION", f"{deviation.order.words}: done although refused{how} {cited(deviation.order.cites)}")
    change = step.change
    if change is None:
        return
    if change.taken_away:
        waits = "does not count yet" if step.proposed else "counts"
        _alert(
            page, "WAITS",
            f"{step.entry} {waits}. It would take urgent advice away, which stays in force until a clinician "
            f"acknowledges {step.entry}:",
        )  # fmt: skip
        for advice in change.taken_away:
            page.item(f"{advice.words} {cited(advice.cites)}", indent=2)
    if change.review:
        _alert(page, "REVIEW", "done at or after the moment that changed, perhaps on the old value:")
        for words in review_words(change.review, case):
            page.item(words, indent=2)


def _alert(page: Page, name: str, words: str) -> None:
    page.block(Text.assemble((name, STYLES["alert"]), f"  {one_line(words)}"), "! ", "  ")
