"""`pathway drive` at a terminal."""

from __future__ import annotations

import os
import select
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from tests.cli.driving import CHILD, COUNT, entries

# --- at a terminal ------------------------------------------------------------------------------------------------


PATIENCE = 60
"""Seconds after which a session that prints nothing is held to hang."""


class Terminal:
    """A session at a pseudo-terminal: what is typed, and what is seen up to the next prompt."""

    def __init__(self, *args: str) -> None:
        import pty

        self.screen, keyboard = pty.openpty()
        # Its own terminal, so that Ctrl-C reaches it and nobody else; what runs in the background ignores Ctrl-C.
        code = (
            "import fcntl, signal, termios; fcntl.ioctl(0, termios.TIOCSCTTY, 0); "
            "signal.signal(signal.SIGINT, signal.default_int_handler); from pathway.cli import main; main()"
        )
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, "drive", *CHILD, *args], stdin=keyboard, stdout=keyboard, stderr=keyboard,
            env={**os.environ, "TERM": "dumb", "COLUMNS": "80"}, start_new_session=True,
        )  # fmt: skip
        os.close(keyboard)
        self.seen = ""

    def until(self, words: str) -> str:
        """What is printed up to and with some words; what was printed so far, where the session ends before."""
        while words not in self.seen:
            ready, _, _ = select.select([self.screen], [], [], PATIENCE)
            if not ready:
                self.process.kill()
                self.process.wait()
                pytest.fail(f"waited in vain for {words!r} after:\n{self.seen}")
            try:
                read = os.read(self.screen, 4096)
            except OSError:  # a pseudo-terminal whose other end is closed
                break
            if not read:
                break
            self.seen += read.decode()
        found, _, self.seen = self.seen.partition(words)
        return found + words

    def type(self, keys: str) -> None:
        """Type once the session reads keys: until then the terminal would make its own of Tab, arrow and Ctrl-C."""
        import termios

        for _ in range(100 * PATIENCE):
            with suppress(termios.error):  # the session may have ended meanwhile
                if not termios.tcgetattr(self.screen)[3] & termios.ICANON:
                    break
            time.sleep(0.01)
        os.write(self.screen, keys.encode())

    def interrupt(self) -> None:
        """Ctrl-C, and again: Python's line editor sees one that falls between two of its waits with the next key."""
        for _ in range(PATIENCE):
            self.type("\x03")
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(1)
                return

    def ended(self) -> int:
        """The exit code."""
        self.until("no such words")
        os.close(self.screen)
        return self.process.wait()


terminals = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no pseudo-terminals")


@terminals
def test_at_a_terminal_words_are_completed_with_tab_and_commands_come_back_with_the_arrow():
    terminal = Terminal()
    terminal.until("initial_labs> ")
    terminal.type(f"{COUNT}\r")
    terminal.until("referral> ")
    terminal.type("order order_b\t\r")
    assert "REFUSED" in terminal.until("(Enter: no): ")
    terminal.type("\r")
    terminal.until("referral> ")
    terminal.type("\x1b[A\r")
    assert "REFUSED" in terminal.until("(Enter: no): ")
    terminal.interrupt()
    assert terminal.ended() == 130


@terminals
def test_at_a_terminal_work_that_is_kept_nowhere_is_asked_for_before_the_end(log):
    terminal = Terminal()
    terminal.until("initial_labs> ")
    terminal.type(f"{COUNT}\r")
    terminal.until("referral> ")
    terminal.type("quit\r")
    terminal.until("in which file? (Enter: in none, cancel: stay): ")
    terminal.type("cancel\r")
    terminal.until("referral> ")
    terminal.type("q\r")
    terminal.until("cancel: stay): ")
    terminal.type(f"{log}\r")
    assert terminal.ended() == 0
    assert len(entries(log)) == 1


@terminals
def test_at_a_terminal_the_end_of_the_input_ends_the_session():
    terminal = Terminal()
    terminal.until("initial_labs> ")
    terminal.type("\x04")
    assert terminal.ended() == 0
