"""Where a rule comes from: statements of the source, review notes, and the literature of a threshold."""

from __future__ import annotations

from attrs import frozen

from pathway.model.guards import Guard  # attrs resolves field types at run time for JSON


@frozen
class Statement:
    """One atomic statement of the source page, in our own words.

    `id` is S01..S111. `printed` holds the citation numbers as the page prints them ("" for none, "(5)" where they are
    inherited from the line above). `not_modelled` is the reason why no rule cites it, or "".
    """

    id: str
    section: str
    words: str
    kind: str
    printed: str = ""
    not_modelled: str = ""


@frozen
class ReviewNote:
    """A place where the source is ambiguous, inconsistent or at odds with the literature; id N01..N54.

    `words` says what is doubtful, `choice` what the pathway does about it: faithful to the source, visible to the
    reader. `about` lists the statements concerned. `when` holds where the note matters: there the plan shows it.
    """

    id: str
    title: str
    words: str
    choice: str
    about: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    when: Guard | None = None


@frozen
class Literature:
    """What was read about a threshold that the source does not give, or gives otherwise; id T1..T13."""

    id: str
    title: str
    words: str
    references: tuple[str, ...] = ()
