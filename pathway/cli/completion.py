"""`pathway completion`: the script that makes a shell complete the names of commands, options and facts."""

from __future__ import annotations

import os

import click
from click.shell_completion import ShellComplete, get_completion_class

from pathway.cli.group import cli

SHELLS = ("bash", "zsh", "fish")
VARIABLE = "_PATHWAY_COMPLETE"


@click.command("completion")
@click.argument("shell", type=click.Choice(SHELLS), required=False)
def command(shell: str | None) -> None:
    """Print the completion script for SHELL (by default the one in $SHELL).

    \b
    bash   eval "$(pathway completion bash)"    in ~/.bashrc
    zsh    eval "$(pathway completion zsh)"     in ~/.zshrc
    fish   pathway completion fish | source     in ~/.config/fish/config.fish
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    name = shell or os.path.basename(os.environ.get("SHELL", ""))
    if name not in SHELLS:
        raise click.UsageError(f"which shell? write one of {', '.join(SHELLS)}", click.get_current_context())
    kind = get_completion_class(name)
    assert kind is not None
    # The base class writes the script without starting a shell to ask for its version.
    click.echo(ShellComplete.source(kind(cli, {}, "pathway", VARIABLE)))
