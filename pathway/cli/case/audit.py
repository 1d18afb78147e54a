"""`pathway case verify-log`: whether the log is what was written."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED, one_line
from pathway.cli.case.checkpoint import checked_key, read_checkpoint, told, write_checkpoint
from pathway.cli.case.options import counted, json_option, needing_database, opened, progress, store_option
from pathway.cli.faults import Faults
from pathway.cli.output import decided, recorded
from pathway.cli.page import STYLES, Page, open_console, print_json
from pathway.cli.text import Text
from pathway.model.errors import BadInput, Unavailable

if TYPE_CHECKING:
    from pathway.store.audit import Audit
    from pathway.store.checkpoint import Checkpoint
    from pathway.store.imports import Import
    from pathway.store.store import Store


@click.command("verify-log", short_help="Check that the log is what was written.")
@click.option("--expect", metavar="DIGEST", help="The digest that was written down: is the log still that one?")
@click.option("--since", metavar="FILE", help="A checkpoint that was kept: does the log still begin with that one?")
@click.option("--signer", metavar="KEY", help="The public key (PEM) that must have signed the checkpoint of --since.")
@click.option("--checkpoint", "keep", metavar="FILE", help="Write a checkpoint of this log, to be kept elsewhere.")
@click.option("--sign", metavar="KEY", help="Sign the checkpoint with this private key (Ed25519, PEM).")
@click.option("--force", is_flag=True, help="Overwrite a checkpoint that exists.")
@store_option
@json_option
@click.pass_context
def verify_log(
    ctx: click.Context, expect: str | None, since: str | None, signer: str | None, keep: str | None,
    sign: str | None, force: bool, url: str, as_json: bool,
) -> None:  # fmt: skip
    """Check that no entry was changed, removed or exchanged since it was written.

    Every entry is held against its hash and the entry before, every version against its digest, every case against
    what its entries make, and all of it against the heads that the database keeps apart. The digest stands for the
    whole log as it is. A checkpoint stands for every log that this one grows into: kept elsewhere, it shows later
    whether anything that was recorded by now was changed or removed. It names no case.

    \b
    pathway case verify-log
    pathway case verify-log --expect DIGEST
    pathway case verify-log --checkpoint monday.json --sign private.pem
    pathway case verify-log --since monday.json --signer public.pem

    Exit code 1 for any damage, where the digest is another one than expected, and where the log is no continuation of
    the checkpoint. Of a damaged log no checkpoint is written.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if expect is not None and not re.fullmatch(r"[0-9a-f]{64}", expect := expect.strip().lower()):
        raise BadInput(f"expect: '{one_line(expect)[:80]}' is no digest; it has 64 characters, 0 to 9 and a to f")
    faults = Faults()
    if signer and not since:
        faults.add("signer: it goes with --since FILE, whose signature is checked")
    if sign and not keep:
        faults.add("sign: it goes with --checkpoint FILE, which is signed")
    with needing_database():
        before = faults.attempt(read_checkpoint, since, signer) if since else None
        key = faults.attempt(checked_key, sign) if sign else None
    faults.check()
    audit, broken_off = _audit(url, before)
    as_expected = expect is None or audit.digest == expect
    sound = as_expected and not audit.damage
    decided(failed=not sound)
    found = audit.checkpoint
    if keep and sound:
        if found is None:
            raise BadInput("checkpoint: this store keeps no heads yet; record an entry with this program first")
        found = write_checkpoint(found, keep, key, force=force)
        recorded(f"checkpoint: {keep} is written")
    if as_json:
        told_of = None if found is None else found.to_json()
        print_json({**audit.to_json(), "checkpoint": told_of, "expected": expect, "as_expected": as_expected,
                    "sound": sound, "imports_in_part": [part.to_json() for part in broken_off]})  # fmt: skip
    else:
        _print(audit, broken_off, as_expected=as_expected)
        _print_checkpoint(found, before, keep if sound else None)
    ctx.exit(DONE if sound else FAILED)


def _audit(url: str, since: Checkpoint | None) -> tuple[Audit, list[Import]]:
    """The audit, and the imports that are not whole. These are no damage."""
    with needing_database():
        from pathway.store.audit import Audit, Damage
        from pathway.store.audit import verify_log as audit_of
        from pathway.store.faults import Damaged
    try:
        with opened(url) as store, progress("checking entries") as report:
            return audit_of(store, report, since=since), _broken_off(store)
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
    # Whoever reads no more than the first line reads whether there is damage.
    led = f"DAMAGE, {counted(len(audit.damage), 'fault')}. " if audit.damage else ""
    page.block(f"{led}Checked {cases} with {entries}.")
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
    for part in broken_off:
        page.block(Text.assemble(("IMPORTED IN PART", STYLES["alert"]), f"  {part.words}."), "! ", "  ")


def _print_checkpoint(found: Checkpoint | None, since: Checkpoint | None, kept: str | None) -> None:
    page = Page(open_console())
    if found is None:
        page.block("This store keeps no heads yet: what was removed from its end without a trace is not found.")
        return
    page.block(f"Checkpoint: {told(found)}.")
    if since is not None:
        signed = "; its signature was not asked for" if since.signature else ""
        page.block(f"Compared with the checkpoint of {since.at or 'an unknown time'}: {told(since)}{signed}.")
    if kept is not None:
        page.block(f"Written to {kept}{', signed' if found.signature else ''}; keep it where nobody can change it who "
                   "can change the store.")  # fmt: skip
