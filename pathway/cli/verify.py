"""`pathway verify`: the proofs, and every flaw as a patient."""

from __future__ import annotations

from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED
from pathway.cli.folder import write
from pathway.cli.names import FileName
from pathway.cli.output import decided
from pathway.cli.page import STYLES, Page, cited, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput
from pathway.model.outside import read_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

    from pathway.model.pathway import Pathway
    from pathway.verify.flaws import Flaw
    from pathway.verify.verification import Verification

WORDS = {
    "shape": ("names, ways, ends, use of facts and statements", "parts"),
    "overlap": ("no two ways, and no two verdicts, at once", "pairs"),
    "gap": ("nobody rests where a way should be open, or is stuck", "claims"),
    "invariant": ("what must hold in every case", "invariants"),
}


@click.command("verify")
@click.option("--pathway", "file", metavar="FILE", help="Canonical JSON of another pathway.")
@click.option(
    "--to", "folder", metavar="FOLDER", type=FileName(), help="Write the patients there too, as scenario files."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
@click.pass_context
def command(ctx: click.Context, file: str | None, folder: str | None, as_json: bool) -> None:
    """Prove the pathway: no gaps, no overlaps, no unsafe path, over every record and
    event sequences of any length.

    \b
    pathway verify                  the proofs, and what they found
    pathway verify --to FOLDER      and each fault as a scenario that shows it

    Exit code 1 where anything is found. Needs the extra 'verify' (the solver z3).
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    pathway = PATHWAY if file is None else _read(file)
    if folder is not None:
        write(Path(folder), {})  # whether it can be written to is known before the proofs begin
    found, seconds = _verify(pathway)
    decided(failed=bool(found.flaws))
    if folder is not None:
        files = {flaw.patient.file: flaw.patient.text.encode() for flaw in found.flaws if flaw.patient is not None}
        write(Path(folder), files)
    if as_json:
        print_json(with_identity(pathway, {**found.to_json(), "seconds": round(seconds, 1)}))
    else:
        _report(found, seconds, folder, pathway)
    ctx.exit(FAILED if found.flaws else DONE)


@contextmanager
def needing_solver() -> Iterator[None]:
    """Raise `BadInput` where the solver is not installed."""
    try:
        yield
    except ModuleNotFoundError as fault:
        if fault.name == "z3":
            raise BadInput("the solver is not installed: pip install 'leukopenia-pathway[verify]'") from None
        raise


def _read(file: str) -> Pathway:
    from pathway.model.canonical import from_json

    text = read_text(file)
    try:
        return from_json(text)
    except BadInput as fault:
        raise fault.at(file) from None


def _verify(pathway: Pathway) -> tuple[Verification, float]:
    with needing_solver():
        from pathway.verify.verification import verify
    began = monotonic()
    with progress_bar() as (bar, report):
        found = verify(pathway, report)
        del bar
    return found, monotonic() - began


@contextmanager
def progress_bar() -> Iterator[tuple[Progress, Callable[[str], None]]]:
    """Show the work at hand on a terminal, and nothing elsewhere."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (SpinnerColumn(), TimeElapsedColumn(), TextColumn("{task.description}", markup=False))
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)
        yield bar, lambda words: bar.update(task, description=words)


def _report(found: Verification, seconds: float, folder: str | None, pathway: Pathway) -> None:
    page = Page(open_console())
    page.heading("Proved over every record, for event sequences of any length")
    for checked in found.checked:
        words, unit = WORDS[checked.section]
        faults = len(found.of(checked.section))
        outcome = f"{faults} found" if faults else "holds"
        page.item((f"{checked.section}: ", "bold"), f"{words}; {checked.claims} {unit}: ", (outcome, _style(faults)))
    page.item(f"{found.lemmas} facts about every record were proved by induction on the way; {seconds:.0f} s")
    total = next((checked.claims for checked in found.checked if checked.section == "invariant"), 0)
    if total:
        page.item(
            f"{found.from_guards} of the {total} invariants follow from the text of the guards alone: they would "
            "notice an edit of a guard, and prove nothing of how cases move"
        )
    page.item(
        "Memory (what is latched, renewed or counted over time) is held by the scenarios and the second opinion, not "
        "by these proofs: pathway replay, pathway mutate"
    )
    for flaw in found.flaws:
        _print(flaw, page, folder)
    page.footer(pathway)


def _style(faults: int) -> str:
    return STYLES["alert"] if faults else ""


def _print(flaw: Flaw, page: Page, folder: str | None) -> None:
    page.heading(f"{flaw.section}: {flaw.name}", STYLES["alert"])
    page.block(Text(f"{flaw.words} {cited(flaw.cites)}".rstrip()))
    if flaw.patient is not None:
        place = f" ({Path(folder) / flaw.patient.file})" if folder is not None else ""
        page.block(Text(f"The patient{place}:", "bold"))
        for line in flaw.patient.text.splitlines():
            page.console.print(Text(f"    {line}"), soft_wrap=True)
