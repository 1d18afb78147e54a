"""`pathway case open`: a child's case begins."""

from __future__ import annotations

from shlex import quote

import click

from pathway.cli.case.options import (
    by_option,
    check_by,
    json_option,
    key_option,
    opened,
    source_option,
    store_option,
)
from pathway.cli.faults import Faults
from pathway.cli.moments import local_zone, read_at, read_birth
from pathway.cli.output import recorded
from pathway.cli.page import Page, open_console, print_json, with_identity
from pathway.run.moments import zone_named


@click.command("open", short_help="Open a case, pinned to this version of the pathway.")
@click.argument("name", metavar="CASE")
@click.option("--age", metavar="AGE", help="Age today: 13mo, 2y, 1y1m, 6w, 20d (completed months).")
@click.option("--born", metavar="DATE", help="Date of birth instead of the age: 2024-12-22.")
@click.option(
    "--timezone", metavar="ZONE", help="Zone that days are counted in: Europe/Berlin. By default the machine's."
)
@by_option("Who opens it.")
@source_option
@key_option
@store_option
@json_option
def opening(
    name: str, age: str | None, born: str | None, timezone: str | None, by: str, source: str, key: str, url: str,
    as_json: bool,
) -> None:  # fmt: skip
    """Open a case, pinned to this version of the pathway; make the store where there is none.

    \b
    pathway case open C1 --born 2024-12-22 --by ward
    pathway case open C1 --age 13mo --timezone Europe/Berlin --by ward
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    faults = Faults()
    zone = faults.attempt(zone_named, timezone or local_zone())
    now = read_at(None, zone.key if zone is not None else "UTC")
    birth = faults.attempt(read_birth, age, born, now.date())
    check_by(by, faults)
    faults.check()
    assert zone is not None and birth is not None
    with opened(url, create=True) as store:
        already = bool(key) and store.by_key(source, key) is not None
        stored = store.open_case(
            name, born=birth, timezone=zone.key, by=by.strip(), now=now, source=source, key=key
        )  # fmt: skip
        case, last, where = stored.case, stored.last, store.database.where
    recorded(f"case {last.case_id}: it is open; 'pathway case history {quote(last.case_id)}' shows it")
    if as_json:
        data = {
            "case": last.case_id, "born": case.born.isoformat(), "timezone": case.timezone, "state": case.state,
            "number": last.sequence, "hash": last.hash, "already": already,
        }  # fmt: skip
        print_json(with_identity(case.pathway, data))
        return
    page = Page(open_console())
    what = "was opened before, by the same source and key; nothing was recorded" if already else "is open"
    page.item((f"Case {last.case_id}", "bold"), f" {what}. Born {case.born.isoformat()}; days are counted in "
              f"{case.timezone}. Kept in {where}.", lead="")  # fmt: skip
    page.footer(case.pathway)
