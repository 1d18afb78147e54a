"""`pathway drive`: a case, step by step, in the terminal."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import click

from pathway.cli import DONE, FAILED, INTERRUPTED, one_line
from pathway.cli.faults import Faults
from pathway.cli.moments import born_at_age, local_zone, read_at, read_birth, read_born
from pathway.cli.names import FileName
from pathway.cli.output import decided, recorded
from pathway.model.errors import BadInput
from pathway.run.case import Case
from pathway.run.moments import zone_named

if TYPE_CHECKING:
    from datetime import datetime

    from pathway.cli.drive.files import KeptFile
    from pathway.cli.drive.keep import Keeper
    from pathway.cli.drive.session import Session
    from pathway.cli.page import Page
    from pathway.model.pathway import Pathway


@click.command("drive")
@click.option("--age", metavar="AGE", help="Age at the first moment: 13mo, 2y, 1y1m, 6w, 20d (completed months).")
@click.option("--born", metavar="DATE", help="Date of birth instead of the age: 2024-12-22.")
@click.option(
    "--at", metavar="MOMENT", help="The first moment: 2026-01-22T09:00:00Z. Without it the session follows the clock."
)
@click.option(
    "--timezone", "--tz", metavar="ZONE",
    help="Zone that days are counted in: Europe/Berlin. By default the machine's.",
)  # fmt: skip
@click.option("--by", metavar="NAME", default="", help="Who enters; kept with each entry.")
@click.option(
    "--log", metavar="FILE", type=FileName(),
    help="Go on from the log in FILE, if there is one, and keep it there after each step.",
)  # fmt: skip
@click.option(
    "--record", metavar="FILE", type=FileName(),
    help="Write the session as a scenario, which 'pathway replay' then holds against the pathway.",
)  # fmt: skip
@click.option("--title", metavar="WORDS", default="", help="Title of the scenario.")
@click.option("--why", metavar="WORDS", default="", help="Why the scenario is told.")
@click.option("--force", is_flag=True, help="Overwrite a scenario that exists.")
@click.pass_context
def command(
    ctx: click.Context, age: str | None, born: str | None, at: str | None, timezone: str | None, by: str,
    log: str | None, record: str | None, title: str, why: str, force: bool,
) -> None:  # fmt: skip
    """Step through a case: it offers the events that would move it on, and asks for their facts.

    After each step it shows what changed, what to do, what not to do, what is awaited, and why. 'help' at the prompt
    lists the commands: orders are proposed and overridden, entries corrected and withdrawn, time passes, steps are
    taken back. Enter leaves a fact unknown, which is never taken for false.

    \b
    pathway drive --born 2024-12-22
    pathway drive --age 13mo --log case.json      the same words go on with it
    pathway drive --age 13mo --record story.toml  then: pathway replay story.toml
    pathway drive --age 13mo --at 2026-01-22T09:00:00Z < answers.txt

    The end of the input ends the session as 'quit' does. Exit code 1 where what was entered could not be written, 130
    where the session was interrupted; what was done until then is written.
    """  # noqa: D301  # click reads the escape: what follows keeps its lines
    from pathway.cli.drive.keep import Keeper
    from pathway.cli.drive.shell import Shell
    from pathway.cli.drive.show import opening
    from pathway.cli.drive.terminal import Terminal
    from pathway.cli.page import Page, open_console
    from pathway.definition import PATHWAY

    kept, story = _files(log, record, force=force)
    for name, words in (("by", by), ("title", title), ("why", why)):
        if not words.isprintable() or len(words) > 500:
            raise BadInput(f"{name}: one line of words is wanted, of at most 500 characters")
    session, remarks = _begin(PATHWAY, kept, age, born, at, timezone)
    keeper = Keeper(session, kept, story, title.strip(), why.strip())
    page = Page(open_console())
    code = DONE
    try:
        opening(session, page)
        for remark in remarks:
            page.block(remark)
        Shell(keeper, Terminal(page), by.strip()).converse()
    except KeyboardInterrupt:
        code = INTERRUPTED
    finally:
        # What was entered is kept whatever ends the session, and also where the output cannot be written.
        faults = keeper.write()
        decided(failed=bool(faults))
        recorded(*faults, *(f"{file.what}: {file.name} has what was entered" for file in keeper.written))
    if code == INTERRUPTED:
        page.blank()
        page.block("Interrupted.")
    _farewell(keeper, page)
    page.footer(session.case.pathway)
    for fault in faults:
        click.echo(f"pathway: {one_line(fault)}", err=True)
    ctx.exit(FAILED if faults and code == DONE else code)


def _files(log: str | None, record: str | None, *, force: bool) -> tuple[KeptFile | None, KeptFile | None]:
    """The files of --log and --record. Raises `BadInput` with every fault; nothing is written yet."""
    from pathway.cli.drive.files import KeptFile

    faults = Faults()
    kept = faults.attempt(KeptFile, log, "log") if log is not None else None
    story = faults.attempt(KeptFile, record, "record") if record is not None else None
    if kept is not None and story is not None and kept.path == story.path:
        faults.add(f"record: {record} is where the log is kept; name another file")
    elif story is not None and not force and story.exists:
        faults.add(f"record: {record} exists; it is not overwritten. Name another file, or add --force")
    faults.check()
    return kept, story


def _begin(
    pathway: Pathway, log: KeptFile | None, age: str | None, born: str | None, at: str | None, timezone: str | None
) -> tuple[Session, list[str]]:
    """The session that the options describe, and remarks on them. Raises `BadInput` with every fault."""
    from pathway.cli.drive.session import Session

    text = log.text() if log is not None else None
    if log is not None and text is not None:
        return _resume(pathway, log.name, text, age, born, at, timezone)
    faults = Faults()
    zone = timezone or local_zone()
    moment = faults.attempt(read_at, at, zone)
    birth = faults.attempt(read_birth, age, born, (moment or read_at(None, "UTC")).date())
    faults.check()
    assert moment is not None and birth is not None
    case = Case(pathway, born=birth, timezone=zone)
    # A moment at which no step can be taken is refused at once.
    case.plan(at=moment)
    return Session.resume(case, _whole(moment, at), None if at else partial(read_at, None, zone)), []


def _resume(
    pathway: Pathway, name: str, text: str, age: str | None, born: str | None, at: str | None, timezone: str | None
) -> tuple[Session, list[str]]:
    """The session that goes on from a log."""
    from pathway.cli.drive.session import Session
    from pathway.cli.moments import local_time
    from pathway.definition.frozen import pathway_of_log
    from pathway.run.moments import moment as written

    try:
        case = Case.from_json(text, pathway_of_log(text, pathway))
    except BadInput as fault:
        raise BadInput(f"log: {name} is left as it is: {fault.faults[0]}") from None
    faults, remarks = Faults(), []
    if age is not None and born is not None:
        faults.add("age: give --age or --born, one of them")
    if born is not None and faults.attempt(read_born, born) not in (None, case.born):
        faults.add(f"born: the log in {name} is of a child born on {case.born.isoformat()}; leave --born out")
    if timezone is not None and (zone := faults.attempt(zone_named, timezone)) and zone.key != case.timezone:
        faults.add(f"timezone: the log in {name} counts days in {case.timezone}; leave --timezone out")
    moment = faults.attempt(read_at, at, case.timezone)
    if age is not None and moment is not None:
        faults.attempt(born_at_age, age, moment.date())
        remarks.append(f"The child is the one of the log, born on {case.born.isoformat()}; --age is not needed.")
    faults.check()
    assert moment is not None
    session = Session.resume(case, _whole(moment, at), None if at else partial(read_at, None, case.timezone))
    session.plan()
    if at is not None and session.now > moment:
        remarks.append(f"The log goes on to {local_time(session.now, case.zone)}; so does the session.")
    if at is None and case.log and session.now.date() > (last := max(entry.at for entry in case.log)).date():
        remarks.append(
            f"The last entry is of {local_time(last, case.zone)}; the session follows the clock. To go on from there: "
            f"--at {written(last)}"
        )
    return session, remarks


def _whole(moment: datetime, at: str | None) -> datetime:
    """The moment given; a moment of the clock in whole minutes."""
    return moment if at else moment.replace(second=0, microsecond=0)


def _farewell(keeper: Keeper, page: Page) -> None:
    """Write what was kept, and where."""
    session = keeper.session
    entries = len(session.case.log)
    page.blank()
    if keeper.log is not None and keeper.log.exists and "log" not in keeper.unwritten:
        page.block(f"The log is in {keeper.log.name}: {entries} {'entry' if entries == 1 else 'entries'}.")
    elif session.done and keeper.log is None:
        page.block("The log was not kept; --log FILE keeps it.")
    if keeper.record is not None and keeper.record.exists and "record" not in keeper.unwritten:
        page.block(f"The story is in {keeper.record.name}; pathway replay {keeper.record.name}")
