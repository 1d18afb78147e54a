"""A hundred thousand open cases with a million entries: the worklist, counting in, the audit, and the memory they take.

The cases tell ten stories: their amounts are written alike more often than those of a ward.

python benchmarks/worklist.py                     100,000 cases of ten entries each, in a file
python benchmarks/worklist.py 5000                another number of cases
"""

from __future__ import annotations

import platform
import resource
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from math import log
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING

from rich.progress import Progress

from pathway import PATHWAY
from pathway.definition.events import (
    BcrAbl1Reported,
    BloodCountReported,
    ChemistryReported,
    Examined,
    HaematologyConsulted,
    HistoryTaken,
    SmearReported,
    TemperatureMeasured,
)
from pathway.store.audit import verify_log
from pathway.store.chain import FIRST, chained
from pathway.store.schema import ENTRIES
from pathway.store.store import Store
from pathway.store.worklist import all_cases, worklist

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pathway.store.chain import StoredEntry

BORN, NINE = date(2024, 12, 22), datetime(2026, 1, 22, 9, tzinfo=UTC)
LOW = BloodCountReported(wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
STORY = (
    BloodCountReported(wbc="9 10*9/L", anc="1.2 10*9/L", alc="5 10*9/L"), TemperatureMeasured(temperature="37.2 Cel"),
    LOW, Examined(splenomegaly=True), ChemistryReported(potassium="4.1 mmol/L", ldh="310 U/L"),
    HaematologyConsulted(), SmearReported(smear_reviewer="pathologist", blasts_percent="0 %", immature_cells=False),
    HistoryTaken(), BcrAbl1Reported(bcr_abl1="negative"),
)  # fmt: skip
AT_ONCE, LOOKS, LIMIT, PAGE = 20_000, 15, 50, 1000
PER_CASE = len(STORY) + 1
FEW, MANY = 1_000, 10_000
BUILD = Path(__file__).parents[1] / "build"
BUILD.mkdir(exist_ok=True)


def stories(cases: int) -> Iterator[list[StoredEntry]]:
    """The logs of so many cases: ten stories that end at another place each, under names of their own."""
    with tempfile.TemporaryDirectory() as folder, Store(f"{folder}/one.db", PATHWAY) as store:
        told = []
        for ending in range(len(STORY) + 1):
            case = store.open_case(f"{ending}", born=BORN, by="ward", now=NINE - timedelta(days=ending))
            story = (*STORY[:ending], *STORY[ending:][:1] * (len(STORY) - ending))
            for number, event in enumerate(story):
                at = NINE - timedelta(days=ending) + timedelta(minutes=10 * number)
                case.record(event, at=at, by="laboratory", now=at)
            told.append(store.log_of(f"{ending}"))
    for number in range(cases):
        renamed: list[StoredEntry] = []
        for entry in told[number % len(told)]:
            said = {**entry.row(), "case_id": f"case {number:06}"}
            before = renamed[-1].hash if renamed else FIRST
            del said["hash"], said["previous_hash"]
            renamed.append(chained(before, **said))
        yield renamed


def build(store: Store, cases: int, bar: Progress) -> int:
    """Write the logs; how many entries there are."""
    task = bar.add_task("writing", total=cases)
    with store.database.writing() as connection:
        store.versions.keep(connection, PATHWAY, NINE)
    rows: list[dict] = []
    entries = 0

    def flush() -> None:
        with store.database.writing() as connection:
            connection.execute(ENTRIES.insert(), rows)
        rows.clear()

    for story in stories(cases):
        rows.extend(one.row() for one in story)
        entries += len(story)
        bar.advance(task)
        if len(rows) >= AT_ONCE:
            flush()
    if rows:
        flush()
    return entries


def catching_up(entries: int) -> float:
    """Seconds of processor time to count so many entries, ten a case, into rows; a store is built first."""
    with tempfile.TemporaryDirectory(dir=BUILD) as folder, Store(f"{folder}/cases.db", PATHWAY) as store:
        build(store, max(1, entries // PER_CASE), Progress(disable=True))
        began = process_time()
        store.projection.catch_up()
        return process_time() - began


def exponent(few: int, many: int) -> tuple[float, float, float]:
    """Seconds to catch up with few cases and with many, and the exponent that leads from one to the other.

    The median of three of each, taken in turns.
    """
    runs = [(catching_up(few * PER_CASE), catching_up(many * PER_CASE)) for _ in range(3)]
    one, other = (median(times) for times in zip(*runs, strict=True))
    return one, other, log(other / one) / log(many / few)


def page_times(store: Store, cases: int) -> list[float]:
    """Seconds for a page of the list of cases, counting in included, at places all over the list."""
    took = []
    for place in range(LOOKS):
        began = perf_counter()
        store.projection.catch_up()
        after = f"case {cases * place // LOOKS:06}"
        found = list(all_cases(store, after=after, limit=PAGE, every=bool(place % 2)))
        took.append(perf_counter() - began)
        assert len(found) == min(PAGE, cases - 1 - cases * place // LOOKS)
    return took


def peak() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def read(url: str, most: int) -> None:
    """Read so many entries, and print the most memory that this process held before and after."""
    with Store(url, PATHWAY, create=False) as store:
        before, count = peak(), 0
        for _ in store.entries():
            count += 1
            if count == most:
                break
        print(f"{count} {before:.1f} {peak():.1f}")
        store.database.close()


def reading(url: str, most: int) -> tuple[int, float, float]:
    """What `read` prints in a process of its own."""
    done = subprocess.run(
        [sys.executable, __file__, "--read", url, str(most)], capture_output=True, text=True, check=True
    )
    count, before, after = done.stdout.split()
    return int(count), float(before), float(after)


def main() -> None:
    if sys.argv[1:2] == ["--read"]:
        read(sys.argv[2], int(sys.argv[3]))
        return
    cases = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory(dir=BUILD) as folder:
        url = f"{folder}/cases.db"
        with Progress(disable=not sys.stderr.isatty(), transient=True) as bar, Store(url, PATHWAY) as store:
            entries = build(store, cases, bar)
            task = bar.add_task("counting in", total=cases)
            began, used = perf_counter(), process_time()
            store.projection.catch_up(lambda done, _: bar.update(task, completed=done))
            counting, used = perf_counter() - began, process_time() - used
            at = NINE + timedelta(hours=30)
            looks = []
            for _ in range(LOOKS):
                began = perf_counter()
                found = worklist(store, at=at, limit=LIMIT)
                looks.append(perf_counter() - began)
            pages = page_times(store, cases)
            task = bar.add_task("auditing", total=entries)
            began = perf_counter()
            audit = verify_log(store, lambda done: bar.update(task, completed=done))
            auditing = perf_counter() - began
        print(f"python {platform.python_version()}, {platform.machine()}, SQLite; {cases:,} cases, {entries:,} entries")
        assert found.open_cases == cases and not audit.damage, (found.open_cases, audit.damage[:3])
        print(f"worklist, the first {LIMIT} and the totals of {found.open_cases:,} open cases: "
              f"median {median(looks) * 1000:.0f} ms, worst {max(looks) * 1000:.0f} ms")  # fmt: skip
        print(f"a page of {PAGE:,} names of the list of {cases:,} cases, at {LOOKS} places: median "
              f"{median(pages) * 1000:.0f} ms, worst {max(pages) * 1000:.0f} ms")  # fmt: skip
        print(f"counting in what is new: {cases / used:,.0f} cases of {PER_CASE} entries each in a second of processor "
              f"time, {cases / counting:,.0f} by the clock")  # fmt: skip
        few, many, power = exponent(FEW, MANY)
        print(f"counting in {FEW:,} and {MANY:,} cases: {few:.2f} s and {many:.2f} s; the time grows with the number "
              f"of cases to the power of {power:.2f}")  # fmt: skip
        print(f"verify-log: {entries / auditing:,.0f} entries/s, most memory {peak():.0f} MB")
        for most in (entries // 10, entries):
            count, before, after = reading(url, most)
            print(f"reading {count:>9,} entries: {after - before:.1f} MB more than before")


if __name__ == "__main__":
    main()
