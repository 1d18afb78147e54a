"""No password reaches an error or a log line, whatever the spelling of the URL."""

from __future__ import annotations

import logging
import os
import socket
import threading
import traceback
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pathway import PATHWAY
from pathway.model.errors import BadInput, Unavailable
from pathway.store.store import Store
from pathway.store.urls import named, url_of
from tests.cli.terminal import pathway

NOBODY = "127.0.0.1:1"
"""Where no server listens."""
SIGNS = "aZ9@:/?#&=%;+ $!'\"\\[]{}()|<>,.~^*-_\u00e9"
PIECES = ("Xq7wKv", "h4Rr0w")
"""Both ends of each secret, so that a part that is taken for something else is seen too."""

SPELLINGS = (
    "postgresql://user:{quoted}@{at}/db",
    "postgres://user:{quoted}@{at}/db",
    "postgresql+psycopg://user:{quoted}@{at}/db",
    "postgresql://user:{raw}@{at}/db",
    "postgresql+psycopg://user:{raw}@{at}/db?sslmode=disable",
    "postgresql://user@{at}/db?password={quoted}",
    "postgresql://{at}/db?user=user&password={raw}",
    "postgresql://{at}/db?user=user&password={quoted}&password={quoted}",
    "postgresql://{at}/db?passwort={quoted}",
    "postgresql://{at}/db?sslpassword={quoted}&sslmode=require",
    "postgresql://{at}/db&password={quoted}",
    "postgresql://{at}/db;password={raw}",
    "postgresql://{at}/db#password={raw}",
    "postgresql://{at}/password={quoted}",
    "postgresql://{at}/host=localhost password={raw}",
    "postgresql:///db?host=localhost password={raw}",
    "postgresql:///db?host=user:{raw}@localhost",
    "postgresql://user:{raw}@{at}:port/db",
    "postgresql://us/er:{quoted}@{at}/db",
    "postgresql:/user:{quoted}@{at}/db",
    "postgresql:user:{raw}@{at}/db",
    "postgresql//user:{quoted}@{at}/db",
    " postgresql://user:{quoted}@{at}/db",
    "user:{quoted}@{at}/db",
    "//user:{quoted}@{at}/db",
    "host=127.0.0.1 port=1 user=user password={raw}",
    "password='{raw}' host=127.0.0.1 dbname=db",
    "PGPASSWORD={raw} psql -h localhost",
    "localhost/db?password={quoted}",
    "mysql://user:{quoted}@{at}/db",
    "jdbc:postgresql://{at}/db?password={quoted}",
    "sqlite://user:{quoted}@{at}/cases.db",
    "sqlite:///cases.db?password={quoted}",
    "sqlite:///no/such/folder/cases.db?password={quoted}",
)


def secrets() -> st.SearchStrategy[str]:
    return st.text(SIGNS, max_size=6).map(lambda middle: f"{PIECES[0]}{middle}{PIECES[1]}")


@settings(max_examples=2000 if os.environ.get("PATHWAY_TEST_FULL") else 150, deadline=None,
          suppress_health_check=[HealthCheck.function_scoped_fixture])  # fmt: skip
@given(st.sampled_from(SPELLINGS), secrets())
@example("postgresql:///db?host=user:{raw}@localhost", "Xq7wKv&h4Rr0w")
@example(SPELLINGS[3], "Xq7wKv@h4Rr0w")
@example(SPELLINGS[3], "Xq7wKv/h4Rr0w")
@example(SPELLINGS[3], "Xq7wKv@a/h4Rr0w")
def test_no_part_of_a_password_reaches_an_error_or_a_log_line(caplog, tmp_path, spelling, secret):
    check_hidden(caplog, tmp_path, spelling, secret)


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_each_spelling_hides_a_password_of_plain_and_of_odd_letters(caplog, tmp_path, spelling):
    for middle in ("", "@", "%", "a b", "/", "?", "=", ":"):
        check_hidden(caplog, tmp_path, spelling, f"{PIECES[0]}{middle}{PIECES[1]}")


