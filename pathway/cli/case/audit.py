"""`pathway case verify-log`: whether the log is what was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED, one_line
from pathway.cli.case.options import counted, json_option, needing_database, opened, progress, store_option
from pathway.cli.output import decided
from pathway.cli.page import STYLES, Page, open_console, print_json
from pathway.cli.text import Text
from pathway.model.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from pathway.store.audit import Audit
    from pathway.store.imports import Import
    from pathway.store.store import Store


@click.command("verify-log", short_help="Check that the log is what was written.")
@click.option("--expect", metavar="DIGEST", help="The digest that was written down: is the log still that one?")
@store_option
@json_option
@click.pass_context
def verify_log(ctx: click.Context, expect: str | None, url: str, as_json: bool) -> None:
    """Check that no entry was changed, removed or exchanged since it was written.

    Every entry is held against its hash and the entry before, every version against its digest, every case against
    what its entries make. The digest stands for the whole log: written down elsewhere, it also shows that entries were
    removed from the end.

    \b
    pathway case verify-log
    pathway case verify-log --expect DIGEST

    Exit code 1 for any damage, and where the digest is another one than expected.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if expect is not None and not re.fullmatch(r"[0-9a-f]{64}", expect := expect.strip().lower()):
        raise BadInput(f"expect: '{one_line(expect)[:80]}' is no digest; it has 64 characters, 0 to 9 and a to f")
    audit, broken_off = _audit(url)
    as_expected = expect is None or audit.digest == expect
    sound = as_expected and not audit.damage
    decided(failed=not sound)
    if as_json:
        print_json({**audit.to_json(), "expected": expect, "as_expected": as_expected, "sound": sound,
                    "imports_in_part": [one.to_json() for one in broken_off]})  # fmt: skip
    else:
        _print(audit, broken_off, as_expected=as_expected)
    ctx.exit(DONE if sound else FAILED)


def _audit(url: str) -> tuple[Audit, list[Import]]:
    """The audit, and the imports that are not whole. These are no damage."""
    with needing_database():
        from pathway.store.audit import Audit, Damage
        from pathway.store.audit import verify_log as audit_of
        from pathway.store.faults import Damaged
    try:
        with opened(url) as store, progress("checking entries") as report:
            return audit_of(store, report), _broken_off(store)
    except Damaged as fault:
        return Audit(0, 0, "", (Damage("", None, fault.faults[0]),)), []


def _broken_off(store: Store) -> list[Import]:
    try:
        return store.imports.unfinished()
    except (BadInput, Unavailable):
        return []  # where the table cannot be read, the audit has said why


def _print(audit: Audit, broken_off: list[Import], *, as_expected: bool) -> None:
    page = Page(open_console())
    cases, entries = counted(audit.cases, "case"), counted(audit.entries, "entry", "entries")
    page.block(f"Checked {cases} with {entries}.")
    page.block("The digest of the whole log, to be written down elsewhere:")
    # It stays whole, so that it can be copied.
    page.console.print(Text(f"  {audit.digest}"), soft_wrap=True)
    if audit.damage:
        page.heading("DAMAGE", STYLES["alert"])
        for damage in audit.damage:
            page.item(one_line(str(damage)))
        page.blank()
        page.block(Text(f"Verification failed: {counted(len(audit.damage), 'fault')}.", STYLES["alert"]))
    else:
        page.block(Text("No damage: every entry is what was written.", "bold"))
    if not as_expected:
        page.block(
            Text.assemble(
                ("NOT AS EXPECTED", STYLES["alert"]),
                "  the digest is another one: entries were added since it was written down, or some were removed.",
            ),
            "! ", "  ",
        )  # fmt: skip
    for one in broken_off:
        page.block(Text.assemble(("IMPORTED IN PART", STYLES["alert"]), f"  {one.words}."), "! ", "  ")
