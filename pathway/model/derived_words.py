"""The computation of a derived fact, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from pathway.model.derived import AtMost, Captured, Clock, Derived, Excess, Grade, Held, Latched, Product, Settled
from pathway.model.phrase import Phrase, filled, joined, phrase
from pathway.model.units import written
from pathway.model.words import amount, phrase_of, title, titles

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway


def derived_in_words(derived: Derived, pathway: Pathway) -> str:
    """Whole sentences: the meaning of a derived fact, how long it lasts, when it is unknown."""
    return str(derived_phrase(derived, pathway))


def derived_phrase(derived: Derived, pathway: Pathway) -> Phrase:
    """The sentences of `derived_in_words`, with their facts and conditions as terms."""
    match derived:
        case Clock():
            counted = (
                "Completed calendar months since birth" if derived.counts == "age" else "Calendar days in this state"
            )
            return phrase(f"{counted} ({derived.unit}), from the time that is passed in. Never unknown.")
        case Latched():
            lasts = "stays true for good" if derived.for_good else "stays true for the episode"
            ends = ", ".join(pathway.event_type(name).title for name in derived.cleared_by)
            until = f", or until the event: {ends}." if ends else "."
            said = filled(
                f"True once: {{}}. From then on it {lasts}{until} Until then it is what that is: false or unknown.",
                phrase_of(derived.when, pathway),
            )
            if derived.ends_when is not None:
                said = filled("{} It ends before an event where: {}.", said, phrase_of(derived.ends_when, pathway))
            if derived.lasts_days is not None:
                said = filled(f"{{}} It ends when it was last met more than {derived.lasts_days} days ago.", said)
            return said
        case Held():
            ends = ", ".join(pathway.event_type(name).title for name in derived.restarted_by)
            anew = f" Begins anew with the event: {ends}." if ends else ""
            if derived.within is not None:
                return filled(
                    f"{{}} {amount(derived.fact, derived.limit, pathway)} or more in two readings at least "
                    f"{derived.minutes} and at most {derived.within:,} minutes apart, with none lower between. Unknown "
                    f"after a reading without such another; never counted from a reading to now.{anew}",
                    _titled(derived.fact, pathway),
                )
            return filled(
                f"{{}} {amount(derived.fact, derived.limit, pathway)} or more in readings at least {derived.minutes} "
                "minutes apart, with none lower between. Unknown while such a span has begun and is shorter; never "
                f"counted from a reading to now.{anew}",
                _titled(derived.fact, pathway),
            )
        case Settled():
            return filled(
                f"{{}} below {amount(derived.fact, derived.limit, pathway)}, {derived.minutes} minutes or more after "
                "the last reading not below it.",
                _titled(derived.fact, pathway),
            )
        case Captured():
            how = {
                "value": "as it stands then",
                "highest_of_day": "the highest of the episode up to the end of that day, else the next one reported",
            }[derived.how]
            if derived.days:
                last = f", before the event: {pathway.event_type(derived.ends_with).title}" if derived.ends_with else ""
                how = (
                    f"the highest of the {derived.days} days before and of that day, of whatever episode{last}; where "
                    "there is none, the higher of the last one before and the next one"
                )
            unit = f" ({derived.unit})" if derived.unit else ""
            entered = pathway.state(derived.entering).title
            return filled(f"{{}}{unit} when the episode first enters {entered}: {how}.", _titled(derived.of, pathway))
        case Product():
            return filled(
                f"{{}}: {{}} x {{}} x {written(derived.factor)}, in {pathway.unit_of(derived.fact)}, where it was not "
                "reported itself.",
                phrase(derived.words).capital(),
                title(derived.left, pathway),
                title(derived.right, pathway),
            )
        case Excess():
            return filled(
                f"{{}} of one report add up to more than {{}} by over {derived.percent} %.",
                joined((title(name, pathway) for name in derived.parts), " and ").capital(),
                title(derived.whole, pathway),
            )
        case AtMost():
            return filled(
                "The most that {} can be where a report does not give it: {} less {} of the same report, less nothing "
                f"where that is unknown too ({derived.unit}). It stands until a later report gives it, or {{}} again.",
                title(derived.part, pathway), title(derived.whole, pathway), title(derived.less, pathway),
                title(derived.whole, pathway),
            )  # fmt: skip
        case Grade():
            return filled(f"For display only. {{}}: {_bands(derived, pathway)}.", _titled(derived.fact, pathway))
        case _:
            assert_never(derived)


def _titled(name: str, pathway: Pathway) -> Phrase:
    """The title of a fact or derived fact, with a capital letter at its start."""
    return titles((name,), pathway).capital()


def _bands(grade: Grade, pathway: Pathway) -> str:
    words, floor = [], ""
    for limit, word in grade.bands:
        top = amount(grade.fact, limit, pathway)
        words.append(f"{word} {f'from {floor} to below' if floor else 'below'} {top}")
        floor = top
    return ", ".join([*words, f"{grade.last} from {floor} to below the lower limit for age"])
