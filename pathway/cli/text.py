"""Text with styles, and a console for output that is no terminal.

The library rich draws on terminals. Where output goes into a file or a pipe there is nothing to draw, and a plain
console that only wraps lines writes the same characters. So rich, which takes long to load, is not loaded.
"""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import TextIO

    from rich.text import Text as RichText

WIDTH = 80
"""The width of output in columns, where neither the environment nor a terminal gives one."""
_WORD = re.compile(r"\s*\S+\s*")
_TERMINAL = ("FORCE_COLOR", "TTY_COMPATIBLE")
"""Variables of the environment that ask for a terminal's output where there is none."""


class Text:
    """Words with a style for each part, such as "bold red"; "" for none."""

    def __init__(self, words: str = "", style: str = "") -> None:
        self.parts: list[tuple[str, str]] = [(words, style)]

    @classmethod
    def assemble(cls, *parts: str | tuple[str, str]) -> Text:
        """The text of some parts, with or without a style."""
        text = cls()
        text.parts = [(part, "") if isinstance(part, str) else part for part in parts]
        return text

    def append(self, words: str, style: str = "") -> None:
        """Add a part."""
        self.parts.append((words, style))

    @property
    def plain(self) -> str:
        """The words without their styles."""
        return "".join([words for words, _ in self.parts])

    def rich(self) -> RichText:
        """The text as rich draws it."""
        from rich.text import Text as RichText

        return RichText(*self.parts[0]) if len(self.parts) == 1 else RichText.assemble(*self.parts)


class PlainConsole:
    """Writes text without styles, as rich does where there is no terminal."""

    is_terminal = False
    no_color = True

    def __init__(self, file: TextIO | None = None) -> None:
        self._file = file
        self.width = _width()

    @property
    def file(self) -> Any:
        """The file that is written to: standard output as it is now, where no other file was named."""
        return self._file or sys.stdout or _Nowhere()

    def print(self, text: Any = "", *, soft_wrap: bool = False) -> None:
        """Write a text, as long as it is, and end the line."""
        del soft_wrap
        self.file.write(f"{text if isinstance(text, str) else text.plain}\n")
        self.file.flush()


class _Nowhere:
    """Where output goes in a process whose standard output is closed."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        pass


def is_drawn(file: TextIO | None) -> bool:
    """Whether output is drawn: on a terminal, in a notebook, and where the environment asks for it."""
    out = file or sys.stdout
    if any(name in os.environ for name in _TERMINAL) or "ipykernel" in sys.modules:
        return True
    return bool(getattr(out, "isatty", bool)())


def wrapped(words: str, width: int) -> Iterator[str]:
    """The lines into which rich would wrap a text, without blanks at their ends.

    A word that is longer than a line is cut. What is not plain ASCII is left to rich, which knows how wide it is.
    """
    if not (words.isascii() and (words.isprintable() or words.replace("\n", "").isprintable())):
        from rich.console import Console
        from rich.text import Text as RichText

        yield from (line.plain.rstrip() for line in RichText(words).wrap(Console(width=width), width))
        return
    for line in words.split("\n"):
        begin = 0
        for end in (*_breaks(line, width), len(line)):
            yield line[begin:end].rstrip()
            begin = end


def _breaks(line: str, width: int) -> Iterator[int]:
    """The places at which a line is broken."""
    column = 0
    for found in _WORD.finditer(line) if len(line) > width else ():
        start, word = found.start(), found.group()
        length = len(word.rstrip())
        if length <= width - column:
            column += len(word)
        elif length > width:
            # The word is cut, from the beginning of a line on.
            for place in range(start, found.end(), width):
                if place:
                    yield place
            column = (len(word) - 1) % width + 1
        elif column and start:
            yield start
            column = len(word)


def _width() -> int:
    columns = os.environ.get("COLUMNS", "")
    if columns.isdigit():
        return int(columns)
    for stream in (0, 1, 2):
        try:
            return os.get_terminal_size(stream).columns or WIDTH
        except (AttributeError, ValueError, OSError):
            continue
    return WIDTH
