"""`pathway case export` and `import`: cases as lines of JSON, from one store to another."""

from __future__ import annotations

import shutil
import sys
import tempfile
from contextlib import ExitStack, contextmanager
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway.cli.case.options import counted, json_option, opened, progress, source_option, store_option
from pathway.cli.faults import Faults
from pathway.cli.files import whole_file
from pathway.cli.moments import read_at
from pathway.cli.output import recorded
from pathway.cli.page import Page, open_console, print_json
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from pathway.store.store import Store

STANDARD = "-"
IN_MEMORY = 8 * 2**20


@click.command("export", short_help="Write cases as lines of JSON.")
@click.argument("names", metavar="[CASE]...", nargs=-1)
@click.option("--to", "file", metavar="FILE", default=STANDARD, help="Write this file; by default the output.")
@click.option("--force", is_flag=True, help="Overwrite a file that exists.")
@store_option
def export(names: tuple[str, ...], file: str, force: bool, url: str) -> None:
    """Write cases as lines of JSON, with the versions of the pathway that they rest on; all where none is named.

    Each entry goes with its hash, so that 'pathway case import' can check it. A file is written whole or not at all.

    \b
    pathway case export --to cases.jsonl
    pathway case export C1 C2 | pathway case import - --store other.db
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    with opened(url) as store:
        faults = Faults()
        for name in names:
            faults.attempt(store.log_of, name)
        faults.check()
        if file == STANDARD:
            for line in _lines(store, names):
                click.echo(line, nl=False)
            return
        with whole_file(file, "to", force=force) as out, progress("writing lines") as report:
            written = 0
            for written, line in enumerate(_lines(store, names), 1):
                out.write(line)
                if written % 500 == 0:
                    report(written)
    page = Page(open_console())
    page.block(f"Written to {file}: {counted(written, 'line')}.")


@click.command("import", short_help="Take cases, or a version, from a file.")
@click.argument("file", metavar="FILE")
@source_option
@click.option(
    "--key", metavar="KEY", default="", help="The key of the file there. The same file twice by one key is one import."
)
@store_option
@json_option
def take(file: str, source: str, key: str, url: str, as_json: bool) -> None:
    """Take cases that 'pathway case export' wrote, or a version that 'pathway freeze' wrote; "-" reads the input.

    All of it or, if anything is wrong, nothing. Entries that are here already are the same ones; a case that has gone
    another way here is refused.

    \b
    pathway case import cases.jsonl
    pathway case import frozen/leukopenia-small-child-0.1.0-a95df0e0f5ce.json
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    # Another program may be slow: its output is read to the end before the store is locked.
    with _read(file) as lines, opened(url, create=True) as store:
        from pathway.store.transfer import take as take_in

        with progress("entries") as report:
            try:
                found = take_in(store, lines, now=read_at(None, "UTC"), source=source, key=key, tell=report)
            except BadInput as fault:
                raise fault.at("input" if file == STANDARD else file) from None
    recorded("imported before" if found.already else f"{counted(found.new, 'new entry', 'new entries')} imported")
    if as_json:
        print_json({"cases": found.cases, "entries": found.entries, "new": found.new, "versions": found.versions,
                    **({"already": found.already} if key else {})})  # fmt: skip
        return
    page = Page(open_console())
    cases, entries = counted(found.cases, "case"), counted(found.entries, "entry", "entries")
    before = " Imported before, by the same source and key." if found.already else ""
    page.block(f"Read {cases} with {entries}, {found.new:,} of them new, and "
               f"{counted(found.versions, 'version')} of the pathway.{before}")  # fmt: skip


def _lines(store: Store, names: tuple[str, ...]) -> Iterator[str]:
    from pathway.store.transfer import export as lines_of

    return lines_of(store, names)


@contextmanager
def _read(file: str) -> Iterator[Iterator[str]]:
    """The lines of a file, or of the input. Raises `BadInput` where it cannot be read.

    The input, and a file that is a pipe, are read to their end first.
    """
    with ExitStack() as stack:
        try:
            if file == STANDARD:
                content = _whole(_input(), stack)
            else:
                content = stack.enter_context(Path(file).open("rb"))
                content = content if Path(file).is_file() else _whole(content, stack)
        except BadInput:
            raise
        except (OSError, ValueError) as fault:
            why = getattr(fault, "strerror", None) or "no name of a file"
            raise BadInput(f"{'input' if file == STANDARD else file}: cannot be read: {why}") from None
        yield _decoded(stack.enter_context(TextIOWrapper(content, encoding="utf-8-sig", newline="\n")))


def _input() -> IO[bytes]:
    if sys.stdin is None:
        raise BadInput("input: there is none")
    # A replacement of standard input, as in a notebook, may give text only.
    return getattr(sys.stdin, "buffer", None) or BytesIO(sys.stdin.read().encode(errors="surrogateescape"))


def _whole(source: IO[bytes], stack: ExitStack) -> IO[bytes]:
    """The whole input: in memory, or in a file without a name where it is large."""
    kept = stack.enter_context(tempfile.SpooledTemporaryFile(IN_MEMORY))  # noqa: SIM115  # the stack closes it
    shutil.copyfileobj(source, kept)
    kept.seek(0)
    return kept


def _decoded(lines: Iterator[str]) -> Iterator[str]:
    try:
        yield from lines
    except UnicodeDecodeError:
        raise BadInput("this is not UTF-8 text") from None
    except OSError as fault:
        raise BadInput(f"cannot be read: {fault.strerror}") from None
