"""What derived facts are, in words: whatever has memory or arithmetic."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.cli.reasons import titles
from pathway.model.derived import Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.units import written
from pathway.model.words import in_words

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway


def derivation(one: Derived, pathway: Pathway) -> tuple[tuple[str, str], ...]:
    """What a derived fact is, as rows of (label, words); empty words where there is nothing to say."""
    match one:
        case Clock():
            what = "completed calendar months since birth" if one.counts == "age" else "calendar days in this state"
            return (("is", what),)
        case Latched():
            lasts = "stays for good" if one.for_good else "stays for the episode"
            ends = [pathway.event_type(name).title for name in one.cleared_by]
            return (
                ("true when", in_words(one.when, pathway)),
                ("then", lasts + (f", unless cleared by: {', '.join(ends)}" if ends else "")),
            )
        case Held() | Settled():
            limit = f"{written(one.limit)} {pathway.unit_of(one.fact)}"
            title = pathway.title_of(one.fact)
            said = f"{title} >= {limit} over readings at least {one.minutes} minutes apart, none lower between"
            if isinstance(one, Settled):
                said = f"{title} below {limit}, {one.minutes} minutes or more after the last at or above it"
            return (("true when", said),)
        case Captured():
            how = {"value": "as it stands"}.get(one.how, "the highest up to the end of that day, else the next one")
            entered = pathway.state(one.entering).title
            return (
                ("is", f"{pathway.title_of(one.of)} when the episode first enters {entered}: {how}"),
                ("local choice", one.local_choice),
            )
        case Excess():
            parts = titles(one.parts, pathway)
            whole = pathway.title_of(one.whole)
            return (("true when", f"{parts} of one report add up to over {one.percent} % more than {whole}"),)
        case Grade():
            return (("is", one.describe()),)
        case Product():
            return (("is", one.words),)
