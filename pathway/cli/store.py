"""`pathway store`: the store as a whole. `backup` makes a copy of it."""

from __future__ import annotations

import click

from pathway.cli.case.options import counted, json_option, needing_database, opened, store_option
from pathway.cli.page import Page, open_console, print_json


@click.group("store", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """The store as a whole: a copy of it.

    \b
    pathway store backup copy.db
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


@command.command("backup", short_help="Copy the store into a file, whole.")
@click.argument("file", metavar="FILE")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@store_option
@json_option
def backup(file: str, force: bool, url: str, as_json: bool) -> None:
    """Copy the store into a file: all that is recorded at this moment, while others go on writing.

    Copying the file of a store by other means loses what stands in the log beside it (cases.db-wal), and the copy looks
    sound. The copy is there whole or not at all, and may be read by its owner alone. A PostgreSQL server is copied by
    pg_dump.

    \b
    pathway store backup copy.db
    pathway case verify-log --store copy.db
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with needing_database():
        from pathway.store.backup import backup as copy
    with opened(url) as store:
        found = copy(store.database, file, force=force)
    if as_json:
        print_json({"file": file, "cases": found.cases, "entries": found.entries})
        return
    cases, entries = counted(found.cases, "case"), counted(found.entries, "entry", "entries")
    Page(open_console()).block(f"Copied to {file}: {cases} with {entries}.")
