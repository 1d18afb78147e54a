"""How the time of a case grows with its log: entries in order, in reverse, with one that waits, with corrections.

For 100, 1,000 and 10,000 random reports it prints the seconds to record them one by one, to load them from JSON, to
make 100 plans at moments of the past, and to catch up the worklist of a store with them, and the exponent that fits
best: 1 where time grows with the number of entries, 2 where it grows with its square. It is to be at most 1.2 for
entries in order, with one waiting, and for loading a log in bulk, whatever its order.

`from_json` checks each entry as if it were recorded anew. An entry that comes late folds again what follows it until
the state comes back, some hundred reports later: 100 entries are fewer than that, so the fit over all sizes shows the
way up to that bound. The last column is the exponent over the two largest sizes alone.

    python benchmarks/growth.py [--seed N] [--most N]
"""

from __future__ import annotations

import argparse
import platform
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from math import log
from pathlib import Path
from random import Random
from time import process_time
from typing import TYPE_CHECKING

from rich.progress import track

sys.path.insert(0, str(Path(__file__).parent.parent))

from pathway import PATHWAY, Case
from pathway.store.schema import ENTRIES
from pathway.store.store import Store
from pathway.store.stored_case import entry_after
from tests.random_events import random_event

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pathway.model.events import Event

BORN = date(2024, 12, 22)
START = datetime(2026, 1, 22, 9, tzinfo=UTC)
APART = timedelta(minutes=30)
LIMIT = 1.2
BUILD = Path(__file__).parents[1] / "build"
BUILD.mkdir(exist_ok=True)
Story = "Sequence[tuple[Event, datetime]]"


def story_of(count: int, seed: int) -> list[tuple[Event, datetime]]:
    """Random reports, half an hour apart."""
    random = Random(seed)
    return [(random_event(random), START + number * APART) for number in range(count)]


def in_order(case: Case, story: Story) -> None:
    """Each report when it came."""
    for event, at in story:
        case.record(event, at=at)


def in_reverse(case: Case, story: Story) -> None:
    """Each report before the one that was recorded before it."""
    for event, at in reversed(story):
        case.record(event, at=at)


def with_one_waiting(case: Case, story: Story) -> None:
    """A correction that takes urgent advice away waits from the beginning."""
    count = PATHWAY.event("blood_count_reported", wbc="2.5 10*9/L", anc="0.7 10*9/L", alc="1.4 10*9/L")
    normal = PATHWAY.event("blood_count_reported", wbc="9 10*9/L", anc="3 10*9/L", alc="5 10*9/L", hb="12 g/dL",
                           platelets="300 10*9/L")  # fmt: skip
    first = case.record(count, at=START - APART)
    case.correct(first.entry, normal, at=START - APART, by="laboratory")
    assert case.pending
    in_order(case, story)
    assert case.pending


def with_corrections(case: Case, story: Story) -> None:
    """Every tenth entry is a correction of an earlier report, wherever it stands."""
    random, reports = Random(len(story)), []
    for number, (event, at) in enumerate(story):
        if number % 10 == 9:
            place = random.randrange(len(reports))
            entry, name = reports.pop(place)
            case.correct(entry, random_event(random, name), at=at, by="laboratory")
        else:
            reports.append((case.record(event, at=at).entry, event.name))


WAYS: dict[str, Callable[[Case, Story], None]] = {
    "in order": in_order, "in reverse": in_reverse, "one waiting": with_one_waiting,
    "every tenth corrected": with_corrections,
}  # fmt: skip


def seconds(act: Callable[[], object]) -> float:
    """The processor time that something takes."""
    began = process_time()
    act()
    return process_time() - began


def plans(case: Case, story: Story) -> None:
    """A hundred plans at moments of the past."""
    random = Random(7)
    for _ in range(100):
        case.plan(at=random.choice(story)[1]).to_json()


def measure(way: Callable[[Case, Story], None], story: Story) -> dict[str, float]:
    """The seconds of each use of a case of a story."""
    case = Case(PATHWAY, born=BORN)
    found = {"record": seconds(lambda: way(case, story))}
    text = case.to_json()
    found["from_json"] = seconds(lambda: Case.from_json(text, PATHWAY))
    found["100 plans"] = seconds(lambda: plans(case, story))
    found["catch-up"] = catch_up(case, story)
    return found


def exponent(sizes: Sequence[int], times: Sequence[float]) -> float:
    """The slope of the best line through the logarithms."""
    xs, ys = [log(one) for one in sizes], [log(max(one, 1e-6)) for one in times]
    mean_x, mean_y = sum(xs) / len(xs), sum(ys) / len(ys)
    steep = sum((x - mean_x) * (y - mean_y) for x, y in zip(xs, ys, strict=True))
    return steep / sum((x - mean_x) ** 2 for x in xs)


def waits(count: int, seed: int) -> float:
    """The seconds of so many events while one entry waits."""
    case, story = Case(PATHWAY, born=BORN), story_of(count, seed)
    return seconds(lambda: with_one_waiting(case, story))


def catch_up(case: Case, story: Story) -> float:
    """The seconds in which a store counts the whole log of a case into the row of that case."""
    with tempfile.TemporaryDirectory(dir=BUILD) as folder, Store(f"{folder}/case.db", PATHWAY) as store:
        now = START + (len(story) + 2) * APART
        opened = store.open_case("case", born=BORN, by="ward", now=now)
        last, rows = opened.last, []
        for entry in case.log:
            last = entry_after(last, entry, PATHWAY, "ward", now, "", "")
            rows.append(last.row())
        with store.database.writing() as connection:
            connection.execute(ENTRIES.insert(), rows)
        return seconds(store.projection.catch_up)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    options.add_argument("--seed", type=int, default=1, help="of the random reports (default 1)")
    options.add_argument("--most", type=int, default=10_000, help="the largest number of entries (default 10000)")
    given = options.parse_args()
    sizes = [size for size in (100, 1_000, 10_000) if size <= given.most]
    print(f"python {platform.python_version()}, {platform.machine()}; random reports of seed {given.seed}; "
          "seconds of processor time")  # fmt: skip
    print(f"800 events while one entry waits: {waits(800, given.seed):.2f} s")
    steps = [(name, size) for name in WAYS for size in sizes]
    found: dict[str, list[dict[str, float]]] = {name: [] for name in WAYS}
    for name, size in track(steps, "measuring", disable=not sys.stderr.isatty(), transient=True):
        found[name].append(measure(WAYS[name], story_of(size, given.seed)))
    print(f"{'':34}" + "".join(f"{size:>10,}" for size in sizes) + "   exponent   of the last two sizes")
    for name, rows in found.items():
        for use in rows[0]:
            times = [row[use] for row in rows]
            bounded = use in ("from_json", "catch-up") or (use == "record" and name in ("in order", "one waiting"))
            slope = exponent(sizes, times)
            verdict = "" if not bounded else "  within 1.2" if slope <= LIMIT else "  OVER 1.2"
            last = f"{exponent(sizes[-2:], times[-2:]):>11.2f}" if len(sizes) > 1 else ""
            print(
                f"{name + ', ' + use:34}" + "".join(f"{one:>10.3f}" for one in times) + f"{slope:>11.2f}{last}{verdict}"
            )


if __name__ == "__main__":
    main()
