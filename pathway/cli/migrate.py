"""`pathway migrate`: a case moves to another version of the pathway, after what would change has been shown."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.case.differences import differences, warnings
from pathway.cli.case.options import by_option, json_option, opened, store_option
from pathway.cli.case.taken import remember
from pathway.cli.faults import Faults
from pathway.cli.moments import read_at
from pathway.cli.page import STYLES, Page, identity, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.model.errors import BadInput
from pathway.model.outside import read_text

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway
    from pathway.run.compare import Comparison
    from pathway.store.chain import StoredEntry
    from pathway.store.store import Store
    from pathway.store.stored_case import StoredCase

ANOTHER_WAY = "--acknowledge-another-way"


@click.command("migrate")
@click.argument("name", metavar="CASE")
@click.option(
    "--to", "version", metavar="VERSION", required=True,
    help="'current', a version number or the start of a digest in the store, or a file of 'pathway freeze'.",
)  # fmt: skip
@by_option("Who decides it.", decides=True)
@click.option("--reason", metavar="WORDS", default="", help="Why; kept with the migration.")
@click.option(
    ANOTHER_WAY, "another_way", is_flag=True,
    help="Migrate although the case would have gone another way, urgent advice would end, other entries would wait for "
    "acknowledgement, or entries would be left out.",
)  # fmt: skip
@click.option("--yes", is_flag=True, help="Record it; without, it is shown and, at a terminal, asked for.")
@store_option
@json_option
def command(
    name: str, version: str, by: str, reason: str, another_way: bool, yes: bool, url: str, as_json: bool
) -> None:
    """Move a case to another version of the pathway; first show what would change.

    The case is told anew under that version, and both are compared: how it came to where it is, and what holds there
    now. Nothing is recorded without --yes, or 'y' at a terminal. Where the case would have gone another way, urgent
    advice would end, other entries would wait, or entries would be left out, it is refused until that is acknowledged.
    The migration becomes an entry of the case.

    \b
    pathway migrate C1 --to current
    pathway migrate C1 --to current --yes --by "Dr H" --reason "new limits"
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if yes and not by.strip():
        raise BadInput("by: who decides it? write --by NAME")
    with opened(url) as store:
        stored, target = _found(store, name, version)
        now = read_at(None, stored.case.timezone)
        from pathway.store.migration import migrate, preview

        found = preview(stored, target, at=now)
        before = stored.pathway
        page = None if as_json else Page(open_console())
        if page is not None:
            _show(found, stored, target, page)
        entry = None
        refused = found.needs_acknowledgement and not another_way
        if yes or (page is not None and not refused and by.strip() and at_terminal() and click.confirm("Migrate?")):
            entry, _ = migrate(
                store, stored, target, by=by.strip(), now=now, reason=reason.strip(),
                acknowledge_another_way=another_way,
            )  # fmt: skip
            remember(entry)
        if page is None:
            print_json(with_identity(target, _data(name, before, target, found, entry)))
        else:
            _end(entry, refused, stored, page)
            page.footer(target)


def _found(store: Store, name: str, version: str) -> tuple[StoredCase, Pathway]:
    """The case and the version. Raises `BadInput` with the faults of both."""
    faults = Faults()
    stored, target = faults.attempt(store.case, name), faults.attempt(_target, store, version)
    faults.check()
    assert stored is not None and target is not None
    return stored, target


def _target(store: Store, name: str) -> Pathway:
    if not (name.endswith(".json") or os.sep in name):
        return store.versions.named(name)
    from pathway.model.canonical import from_json

    text = read_text(name, f"to: {name}", "; 'pathway freeze' writes one")
    try:
        return from_json(text)
    except BadInput as fault:
        raise fault.at(f"to: {name}") from None


def _show(found: Comparison, stored: StoredCase, target: Pathway, page: Page) -> None:
    page.item((f"Case {stored.id}", "bold"), f": from {identity(stored.pathway)}", lead="")
    page.block(f"to {identity(target)}", "  ", "    ")
    before, zone = stored.pathway, stored.case.zone
    if found.urgent_ended or found.waiting_changed or found.dropped:
        page.heading("TO BE ACKNOWLEDGED", STYLES["alert"])
        warnings(found, stored.case, page)
    if found.same_way:
        page.blank()
        page.block("Its way is the same under both.")
    else:
        page.heading("ANOTHER WAY", STYLES["alert"])
        page.block("The case would have gone another way:")
        differences(found.way, before, target, zone, page)
    if found.now:
        page.heading("WHAT CHANGES NOW")
        differences(found.now, before, target, zone, page)
    else:
        page.block("What holds now is the same under both.")
    page.blank()


def at_terminal() -> bool:
    """Whether a person can be asked: standard input and output are a terminal."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def _end(entry: StoredEntry | None, refused: bool, stored: StoredCase, page: Page) -> None:
    if entry is not None:
        page.block(Text(f"Migrated; recorded as e{entry.sequence} of case {stored.id}.", "bold"))
        return
    add = f"{ANOTHER_WAY} --yes --by NAME" if refused else "--yes --by NAME"
    page.block(Text(f"Nothing was recorded. To migrate, add {add}.", "bold"))


def _data(name: str, before: Pathway, target: Pathway, found: Comparison, entry: StoredEntry | None) -> dict[str, Any]:
    return {
        "case": name,
        "from": {"version": before.version, "digest": before.digest},
        "to": {"version": target.version, "digest": target.digest},
        **found.to_json(),
        "migrated": entry is not None,
        "number": None if entry is None else entry.sequence,
        "hash": None if entry is None else entry.hash,
    }