def check_hidden(caplog, folder, spelling: str, secret: str) -> None:
    url = spelling.format(quoted=quote(secret, safe=""), raw=secret, at=NOBODY)
    caplog.clear()
    caplog.set_level(logging.DEBUG)
    here = Path.cwd()
    os.chdir(folder)
    try:
        with patch.dict(os.environ, {"PGCONNECT_TIMEOUT": "2"}):
            for given_as in (url, Path(url)):
                with suppress(OSError):
                    said = told(given_as)
                    assert not [piece for piece in PIECES if piece in said], said
            done = pathway("case", "list", "--store", url)
    finally:
        os.chdir(here)
    assert done.code in (2, 75), done.err
    assert len(done.faults) == 1
    for said in (done.err, done.out, caplog.text):
        assert not [piece for piece in PIECES if piece in said], said
    assert not [file for file in folder.rglob("*") if any(piece in str(file) for piece in PIECES)]


def told(url) -> str:
    """All that is said where a store cannot be opened, chained faults included."""
    try:
        Store(url, PATHWAY, create=True, wait=0.5).close()
    except (BadInput, Unavailable) as fault:
        return "".join(traceback.format_exception(fault)) + repr(fault)
    return ""


def test_a_servers_own_words_are_not_repeated_and_a_password_of_the_environment_stays_there(monkeypatch, caplog):
    """A server may say back what it was sent, and the library log it."""
    caplog.set_level(logging.DEBUG)
    for name in ("sqlalchemy", "sqlalchemy.pool", "sqlalchemy.pool.impl.NullPool"):
        caplog.set_level(logging.DEBUG, logger=name)
    listening = socket.create_server(("127.0.0.1", 0))

    def refuse() -> None:
        with suppress(OSError):
            while True:
                client, _ = listening.accept()
                client.recv(4096)
                words = f"SFATAL\0C28P01\0Mpassword {PIECES[0]} of user is wrong, {PIECES[1]}\0\0".encode()
                client.sendall(b"E" + (len(words) + 4).to_bytes(4, "big") + words)
                client.close()

    threading.Thread(target=refuse, daemon=True).start()
    monkeypatch.setenv("PGPASSWORD", PIECES[0])
    port = listening.getsockname()[1]
    with pytest.raises(Unavailable) as fault:
        Store(f"postgresql://user:{PIECES[1]}@127.0.0.1:{port}/db?sslmode=disable&gssencmode=disable", PATHWAY, wait=2)
    listening.close()
    said = "".join(traceback.format_exception(fault.value)) + caplog.text
    assert not [piece for piece in PIECES if piece in said], said


def test_a_password_in_the_query_is_used_and_hidden_like_one_before_the_host():
    url = url_of("postgresql://h/db?user=u&password=a%40b&sslmode=require")
    assert url.password == "a@b" and "a@b" not in repr(url) and dict(url.query) == {"user": "u", "sslmode": "require"}
    assert named(url) == "postgresql://h/db"


@pytest.mark.parametrize("text", [
    "postgresql://h/db", "postgres://u:p%40w@h:5433/my-db_1", "postgresql:///db?host=/run/x", "postgresql://[::1]/db",
    "postgresql://a.example:1/db", "postgresql://h", "postgresql://u@a:pw@h/db", "postgresql:///db?host=a:1,b:2",
])  # fmt: skip
def test_urls_that_are_right_are_taken(text):
    assert url_of(text).drivername == "postgresql+psycopg"


def test_a_file_may_have_any_name_that_is_there_already(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("a:b@c").touch()
    assert url_of("a:b@c").database == "a:b@c" and url_of(r"C:\me@work\cases.db").database == r"C:\me@work\cases.db"
    assert url_of(Path("cases.db")).database == "cases.db"
