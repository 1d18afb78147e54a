"""What a derived fact computes, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.phrase import Phrase, filled, joined, phrase
from pathway.model.units import written
from pathway.model.words import amount, phrase_of, title, titles

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway


def derived_in_words(one: Derived, pathway: Pathway) -> str:
    """Whole sentences: what it is, how long it lasts, when it is unknown."""
    return str(derived_phrase(one, pathway))


def derived_phrase(one: Derived, pathway: Pathway) -> Phrase:
    """The same sentences, with the facts and conditions in them as terms."""
    match one:
        case Clock():
            counted = "Completed calendar months since birth" if one.counts == "age" else "Calendar days in this state"
            return phrase(f"{counted} ({one.unit}), from the time that is passed in. Never unknown.")
        case Latched():
            lasts = "stays true for good" if one.for_good else "stays true for the episode"
            ends = ", ".join(pathway.event_type(name).title for name in one.cleared_by)
            until = f", or until the event: {ends}." if ends else "."
            return filled(
                f"True once: {{}}. From then on it {lasts}{until} Until then it is what that is: false or unknown.",
                phrase_of(one.when, pathway),
            )
        case Held():
            ends = ", ".join(pathway.event_type(name).title for name in one.restarted_by)
            anew = f" Begins anew with the event: {ends}." if ends else ""
            return filled(
                f"{{}} {amount(one.fact, one.limit, pathway)} or more in readings at least {one.minutes} minutes "
                "apart, with none lower between. Unknown while such a span has begun and is shorter; never counted "
                f"from a reading to now.{anew}",
                _titled(one.fact, pathway),
            )
        case Settled():
            return filled(
                f"{{}} below {amount(one.fact, one.limit, pathway)}, {one.minutes} minutes or more after the last "
                "reading not below it.",
                _titled(one.fact, pathway),
            )
        case Captured():
            how = {
                "value": "as it stands then",
                "highest_of_day": "the highest of the episode up to the end of that day, else the next one reported",
            }[one.how]
            unit = f" ({one.unit})" if one.unit else ""
            entered = pathway.state(one.entering).title
            return filled(f"{{}}{unit} when the episode first enters {entered}: {how}.", _titled(one.of, pathway))
        case Product():
            return filled(
                f"{{}}: {{}} x {{}} x {written(one.factor)}, in {pathway.unit_of(one.fact)}, where it was not reported "
                "itself.",
                phrase(one.words).capital(),
                title(one.left, pathway),
                title(one.right, pathway),
            )
        case Excess():
            return filled(
                f"{{}} of one report add up to more than {{}} by over {one.percent} %.",
                joined((title(name, pathway) for name in one.parts), " and ").capital(),
                title(one.whole, pathway),
            )
        case Grade():
            return filled(f"For display only. {{}}: {_bands(one, pathway)}.", _titled(one.fact, pathway))
        case _:
            assert_never(one)


def _titled(name: str, pathway: Pathway) -> Phrase:
    """A fact or derived fact as a sentence begins."""
    return titles((name,), pathway).capital()


def _bands(one: Grade, pathway: Pathway) -> str:
    words, floor = [], ""
    for limit, word in one.bands:
        top = amount(one.fact, limit, pathway)
        words.append(f"{word} {f'from {floor} to below' if floor else 'below'} {top}")
        floor = top
    return ", ".join([*words, f"{one.last} from {floor} to below the lower limit for age"])
