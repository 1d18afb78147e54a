"""`pathway case history`: every entry of a case, who recorded it, and what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

import click

from pathway.cli import one_line
from pathway.cli.case.options import counted, json_option, opened, store_option
from pathway.cli.entries import entry_words, review_words
from pathway.cli.moments import local_time
from pathway.cli.page import STYLES, Page, identity, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.run.log import SetAside

if TYPE_CHECKING:
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from pathway.run.case import Case
    from pathway.store.chain import StoredEntry
    from pathway.store.store import Store


_BECAME = {
    "stands": "the plan does not ask for it",
    "came back": "the plan asks for it again",
    "came back before": "it came back, and was set aside again",
    "over": "it was done, or its ground is gone",
}


class HistoryRow(NamedTuple):
    """An entry as the history shows it.

    `marks` are pairs: what became of the entry, and the entry that did it, or what became of advice that was set aside.
    `review`: the entries that were recorded before it, and happened at or after the moment that it changes. `behind`:
    its time of recording is earlier than that of the entry before it, so a clock was wrong.
    """

    entry: StoredEntry
    words: str
    happened: datetime
    recorded: datetime
    late: bool
    behind: bool
    marks: tuple[tuple[str, str], ...]
    review: tuple[str, ...]

    @property
    def name(self) -> str:
        """The id of the entry; "0" for the opening, which has none."""
        return f"e{self.entry.sequence}" if self.entry.sequence else "0"

    def to_json(self) -> dict[str, Any]:
        """The entry as JSON data."""
        entry = self.entry
        return {
            "number": entry.sequence, "entry": self.name, "kind": entry.kind, "event": entry.event or None,
            "target": entry.target or None, "happened_at": entry.happened_at, "recorded_at": entry.recorded_at,
            "by": entry.recorded_by, "source": entry.source, "key": entry.source_key, "what": self.words,
            "late": self.late, "clock_behind": self.behind,
            **{name: by for name, by in self.marks if name != "waits"},
            "waits": any(name == "waits" for name, _ in self.marks), "review": list(self.review),
            "with": entry.data.get("with", {}), "version": entry.pathway_version, "digest": entry.pathway_digest,
            "hash": entry.hash,
        }  # fmt: skip


@click.command("history", short_help="Every entry: what, when, by whom, what became of it.")
@click.argument("name", metavar="CASE")
@store_option
@json_option
def history(name: str, url: str, as_json: bool) -> None:
    """Every entry of a case: what happened when, who recorded it when, and from where.

    It marks what is late, corrected, withdrawn, waiting or acknowledged, what became of advice that was set aside, and
    where a clock was wrong. Where an entry changed the past, it lists what had been done on the old value and is to be
    reviewed.

    \b
    pathway case history C1
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with opened(url) as store:
        stored = store.case(name)
        case = stored.case
        rows = _rows(store, name, case)
    if as_json:
        data = {
            "case": name, "born": case.born.isoformat(), "timezone": case.timezone,
            "entries": [row.to_json() for row in rows],
        }  # fmt: skip
        print_json(with_identity(case.pathway, data))
        return
    page = Page(open_console())
    page.item((f"Case {name}", "bold"), f": born {case.born.isoformat()}; {counted(len(rows), 'entry', 'entries')}; "
              f"pinned to {identity(case.pathway)}. Times are of {case.timezone}.", lead="")  # fmt: skip
    for row in rows:
        page.blank()
        _write(row, case, page)
    page.footer(case.pathway)


def _rows(store: Store, name: str, case: Case) -> list[HistoryRow]:
    from pathway.store.chain import read_stamp

    log = store.log_of(name)
    places = {f"e{entry.sequence}": entry.sequence for entry in log}
    waiting = {change.id for change in case.pending}
    known = {entry.id for entry in case.log}
    latest = recorded = ""
    asides = _asides(case)
    found = []
    for entry in log:
        behind, recorded = entry.recorded_at < recorded, entry.recorded_at
        late = entry.kind == "event" and entry.happened_at < latest
        if entry.kind == "event":
            latest = max(latest, entry.happened_at)
        about = entry.target if entry.kind == "acknowledgement" else f"e{entry.sequence}"
        changes = late or entry.kind in ("correction", "withdrawal", "acknowledgement")
        review = case.to_review(about) if changes and about in known else ()
        found.append(HistoryRow(
            entry, _words(entry, store, case.zone), read_stamp(entry.happened_at), read_stamp(entry.recorded_at),
            late, behind,
            (*_marks(entry, log, waiting, known), *asides.get(f"e{entry.sequence}", ())),
            tuple(name for name in review if places.get(name, 0) < entry.sequence),
        ))  # fmt: skip
    return found


