"""`pathway worklist`: what is due, overdue and awaited across all open cases."""

from __future__ import annotations

from contextlib import ExitStack
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from pathway.cli import one_line
from pathway.cli.case.options import counted, json_option, opened, progress, store_option
from pathway.cli.moments import local_time, local_zone, read_at
from pathway.cli.page import STYLES, Page, identity, open_console, print_json_rows, with_identity
from pathway.cli.render import by_event
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput
from pathway.run.moments import read_moment, zone_named
from pathway.run.plan_parts import Awaited
from pathway.run.schedule import completed_by, expires

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from click.shell_completion import CompletionItem

    from pathway.model.pathway import Pathway
    from pathway.store.imports import Import
    from pathway.store.store import Store
    from pathway.store.worklist import CaseDue, Due, Listing, Worklist

FEW = 4
_DOING = {"now": "to do now", "today": "today", "planned": "planned", "ongoing": "only ongoing", "": "nothing"}


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    return [
        CompletionItem(state.name, help=state.title) for state in PATHWAY.states if state.name.startswith(incomplete)
    ]


@click.command("worklist", context_settings={"show_default": True})
@click.option(
    "--at", metavar="MOMENT", help="Due and overdue as of that moment, by all that is recorded. By default now."
)
@click.option("--overdue", is_flag=True, help="Only cases with something that is overdue.")
@click.option("--state", metavar="STATE", shell_complete=_complete, help="Only cases in that state.")
@click.option("--limit", metavar="N", type=click.IntRange(1, 100_000), default=50, help="At most so many cases.")
@click.option("--columns", is_flag=True, help="Each task with trigger, due, overdue, expires and completed by.")
@click.option("--rebuild", is_flag=True, help="Compute the rows of all cases anew from their entries first.")
@store_option
@json_option
def command(
    at: str | None, overdue: bool, state: str | None, limit: int, columns: bool, rebuild: bool, url: str, as_json: bool
) -> None:
    """What is due, overdue and awaited across all open cases, most urgent first.

    Days are those of each case's time zone. What stands under a case is what its own version of the pathway says. A
    case that cannot be read comes first, and says why.

    \b
    pathway worklist
    pathway worklist --overdue --columns
    pathway worklist --at 2026-01-24T08:00:00Z --json
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    moment = read_at(at, local_zone())
    with opened(url) as store:
        from pathway.store.worklist import listed

        with ExitStack() as stack:
            with progress("counting in cases") as report:
                if rebuild:
                    store.rebuild(report)
                listing = stack.enter_context(listed(
                    store, at=moment, limit=limit, overdue_only=overdue, state=state or "", tell=report
                ))  # fmt: skip
            broken_off = store.imports.unfinished()
            pathway_of = _versions(store)
            rows = _faults_first(listing, pathway_of)
            if as_json:
                _print_json(listing.head, rows, pathway_of, broken_off)
            else:
                _print(listing.head, rows, pathway_of, broken_off, overdue=overdue, state=state or "", columns=columns)


def _faults_first(listing: Listing, pathway_of: Callable[[CaseDue], Pathway]) -> Iterator[CaseDue]:
    """The cases of a worklist; first those that cannot be told, because their version is no longer in the store."""
    if all(_is_here(digest, pathway_of) for digest in listing.digests):
        yield from listing
        return
    for faulty in (True, False):
        yield from (row for row in (_with_version(case, pathway_of) for case in listing) if bool(row.fault) is faulty)


def _is_here(digest: str, pathway_of: Callable[[CaseDue], Pathway]) -> bool:
    from pathway.store.worklist import CaseDue

    return not _with_version(CaseDue("", "", digest, "UTC"), pathway_of).fault


def _versions(store: Store) -> Callable[[CaseDue], Pathway]:
    """The version of the pathway that a case of the worklist is pinned to."""
    known = {digest: version for digest, _, version, _ in store.versions.rows()}
    return lambda row: store.versions.of(row.pathway_digest, known.get(row.pathway_digest, ""), row.case_id)


def _with_version(row: CaseDue, pathway_of: Callable[[CaseDue], Pathway]) -> CaseDue:
    """The case; with a fault where the version that it is pinned to is no longer in the store."""
    if row.fault:
        return row
    try:
        pathway_of(row)
        return row
    except BadInput as fault:
        return evolve(row, fault=fault.faults[0], tasks=(), awaits=(), waiting=())


def _print_json(
    head: Worklist, rows: Iterable[CaseDue], pathway_of: Callable[[CaseDue], Pathway], broken_off: list[Import]
) -> None:
    data = head.to_json()
    del data["cases"]
    data["imports_in_part"] = [part.to_json() for part in broken_off]
    print_json_rows(data, "cases", (_data(row, pathway_of) for row in rows), with_identity(PATHWAY, {}))


def _data(row: CaseDue, pathway_of: Callable[[CaseDue], Pathway]) -> dict[str, Any]:
    case = row.to_json()
    if row.fault:
        return case
    pathway = pathway_of(row)
    case["title"] = pathway.state(row.state).title
    case["version"] = pathway.version
    for task in case["tasks"]:
        task.update(_columns(task["advice"], pathway))
    return case


def _columns(name: str, pathway: Pathway) -> dict[str, Any]:
    """The columns of a task that WHO's schedule logic has beside the days, in words."""
    advice = pathway.advice_by_id[name]
    return {
        "words": advice.words, "expires": expires(advice, pathway) or None,
        "completed_by": completed_by(advice, pathway) or None, "cites": list(advice.cites),
    }  # fmt: skip


