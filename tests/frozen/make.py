"""How the files in `logs` and the store were made: run once, with the code of version 0.1.0, never again.

PYTHONPATH=<code of 0.1.0> python -m tests.frozen.make
"""

from __future__ import annotations

import gzip
import json
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from pathway import PATHWAY, Case, Override
from pathway.scenarios.replay import replay_file
from pathway.store.store import Store
from tests.frozen.answers import CALLED_WITH, answers
from tests.frozen.store_answers import store_answers

HERE = Path(__file__).parent
STORIES = {
    "index-case": ("source/index-case", "UTC"),
    "in-kolkata": ("source/index-case", "Asia/Kolkata"),
    "in-st-johns": ("follow-up/closed-reopened-closed-again", "America/St_Johns"),
    "in-auckland": ("follow-up/repeat-due-from-day-7-overdue-after-day-14", "Pacific/Auckland"),
    "recorded-late-and-shuffled": ("order-of-results/the-story-recorded-late-and-shuffled", "Europe/Berlin"),
    "recorded-backwards": ("order-of-results/the-story-recorded-backwards", "UTC"),
    "two-partial-counts": ("order-of-results/two-partial-counts-out-of-order", "America/Los_Angeles"),
    "correction-waits": ("corrections/correction-that-takes-urgency-away-waits", "UTC"),
    "correction-adds-and-takes-away": ("corrections/correction-that-adds-and-takes-away", "UTC"),
    "withdrawal-acknowledged": ("corrections/withdrawal-acknowledged-by-its-own-id", "UTC"),
    "call-while-a-correction-waits": ("corrections/consultation-made-while-a-correction-waits", "UTC"),
    "late-result-waits": ("corrections/late-result-that-takes-urgency-away-waits", "UTC"),
    "marrow-in-spite-of-the-refusal": ("orders/bone-marrow-given-in-spite-of-the-refusal", "UTC"),
    "vaccine-overridden": ("orders/a-live-vaccine-overridden", "UTC"),
    "high-risk": ("leukaemia/rearranged-after-all-in-a-young-infant", "Asia/Tokyo"),
    "the-hour-of-fever": ("order-of-results/late-reading-makes-the-hour", "UTC"),
}


def main() -> None:
    """Write every log with its answers, and the store."""
    CALLED_WITH["asks"] = ("reconsult_haematology", "consult_same_day", "discuss_with_haematology")
    (HERE / "logs").mkdir(exist_ok=True)
    for name, (story, zone) in STORIES.items():
        text = replay_file(HERE.parents[1] / "scenarios" / f"{story}.toml", PATHWAY).case.to_json()
        _write(name, in_zone(text, zone))
    _write("two-counts-of-one-moment", two_counts())
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cases.db"
        _store(path)
        (HERE / "cases.db.gz").write_bytes(gzip.compress(path.read_bytes(), mtime=0))


def in_zone(text: str, zone: str) -> str:
    """The same log, with its days counted in another zone."""
    data = json.loads(text)
    if data["timezone"] == zone:
        return text
    data["timezone"] = zone
    for one in data["entries"]:
        # What waits is found anew: another zone may make another day of it.
        one.pop("proposed", None)
        one.pop("retains", None)
    return Case.from_json(json.dumps(data), PATHWAY).to_json()


def two_counts() -> str:
    """Two counts of one moment that differ."""
    nine = datetime(2026, 1, 22, 9, tzinfo=UTC)
    case = Case(PATHWAY, born=date(2024, 12, 22))
    case.record(PATHWAY.event("blood_count_reported", anc="3 10*9/L", wbc="9 10*9/L"), at=nine)
    case.record(PATHWAY.event("blood_count_reported", anc="12 10*9/L", alc="5 10*9/L"), at=nine)
    case.record(PATHWAY.event("temperature_measured", temperature="38.4 Cel"), at=nine + timedelta(hours=1))
    return case.to_json()


def _write(name: str, log: str) -> None:
    case = Case.from_json(log, PATHWAY)
    assert case.to_json() == log
    data = {"log": json.loads(log), "answers": answers(case)}
    (HERE / "logs" / f"{name}.json").write_text(
        json.dumps(data, ensure_ascii=False, sort_keys=False, separators=(",", ":")) + "\n", encoding="utf-8"
    )


def _store(path: Path) -> None:
    now = datetime(2026, 6, 1, 12, tzinfo=UTC)
    with Store(path, PATHWAY) as store:
        for number, name in enumerate(
            ("index-case", "correction-waits", "marrow-in-spite-of-the-refusal", "in-auckland"), 1
        ):
            log = json.loads((HERE / "logs" / f"{name}.json").read_text(encoding="utf-8"))["log"]
            case = Case.from_json(json.dumps(log), PATHWAY)
            ids: dict[str, str] = {}
            stored = store.open_case(f"C{number}", born=case.born, timezone=case.timezone, by="ward", now=now)
            for place, entry in enumerate(case.log):
                later = now + timedelta(minutes=number, seconds=place)
                by = entry.by or "ward"
                match entry.kind:
                    case "event":
                        assert entry.event is not None
                        ids[entry.id] = stored.record(entry.event, at=entry.at, by=by, now=later).step.entry  # type: ignore[union-attr]  # every entry here is new
                    case "correction":
                        assert entry.event is not None
                        ids[entry.id] = stored.correct(
                            ids[entry.target], entry.event, at=entry.at, by=by, now=later, taken_at=entry.taken_at
                        ).step.entry  # type: ignore[union-attr]  # every entry here is new
                    case "acknowledgement":
                        stored.acknowledge(ids[entry.target], at=entry.at, by=by, now=later)
                    case "withdrawal":
                        ids[entry.id] = stored.withdraw(ids[entry.target], at=entry.at, by=by, now=later).step.entry  # type: ignore[union-attr]  # every entry here is new
                    case "override":
                        given = Override(by=entry.by, reason=entry.reason)
                        stored.propose(entry.order, at=entry.at, now=later, override=given)
    with Store(path, PATHWAY, create=False) as store:
        (HERE / "store.json").write_text(
            json.dumps(store_answers(store), ensure_ascii=False, separators=(",", ":")) + "\n", encoding="utf-8"
        )


if __name__ == "__main__":
    main()
