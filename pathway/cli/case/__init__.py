"""`pathway case`: cases that are kept in a store. Each command lives in a module of its own."""

from __future__ import annotations

import click

from pathway.cli.case.audit import verify_log
from pathway.cli.case.history import history
from pathway.cli.case.listing import listing
from pathway.cli.case.opening import opening
from pathway.cli.case.order import order
from pathway.cli.case.record import record
from pathway.cli.case.revise import acknowledge, correct, set_aside, withdraw
from pathway.cli.case.show import show
from pathway.cli.case.transfer import export, take

KNOWN = (
    opening, record, correct, withdraw, acknowledge, set_aside, order, show, history, listing, verify_log, export, take,
)  # fmt: skip


class CaseGroup(click.Group):
    """The commands in the order in which a reader needs them; an unknown one is answered with the nearest."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002  # click's signature
        """The names of the commands."""
        return list(self.commands)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that the arguments name."""
        if args and args[0] not in self.commands and not args[0].startswith("-") and not ctx.resilient_parsing:
            from pathway.model.errors import nearest

            raise click.UsageError(f"unknown command 'case {args[0]}'; {nearest(args[0], self.commands)}", ctx)
        return super().resolve_command(ctx, args)


@click.group("case", cls=CaseGroup, invoke_without_command=True)
@click.pass_context
def command(ctx: click.Context) -> None:
    """Cases that are kept: every entry with who recorded it, when, and from where.

    A store is a file, or a PostgreSQL server by URL. Entries are only ever added: what was wrong is corrected by a
    further entry, and the log can be checked.

    \b
    pathway case open C1 --age 13mo --by ward
    pathway case record C1 blood_count_reported anc=0.7 --by laboratory
    pathway case show C1
    pathway worklist

    Needs the extra 'store'; for a PostgreSQL server the extra 'postgres'.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())


for subcommand in KNOWN:
    command.add_command(subcommand)
