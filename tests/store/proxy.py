"""A proxy between a store and its server: it passes everything on until it is told to cut, or to swallow answers."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import suppress

from sqlalchemy import make_url

CUTS = ("before", "after", "middle", "half an answer", "held", "left", "under way", "silent")
"""Where a connection is cut: before the statement reaches the server; after it, and before the answer; in the middle of
the statement; in the middle of the answer. `held`: the client is cut, and the server gets the statement later. `left`:
the client is cut, the server keeps a session that hears nothing more. `under way`: the same, and the server has the
statement. `silent`: nothing is cut; the server has the statement, and no answer is passed on."""


class Proxy:
    """Listens on this machine, and passes on to the server behind a URL. `url` leads through it."""

    def __init__(self, behind: str) -> None:
        url = make_url(behind)
        self._socket = f"{url.query['host']}/.s.PGSQL.{url.port or 5432}"
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.url = url.set(
            host="127.0.0.1", port=self._listening.getsockname()[1],
            query={"sslmode": "disable", "gssencmode": "disable"},
        ).render_as_string(hide_password=False)  # fmt: skip
        self._words: tuple[bytes, str] | None = None
        self.cuts = 0
        self.swallows = self.refuses = self.refuses_then = False
        self._open: list[socket.socket] = []
        threading.Thread(target=self._listen, daemon=True).start()

    def cut_at(self, words: bytes, how: str, *, refuse: bool = False) -> None:
        """Cut the connection on which the next statement with these words comes; `refuse` every one after that.

        A COMMIT is meant only where something was added before it.
        """
        self.refuses_then, self._words = refuse, (words, how)

    def drop_links(self) -> None:
        """Close every connection: a session of the server that nobody hears would keep its locks."""
        for one in self._open:
            _end(one)
        self._open.clear()

    def close(self) -> None:
        """Close everything."""
        for one in (self._listening, *self._open):
            _end(one)

    def _listen(self) -> None:
        with suppress(OSError):
            while True:
                client, _ = self._listening.accept()
                if self.refuses:
                    _end(client)
                    continue
                server = socket.socket(socket.AF_UNIX)
                server.connect(self._socket)
                self._open += [client, server]
                Link(self, client, server)

    def wanted(self, data: bytes, *, added: bool) -> str:
        """How to cut at this piece of the dialogue; "" where it is passed on."""
        if self._words is None or self._words[0] not in data or (self._words[0] == b"COMMIT" and not added):
            return ""
        how, self._words = self._words[1], None
        self.cuts += 1
        self.refuses = self.refuses_then
        return how


class Link:
    """One connection through the proxy."""

    def __init__(self, proxy: Proxy, client: socket.socket, server: socket.socket) -> None:
        self.proxy, self.client, self.server, self.how = proxy, client, server, ""
        for work in (self._ask, self._answer):
            threading.Thread(target=work, daemon=True).start()

    def _ask(self) -> None:
        added = False
        with suppress(OSError):
            while data := self.client.recv(65536):
                added = added or b"INSERT INTO entries" in data
                how = self.proxy.wanted(data, added=added)
                if not how:
                    self.server.sendall(data)
                    continue
                self._cut(how, data)
                return
        if self.how in ("", "before", "middle", "held"):  # else the other direction does, or nobody
            _end(self.server)

    def _cut(self, how: str, data: bytes) -> None:
        self.how = how
        match how:
            case "before":
                _end(self.client)
                _end(self.server)
            case "after" | "half an answer" | "silent":
                self.server.sendall(data)  # the other direction cuts, when the answer is here
            case "middle":
                self.server.sendall(data[: len(data) // 2])
                _end(self.client)
                _end(self.server)
            case "held":
                _end(self.client)
                time.sleep(0.15)
                self.server.sendall(data)
                time.sleep(0.5)
                _end(self.server)
            case "left" | "under way":
                if how == "under way":
                    self.server.sendall(data)
                    time.sleep(0.1)
                _end(self.client)

    def _answer(self) -> None:
        with suppress(OSError):
            while data := self.server.recv(65536):
                if self.how in ("after", "half an answer"):
                    if self.how == "half an answer":
                        self.client.sendall(data[: len(data) // 2])
                    _end(self.server)
                    break
                if not self.how and not self.proxy.swallows:
                    self.client.sendall(data)
        _end(self.client)


def _end(one: socket.socket) -> None:
    with suppress(OSError):
        one.shutdown(socket.SHUT_RDWR)
    one.close()
