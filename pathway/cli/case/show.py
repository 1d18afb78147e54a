"""`pathway case show`: the plan of a case, as it is or as it was known once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import click

from pathway.cli.advise import plan_data
from pathway.cli.case.options import counted, json_option, opened, store_option
from pathway.cli.faults import Faults
from pathway.cli.moments import local_time, read_at
from pathway.cli.page import STYLES, Page, identity, open_console, print_json
from pathway.cli.render import print_plan
from pathway.cli.text import Text
from pathway.model.errors import BadInput
from pathway.run.moments import moment

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.run.case import Case
    from pathway.store.store import Store


class View(NamedTuple):
    """A view of a case: the number of its last entry here, and how many entries were recorded later."""

    name: str
    case: Case
    number: int
    known_at: datetime | None
    left_out: int


@click.command("show", short_help="The plan of a case, as it is or as it was known once.")
@click.argument("name", metavar="CASE")
@click.option("--at", metavar="MOMENT", help="The plan of that moment, with what had happened by then. By default now.")
@click.option(
    "--as-known-at", metavar="MOMENT", help="With what had been recorded by then; the plan is of that moment too."
)
@store_option
@json_option
def show(name: str, at: str | None, as_known_at: str | None, url: str, as_json: bool) -> None:
    """The plan of a case: what to do, what not to do, what is awaited, and why.

    A result counts from when it was so, not from when it was recorded. With --as-known-at it is what could be known
    then: results that came later, and corrections, are left out.

    \b
    pathway case show C1
    pathway case show C1 --at 2026-01-22T12:00:00Z
    pathway case show C1 --as-known-at 2026-01-22T12:00:00Z
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with opened(url) as store:
        view, when = _looked_at(store, name, at, as_known_at)
    plan = view.case.plan(at=when)
    if as_json:
        print_json({
            "case": view.name, "number": view.number, "at": moment(plan.at),
            "as_known_at": None if view.known_at is None else moment(view.known_at), "left_out": view.left_out,
            "pending": list(plan.pending), "overdue": list(plan.overdue), **plan_data(plan, ()),
        })  # fmt: skip
        return
    page = Page(open_console())
    _headline(view, page)
    page.blank()
    print_plan(plan, view.case.pathway, page.console)


def _looked_at(store: Store, name: str, at: str | None, as_known_at: str | None) -> tuple[View, datetime]:
    """The view that is asked for, and the moment of its plan. Raises `BadInput` with every fault."""
    from pathway.store.chain import stamp

    now = store.case(name)
    faults, zone = Faults(), now.case.timezone
    when = None if at is None else faults.attempt(read_at, at, zone)
    known_at = None if as_known_at is None else faults.attempt(_known_at, as_known_at, zone)
    faults.check()
    if known_at is None:
        return View(now.id, now.case, now.sequence, None, 0), when or read_at(None, zone)
    log = store.log_of(name)
    # The order of the log is the order of recording, even where a clock was wrong: take all up to the last such entry.
    number = max((entry.sequence for entry in log if entry.recorded_at <= stamp(known_at)), default=0)
    case = store.as_known_at(name, known_at)
    return View(name, case, number, known_at, len(log) - 1 - number), when or known_at


def _known_at(text: str, zone: str) -> datetime:
    try:
        return read_at(text, zone)
    except BadInput as fault:
        raise BadInput(*(f"as-known-{line}" for line in fault.faults)) from None


def _headline(view: View, page: Page) -> None:
    entries = f"the last entry is e{view.number}" if view.number else "nothing is recorded yet"
    page.item((f"Case {view.name}", "bold"), f": {entries}; pinned to {identity(view.case.pathway)}.", lead="")
    if view.known_at is None:
        return
    known = local_time(view.known_at, view.case.zone)
    left = (
        f"{counted(view.left_out, 'entry', 'entries')} recorded later {'is' if view.left_out == 1 else 'are'} left out"
        if view.left_out
        else "nothing has been recorded since"
    )
    page.block(Text.assemble(("OLD VIEW", STYLES["alert"]), f"  as it was known at {known}: {left}."), "! ", "  ")
