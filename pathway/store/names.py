"""What a case may be called: a name that nobody can take for the name of another case."""

from __future__ import annotations

import hashlib
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

from sqlalchemy import func, inspect, select

from pathway.model.errors import BadInput, one_line
from pathway.store.schema import ENTRIES, NAMES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sqlalchemy import Connection

    from pathway.store.database import Database

LONGEST = 100
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u180f\u2800\u3164\uffa0")
"""Characters that count as printable and show nothing; variation selectors are named by their range."""
_AT_ONCE = 5000
_LONGEST_LOOKS = 200


# --- one name -------------------------------------------------------------------------------------------------------


def line_of_words(text: object, place: str, *, longest: int = 500, wanted: bool = False) -> None:
    """Raises `BadInput` where something is no single line of printable words."""
    if not isinstance(text, str) or len(text) > longest or not text.isprintable():
        raise BadInput(f"{place}: one line of words is wanted, of at most {longest} characters")
    if wanted and not text.strip():
        raise BadInput(f"{place}: it is empty; a name is wanted")


def checked_name(case_id: object) -> str:
    """The name. Raises `BadInput` where it cannot name a case."""
    line_of_words(case_id, "case", longest=LONGEST, wanted=True)
    assert isinstance(case_id, str)
    if case_id != case_id.strip():
        raise BadInput("case: a name neither begins nor ends with a blank")
    return case_id


def new_name(case_id: object) -> str:
    """The name of a new case in the normal form NFC. Raises `BadInput` where it cannot name one."""
    name = unicodedata.normalize("NFC", checked_name(case_id))
    for place, character in enumerate(name, 1):
        if character in _INVISIBLE or 0xFE00 <= ord(character) <= 0xFE0F or 0xE0100 <= ord(character) <= 0xE01EF:
            seen = one_line("".join(letter for letter in name if letter != character))
            raise BadInput(f"case: character {place} of the name, {_named(character)}, shows nothing; write '{seen}'")
    return name


def spellings(case_id: str) -> Iterator[str]:
    """The name as it is given, then its other normal forms: an old store may hold any of them."""
    yield from dict.fromkeys((case_id, *(unicodedata.normalize(form, case_id) for form in ("NFC", "NFD"))))


def looks(name: str) -> tuple[str, ...]:
    """What a name looks like: two names that share one of these could be taken for each other.

    Upper and lower case, letters of other scripts that are drawn alike, other forms of the same character, and the
    width of blanks make no difference; an accent does. Among the plain characters of ASCII only the case is passed
    over: `0` and `O` are two characters. A letter is drawn in one way as a capital and in another as a small letter
    (the Cyrillic VE like `B`, its small letter like none), so both are looked at.
    """
    if name.isascii():
        return (_folded(name),)
    letters = unicodedata.normalize("NFKD", name)
    as_written, as_small = (
        _folded(unicodedata.normalize("NFKC", "".join(map(_drawn_like, text))))
        for text in (letters, letters.casefold())
    )
    return tuple(dict.fromkeys((as_written, as_small)))


def _folded(name: str) -> str:
    """The name without regard to case and to the width of blanks."""
    found = " ".join(name.casefold().split())
    # A few characters become words; a text that no column would hold is told apart by its digest.
    return found if len(found) <= _LONGEST_LOOKS else hashlib.sha256(found.encode()).hexdigest()


@lru_cache(maxsize=4096)
def _drawn_like(character: str) -> str:
    """The character of ASCII that a character is drawn like, else the first of those that are drawn like it."""
    if character.isascii():
        return character
    # Data of Unicode, of a megabyte: read only for a name that is not plain.
    from confusable_homoglyphs.confusables import confusables_data

    alike: list[str] = [row["c"] for row in confusables_data.get(character, ()) if len(row["c"]) == 1]
    plain = sorted(
        (letter for letter in alike if letter.isascii()),
        key=lambda letter: (letter.isupper() != character.isupper(), letter),
    )
    return plain[0] if plain else min([character, *alike])


def _named(character: str) -> str:
    return unicodedata.name(character, f"U+{ord(character):04X}")


# --- the names of a store -------------------------------------------------------------------------------------------


class Names:
    """The names that are taken in a database, by what they look like."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._ready = False

    def prepare(self) -> None:
        """Make the table of names in a store that was written before there was one, with the names it has."""
        if self._ready:
            return
        with self._database.reading() as connection:
            there = inspect(connection).has_table(NAMES.name)
        if not there:
            with self._database.writing() as connection:
                self._database.lock_tables(connection)
                NAMES.create(connection, checkfirst=True)
                self._fill(connection)
        self._ready = True

    def rebuild(self) -> None:
        """Enter the names of all cases anew: also those that an older program has opened."""
        self.prepare()
        with self._database.writing() as connection:
            connection.execute(NAMES.delete())
            self._fill(connection)

    def take(self, connection: Connection, name: str) -> None:
        """Take a name in the transaction at hand.

        Raises `BadInput` where it looks like the name of another case, `Clash` where somebody else has just taken it.
        """
        self.take_all(connection, [name])

    def take_all(self, connection: Connection, names: Sequence[str]) -> None:
        """Take several names, as `take` takes one. No two of them may look alike."""
        if self._alike(connection, names):
            for name in names:
                self.check(connection, name)
        connection.execute(NAMES.insert(), [row for name in names for row in _rows(name)])

    def _alike(self, connection: Connection, names: Sequence[str]) -> bool:
        """Whether something that is here looks like one of the names."""
        seen = [look for name in names for look in looks(name)]
        return connection.execute(select(NAMES.c.looks).where(NAMES.c.looks.in_(seen)).limit(1)).first() is not None

    def check(self, connection: Connection, name: str) -> None:
        """Raises `BadInput` where a name looks like the name of another case."""
        alike = select(NAMES.c.case_id).where(NAMES.c.looks.in_(looks(name)), NAMES.c.case_id != name)
        holder = connection.execute(alike.order_by(NAMES.c.case_id)).scalar()
        if holder is not None:
            raise refusal(name, holder)

    def _fill(self, connection: Connection) -> None:
        """Enter every name; of several that look alike, as an old store may hold, the first."""
        asked = select(ENTRIES.c.case_id).where(ENTRIES.c.sequence == 0).order_by(func.min(ENTRIES.c.position))
        names = list(connection.execute(asked.group_by(ENTRIES.c.case_id)).scalars())
        for begin in range(0, len(names), _AT_ONCE):
            rows = [row for name in names[begin : begin + _AT_ONCE] for row in _rows(name)]
            connection.execute(self._database.insert_once(NAMES), rows)


def refusal(name: str, holder: str) -> BadInput:
    """The fault of a name that looks like the name of another case."""
    return BadInput(
        f"case: '{name}' looks like '{holder}', which is open already{_difference(name, holder)}; write "
        f"'{holder}' to mean that case, or open this one under a name that cannot be taken for it"
    )


def _rows(name: str) -> list[dict[str, str]]:
    return [{"looks": look, "case_id": name} for look in sorted(looks(name))]


def _difference(name: str, holder: str) -> str:
    """Where two names differ that look alike, by the names of the characters."""
    if len(name) != len(holder):
        return ""
    pairs = [(sign, other) for sign, other in zip(name, holder, strict=True) if sign != other]
    sign, other = pairs[0]
    return f" ({_named(sign)} for {_named(other)})"
