"""The way of a case from a file: a scenario, which is replayed, or the log of a case."""

from __future__ import annotations

import unicodedata
from pathlib import Path
from typing import TYPE_CHECKING

from pathway.cli.moments import read_at
from pathway.definition import PATHWAY
from pathway.definition.frozen import pathway_of_log
from pathway.draw.way import Taken, Way
from pathway.model.errors import BadInput
from pathway.model.outside import read_text
from pathway.run.case import Case
from pathway.run.log import event_of

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.model.pathway import Pathway
    from pathway.run.plan import Plan
    from pathway.run.plan_parts import PlanLine


def way_of(file: str, at: str | None) -> tuple[Way, str, Pathway]:
    """The way of the case in a file, as seen at a moment, the stem of the file's name, and the version of the case.

    A scenario (TOML) that fails is drawn too. Raises `BadInput` where the file is neither a scenario nor a log.
    """
    path = Path(file)
    case, title, last = _read(path)
    moment = last if at is None else read_at(at, case.timezone)
    return _way(case, _plain(title), moment), path.stem, case.pathway


def _read(path: Path) -> tuple[Case, str, datetime]:
    if path.suffix.lower() == ".toml":
        from pathway.scenarios.replay import replay_file

        replay = replay_file(path, PATHWAY)
        note = "" if replay.passed else " (this scenario fails)"
        return replay.case, replay.scenario.title + note, replay.steps[-1].step.at
    text = read_text(path, hint="; give a scenario (.toml) or the log of a case")
    try:
        case = Case.from_json(text, pathway_of_log(text, PATHWAY))
    except BadInput as fault:
        raise BadInput(*(f"{path}: {line}" for line in fault.faults)) from None
    moments = [entry.at for entry in case.log]
    if not moments:
        raise BadInput(f"{path}: nothing is recorded in it; there is no way to draw")
    return case, "A case", max(moments)


def _plain(title: str) -> str:
    """The title in ASCII: accents are removed, and any other character becomes a question mark."""
    for mark, plain in (
        ("\u2013", "-"),
        ("\u2014", "-"),
        ("\u2018", "'"),
        ("\u2019", "'"),
        ("\u201c", '"'),
        ("\u201d", '"'),
    ):
        title = title.replace(mark, plain)
    letters = unicodedata.normalize("NFKD", " ".join(title.split()))
    kept = (letter for letter in letters if not unicodedata.combining(letter))
    return "".join(letter if letter.isascii() and letter.isprintable() else "?" for letter in kept)


def _way(case: Case, title: str, at: datetime) -> Way:
    plan = case.plan(at=at)
    names = {
        entry.id: entry.kind if (event := event_of(entry)) is None else case.pathway.event_type(event.name).title
        for entry in case.log
    }
    zone = plan.at.tzinfo
    taken = [
        Taken(
            step.transition.id, step.source, step.transition.target, _when(step.at.astimezone(zone)), names[step.entry]
        )
        for step in case.history
        if step.at <= at
    ]
    first = min(entry.at for entry in case.log).astimezone(zone)
    if at < first:
        raise BadInput(f"at: nothing had happened by {_when(plan.at)}; the case begins {_when(first)}")
    return Way(
        title,
        _when(first),
        f"{plan.at:%Y-%m-%d %H:%M}",
        plan.state,
        case.pathway.initial,
        tuple(taken),
        tuple(f"{line.words} {_since(line, plan)}" for line in plan.lines if line.overdue),
        tuple(f"{line.words} {_since(line, plan)}" for line in plan.lines if line.due is not None and not line.overdue),
        tuple(
            f"{names[id]} (entry {id}) would take urgent advice away; a clinician must acknowledge it."
            for id in plan.pending
        ),
    )


def _when(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M}"


def _since(line: PlanLine, plan: Plan) -> str:
    since = f"{line.since.astimezone(plan.at.tzinfo):%Y-%m-%d %H:%M}"
    return f"Since {since}." if line.due is None else f"Due {line.due:%Y-%m-%d}, since {since}."
