"""The options that commands of a store share: the store, who writes, from where, and when."""

from __future__ import annotations

import os
from contextlib import contextmanager
from functools import wraps
from typing import TYPE_CHECKING, Any, NamedTuple

import click
from attrs import frozen

from pathway.cli.moments import read_at
from pathway.definition import PATHWAY
from pathway.model.errors import BadInput, one_line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from pathway.cli.faults import Faults
    from pathway.store.store import Store
    from pathway.store.stored_case import StoredCase

STORE, SOURCE, WAIT = "cases.db", "command line", "PATHWAY_WAIT"

store_option = click.option(
    "--store", "url", metavar="URL", default=STORE, envvar="PATHWAY_STORE", show_default=True, show_envvar=True,
    help="A file, or postgresql://HOST/DATABASE.",
)  # fmt: skip
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for a program.")


def by_option(words: str, *, decides: bool = False) -> Callable[[Any], Any]:
    """`--by`, with its help. Who `decides` is named each time: the setting of a whole ward must decide nothing."""
    kept = None if decides else "PATHWAY_BY"
    return click.option("--by", metavar="NAME", default="", envvar=kept, show_envvar=True, help=words)


source_option = click.option(
    "--source", metavar="TEXT", default=SOURCE, show_default=True, help="From where it comes: a system, a form."
)
key_option = click.option(
    "--key", metavar="KEY", default="", help="The key of the message there. The same message twice is one entry."
)


@contextmanager
def needing_database() -> Iterator[None]:
    """Raise `BadInput` where the libraries of the store are not installed."""
    try:
        yield
    except ModuleNotFoundError as fault:
        if fault.name == "sqlalchemy":
            raise BadInput("the store is not installed: pip install 'leukopenia-pathway[store]'") from None
        raise


@contextmanager
def opened(url: str, *, create: bool = False) -> Iterator[Store]:
    """The store behind a URL. A store that does not exist is made only where `create` is true."""
    with needing_database():
        from pathway.store.store import Store
    with Store(url, PATHWAY, create=create, **_patience()) as store:
        yield store


def _patience() -> dict[str, float]:
    """The seconds to wait for others who write and for a server, where the environment names them."""
    said = os.environ.get(WAIT, "")
    if not said:
        return {}
    try:
        seconds = float(said)
    except ValueError:
        seconds = 0.0
    if not 0.05 <= seconds <= 3600:
        raise BadInput(f"{WAIT}: '{one_line(said)}' is no number of seconds between 0.05 and 3600; write for example 5")
    return {"wait": seconds}


@contextmanager
def progress(words: str) -> Iterator[Callable[..., None]]:
    """Show the progress of long work on a terminal."""
    from pathway.cli.verify import progress_bar

    with progress_bar() as (_, report):
        yield lambda done, of=None: report(f"{words}: {done:,}" + (f" of {of:,}" if of is not None else ""))


class Desk(NamedTuple):
    """A case that is written to: its store, the case, and the present in its time zone."""

    store: Store
    stored: StoredCase
    now: datetime


@frozen
class Writer:
    """The options of a writing command: the store, the person, the source and its key, and the moment."""

    url: str
    by: str
    source: str
    key: str
    at: str | None
    as_json: bool
    decides: bool = False

    @contextmanager
    def case(self, name: str) -> Iterator[Desk]:
        """The case of that name."""
        with opened(self.url) as store:
            stored = store.case(name)
            yield Desk(store, stored, read_at(None, stored.case.timezone))

    def moment(self, desk: Desk, faults: Faults) -> datetime:
        """The moment of the entry. Checks that the writer is named."""
        check_by(self.by, faults, decides=self.decides)
        return self.when(desk, faults)

    def when(self, desk: Desk, faults: Faults) -> datetime:
        """The moment of the entry: the one given, or now.

        A message that is in this case already keeps the moment it has there, so that a command repeated word for word
        means the same.
        """
        if self.at is not None:
            return faults.attempt(read_at, self.at, desk.stored.case.timezone) or desk.now
        return self._before(desk) or desk.now

    def _before(self, desk: Desk) -> datetime | None:
        from pathway.store.chain import read_stamp
        from pathway.store.names import line_of_words

        if not self.key:
            return None
        try:
            for text, place in ((self.source, "source"), (self.key, "key")):
                line_of_words(text, place, longest=200)
        except BadInput:
            return None  # recording it raises the fault
        found = desk.store.by_key(self.source, self.key)
        if found is None or found.case_id != desk.stored.id or not found.of_log:
            return None
        return read_stamp(found.happened_at).astimezone(desk.stored.case.zone)

    def arguments(self, desk: Desk, at: datetime) -> dict[str, Any]:
        """The arguments that every entry is recorded with."""
        return {"at": at, "by": self.by.strip(), "now": desk.now, "source": self.source, "key": self.key}


def check_by(by: str, faults: Faults, *, decides: bool = False) -> None:
    """Add a fault where no name is given."""
    if not by.strip():
        faults.add("by: who decides? write --by NAME" if decides else
                   "by: who records it? write --by NAME, or set PATHWAY_BY")  # fmt: skip


def writing(at: str, by: str, *, decides: bool = False) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the options of writing commands, as one `Writer` in its argument `how`.

    `at` and `by` are the help of the options of those names.
    """
    moment = click.option("--at", metavar="MOMENT", help=f"{at}: 2026-01-22T09:00:00Z. By default now; never later.")

    def with_options(function: Callable[..., None]) -> Callable[..., None]:
        @wraps(function)
        def inner(*args: Any, **values: Any) -> None:
            how = Writer(**{name: values.pop(name) for name in ("url", "by", "source", "key", "at", "as_json")},
                         decides=decides)  # fmt: skip
            function(*args, how=how, **values)

        for option in (json_option, store_option, key_option, source_option, by_option(by, decides=decides), moment):
            inner = option(inner)
        return inner

    return with_options


def counted(number: int, noun: str, many: str = "") -> str:
    """A number with its noun: "1 case", "1,200 cases"."""
    return f"{number:,} {noun if number == 1 else many or noun + 's'}"
