"""Where a store is, as a user writes it. No part of a password reaches an error, whatever the spelling."""

from __future__ import annotations

import os
import re
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from pathway.model.errors import BadInput

_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_LIKE_A_URL = re.compile(r"\s*(?:postgres\w*|psql|jdbc|sqlite)(?:\+\w+)?:", re.I)
_LIKE_A_DSN = re.compile(
    r"(?:^|[\s?&;])(?:pg)?(?:host|hostaddr|port|dbname|user|password|passfile|service|sslmode|sslpassword)\s*=", re.I
)
_OPTION = re.compile(r"(?:pass\w*|user|host|ssl\w*)\s*=", re.I)
_LIKE_A_LOGIN = re.compile(r"(?![A-Za-z]:[\\/])[^@]*:[^@]*@")
_OTHERS = ("mysql", "mariadb", "oracle", "mssql", "mongodb", "http", "https", "file", "postgresql+asyncpg",
           "postgresql+psycopg2", "postgresql+pg8000", "sqlite+pysqlite", "sqlite+aiosqlite")  # fmt: skip
_HOST = re.compile(r"[\w.-]*(?::\d*)?|[0-9a-fA-F:.]+(?:%\w+)?|/[\w./~-]*")
_DATABASE = re.compile(r"[\w.~ -]*")
_URL = "write for example postgresql://host/database"
_SECRET = ("password", "sslpassword")


def url_of(text: str | os.PathLike[str]) -> URL:
    """The file or server that a text names. Raises `BadInput`, which repeats nothing of a text that is no file.

    A password in the query stands in the password of what is returned, so that it is hidden wherever that is shown.
    """
    if isinstance(text, os.PathLike):
        return _file(os.fsdecode(text))
    if not isinstance(text, str) or not text.strip() or not text.isprintable():
        raise BadInput("store: name a file, or a URL such as postgresql://host/database")
    if "://" not in text:
        return _file(text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadInput(f"store: this is no URL; {_URL}") from None
    if url.drivername in _SERVERS:
        if _is_two_ways(url, text):
            raise BadInput(
                "store: this URL can be read in two ways; in a password write %40 for @, %2F for /, %3F for ?"
            )
        return _server(url)
    if url.drivername == "sqlite" and url.database and not url.query:
        if url.host or url.username:
            raise BadInput("store: a file is on no host; write sqlite:///FILE, or the file alone")
        return url
    if url.drivername == "sqlite":
        raise BadInput("store: name the file alone, without options")
    what = f"{url.drivername}: " if url.drivername in _OTHERS else ""
    raise BadInput(f"store: {what}neither a file nor postgresql://")


def _file(name: str) -> URL:
    """The URL of a file. What looks like a server and a login, misspelt, is none, unless there is such a file."""
    likes = _LIKE_A_URL.match(name) or _LIKE_A_DSN.search(name) or _LIKE_A_LOGIN.match(name)
    if likes and not Path(name).is_file():
        raise BadInput(f"store: this is neither a file nor a URL; {_URL}")
    return make_url("sqlite://").set(database=name)


def named(url: URL) -> str:
    """A server's URL for a message: without user, password and query."""
    host = url.host or url.query.get("host") or ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host if isinstance(host, str) else host[0]}{port}/{url.database or ''}"


def _is_two_ways(url: URL, text: str) -> bool:
    """Whether an unquoted sign of a password is taken for the end of the host, or of the password."""
    said = f"{url.username or ''} {url.password or ''}"
    after = text.partition("?")[2] if url.password is None else text.partition("@")[2].partition("?")[2]
    return bool(_OPTION.search(said)) or (url.password is not None and "@" in after)


def _are_hosts(said: str) -> bool:
    """Whether a text is the name of a host, with a port or without, a folder, or several of them."""
    return all(_HOST.fullmatch(host) for host in said.split(","))


def _server(url: URL) -> URL:
    """The URL of a server, if every part of it is what it is taken for."""
    hosts = url.query.get("host", ())
    if not _are_hosts(url.host or ""):
        raise BadInput("store: the host of this URL is none; a password is written with %40 for @ and %2F for /")
    if not all(map(_are_hosts, (hosts,) if isinstance(hosts, str) else hosts)):
        raise BadInput("store: host: this is no name of a host, and no folder")
    if not _DATABASE.fullmatch(url.database or ""):
        raise BadInput(
            "store: the database of this URL is no plain name: letters, digits, '_', '-' and '.'; options follow '?'"
        )
    for name in _SECRET:
        if not isinstance(url.query.get(name, ""), str):
            raise BadInput(f"store: {name} is given more than once")
    secret = url.query.get("password")
    url = url.difference_update_query(["password"]).set(drivername="postgresql+psycopg")
    return url if secret is None else url.set(password=str(secret))
