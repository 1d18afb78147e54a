"""`pathway freeze`: a version of the pathway as a file that never changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pathway.cli.case.options import json_option, opened
from pathway.cli.folder import write
from pathway.cli.names import FileName
from pathway.cli.page import Page, open_console, print_json
from pathway.cli.text import Text
from pathway.definition import PATHWAY
from pathway.model.canonical import to_json
from pathway.model.errors import BadInput

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway


@click.command("freeze")
@click.option(
    "--to", "folder", metavar="FOLDER", type=FileName(), default="frozen", show_default=True, help="Where to write."
)
@click.option("--store", "url", metavar="URL", help="Write every version in that store instead of this one.")
@json_option
def command(folder: str, url: str | None, as_json: bool) -> None:
    """Write this version of the pathway as canonical JSON: the same content gives the same bytes.

    The SHA-256 of the file is the digest that cases are pinned to. A file that is there with other bytes is refused,
    never overwritten.

    \b
    pathway freeze
    pathway freeze --to frozen --store cases.db
    pathway migrate C1 --to frozen/FILE.json
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    pathways = [PATHWAY] if url is None else _versions(url)
    target = Path(folder)
    content = {file_name(pathway): to_json(pathway).encode() for pathway in pathways}
    faults = [f"{target / name}: is there with other bytes; it is not overwritten"
              for name, data in content.items() if _differs(target / name, data)]  # fmt: skip
    if faults:
        raise BadInput(*faults)
    written = write(target, content)
    if as_json:
        files = [
            {
                "file": str(target / name), "id": pathway.id, "version": pathway.version, "digest": pathway.digest,
                "written": name in written,
            }
            for name, pathway in zip(content, pathways, strict=True)
        ]  # fmt: skip
        print_json({"files": files})
        return
    page = Page(open_console())
    for name, pathway in zip(content, pathways, strict=True):
        # A path stays whole, so that it can be copied.
        page.console.print(Text(str(target / name), "bold"), soft_wrap=True)
        page.block(
            f"{pathway.id} {pathway.version}{'' if name in written else ', was there already'}; digest", "  ", "  "
        )
        page.console.print(Text(f"  {pathway.digest}"), soft_wrap=True)


def file_name(pathway: Pathway) -> str:
    """The name of the file of a version."""
    return f"{pathway.id}-{pathway.version}-{pathway.digest[:12]}.json"


def _versions(url: str) -> list[Pathway]:
    with opened(url) as store:
        return [store.versions.of(digest, version, "") for digest, _, version, _ in store.versions.rows()]


def _differs(path: Path, data: bytes) -> bool:
    try:
        return path.exists() and (not path.is_file() or path.read_bytes() != data)
    except (OSError, ValueError) as fault:
        why = getattr(fault, "strerror", None) or "no name of a file"
        raise BadInput(f"{path}: cannot be read: {why}") from None
