"""`pathway store`: the store as a whole. `backup` makes a copy of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pathway.cli import one_line
from pathway.cli.case.options import by_option, check_by, counted, json_option, needing_database, opened, store_option
from pathway.cli.faults import Faults
from pathway.cli.moments import read_at
from pathway.cli.output import recorded
from pathway.cli.page import Page, open_console, print_json

if TYPE_CHECKING:
    from typing import Any

    from pathway.store.store import Store


@click.group("store", invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """The store as a whole: a copy of it, and what was imported into it.

    \b
    pathway store backup copy.db
    pathway store imports
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


@command.command("imports", short_help="List what was imported; give an import up.")
@click.option("--give-up", "digest", metavar="DIGEST", help="End an import that is in part, as it is.")
@by_option("Who gives it up.", decides=True)
@store_option
@json_option
def imports(digest: str | None, by: str, url: str, as_json: bool) -> None:
    """List the files that were imported, the oldest first: how much of each is here, and whether that is all.

    An import that was broken off is finished by 'pathway case import' of the same file, or of a mended one that holds
    the last entry that came in. Where there is no such file, --give-up ends it: the cases that came in stay, nothing
    names the import as unfinished any more, and its source key is free for another file. DIGEST is the one that is
    listed, or its first 12 characters.

    \b
    pathway store imports
    pathway store imports --give-up 5f0c3b9a7d21 --by "Dr W"
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    faults = Faults()
    if digest is not None:
        check_by(by, faults, decides=True)
    elif by:
        faults.add("by: it goes with --give-up DIGEST")
    faults.check()
    with opened(url) as store:
        if digest is not None:
            ended = store.imports.give_up(digest, by=by.strip(), now=read_at(None, "UTC"))
            recorded(f"the import with digest {ended} was given up")
        found = _listed(store)
    if as_json:
        print_json({"imports": found})
        return
    page = Page(open_console())
    if not found:
        page.block("Nothing was imported into this store.")
    for one in found:
        page.item((one["digest"][:12], "bold"), f"  {_words(one)}")


def _listed(store: Store) -> list[dict[str, Any]]:
    """The imports as JSON data; last those by a key that have begun and written nothing."""
    ends, rows = store.imports.given_up(), store.imports.all()
    found: list[dict[str, Any]] = []
    for one in rows:
        at, by = ends.get(one.key, (None, None)) if one.state == "given up" else (None, None)
        found.append({**one.to_json(), "given_up_at": at, "given_up_by": by})
    begun = sorted(set(store.imports.claimed()) - {one.key for one in rows})
    return found + [{"digest": key, "begun_at": None, "state": "in part", "cases": None, "entries": None,
                     "cases_here": 0, "entries_here": 0, "given_up_at": None, "given_up_by": None}
                    for key in begun]  # fmt: skip


def _words(one: dict[str, Any]) -> str:
    if one["begun_at"] is None:
        return "in part: it was begun by a key, and nothing of it is here"
    much = (f"{one['cases_here']:,} of {counted(one['cases'], 'case')}, "
            f"{one['entries_here']:,} of {counted(one['entries'], 'entry', 'entries')}")  # fmt: skip
    ended = f", on {one['given_up_at'][:10]} by {one_line(one['given_up_by'])}" if one["given_up_by"] else ""
    return f"{one['state']}{ended}: {much}; begun on {one['begun_at'][:10]}"
