"""Output that is no terminal's is written without rich, and has the same characters."""

from __future__ import annotations

import subprocess
import sys
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console
from rich.text import Text as RichText

from pathway.cli.page import Page, open_console
from pathway.cli.text import PlainConsole, Text, wrapped
from tests.cli.terminal import INDEX, pathway

LONG = st.lists(
    st.tuples(st.integers(1, 70), st.sampled_from([" ", "  ", "\n", " \n  "])).map(
        lambda word: "x" * word[0] + word[1]
    ),
    max_size=8,
).map("".join)
WORDS = LONG | st.text(st.sampled_from("ab- .,\n") | st.characters(max_codepoint=126), max_size=160)


@given(WORDS, st.integers(20, 60))
def test_lines_are_broken_where_rich_breaks_them(words, width):
    with_rich = RichText(words).wrap(Console(width=width), width)
    assert list(wrapped(words, width)) == [line.plain.rstrip() for line in with_rich]


@given(st.lists(st.tuples(st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
                          st.sampled_from(["", "bold", "bold red", "dim"])), max_size=5),
       st.sampled_from(["", "- ", "    "]), st.integers(40, 110))  # fmt: skip
def test_a_page_has_the_same_characters_with_and_without_rich(parts, lead, width):
    plain, drawn = StringIO(), StringIO()
    console = PlainConsole(plain)
    console.width = width
    for page in (Page(console), Page(Console(file=drawn, width=width, highlight=False, markup=False, emoji=False))):
        page.heading("NOW")
        page.item(*parts, lead=lead)
        page.block(Text.assemble(*parts), lead, "  ")
    assert plain.getvalue() == drawn.getvalue()


@pytest.mark.parametrize("words", ["\u4e2d" * 30, "a\tb", "bell \a", "Z\u00fcrich " * 12, "e\u0301" * 40])
def test_wide_and_odd_characters_are_left_to_rich(words):
    with_rich = RichText(words).wrap(Console(width=40), 40)
    assert list(wrapped(words, 40)) == [line.plain.rstrip() for line in with_rich]


def test_a_terminal_and_who_asks_for_colour_get_rich(monkeypatch):
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.delenv("FORCE_COLOR", raising=False)
    monkeypatch.delenv("TTY_COMPATIBLE", raising=False)
    assert isinstance(open_console(Terminal()), Console)
    assert isinstance(open_console(StringIO()), PlainConsole)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert isinstance(open_console(StringIO()), Console)
    assert "\x1b[1;31mNOW" in pathway(*INDEX).out


@pytest.mark.parametrize("words", [INDEX, ("events", "anc"), ("explain", "S32"), (*INDEX, "--json")], ids=str)
def test_what_goes_into_a_pipe_loads_no_rich(words):
    code = "import sys; from pathway.cli import run; run(sys.argv[1:]); print('rich' in sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=True, timeout=60)
    assert done.stderr.strip() == "False" and done.stdout
