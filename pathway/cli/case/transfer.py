"""`pathway case export` and `import`: cases as lines of JSON, from one store to another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pathway.cli.case.incoming import INPUT, STANDARD, incoming
from pathway.cli.case.options import counted, json_option, opened, progress, source_option, store_option
from pathway.cli.faults import Faults
from pathway.cli.files import whole_file
from pathway.cli.moments import read_at
from pathway.cli.output import recorded
from pathway.cli.page import Page, open_console, print_json
from pathway.model.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.store.imports import Import
    from pathway.store.store import Store


@click.command("export", short_help="Write cases as lines of JSON.")
@click.argument("names", metavar="[CASE]...", nargs=-1)
@click.option("--to", "file", metavar="FILE", default=STANDARD, help="Write this file; by default the output.")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@store_option
def export(names: tuple[str, ...], file: str, force: bool, url: str) -> None:
    """Write cases as lines of JSON, with the versions of the pathway that they rest on; all where none is named.

    Each entry goes with its hash, so that 'pathway case import' can check it. A file is written whole or not at all.

    \b
    pathway case export --to cases.jsonl
    pathway case export C1 C2 | pathway case import - --store other.db
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with opened(url) as store:
        faults = Faults()
        for name in names:
            faults.attempt(store.log_of, name)
        faults.check()
        if file == STANDARD:
            for line in _lines(store, names):
                click.echo(line, nl=False)
            return
        with whole_file(file, "to", force=force) as out, progress("writing lines") as report:
            written = 0
            for written, line in enumerate(_lines(store, names), 1):
                out.write(line)
                if written % 500 == 0:
                    report(written)
    page = Page(open_console())
    page.block(f"Written to {file}: {counted(written, 'line')}.")


@click.command("import", short_help="Take cases, or a version, from a file.")
@click.argument("file", metavar="FILE")
@source_option
@click.option(
    "--key", metavar="KEY", default="", help="The key of the file there. The same file twice by one key is one import."
)
@store_option
@json_option
def take(file: str, source: str, key: str, url: str, as_json: bool) -> None:
    """Take cases that 'pathway case export' wrote, or a version that 'pathway freeze' wrote; "-" reads the input.

    The whole file is checked first: if anything in it is wrong, nothing is imported. Then it is written in parts, each
    case whole within one, and others can write in between. If that is broken off, the same file again imports the rest;
    'pathway worklist' names an import that is not whole, and 'pathway store imports' can end it. Entries that are here
    already are the same ones; a case that has gone another way here is refused.

    \b
    pathway case import cases.jsonl
    pathway case import frozen/leukopenia-small-child-0.1.0-a95df0e0f5ce.json
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with incoming(file) as lines, opened(url, create=True) as store:
        from pathway.store.transfer import take as take_in

        with progress("entries") as report:
            try:
                found = take_in(store, lines, now=read_at(None, "UTC"), source=source, key=key, tell=report)
            except BadInput as fault:
                raise fault.at(INPUT if file == STANDARD else file) from None
        recorded("imported before" if found.already else f"{counted(found.new, 'new entry', 'new entries')} imported")
        if found.new:
            _count_in(store)
    if as_json:
        print_json({"cases": found.cases, "entries": found.entries, "new": found.new, "versions": found.versions,
                    "before": None if found.before is None else found.before.state,
                    **({"already": found.already} if key else {})})  # fmt: skip
        return
    page = Page(open_console())
    cases, entries = counted(found.cases, "case"), counted(found.entries, "entry", "entries")
    before = " Imported before, by the same source and key." if found.already else ""
    page.block(f"Read {cases} with {entries}, {found.new:,} of them new, and "
               f"{counted(found.versions, 'version')} of the pathway.{before}")  # fmt: skip
    if found.before is not None:
        page.block(_earlier(found.before, already=found.already))


def _count_in(store: Store) -> None:
    """Count the cases in, so that the next reader need not. What was imported is here all the same."""
    from pathway.store.faults import Clash

    try:
        with progress("counting in cases") as report:
            store.projection.catch_up(report)
    except (Unavailable, BadInput, Clash):
        return  # the next reader counts them in, and says what is wrong


def _earlier(before: Import, *, already: bool) -> str:
    """What an earlier import of the same file left. Where it was `already` there by its key, nothing was read again."""
    if before.state == "whole":
        return f"This file was imported whole before, on {before.begun_at[:10]}."
    now = "nothing was read again" if already else "now it is whole"
    return (
        f"An earlier import of this file, begun on {before.begun_at[:10]}, had stopped after {before.cases_done:,} of "
        f"{before.cases:,} cases; {now}."
    )


def _lines(store: Store, names: tuple[str, ...]) -> Iterator[str]:
    from pathway.store.transfer import export as lines_of

    return lines_of(store, names)
