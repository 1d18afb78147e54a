"""The command group. A command's module is imported when the command is asked for, so that `--version` is quick."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

import click

from pathway._version import __version__

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

COMMANDS: dict[str, tuple[str, str]] = {
    "advise": ("pathway.cli.advise", "What to do, what not to do and why, for the facts given."),
    "demo": ("pathway.cli.demo", "The source's own patient, event by event up to a KMT2A result."),
    "explain": ("pathway.cli.explain", "Explain a state, transition, advice, order, fact, event, statement or note."),
    "events": ("pathway.cli.events", "What can be recorded: facts, units, plausible ranges, codes."),
    "drive": ("pathway.cli.drive", "Step through a case: events, orders, undo; keep it as a log and as a scenario."),
    "case": ("pathway.cli.case", "Cases that are kept: open, record, correct, order, show, history, verify, export."),
    "store": ("pathway.cli.store", "The store as a whole: make a copy of it."),
    "worklist": ("pathway.cli.worklist", "What is due, overdue and awaited across all open cases, most urgent first."),
    "freeze": ("pathway.cli.freeze", "Write this version of the pathway as a file that never changes."),
    "migrate": ("pathway.cli.migrate", "Move a case to another version of the pathway; first show what would change."),
    "replay": ("pathway.cli.replay", "Hold scenario files against the pathway; say what none of them exercises."),
    "scenarios": ("pathway.cli.scenarios", "Write scenario files: to each transition, and around each limit."),
    "draw": ("pathway.cli.draw", "Draw diagrams, rulebook and page for sign-off; a case's way; what scenarios take."),
    "trace": ("pathway.cli.trace", "From statement to rule to scenario, both ways; what is not modelled, and why."),
    "verify": ("pathway.cli.verify", "Prove it: no gaps, no overlaps, no unsafe path; every fault is a patient."),
    "mutate": ("pathway.cli.mutate", "Change every rule in one place; say which changes no scenario would notice."),
    "completion": ("pathway.cli.completion", "Print the script that completes commands in bash, zsh or fish."),
}
"""Name -> module, and the one line of help that is shown without importing it."""

EPILOG = (
    "Exit codes: 0 done, 1 a check failed or something was held back, 2 bad input, 75 not now: try again. Educational; "
    "pending human review, not signed by a clinician."
)


class LazyGroup(click.Group):
    """A group that knows the names and the help of its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The commands, in the order in which a reader needs them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002  # likewise
        """Import a command."""
        if cmd_name not in COMMANDS:
            return None
        module, _ = COMMANDS[cmd_name]
        command = import_module(module).command
        assert isinstance(command, click.Command)
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name; an unknown one is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-") and not ctx.resilient_parsing:
            from pathway.model.errors import nearest

            raise click.UsageError(f"unknown command '{args[0]}'; {nearest(args[0], COMMANDS)}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002  # likewise
        """Write the table of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, words) for name, (_, words) in COMMANDS.items()])

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Complete a command's name."""
        from click.shell_completion import CompletionItem

        names = [
            CompletionItem(name, help=words) for name, (_, words) in COMMANDS.items() if name.startswith(incomplete)
        ]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


@click.group(
    cls=LazyGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=EPILOG,
    invoke_without_command=True,
)
@click.version_option(__version__, "-V", "--version", message="leukopenia-pathway %(version)s")
@click.pass_context
def cli(ctx: click.Context) -> None:
    """The work-up of a small child with too few white cells, as a clinical pathway that runs.

    Start with: pathway advise --age 13mo --wbc 2.5 --anc 0.7 --alc 1.4
    """
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
