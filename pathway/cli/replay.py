"""`pathway replay`: scenario files replayed on the pathway."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED
from pathway.cli.names import FileName
from pathway.cli.output import decided
from pathway.cli.page import STYLES, Page, open_console, print_json
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput
from pathway.scenarios.replay import Replay, replay_file, scenario_files

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from pathway.scenarios.coverage import Coverage

FEW = 20


@click.command("replay")
@click.argument("paths", metavar="FILE_OR_FOLDER...", nargs=-1, required=True, type=FileName())
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program: a list, one object for each file.")
@click.option("--coverage", is_flag=True, help="Say which states, transitions, advice, verdicts no scenario exercises.")
@click.option("--narrate", is_flag=True, help="Tell each story step by step, as 'pathway demo' does.")
@click.pass_context
def command(ctx: click.Context, paths: tuple[str, ...], as_json: bool, coverage: bool, narrate: bool) -> None:
    """Replay scenario files: each step is done to a case and held against what the file expects.

    \b
    pathway replay scenarios                 every file below a folder
    pathway replay --coverage scenarios      and what none of them exercises
    pathway replay --narrate FILE            and tell the story

    Exit code 1 where an expectation is not met, 2 where a file is malformed: then all faults of all files are told.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if as_json and narrate:
        raise click.UsageError("--json and --narrate are two ways to print; give one of them", ctx)
    replays = replay_all(paths)
    covered = _coverage(replays) if coverage else None
    failed = [replay for replay in replays if not replay.passed]
    decided(failed=bool(failed))
    if as_json:
        listed = [replay.to_json() for replay in replays]
        print_json(listed if covered is None else {"files": listed, "coverage": covered.to_json()})
    else:
        page = Page(open_console())
        if narrate:
            _narrate(replays, page)
        else:
            _report(replays, page)
        _summary(replays, failed, page)
        if covered is not None:
            _print_coverage(covered, page)
        page.footer(PATHWAY)
    ctx.exit(FAILED if failed else DONE)


def replay_all(paths: Sequence[str]) -> list[Replay]:
    """Replay every file. Raises `BadInput` with all faults of all files."""
    files = scenario_files(Path(path) for path in paths)
    done: list[Replay] = []
    faults: list[str] = []
    for file in _progress(files):
        try:
            done.append(replay_file(file, PATHWAY))
        except BadInput as fault:
            faults += fault.faults
    if faults:
        raise BadInput(*faults)
    return done


def _progress(files: list[Path]) -> Iterable[Path]:
    """The files, with a progress bar on a terminal where there are many."""
    from rich.console import Console

    console = Console(stderr=True)
    if len(files) < FEW or not console.is_terminal:
        return files
    return _with_bar(files, console)


def _with_bar(files: list[Path], console: object) -> Iterator[Path]:
    from rich.progress import track

    yield from track(files, description="replaying", console=console, transient=True)  # type: ignore[arg-type]  # a Console, imported late


def _narrate(replays: Sequence[Replay], page: Page) -> None:
    from pathway.cli.narrate import narrate

    for number, replay in enumerate(replays):
        if number:
            page.blank()
        page.block(Text(replay.scenario.file, "bold"))
        narrate(replay, PATHWAY, page)


def _report(replays: Sequence[Replay], page: Page) -> None:
    """Write a line for each file where there are few; write every failure in any case."""
    for replay in replays:
        if replay.passed and len(replays) >= FEW:
            continue
        word = ("passed", "bold") if replay.passed else ("FAILED", STYLES["alert"])
        page.block(Text.assemble(word, f"  {replay.scenario.title}"), "", "        ")
        # A path stays whole, so that it can be copied.
        page.console.print(Text(f"        {replay.scenario.file}"), soft_wrap=True)
        for failure in replay.failures:
            place, *rest = str(failure).splitlines()
            page.block(Text(place, "bold"), "  ", "    ")
            for line in rest:
                page.block(line.strip(), "    ", "      ")


def _summary(replays: Sequence[Replay], failed: Sequence[Replay], page: Page) -> None:
    steps = sum(len(replay.steps) for replay in replays)
    page.blank()
    words = f"{len(replays)} scenario{'' if len(replays) == 1 else 's'}, {steps} step{'' if steps == 1 else 's'}: "
    page.item(words, (f"{len(failed)} failed", STYLES["alert"]) if failed else ("all passed", "bold"), lead="")


def _coverage(replays: Sequence[Replay]) -> Coverage:
    from pathway.scenarios.coverage import coverage_of

    return coverage_of(replays, PATHWAY)


def _print_coverage(coverage: Coverage, page: Page) -> None:
    page.heading("COVERAGE")
    for kind, counts in coverage.to_json().items():
        covered, of, missing = counts["covered"], counts["of"], counts["missing"]
        page.item((f"{kind}: {covered} of {of}", "bold"), f"; not exercised: {', '.join(missing)}" if missing else "")
