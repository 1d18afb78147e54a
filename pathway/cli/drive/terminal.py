"""Questions at a terminal, or read from a pipe: one question, one line."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from pathway.cli import one_line
from pathway.cli.page import STYLES
from pathway.cli.text import Text
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from types import ModuleType

    from pathway.cli.page import Page

LONGEST = 100_000
"""Characters of a line of input at most: an input without end may have no line at all."""


class Terminal:
    """Asks questions and reads the answers.

    At a terminal a line can be edited, completed with Tab, and called back with the arrow keys. An answer from a pipe
    is written behind its question, so that the output reads like the session.
    """

    def __init__(self, page: Page) -> None:
        self.page = page
        self.interactive = all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))
        self._readline = _readline() if self.interactive else None
        self._complete: Callable[[str], Iterable[str]] = _nothing
        if self._readline is not None:
            _set_up(self._readline, self._candidate)

    def ask(
        self, question: str, complete: Callable[[str], Iterable[str]] | None = None, *, remember: bool = False
    ) -> str:
        """The answer, stripped. Raises `EOFError` where there are no more.

        `complete` gives the words that could follow a beginning of a line. Only what is to be remembered can be called
        back with the arrow keys: answers are about a patient.
        """
        self._complete = complete or _nothing
        while True:
            answer = (self._edited(question, remember) if self.interactive else self._piped(question)).strip()
            answer = answer.replace("\t", " ")
            if answer.isprintable():
                return answer
            self.fault(f"'{one_line(answer)[:40]}' has characters that cannot be shown; write it again")

    def fault(self, *lines: str) -> None:
        """Write what was wrong."""
        for line in lines:
            self.page.block(Text(one_line(line), STYLES["alert"]), "! ", "  ")

    def attempt(self, act: Callable[[], None]) -> bool:
        """Call a function, and write the faults of its `BadInput`. Returns whether there was none."""
        try:
            act()
        except BadInput as fault:
            self.fault(*fault.faults)
            return False
        return True

    def _edited(self, question: str, remember: bool) -> str:
        sys.stdout.flush()
        answer = input(question)
        if self._readline is not None and remember and answer.strip():
            self._readline.add_history(answer)
        return answer

    def _piped(self, question: str) -> str:
        out = self.page.console.file
        out.write(question.rstrip())
        out.flush()
        try:
            line = sys.stdin.readline(LONGEST) if sys.stdin is not None else ""
        except (OSError, ValueError):
            # The terminal was hung up, or standard input is closed: there will be no more answers.
            line = ""
        if not line:
            out.write("\n")
            raise EOFError
        if len(line) == LONGEST:
            raise BadInput(f"input: a line has more than {LONGEST:,} characters")
        out.write(f" {one_line(line.strip())}".rstrip() + "\n")
        return line

    def _candidate(self, _word: str, number: int) -> str | None:
        assert self._readline is not None
        found = list(self._complete(self._readline.get_line_buffer()[: self._readline.get_endidx()]))
        if number >= len(found):
            return None
        return found[number] + ("" if found[number].endswith("=") else " ")


def matching(line: str, words: Iterable[str]) -> list[str]:
    """The words that begin like the last word of a line."""
    begun = line.rpartition(" ")[2]
    return [word for word in words if word.startswith(begun)]


def _nothing(_line: str) -> tuple[str, ...]:
    return ()


def _readline() -> ModuleType | None:
    try:
        import readline
    except ImportError:  # Windows has none; a line is then taken as it is typed
        return None
    return readline


def _set_up(readline: ModuleType, candidate: Callable[[str, int], str | None]) -> None:
    readline.set_completer(candidate)
    readline.set_completer_delims(" ")
    readline.set_auto_history(False)
    libedit = "libedit" in (readline.__doc__ or "")
    readline.parse_and_bind("bind ^I rl_complete" if libedit else "tab: complete")
