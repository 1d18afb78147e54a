"""Cases of the tests in a store: opened, told, told again, and tampered with."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from sqlalchemy import text

from pathway import Override
from pathway.run.log import target_of
from tests.children import BORN, NINE

if TYPE_CHECKING:
    from datetime import date, datetime

    from pathway import Case
    from pathway.store.store import Store
    from pathway.store.stored_case import StoredCase

NOW = NINE + timedelta(hours=12)


def opened(store: Store, name: str = "C1", *, now: datetime = NINE, zone: str = "UTC", born: date = BORN) -> StoredCase:
    """A new case."""
    return store.open_case(name, born=born, timezone=zone, by="ward", now=now)


def tell(case: StoredCase, *story, by: str = "ward") -> None:
    """Record events half an hour apart, the first at nine, each as soon as it happens."""
    for event in story:
        at = NINE + timedelta(minutes=30 * case.sequence)
        case.record(event, at=at, by=by, now=at)


def tell_log(case: StoredCase, outside: Case, now: datetime) -> None:
    """Record in a store what was recorded in a case outside; its entries are named by their numbers here."""
    names: dict[str, str] = {}
    for entry in outside.log:
        by = entry.by or "ward"
        target = names.get(target_of(entry), target_of(entry))
        match entry.kind:
            case "event":
                case.record(entry.event, at=entry.at, by=by, now=now)
            case "correction":
                case.correct(target, entry.event, at=entry.at, by=by, taken_at=entry.taken_at, now=now)
            case "withdrawal":
                case.withdraw(target, at=entry.at, by=by, reason=entry.reason, now=now)
            case "acknowledgement":
                case.acknowledge(target, at=entry.at, by=by, now=now)
            case "set_aside":
                case.set_aside(entry.advice, at=entry.at, by=by, reason=entry.reason, now=now)
            case "override":
                case.propose(entry.order, at=entry.at, override=Override(by, entry.reason), now=now)
        names[entry.id] = f"e{case.sequence}"


def tamper(store: Store, *statements: str) -> None:
    """Change the database behind the store's back, with the guards that refuse it put aside."""
    sqlite = store.database.is_sqlite
    with store.database.writing() as connection:
        guards = []
        if sqlite:
            guards = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
            for name, _ in guards:
                connection.exec_driver_sql(f"DROP TRIGGER {name}")
        else:
            asked = text(
                "SELECT tgrelid::regclass::text, tgname, tgenabled::text FROM pg_trigger WHERE NOT tgisinternal"
            )
            guards = connection.execute(asked).all()
            for table, name, _ in guards:
                connection.exec_driver_sql(f"ALTER TABLE {table} DISABLE TRIGGER {name}")
        for statement in statements:
            connection.exec_driver_sql(statement)
        for guard in guards:
            made = guard[1]
            if not sqlite:
                state = {"A": "ENABLE ALWAYS", "O": "ENABLE"}[guard[2]]
                made = f"ALTER TABLE {guard[0]} {state} TRIGGER {guard[1]}"
            connection.exec_driver_sql(made)
