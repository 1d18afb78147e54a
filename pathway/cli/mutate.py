"""`pathway mutate`: whether the scenarios would notice that a rule was changed."""

from __future__ import annotations

import os
from collections import Counter
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import evolve

from pathway.cli import DONE, FAILED
from pathway.cli.names import FileName
from pathway.cli.output import decided
from pathway.cli.page import STYLES, Page, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput, nearest
from pathway.scenarios.read import Scenario, read_scenario
from pathway.scenarios.replay import GENERATED, scenario_files
from pathway.verify.mutants import KINDS, Mutant, mutants_of
from pathway.verify.mutation import FATES, Judged, Judges, faults_of_list, read_equivalents, run, sample_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

FOLDER = "scenarios"
LISTED = "equivalent_mutants.toml"
_HEADS = {
    "scenarios": "killed", "construction": "refused", "invariants": "broken", "proved": "proved",
    "generated": "generated", "listed": "listed", "survived": "alive",
}  # fmt: skip
_LEGEND = (
    "killed: a hand-written scenario fails; refused: the pathway's own checks; broken: an invariant; proved, listed: "
    "no case can tell it from the pathway; generated: only a scenario that is made from the definition fails; alive: "
    "nobody notices."
)


@click.command("mutate")
@click.option(
    "--scenarios",
    "folder",
    metavar="FOLDER",
    type=FileName(),
    default=FOLDER,
    help="Where the stories lie; 'scenarios'.",
)
@click.option(
    "--sample", type=click.IntRange(1, 100_000), metavar="N", help="Only N mutants, the same ones every time."
)
@click.option("--rule", metavar="NAME", help="Only the mutants of one rule, such as 'smear_clear'.")
@click.option("--prove", is_flag=True, help="Ask for a proof that a survivor is equivalent; half a minute each.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program: every mutant with what became of it.")
@click.option(
    "--jobs", type=click.IntRange(1, 1000), metavar="N", help="So many processes; as many as there are cores."
)
@click.pass_context
def command(
    ctx: click.Context, folder: str, sample: int | None, rule: str | None, prove: bool, as_json: bool, jobs: int | None
) -> None:
    """Change every rule in one place, and see whether a scenario notices.

    A limit a step up and down, `>=` to `>`, every part of a guard dropped and negated, every target exchanged, every
    advice and order: each is a mutant, and the hand-written scenarios and the invariants are asked about each.
    What only a scenario in FOLDER/generated notices is counted apart: it repeats what the definition says.

    \b
    pathway mutate                        all of them; minutes
    pathway mutate --rule all_criterion   of one rule
    pathway mutate --sample 200           so many, spread over all rules

    Exit code 1 where a mutant survives, 2 for bad input.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    every = tuple(mutants_of(PATHWAY))
    mutants = _of_rule(every, rule) if rule is not None else every
    if sample is not None:
        mutants = sample_of(mutants, sample)
    scenarios, generated = _read(Path(folder))
    listed = _listed()
    judges = Judges(PATHWAY, scenarios, generated=generated, listed=listed)
    if prove:
        from pathway.verify.equivalence import equivalent

        judges = evolve(judges, equivalent=equivalent)
    places = {mutant.id: place for place, mutant in enumerate(mutants)}
    done = _with_bar(run(judges, mutants, jobs=jobs or os.cpu_count() or 1), len(mutants))
    judged = sorted(done, key=lambda result: places[result.mutant.id])
    faults = faults_of_list(listed, every, judged)
    failed = any(result.survives for result in judged) or bool(faults)
    decided(failed=failed)
    if as_json:
        print_json(with_identity(PATHWAY, _data(judged, faults)))
    else:
        _report(judged, faults, len(scenarios), Page(open_console()))
    ctx.exit(FAILED if failed else DONE)


def _of_rule(mutants: Sequence[Mutant], name: str) -> tuple[Mutant, ...]:
    found = tuple(mutant for mutant in mutants if name in (mutant.rule, mutant.rule.partition(" ")[2]))
    if not found:
        rules = {mutant.rule for mutant in mutants}
        known = rules | {rule.partition(" ")[2] for rule in rules}
        raise BadInput(f"no rule that can be changed is called '{name}'; {nearest(name, known)}")
    return found


def _read(folder: Path) -> tuple[tuple[Scenario, ...], tuple[Scenario, ...]]:
    """The hand-written scenarios below a folder, and the generated ones."""
    written: list[Scenario] = []
    generated: list[Scenario] = []
    faults: list[str] = []
    for file in scenario_files([folder]):
        try:
            scenario = read_scenario(file, PATHWAY)
        except BadInput as fault:
            faults += fault.faults
            continue
        (generated if GENERATED in file.relative_to(folder).parts[:-1] else written).append(scenario)
    if faults:
        raise BadInput(*faults)
    if not written:
        raise BadInput(f"{folder}: no scenario here that was written by hand")
    return tuple(written), tuple(generated)


def _listed() -> dict[str, str]:
    file = files("pathway.definition") / LISTED
    return read_equivalents(file.read_text(encoding="utf-8"), LISTED)


def _with_bar(judged: Iterable[Judged], total: int) -> Iterator[Judged]:
    """The mutants as they are judged; with a bar on the terminal."""
    from rich.console import Console
    from rich.progress import track

    console = Console(stderr=True)
    if not console.is_terminal:
        yield from judged
        return
    yield from track(judged, "judging mutants", total, console=console, transient=True)


def _data(judged: Sequence[Judged], faults: Sequence[str]) -> dict[str, Any]:
    fates = Counter(result.fate for result in judged)
    return {
        "mutants": len(judged),
        "fates": {fate: fates[fate] for fate in FATES},
        "survivors": [result.mutant.id for result in judged if result.survives],
        "faults": list(faults),
        "judged": [
            {
                "id": result.mutant.id, "rule": result.mutant.rule, "kind": result.mutant.kind,
                "of_source": result.mutant.of_source, "fate": result.fate, "by": result.by or None,
                "survives": result.survives,
            }
            for result in judged
        ],
    }  # fmt: skip


def _report(judged: Sequence[Judged], faults: Sequence[str], stories: int, page: Page) -> None:
    for heading, of_source in (("OF THE SOURCE", True), ("LOCAL CHOICES", False)):
        rows = [result for result in judged if result.mutant.of_source is of_source]
        if rows:
            page.heading(heading)
            _table(rows, page)
    page.blank()
    page.block(_LEGEND)
    survivors = [result for result in judged if result.survives]
    if survivors:
        page.heading("SURVIVORS", STYLES["alert"])
        for survivor in survivors:
            page.item(survivor.mutant.id, f" (noticed by {survivor.by})" if survivor.fate == "generated" else "")
    if faults:
        page.heading(f"FAULTS OF {LISTED}".upper(), STYLES["alert"])
        for fault in faults:
            page.item(fault)
    page.blank()
    words = f"{len(judged):,} mutants, {stories:,} hand-written scenario{'' if stories == 1 else 's'}: "
    failed = bool(survivors or faults)
    outcome = f"failed, {len(survivors)} survive" if failed else "none survives"
    page.item(words, (outcome, STYLES["alert"] if failed else "bold"), lead="")
    page.footer(PATHWAY)


def _table(judged: Sequence[Judged], page: Page) -> None:
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in (*KINDS, "all")}
    for result in judged:
        counts[result.mutant.kind][result.fate] += 1
        counts["all"][result.fate] += 1
    _row(page, "", ["mutants", *(_HEADS[fate] for fate in FATES)], "bold")
    for kind, fates in counts.items():
        if total := fates.total():
            shown = [str(total), *(str(fates[fate] or "-") for fate in FATES)]
            _row(page, kind, shown, "bold" if kind == "all" else "")


def _row(page: Page, kind: str, cells: Sequence[str], style: str) -> None:
    widths = (8, *(len(_HEADS[fate]) + 1 for fate in FATES))
    line = f"{kind:<16}" + "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True))
    page.console.print(Text(line.rstrip(), style), soft_wrap=True)
