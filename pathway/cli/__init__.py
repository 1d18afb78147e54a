"""The command line: parse, call, print. `main` is the entry point; every command lives in a module of its own."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DONE, FAILED, BAD_INPUT, INTERNAL, TRY_AGAIN, INTERRUPTED = 0, 1, 2, 70, 75, 130
TRACEBACK = "PATHWAY_TRACEBACK"
DIGITS_OF_A_SIZE = 5


def main() -> NoReturn:
    """The entry point of the `pathway` command."""
    import gc

    # The process is short: collecting the garbage of imports costs more time than the memory is worth.
    gc.set_threshold(100_000)
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run the command line and return its exit code.

    0 done, 1 a check failed or something was held back, 2 bad input, 75 could not be done now, or its output not be
    written: try again, 130 interrupted, 70 a fault of ours. No traceback reaches a user; with PATHWAY_TRACEBACK=1 in
    the environment a fault of ours raises. A reader of the output who goes away is no fault.
    """
    from pathway.cli.output import Undelivered, delivering

    _never_fail_on_a_character()
    _pass_over_strange_sizes()
    try:
        with delivering() as outcome:
            return _run(args)
    except Undelivered as fault:
        if fault.reader_left:
            return TRY_AGAIN if outcome.failed else DONE
        done = f"; {'; '.join(outcome.recorded)}" if outcome.recorded else ""
        _report([f"output: cannot be written: {fault.why}{done}"])
        return TRY_AGAIN


def _run(args: Sequence[str]) -> int:
    import click

    from pathway.cli.group import cli
    from pathway.cli.output import Undelivered
    from pathway.model.errors import BadInput, DefinitionError, Unavailable

    try:
        result = cli.main(list(args), prog_name="pathway", standalone_mode=False)
    except Undelivered:
        raise
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.UsageError as fault:
        hint = f"; see '{fault.ctx.command_path} --help'" if fault.ctx is not None else ""
        return _report([fault.format_message().removesuffix(".") + hint])
    except click.ClickException as fault:
        return _report([fault.format_message()])
    except (BadInput, DefinitionError) as fault:
        return _report(fault.faults)
    except Unavailable as fault:
        _report(fault.faults)
        return TRY_AGAIN
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else DONE
    except Exception as fault:  # a user gets a line for any fault, and no traceback
        if os.environ.get(TRACEBACK):
            raise
        if isinstance(fault, FileNotFoundError) and not _folder_is_there():
            return _report(["the folder in which this was called is no longer there; change to another"])
        _report([f"a fault of this program, not of your input: {type(fault).__name__}: {fault}"])
        return INTERNAL
    return result if isinstance(result, int) else DONE


def one_line(text: str) -> str:
    """The text on one line. Characters that a terminal would obey or not show are written as escapes."""
    return "".join(letter if letter.isprintable() else letter.encode("unicode_escape").decode() for letter in text)


def _report(faults: Iterable[str]) -> int:
    with suppress(OSError):  # where standard error cannot be written either, the exit code is all that is left
        for fault in faults:
            print(f"pathway: {one_line(fault)}", file=sys.stderr)  # noqa: T201  # this is what prints
    return BAD_INPUT


def _pass_over_strange_sizes() -> None:
    """Forget a size of the terminal that the environment does not give in a few plain digits: no size is given then."""
    for name in ("COLUMNS", "LINES"):
        size = os.environ.get(name, "")
        if size and not (size.isascii() and size.isdigit() and len(size) <= DIGITS_OF_A_SIZE):
            del os.environ[name]


def _folder_is_there() -> bool:
    try:
        os.getcwd()
    except OSError:
        return False
    return True


def _never_fail_on_a_character() -> None:
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")
