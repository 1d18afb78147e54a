"""The making of heads: the table, its guards, and the entries that are there already."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import inspect, select

from pathway.store.chain import FIRST
from pathway.store.guards import put_up
from pathway.store.schema import HEADS, MARKS

if TYPE_CHECKING:
    from sqlalchemy import Connection

_MARK = "heads"
_TAKE_OVER = """
INSERT INTO heads (number, follows, case_id, sequence, hash)
SELECT row_number() OVER (ORDER BY e.position) + 1, row_number() OVER (ORDER BY e.position),
    e.case_id, e.sequence, e.hash
FROM entries e JOIN (SELECT case_id, max(sequence) AS last FROM entries GROUP BY case_id) l
    ON l.case_id = e.case_id AND l.last = e.sequence
"""


def kept(connection: Connection) -> bool:
    """Whether the store keeps heads."""
    return bool(inspect(connection).has_table(HEADS.name))


def once_kept(connection: Connection) -> bool:
    """Whether the store is marked as one that keeps heads."""
    return connection.execute(select(MARKS.c.value).where(MARKS.c.name == _MARK)).scalar() is not None


def begin(connection: Connection) -> None:
    """Put up the guards, and take over the entries that are there, in the transaction that makes the table."""
    on_server = connection.dialect.name != "sqlite"
    if on_server:
        # Who is writing is waited for: an entry that is committed later would have no head.
        connection.exec_driver_sql("LOCK TABLE entries IN SHARE ROW EXCLUSIVE MODE")
    first = {"number": 1, "follows": 0, "case_id": "", "sequence": -1, "hash": FIRST}
    connection.execute(HEADS.insert(), [first])
    connection.exec_driver_sql(_TAKE_OVER)
    if on_server:
        connection.exec_driver_sql("SELECT setval(pg_get_serial_sequence('heads', 'number'), max(number)) FROM heads")
    put_up(connection)
    connection.execute(MARKS.insert(), [{"name": _MARK, "value": "kept"}])


def may_begin(connection: Connection) -> bool:
    """Whether this user may make the table and its guards."""
    if connection.dialect.name == "sqlite":
        return True
    asked = (
        "SELECT has_schema_privilege(current_schema(), 'CREATE') AND "
        "pg_has_role((SELECT relowner FROM pg_class WHERE oid = to_regclass('entries')), 'USAGE')"
    )
    return bool(connection.exec_driver_sql(asked).scalar())
