"""The command line: parse, call, print. `main` is the entry point; every command lives in a module of its own."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

DONE, FAILED, BAD_INPUT, INTERNAL, TRY_AGAIN, INTERRUPTED = 0, 1, 2, 70, 75, 130
TRACEBACK = "PATHWAY_TRACEBACK"


def main() -> NoReturn:
    """The entry point of the `pathway` command."""
    import gc

    # A short-lived process: collecting the cycles of imports costs more time than the memory is worth.
    gc.set_threshold(100_000)
    sys.exit(run(sys.argv[1:]))


def run(args: Sequence[str]) -> int:
    """Run the command line and return its exit code.

    0 done, 1 a check failed or something was held back, 2 bad input, 75 could not be done now: try again, 130
    interrupted, 70 a fault of ours. No traceback reaches a user; with PATHWAY_TRACEBACK=1 in the environment a fault of
    ours raises.
    """
    import click

    from pathway.cli.group import cli
    from pathway.model.errors import BadInput, DefinitionError, Unavailable

    _never_fail_on_a_character()
    try:
        result = cli.main(list(args), prog_name="pathway", standalone_mode=False)
        sys.stdout.flush()
    except click.exceptions.Exit as done:
        return done.exit_code
    except click.Abort:
        return INTERRUPTED
    except click.UsageError as fault:
        hint = f"; see '{fault.ctx.command_path} --help'" if fault.ctx is not None else ""
        return _tell([fault.format_message().removesuffix(".") + hint])
    except click.ClickException as fault:
        return _tell([fault.format_message()])
    except (BadInput, DefinitionError) as fault:
        return _tell(fault.faults)
    except Unavailable as fault:
        _tell(fault.faults)
        return TRY_AGAIN
    except BrokenPipeError:
        _hush()
        return DONE
    except KeyboardInterrupt:
        return INTERRUPTED
    except SystemExit as done:
        return done.code if isinstance(done.code, int) else DONE
    except Exception as fault:  # whatever it is, a user gets a line and not a traceback
        if os.environ.get(TRACEBACK):
            raise
        _tell([f"a fault of this program, not of your input: {type(fault).__name__}: {fault}"])
        return INTERNAL
    return result if isinstance(result, int) else DONE


def one_line(text: str) -> str:
    """The text on one line: what a terminal would obey or not show is written out."""
    return "".join(one if one.isprintable() else one.encode("unicode_escape").decode() for one in text)


def _tell(faults: Iterable[str]) -> int:
    for fault in faults:
        print(f"pathway: {one_line(fault)}", file=sys.stderr)  # noqa: T201  # this is what prints
    return BAD_INPUT


def _never_fail_on_a_character() -> None:
    for stream in (sys.stdout, sys.stderr):
        if (reconfigure := getattr(stream, "reconfigure", None)) is not None:
            reconfigure(errors="backslashreplace")


def _hush() -> None:
    # The reader went away; without this Python complains once more when it flushes at its end.
    sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # stays open until the process ends