def _marks(entry: StoredEntry, log: list[StoredEntry], waiting: set[str], known: set[str]) -> list[tuple[str, str]]:
    """What became of an entry, and by which entry. `known`: the ids that have an object under the present version."""
    name = f"e{entry.sequence}"
    marks = [("waits", name)] if name in waiting else []
    if entry.of_log and name not in known:
        marks.append(("left_out", "no object"))
    words = {
        "correction": "corrected_by", "withdrawal": "withdrawn_by", "acknowledgement": "acknowledged_by"
    }  # fmt: skip
    gone = {other.target for other in log if other.kind == "withdrawal" and f"e{other.sequence}" not in waiting}
    for other in log:
        by = f"e{other.sequence}"
        if other.kind in words and other.target == name and by not in gone and by in known:
            mark = words[other.kind]
            marks.append((f"would_be_{mark}" if by in waiting and other.kind != "acknowledgement" else mark, by))
    return marks


def _asides(case: Case) -> dict[str, tuple[tuple[str, str]]]:
    """What became of each setting aside, by its entry."""
    entries = [entry for entry in case.log if isinstance(entry, SetAside)]
    if not entries:
        return {}
    plan = case.plan(at=max(entry.at for entry in case.log))
    stands = {line.id: line.entry for line in plan.set_aside}
    found = {}
    for entry in entries:
        if entry.advice in stands:
            became = "stands" if stands[entry.advice] == entry.id else "came back before"
        else:
            became = "came back" if entry.advice in plan.urgent else "over"
        found[entry.id] = (("set_aside", became),)
    return found


def _words(entry: StoredEntry, store: Store, zone: ZoneInfo) -> str:
    """An entry in words, by the version of the pathway that it was recorded under."""
    from pathway.store.chain import MIGRATION, OPENED

    data = entry.data
    pathway = store.versions.of(entry.pathway_digest, entry.pathway_version, entry.case_id)
    if entry.kind == OPENED:
        return f"The case is opened under {pathway.id} {pathway.version}"
    if entry.kind == MIGRATION:
        before = next((version for digest, _, version, _ in store.versions.rows() if digest == data.get("from")), "")
        differs = data.get("differs", {})
        other = ""
        if differs.get("needs_acknowledgement"):
            what = "what would change" if differs.get("same_way") else "its way would have been another, and that"
            other = f"; {what} is acknowledged"
        reason = f": {data['reason']}" if data.get("reason") else ""
        was = f"version {before} ({str(data.get('from'))[:12]})" if before else f"digest {str(data.get('from'))[:12]}"
        return one_line(f"Migrated from {was} to version {pathway.version} ({pathway.digest[:12]}){other}{reason}")
    return entry_words(entry.entry(pathway), pathway, zone)


def _write(row: HistoryRow, case: Case, page: Page) -> None:
    entry = row.entry
    page.item((local_time(row.happened, case.zone), "bold"), f"  {row.words}", lead=f"{row.name:4}")
    key = f", key {entry.source_key}" if entry.source_key else ""
    where = f", from {entry.source}{key}" if entry.source else ""
    late = "late, " if row.late else ""
    page.block(
        Text(one_line(f"{late}recorded {local_time(row.recorded, case.zone)} by {entry.recorded_by}{where}"),
             STYLES["quiet"]), "    ", "    ",
    )  # fmt: skip
    if row.behind:
        words = "  recorded by a clock that was behind the entry before"
        page.block(Text.assemble(("CLOCK", STYLES["alert"]), words), "  ! ", "    ")
    for mark, by in row.marks:
        if mark == "waits":
            words = "  it does not count in full until a clinician acknowledges it"
            page.block(Text.assemble(("WAITS", STYLES["alert"]), words), "  ! ", "    ")
        elif mark == "left_out":
            page.block(
                "it has no object under the version that the case is pinned to now, and is left out", "  ! ", "    "
            )
        elif mark == "set_aside":
            page.block(Text(_BECAME[by], "bold"), "    ", "    ")
        elif mark.startswith("would_be_"):
            page.block(f"{by} would change it, and waits for acknowledgement", "  ! ", "    ")
        else:
            page.block(Text(f"{mark.replace('_', ' ')} {by}", "bold"), "    ", "    ")
    if row.review:
        page.block(Text.assemble(("REVIEW", STYLES["alert"]), "  done before on the old value:"), "  ! ", "    ")
        for words in review_words(row.review, case):
            page.item(words, indent=4)
