"""`pathway case list`: which cases there are."""

from __future__ import annotations

import json
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.case.options import counted, json_option, opened, progress, store_option
from pathway.cli.page import STYLES, Page, open_console, with_identity
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.store.store import Store


@click.command("list", short_help="Which cases there are.")
@click.option("--all", "every", is_flag=True, help="Also those that are closed.")
@click.option("--limit", metavar="N", type=click.IntRange(1, 10**9), help="At most so many cases.")
@click.option("--after", metavar="NAME", default="", help="Only names that come after this one: the next page.")
@store_option
@json_option
def listing(every: bool, limit: int | None, after: str, url: str, as_json: bool) -> None:
    """The cases of a store by name: their state, version, and number of entries.

    A case is open while an advice is in force, something waits for acknowledgement, or the pathway goes on.

    \b
    pathway case list
    pathway case list --all --json
    pathway case list --limit 100 --after C100
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with opened(url) as store:
        from pathway.store.names import line_of_words

        line_of_words(after, "after")
        with progress("counting in") as report:
            store.projection.catch_up(report)
        page = _Listed(store, every=every, limit=limit, after=after)
        if as_json:
            _print_json(page)
        else:
            _print(page, every=every)


class _Listed:
    """The rows of a page. `next` is the name after which the next page begins; None where this is the last."""

    def __init__(self, store: Store, *, every: bool, limit: int | None, after: str) -> None:
        from pathway.store.worklist import all_cases

        self.store, self.limit = store, limit
        # One more than is shown: whether there is a next page.
        self.cases = all_cases(store, after=after, limit=limit and limit + 1, every=every)
        self.versions = {digest: version for digest, _, version, _ in store.versions.rows()}
        self.next: str | None = None

    def __iter__(self) -> Iterator[dict[str, Any]]:
        last = ""
        for number, case in enumerate(self.cases):
            if number == self.limit:
                self.next = last
                return
            last = case[0]
            yield self._row(*case)

    def _row(self, name: str, state: str, is_open: bool, digest: str, entries: int) -> dict[str, Any]:
        if not digest:
            return {"case": name, "fault": True, "open": True}
        version = self.versions.get(digest, "")
        try:
            pathway = self.store.versions.of(digest, version, name)
        except BadInput:
            return {"case": name, "fault": True, "open": is_open}
        return {
            "case": name, "fault": False, "open": is_open, "state": state, "title": pathway.state(state).title,
            "version": version, "digest": digest, "entries": entries,
        }  # fmt: skip


def _print_json(rows: _Listed) -> None:
    """One object, written row by row."""
    click.echo('{\n "cases": [', nl=False)
    for number, row in enumerate(rows):
        click.echo((",\n  " if number else "\n  ") + json.dumps(row, ensure_ascii=False), nl=False)
    rest = json.dumps(with_identity(PATHWAY, {"next": rows.next}), indent=1, ensure_ascii=False)
    click.echo("\n ],\n" + rest.removeprefix("{\n"))


def _print(rows: _Listed, *, every: bool) -> None:
    page = Page(open_console())
    shown = 0
    for row in rows:
        shown += 1
        if row["fault"]:
            page.item((row["case"], "bold"), ("  cannot be read", STYLES["alert"]), "; 'pathway worklist' says why",
                      lead="! ")  # fmt: skip
            continue
        closed = "" if row["open"] else ", closed"
        page.item(
            (row["case"], "bold"),
            f"  {row['title']}{closed}; {counted(row['entries'], 'entry', 'entries')}; "
            f"version {row['version']} ({row['digest'][:12]})",
            lead="",
        )
    page.blank()
    page.block(Text(f"{counted(shown, 'case' if every else 'open case')}.", "bold"))
    if rows.next is not None:
        page.block(f"There are more: --after {quote(rows.next)}")
    page.footer(PATHWAY)
