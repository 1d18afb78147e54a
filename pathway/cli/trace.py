"""`pathway trace`: from statement to rule, invariant and scenario, and back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.names import FileName
from pathway.cli.page import Page, open_console, print_json, with_identity
from pathway.cli.replay import replay_all
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput, nearest
from pathway.scenarios.coverage import coverage_of
from pathway.scenarios.trace import Traced, rules_of, trace_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from click.shell_completion import CompletionItem

    from pathway.scenarios.replay import Replay

FOLDER = "scenarios"
SHOWN = 3


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in [*PATHWAY.citations, *_rules()] if name.startswith(incomplete)]


@click.command("trace")
@click.argument("names", metavar="[NAME]...", nargs=-1, shell_complete=_complete)
@click.option(
    "--scenarios", "folders", metavar="FILE_OR_FOLDER", type=FileName(), multiple=True,
    help="Where the scenarios lie; by default the folder 'scenarios', if there is one here.",
)  # fmt: skip
@click.option("--rules", is_flag=True, help="The other way round: every rule with the statements that it cites.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")
def command(names: tuple[str, ...], folders: tuple[str, ...], rules: bool, as_json: bool) -> None:
    """Which rules and invariants rest on a statement, which scenarios exercise it; what is not modelled, and why.

    NAME is a statement (S36), a note (N01), literature (T1), the id of a rule or an invariant, or a scenario file;
    without one all statements, notes and literature are traced.

    \b
    pathway trace S36                 a statement: its rules, its scenarios
    pathway trace order_bone_marrow   a rule: its statements, its scenarios
    pathway trace --rules             every rule with what it cites
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    replays = _replays(folders)
    rows = trace_of(PATHWAY, replays)
    backwards = _backwards(replays)
    if names:
        known = {row.id for row in rows} | _rules() | {replay.scenario.file for replay in replays}
        names = tuple(_whole(name, replays) for name in names)
        unknown = [name for name in names if name not in known]
        if unknown:
            raise BadInput(*(f"nothing to trace is called '{name}'; {nearest(name, known)}" for name in unknown))
    wanted = [row for row in rows if not names or row.id in names or _in_files(row, names)] if not rules else []
    owners = [
        rule
        for rule in backwards
        if (rules and not names)
        or rule["name"] in names
        or set(rule["scenarios"]) & set(names)
        or (rules and set(rule["cites"]) & set(names))
    ]
    if as_json:
        print_json(with_identity(PATHWAY, {"trace": [row.to_json() for row in wanted], "rules": owners}))
        return
    page = Page(open_console())
    for row in wanted:
        _write_row(row, page, full=bool(names))
    for rule in owners:
        _write_rule(rule, page, full=bool(names))
    if not names and not rules:
        _summary(rows, page)
    if not replays:
        page.blank()
        page.block(f"No scenarios were read: there is no folder '{FOLDER}' here. Name one with --scenarios.")
    page.footer(PATHWAY)


def _whole(name: str, replays: Sequence[Replay]) -> str:
    """The file of a scenario whose name is given as it is printed."""
    return next((replay.scenario.file for replay in replays if _short(replay.scenario.file) == name), name)


def _replays(folders: Sequence[str]) -> list[Replay]:
    if folders:
        return replay_all(folders)
    return replay_all([FOLDER]) if Path(FOLDER).is_dir() else []


def _rules() -> set[str]:
    return {_name(owner) for owner, _ in rules_of(PATHWAY)}


def _name(owner: str) -> str:
    """The name of a rule without its kind. A transition and a condition may share a name."""
    return owner.partition(" ")[2] or owner


def _in_files(row: Traced, names: Sequence[str]) -> bool:
    return bool({*row.cited_by_files, *row.exercised_by_files} & set(names))


def _backwards(replays: Sequence[Replay]) -> list[dict[str, Any]]:
    """Every rule with what it cites and the scenarios that exercise it."""
    files: dict[str, dict[str, None]] = {}
    for item in coverage_of(replays, PATHWAY).items:
        files.setdefault(item.rule, {}).update(dict.fromkeys(item.files))
    return [
        {"rule": owner, "name": _name(owner), "cites": list(cites), "scenarios": list(files.get(owner, ()))}
        for owner, cites in rules_of(PATHWAY)
    ]


def _write_row(row: Traced, page: Page, *, full: bool) -> None:
    page.block(Text.assemble((row.id, "bold"), f"  {row.words}"), "", "     ")
    if row.not_modelled:
        page.block(Text.assemble(("not modelled: ", "bold"), row.not_modelled), "     ", "       ")
        return
    page.block(Text.assemble(("rules: ", "bold"), ", ".join(row.rules) or "none"), "     ", "       ")
    if row.invariants:
        page.block(Text.assemble(("invariants: ", "bold"), ", ".join(row.invariants)), "     ", "       ")
    _write_files("cited by", row.cited_by_files, page, full=full)
    _write_files("exercised by", row.exercised_by_files, page, full=full)


def _write_rule(rule: dict[str, Any], page: Page, *, full: bool) -> None:
    page.block(Text.assemble((rule["rule"], "bold"), f"  cites {', '.join(rule['cites'])}"), "", "     ")
    for name in rule["cites"] if full else ():
        page.block(f"{name} {PATHWAY.citations[name].words}", "     ", "         ")
    _write_files("exercised by", rule["scenarios"], page, full=full)


def _write_files(label: str, files: Sequence[str], page: Page, *, full: bool) -> None:
    if not files:
        return
    count = f"{len(files)} scenario{'' if len(files) == 1 else 's'}"
    if full:
        page.block(Text.assemble((f"{label} ", "bold"), f"{count}:"), "     ", "       ")
        for file in files:
            page.block(_short(file), "       ", "       ")
        return
    more = f" and {len(files) - SHOWN} more" if len(files) > SHOWN else ""
    words = f"{count}: {', '.join(map(_short, files[:SHOWN]))}{more}"
    page.block(Text.assemble((f"{label} ", "bold"), words), "     ", "       ")


def _short(file: str) -> str:
    """A scenario's folder and name: whole paths do not fit a terminal."""
    return "/".join(Path(file).with_suffix("").parts[-2:])


def _ruled(row: Traced) -> bool:
    """Whether a rule cites it. A note that is about it does not count."""
    return any(not rule.startswith("note ") for rule in row.rules)


def _summary(rows: Sequence[Traced], page: Page) -> None:
    statements = [row for row in rows if row.id in PATHWAY.statements_by_id]
    unmodelled = [row.id for row in statements if row.not_modelled]
    loose = [row.id for row in statements if not _ruled(row) and not row.not_modelled]
    page.blank()
    page.block(
        f"{len(statements)} statements: {len(statements) - len(unmodelled) - len(loose)} have rules, "
        f"{len(unmodelled)} are not modelled, each with its reason ({', '.join(unmodelled)}), "
        f"{len(loose)} have neither{': ' + ', '.join(loose) if loose else ''}."
    )
