"""`pathway scenarios generate`: stories from the solver, to each transition and around each limit."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED
from pathway.cli.folder import write
from pathway.cli.names import FileName
from pathway.cli.output import decided
from pathway.definition import PATHWAY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pathway.verify.generate import Task


@click.group("scenarios")
def command() -> None:
    """Scenario files that are written by the program; hand-written ones lie beside them."""


@command.command("generate", context_settings={"show_default": True})
@click.option(
    "--to", "folder", metavar="FOLDER", type=FileName(), default="scenarios/generated", help="Where to write."
)
@click.option("--check", is_flag=True, help="Write nothing: say which files are stale.")
@click.option("--only", metavar="WORDS", default="", help="Only transitions and limits whose name has these words.")
@click.option("--jobs", metavar="N", type=click.IntRange(1, 1000), default=os.cpu_count() or 1, help="Processes.")
@click.pass_context
def generate(ctx: click.Context, folder: str, check: bool, only: str, jobs: int) -> None:
    """Write the shortest story to each transition, and stories just below, on and above each limit, and without it.

    Needs the extra 'verify' (the solver z3). Exit code 1 where --check finds a stale file, or where something has no
    story.
    """
    from pathway.cli.verify import needing_solver

    with needing_solver():
        from pathway.verify.generate import tasks_of

        tasks = [task for task in tasks_of(PATHWAY) if only in task.name]
    if not tasks:
        raise click.UsageError(f"--only: no transition or limit has '{only}' in its name", ctx)
    found, without = _stories(tasks, jobs)
    target = Path(folder)
    expected = {name: text.encode() for name, text in sorted(found.items())}
    strange = [] if only else _strange(target, set(expected))
    decided(failed=bool(without))
    if check:
        stale = [name for name, text in expected.items() if _content(target / name) != text]
        decided(failed=bool(stale or strange or without))
        for name in (*stale, *strange):
            click.echo(f"stale: {target / name}")
        click.echo(f"{target}: {len(expected)} stories, {len(stale) + len(strange)} stale")
        ctx.exit(FAILED if stale or strange or without else DONE)
    changed = []
    for part in sorted({str(Path(name).parent) for name in expected}):
        inside = {Path(name).name: text for name, text in expected.items() if str(Path(name).parent) == part}
        changed += write(target / part, inside)
    for name in strange:
        (target / name).unlink()
    click.echo(f"{target}: {len(expected)} stories, {len(changed)} written, {len(strange)} removed")
    for task in without:
        click.echo(f"no story found: {task.kind} {task.name}")
    ctx.exit(FAILED if without else DONE)


def _stories(tasks: Sequence[Task], jobs: int) -> tuple[dict[str, str], list[Task]]:
    from pathway.cli.verify import progress_bar
    from pathway.verify.generate import generated

    found: dict[str, str] = {}
    without = []
    with progress_bar() as (_, report):
        for done, (task, stories) in enumerate(generated(PATHWAY, tasks, jobs), 1):
            report(f"{done} of {len(tasks)}: {task.name}")
            found |= stories
            if not stories:
                without.append(task)
    return found, without


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.is_file() else None


def _strange(folder: Path, expected: set[str]) -> list[str]:
    there = (path.relative_to(folder).as_posix() for path in folder.rglob("*.toml"))
    return sorted(name for name in there if name not in expected)
