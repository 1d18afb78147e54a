"""`pathway draw`: the files for sign-off, a case's way, and what scenarios exercise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED
from pathway.cli.folder import remove, strange, write
from pathway.cli.names import FileName
from pathway.cli.output import decided
from pathway.definition import PATHWAY
from pathway.draw.engine import PURE
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathway.draw.coverage import Counts
    from pathway.draw.sheet import Sheet
    from pathway.scenarios.index import Index

FORMS = ("svg", "png")
INDEX = "scenarios.json"
ALL_FORMS = (*FORMS, "pdf")


@click.command("draw", context_settings={"show_default": True})
@click.option(
    "--to",
    "folder",
    metavar="FOLDER",
    type=FileName(),
    help="Where to write: diagrams, or here with --case and --coverage.",
)
@click.option("--check", is_flag=True, help="Write nothing: say which files are stale, and what cannot be read.")
@click.option(
    "--case", "case_file", metavar="FILE", type=FileName(), help="A scenario file or the log of a case: draw its way."
)
@click.option("--at", "at", metavar="MOMENT", help="With --case: as seen then, instead of after its last step.")
@click.option("--coverage", is_flag=True, help="Draw how often scenarios take each way on the overview.")
@click.option(
    "--scenarios", "stories", metavar="FOLDER", type=FileName(), default="scenarios", help="The scenario files."
)
@click.option("--renderer", metavar="PROGRAM", default=PURE, help="The renderer; a system's 'dot' can write PDF.")
@click.option("--format", "forms", multiple=True, type=click.Choice(ALL_FORMS), default=FORMS, help="What to draw.")
@click.pass_context
def command(
    ctx: click.Context,
    folder: str | None,
    check: bool,
    case_file: str | None,
    at: str | None,
    coverage: bool,
    stories: str,
    renderer: str,
    forms: tuple[str, ...],
) -> None:
    """Draw the pathway for sign-off: overview, phases, advice and orders, legend, rulebook, page.

    \b
    pathway draw                 every file, into diagrams/
    pathway draw --check         are they of this pathway, and can they be read?
    pathway draw --case FILE     a case's way on the overview and on its phases
    pathway draw --coverage      how often scenarios take each way, and which none

    What the same renderer has made of the same source before is not drawn again. Exit code 1 where --check finds a
    fault.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if sum((check, case_file is not None, coverage)) > 1:
        raise click.UsageError("--check, --case and --coverage are three things to do; give one of them", ctx)
    if at is not None and case_file is None:
        raise click.UsageError("--at says when the case of --case is seen; give both", ctx)
    if "pdf" in forms and renderer == PURE:
        raise click.UsageError(f"{PURE} writes no PDF; choose a Graphviz of the system with --renderer dot", ctx)
    if case_file is not None:
        from pathway.cli.way import way_of

        way, stem, version = way_of(case_file, at)
        from pathway.draw.way import way_sheets

        _write_sheets(way_sheets(version, way), Path(folder or "."), forms, renderer, f"{stem}-", private=True)
        ctx.exit(DONE)
    index = index_now(Path(stories), Path("diagrams" if coverage else folder or "diagrams"))
    if coverage:
        from pathway.draw.coverage import coverage_sheet

        sheet = coverage_sheet(PATHWAY, _counts(index))
        _write_sheets([sheet], Path(folder or "."), forms, renderer)
        ctx.exit(DONE)
    target = Path(folder or "diagrams")
    ctx.exit(_check(target, index, forms, renderer) if check else _draw(target, index, forms, renderer))


def index_now(stories: Path, folder: Path) -> Index:
    """The index of scenarios: that of the folder if it is current, else made by replaying the scenarios."""
    from pathway.scenarios.index import current, index_of, read_index
    from pathway.scenarios.replay import handwritten_files

    files = handwritten_files(stories)
    root = stories.absolute().parent
    known = read_index(folder / INDEX)
    if known is not None and current(known, files, PATHWAY, root):
        return known
    from pathway.cli.replay import replay_all

    replays = replay_all([str(file) for file in files])
    failed = [replay.scenario.file for replay in replays if not replay.passed]
    if failed:
        raise BadInput(
            *(f"{file}: fails, and so shows nothing of the pathway; see 'pathway replay'" for file in failed)
        )
    return index_of(replays, PATHWAY, root)


