"""How long the store waits for a server. A deadline of the client's own: a proxy may take all and answer nothing."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from time import monotonic
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import URL

SLACK = 0.3
"""Seconds that the client waits longer than the server does by its own time limits, whose word is the more exact."""
GRACE = 0.7
"""Seconds that are left to look what became of a commit, where the time of the call is over."""


class Patience:
    """How long each thread still waits. Outside a `call` every single answer has `wait` seconds."""

    def __init__(self, wait: float) -> None:
        self.wait = wait
        self._mine = threading.local()

    @property
    def until(self) -> float:
        """The moment, on the monotonic clock, at which an answer that is asked for now comes too late."""
        longest = monotonic() + self.wait + SLACK
        mine: float | None = getattr(self._mine, "until", None)
        return longest if mine is None else min(mine, longest)

    @contextmanager
    def call(self) -> Iterator[None]:
        """Everything in this block has `wait` seconds together. A call within a call has the time of the outer one."""
        before = getattr(self._mine, "until", None)
        self._mine.until = self.until
        try:
            yield
        finally:
            self._mine.until = before

    @contextmanager
    def looking(self, *, silent: bool) -> Iterator[float]:
        """Time to look what became of a commit: the rest of the call, and a moment at least. Gives its end.

        `silent`: the commit itself had all the time there was.
        """
        before = getattr(self._mine, "until", None)
        self._mine.until = max(0.0 if silent else self.until, monotonic() + GRACE)
        try:
            yield self._mine.until
        finally:
            self._mine.until = before


def network_options(url: URL, wait: float) -> dict[str, Any]:
    """Options of the connection by which the network's own silence ends it; those that the URL names are left alone."""
    options = {
        "keepalives": 1,
        "keepalives_idle": max(1, int(wait / 2)),
        "keepalives_interval": max(1, int(wait / 6)),
        "keepalives_count": 3,
        "tcp_user_timeout": max(1, int(wait * 1000)),
        "connect_timeout": max(1, int(wait)),
        "application_name": "pathway",
    }
    return {name: value for name, value in options.items() if name not in url.query}


def time_limits(wait: float) -> str:
    """The statements by which the server itself gives up: waiting for a lock, and any one statement."""
    milliseconds = max(1, int(wait * 1000))
    # The limit of a lock comes first: it says more of what was waited for.
    return (
        f"SET lock_timeout = {milliseconds}; SET statement_timeout = {milliseconds + 100}; SET synchronous_commit = on"
    )
