"""`pathway explain`: what a name or an id in brackets stands for, where it comes from and what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from pathway.cli.articles import Article, articles_about, names_of
from pathway.cli.page import Page, open_console, print_json, with_identity
from pathway.cli.text import Text
from pathway.definition import PATHWAY

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem


def _complete(ctx: click.Context, param: click.Parameter, incomplete: str) -> list[CompletionItem]:  # noqa: ARG001  # click's signature
    from click.shell_completion import CompletionItem

    return [CompletionItem(name) for name in names_of(PATHWAY) if name.startswith(incomplete)]


@click.command("explain")
@click.argument("names", metavar="NAME...", nargs=-1, required=True, shell_complete=_complete)
@click.option("--json", "as_json", is_flag=True, help="Print JSON for a program: one object for each thing.")
def command(names: tuple[str, ...], as_json: bool) -> None:
    """Explain a state, transition, advice, order, invariant, fact, condition, event, statement, note or literature.

    \b
    pathway explain referral             a state: how it is reached and left
    pathway explain consult_same_day     an advice: when it is raised, until when
    pathway explain order_bone_marrow    an order: when it is refused or permitted
    pathway explain same_day anc         facts
    pathway explain S32 N45 T1           what stands in brackets
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    articles = [article for name in names for article in articles_about(name, PATHWAY)]
    if as_json:
        print_json(with_identity(PATHWAY, {"articles": [article.to_json(PATHWAY) for article in articles]}))
        return
    page = Page(open_console())
    for number, article in enumerate(articles):
        if number:
            page.blank()
        write(article, page)
    page.footer(PATHWAY)


def write(article: Article, page: Page) -> None:
    """Write one article."""
    page.block(Text.assemble((f"{article.kind} {article.name}", "bold"), f"  {article.title}"), "", "  ")
    for label, words in article.rows:
        page.block(Text.assemble((f"{label}: ", "bold"), words), "  ", "    ")
    if article.where:
        page.block(Text("where", "bold"), "  ")
        for title, words in article.where:
            page.block(Text.assemble((title, "italic"), f": {words}"), "    ", "      ")
    if article.cites:
        page.block(Text("cites" if article.kind != "review note" else "about", "bold"), "  ")
        for cite in article.cites:
            page.block(f"{cite} {PATHWAY.citations[cite].words}", "    ", "        ")
    if article.cited_by:
        page.block(Text.assemble(("cited by: ", "bold"), ", ".join(article.cited_by)), "  ", "    ")
