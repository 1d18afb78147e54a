"""`pathway case list`: which cases there are."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.case.options import counted, json_option, opened, progress, store_option
from pathway.cli.page import STYLES, Page, open_console, with_identity
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pathway.store.store import Store


@click.command("list", short_help="Which cases there are.")
@click.option("--all", "every", is_flag=True, help="Also those that are closed.")
@store_option
@json_option
def listing(every: bool, url: str, as_json: bool) -> None:
    """The cases of a store by name: their state, version, and number of entries.

    A case is open while an advice is in force, something waits for acknowledgement, or the pathway goes on.

    \b
    pathway case list
    pathway case list --all --json
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with opened(url) as store:
        with progress("counting in") as report:
            store.projection.catch_up(report)
        rows = _rows(store, every=every)
        if as_json:
            _print_json(rows)
        else:
            _print(rows, every=every)


def _rows(store: Store, *, every: bool) -> Iterator[dict[str, Any]]:
    from pathway.store.worklist import all_cases

    versions = {digest: version for digest, _, version, _ in store.versions.rows()}
    for name, state, is_open, digest, entries in all_cases(store):
        if not (is_open or every):
            continue
        if not digest:
            yield {"case": name, "fault": True, "open": True}
            continue
        version = versions.get(digest, "")
        try:
            pathway = store.versions.of(digest, version, name)
        except BadInput:
            yield {"case": name, "fault": True, "open": is_open}
            continue
        yield {
            "case": name, "fault": False, "open": is_open, "state": state, "title": pathway.state(state).title,
            "version": version, "digest": digest, "entries": entries,
        }  # fmt: skip


def _print_json(rows: Iterable[dict[str, Any]]) -> None:
    """One object, written row by row."""
    click.echo('{\n "cases": [', nl=False)
    for number, row in enumerate(rows):
        click.echo((",\n  " if number else "\n  ") + json.dumps(row, ensure_ascii=False), nl=False)
    rest = json.dumps(with_identity(PATHWAY, {}), indent=1, ensure_ascii=False)
    click.echo("\n ],\n" + rest.removeprefix("{\n"))


def _print(rows: Iterable[dict[str, Any]], *, every: bool) -> None:
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
    page.footer(PATHWAY)