def _draw(folder: Path, index: Index, forms: Sequence[str], renderer: str) -> int:
    from pathway.draw.files import all_drawings, content_of, key_of, made_in, unchanged

    noted = index.to_json()
    key = key_of(PATHWAY, forms, renderer, noted)
    if (count := unchanged(folder, key)) and _same(folder / INDEX, noted):
        click.echo(f"{folder}: {count + 1} files, {count + 1} as they were")
        return DONE
    before = made_in(folder)
    drawings = all_drawings(PATHWAY, index.scenarios, forms)
    content = content_of(drawings, program=renderer, reuse=folder, key=key)
    content[INDEX] = noted.encode()
    changed = write(folder, content)
    stale = [path for path in strange(folder, content, forms) if path.name in before]
    remove(stale)
    changes = [f"{len(changed)} written"] if changed else []
    changes += [f"{len(stale)} removed"] if stale else []
    changes.append(f"{len(content) - len(changed)} as they were")
    click.echo(f"{folder}: {len(content)} files, {', '.join(changes)}")
    return DONE


def _same(path: Path, text: str) -> bool:
    try:
        return path.read_bytes() == text.encode()
    except OSError:
        return False


def _check(folder: Path, index: Index, forms: Sequence[str], renderer: str) -> int:
    """Draw everything again, compare it with the folder, and check the geometry of each sheet."""
    from pathway.draw.files import MADE, all_drawings, content_of, key_of, same_notes, sheets_of
    from pathway.draw.narrow import narrow_pictures
    from pathway.draw.overlaps import faults_of

    noted = index.to_json()
    key = key_of(PATHWAY, forms, renderer, noted)
    content = content_of(all_drawings(PATHWAY, index.scenarios, forms), program=renderer, key=key)
    content[INDEX] = noted.encode()
    faults = []
    for name, data in content.items():
        path = folder / name
        if not path.is_file():
            faults.append(f"{path}: missing; run 'pathway draw'")
        elif (there := path.read_bytes()) != data and not (name == MADE and same_notes(there, data)):
            faults.append(f"{path}: stale; run 'pathway draw'")
    faults += [f"{path}: none of these drawings; remove it" for path in strange(folder, content, forms)]
    sheets = (*sheets_of(PATHWAY), *narrow_pictures(PATHWAY).values())
    faults += [fault for sheet in sheets for fault in faults_of(sheet)]
    decided(failed=bool(faults))
    for fault in faults:
        click.echo(fault)
    if not faults:
        click.echo(f"{folder}: {len(content)} files are current; nothing overlaps, and no letter is under 8 points")
    return FAILED if faults else DONE


def _write_sheets(
    sheets: Iterable[Sheet], folder: Path, forms: Sequence[str], renderer: str, before: str = "", *,
    private: bool = False,
) -> None:  # fmt: skip
    from attrs import evolve

    from pathway.draw.files import MADE, PLACED, content_of, drawings_of

    drawings = (drawing for drawing in drawings_of(sheets, forms) if drawing.source)
    content = content_of((evolve(drawing, name=f"{before}{drawing.name}") for drawing in drawings), program=renderer)
    del content[MADE], content[PLACED]
    write(folder, content, private=private)
    for name in content:
        click.echo(f"wrote {folder / name}")


def _counts(index: Index) -> Counts:
    from pathway.draw.coverage import Counts

    taken = {}
    for rule in PATHWAY.transitions:
        for state in rule.sources:
            part = f"from {state}"
            name = f"transition {rule.id}"
            taken[rule.id, state] = (len(index.files(name, part)), index.times(name, part))
    visited = {state.name: len(index.files(f"state {state.name}")) for state in PATHWAY.states}
    return Counts(index.key.files, taken, visited)