def _print(
    found: Worklist, rows: Iterable[CaseDue], pathway_of: Callable[[CaseDue], Pathway], broken_off: list[Import], *,
    overdue: bool, state: str, columns: bool,
) -> None:  # fmt: skip
    page = Page(open_console())
    page.block(Text(f"Worklist, {found.at:%Y-%m-%d %H:%M %Z}", "bold"))
    _header(found, page, overdue=overdue, state=state)
    for part in broken_off:
        page.block(Text.assemble(("IMPORTED IN PART", STYLES["alert"]), f"  {part.words}."), "! ", "  ")
    shown = 0
    for shown, row in enumerate(rows, 1):  # noqa: B007  # the last number is how many there are
        page.blank()
        if row.fault:
            page.item((row.case_id, "bold"), ("  CANNOT BE READ", STYLES["alert"]), lead="! ")
            page.block(one_line(row.fault), "    ", "    ")
        else:
            _Row(row, pathway_of(row), page).write(columns=columns)
    if shown < found.open_cases:
        page.blank()
        page.block(f"{found.open_cases - shown:,} more; --limit shows them.")
    page.footer(PATHWAY)


def _header(found: Worklist, page: Page, *, overdue: bool, state: str) -> None:
    which = counted(found.open_cases, "open case")
    if state:
        which += f" in {PATHWAY.state(state).title}"
    if overdue:
        which += " with something overdue"
    elif found.open_cases:
        which += f", {found.overdue:,} with something overdue"
    most = ", ".join(f"{_DOING[name]} in {count:,}" for name, count in found.counts.items())
    page.block(f"{which}." + (f" {most[0].upper()}{most[1:]}." if most else ""))


class _Row:
    """Writes one case."""

    def __init__(self, row: CaseDue, pathway: Pathway, page: Page) -> None:
        self.row, self.pathway, self.page = row, pathway, page
        self.zone = zone_named(row.timezone)

    def write(self, *, columns: bool) -> None:
        row, page, pathway = self.row, self.page, self.pathway
        version = "" if pathway.digest == PATHWAY.digest else f"  ({identity(pathway)})"
        page.item((row.case_id, "bold"), f"  {pathway.state(row.state).title}{version}", lead="")
        if row.waiting:
            words = f"  {', '.join(row.waiting)} for a clinician's acknowledgement"
            page.block(Text.assemble(("WAITS", STYLES["alert"]), words), "  ! ", "    ")
        shown = row.tasks if columns else self._pressing()
        for task in shown:
            self._task(task, columns=columns)
        if rest := [task for task in row.tasks if task not in shown]:
            page.block(f"and {', '.join(_numbers(rest))}", "    ", "    ")
        if row.awaits:
            events = [event for event, _ in by_event(self._awaited(), pathway) if event]
            page.block(f"Awaited: {', '.join(events)}", "    ", "             ")

    def _pressing(self) -> tuple[Due, ...]:
        """A few tasks: the overdue ones, then the most urgent."""
        tasks = sorted(self.row.tasks, key=lambda task: (not task.overdue, task.urgency != self.row.urgency))
        few = [task for task in tasks if task.overdue or task.urgency == self.row.urgency]
        return tuple(few[: max(FEW, sum(task.overdue for task in few))])

    def _task(self, task: Due, *, columns: bool) -> None:
        page, advice = self.page, self.pathway.advice_by_id[task.advice]
        strong = STYLES.get(task.urgency.upper(), "")
        due, style = self._due(task)
        page.item((task.urgency.upper(), strong), f"  {advice.words}", (due, style), lead="  - ")
        if not columns:
            return
        overdue = "never" if task.overdue_from is None else f"from {self._local(task.overdue_from)[:10]}"
        days = f"due: {task.due or 'no day is set'}; overdue: {overdue}"
        for words in (
            f"trigger: {self._local(task.trigger)}; {days}",
            f"expires: {expires(advice, self.pathway) or 'not before it is done'}",
            f"completed by: {completed_by(advice, self.pathway) or 'nothing; it lasts as long as its ground'}",
        ):
            page.block(words, "      ", "        ")

    def _due(self, task: Due) -> tuple[str, str]:
        if task.overdue:
            assert task.overdue_from is not None
            was = f", was due on {task.due}" if task.due else ""
            return f" OVERDUE since {self._local(task.overdue_from)[:10]}{was}.", STYLES["alert"]
        return (f" Due on {task.due}.", "bold") if task.due else ("", "")

    def _local(self, moment: str) -> str:
        return local_time(read_moment(moment, "moment"), self.zone)

    def _awaited(self) -> list[Awaited]:
        kinds = self.pathway.events
        return [
            Awaited(name, "", tuple(
                kind.name for kind in kinds if name in kind.records or any(field.fact == name for field in kind.fields)
            ))
            for name in self.row.awaits
        ]  # fmt: skip


def _numbers(tasks: list[Due]) -> list[str]:
    counts: dict[str, int] = {}
    for task in tasks:
        counts[task.urgency] = counts.get(task.urgency, 0) + 1
    return [f"{count} more {urgency}" for urgency, count in counts.items()]
