"""Where a store is, as a user writes it. No part of a password reaches an error, whatever the spelling."""

from __future__ import annotations

import os
import re

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from pathway.model.errors import BadInput

_SERVERS = ("postgresql", "postgres", "postgresql+psycopg")
_LIKE_A_URL = re.compile(r"\s*(?:postgres\w*|psql|jdbc|sqlite)(?:\+\w+)?:", re.I)
_LIKE_A_DSN = re.compile(
    r"(?:^|\s)(?:host|hostaddr|port|dbname|user|password|passfile|service|sslmode|sslpassword)\s*=", re.I
)
_HOST = re.compile(r"[\w.:%-]*|/[\w./~-]*|@[\w.-]+")
_HOSTS = re.compile(r"[\w.:%,-]*|/[\w./~,-]*")
_DATABASE = re.compile(r"[\w.~ -]*")
_URL = "write for example postgresql://host/database"
_SECRET = ("password", "sslpassword")


def url_of(text: str | os.PathLike[str]) -> URL:
    """The file or server that a text names. Raises `BadInput`, which repeats nothing of a text that is no file.

    A password in the query stands in the password of what is returned, so that it is hidden wherever that is shown.
    """
    if isinstance(text, os.PathLike):
        text = os.fspath(text)
        if not isinstance(text, str) or not _LIKE_A_URL.match(text):
            return make_url("sqlite://").set(database=os.fsdecode(text))
    if not isinstance(text, str) or not text.strip() or not text.isprintable():
        raise BadInput("store: name a file, or a URL such as postgresql://host/database")
    if "://" not in text:
        if _LIKE_A_URL.match(text) or _LIKE_A_DSN.search(text):
            raise BadInput(f"store: this is neither a file nor a URL; {_URL}")
        return make_url("sqlite://").set(database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadInput(f"store: this is no URL; {_URL}") from None
    if url.drivername in _SERVERS:
        return _server(url)
    if url.drivername == "sqlite" and url.database and not url.query:
        if url.host or url.username:
            raise BadInput("store: a file is on no host; write sqlite:///FILE, or the file alone")
        return url
    if url.drivername == "sqlite":
        raise BadInput("store: name the file alone, without options")
    raise BadInput("store: neither a file nor postgresql://")


def named(url: URL) -> str:
    """A server's URL for a message: without user, password and query."""
    host = url.host or url.query.get("host") or ""
    port = f":{url.port}" if url.port else ""
    return f"postgresql://{host if isinstance(host, str) else host[0]}{port}/{url.database or ''}"


def _server(url: URL) -> URL:
    """The URL of a server, if every part of it is what it is taken for."""
    hosts = url.query.get("host", ())
    if not _HOST.fullmatch(url.host or "") or "@" in (url.host or ""):
        raise BadInput("store: the host of this URL is none; a password is written with %40 for @ and %2F for /")
    if not all(_HOSTS.fullmatch(host) for host in ((hosts,) if isinstance(hosts, str) else hosts)):
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
