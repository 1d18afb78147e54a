"""The rulebook: everything a pathway says, in Markdown. It is what a clinician reads in a diff: one rule a line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pathway.draw.rulebook import data, doubts, invariants, rules, sources, states, terms
from pathway.draw.rulebook.book import Book
from pathway.draw.rulebook.markdown import definitions, slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pathway.model.pathway import Pathway

_SECTIONS: tuple[tuple[str, str, Callable[[Book], list[str]]], ...] = (
    ("Scope", "For which children this is meant, and what holds for every case.", states.scope),
    (
        "States",
        "A case is in one of these at any time. Once what a state waits for is true, no case rests in it; a state that "
        "waits for nothing is one where the source ends. Ways in and out are the numbers of transitions.",
        states.states,
    ),
    ("Groups of states", "Groups that rules speak of as one.", states.groups),
    (
        "Transitions",
        "A transition leads from one state to another: when its event arrives and its condition is true, or, where no "
        "event is named, as soon as its condition is true. From any state at most one is possible at a time.",
        rules.transitions,
    ),
    (
        "Advice",
        "Advice is raised as soon as its condition is true. It is then kept until what completes it, whatever the "
        "state becomes; advice without an end of its own lasts as long as its condition.",
        rules.advice,
    ),
    (
        "Orders",
        "An order is an intention of the clinician, answered with refused, permitted or not addressed. A refusal goes "
        "before a permission. Where the source is silent the order is not addressed, and silence is no permission. A "
        "result, or what was done, is never refused.",
        rules.orders,
    ),
    (
        "Contradictions",
        "Results that cannot both be so. Both are kept and shown to the specialist; nothing is guessed.",
        rules.contradictions,
    ),
    (
        "Invariants",
        "What holds in every case, whatever happens: promises about the rules above, proved over every record that a "
        "case can come to hold, for any number of events. To a case that runs they say nothing.",
        invariants.invariants,
    ),
    (
        "Named conditions",
        "The terms that rules use, one level deep: a term inside a term has a line of its own. 'Below the lower limit "
        "for age' and 'within the interval for age' are read from the reference intervals.",
        terms.conditions,
    ),
    ("Derived facts", "What has memory or arithmetic: computed from the record, never entered.", terms.derived_facts),
    ("Who may replace a report", "Reports that only some may replace or clear.", terms.authority),
    (
        "Every use of shown",
        "'Shown' is true only where its inside is known to be true: false and unknown count alike. Everywhere else "
        "unknown stays unknown. Each use is listed, since each is a place where a missing result changes what happens. "
        "'Lets the part hold' means that this use does not stand in the way.",
        doubts.shown,
    ),
    (
        "Every local choice",
        "What the source does not give, or gives otherwise. Each is to be confirmed or replaced by a clinician.",
        doubts.choices,
    ),
    (
        "Reference intervals",
        "A value equal to a limit is within the interval. Both ends of an age band are included, in completed months.",
        data.reference,
    ),
    (
        "Events",
        "What can be recorded. Unless it says 'required', a field may be left out. Rules: the transitions that it can "
        "take, and the orders whose act it is.",
        data.events,
    ),
    (
        "Data dictionary",
        "Every fact. A value outside its plausible range is held back by name. In 'other units' x is the number as "
        "given, and the arithmetic leads to the unit under 'takes'.",
        data.dictionary,
    ),
    ("Statements of the source", "Every statement that is modelled, in our words.", sources.statements),
    ("Statements not modelled", "Statements that no rule carries, each with the reason.", sources.not_modelled),
    (
        "Review notes",
        "Where the source is ambiguous, inconsistent or at odds with the literature, and what the pathway does there.",
        sources.notes,
    ),
    (
        "Literature",
        "What was read about limits that the source does not give. None of it is a rule of the source.",
        sources.literature,
    ),
    ("References", "What the notes and the literature refer to, as it was noted down.", sources.references),
)

_HOW = (
    "This page is generated from the definition, and a test holds that it is current: change the definition, "
    "not the page.",
    "One rule is one line, so that a change of a rule is a changed line. The numbers are those of the diagrams.",
    "Words in brackets or links are terms with a line of their own. A name in files has underscores for the blanks of "
    "the name that is printed under a rule's title: smear clear is `smear_clear`.",
    "Nothing is guessed: a fact is known or unknown, and a condition true, false or *open*, which is: unknown because "
    "a fact is missing that would decide it. The column 'what unknown does' says it for each rule.",
    "'Not taken while open' names what must be known first. 'An alternative does not count while open' names what "
    "is one way of several. 'Open counts as not shown' names what is read inside *shown*. 'Holds even while open' "
    "names a term that is true although its facts are unknown.",
    "'In this report' reads only the event that has just been recorded; 'latest known' reads the child's latest value, "
    "beyond the episode; all else is read in the episode.",
    "'Scenarios' counts the stories that exercise the rule, and names those that exercise little besides. All of them "
    "are in [scenarios.json](scenarios.json).",
    "S01 and so on are statements of the source in our words, N01 and so on review notes, T1 and so on literature. "
    "What rests on no statement is a *local choice* and is marked as one.",
)


def rulebook(pathway: Pathway, scenarios: Mapping[str, tuple[str, ...]]) -> str:
    """The rulebook of a pathway as Markdown. `scenarios`: for each rule, such as "transition smear_clear", the files
    that exercise it, as paths from the project's folder. The same pathway and scenarios give the same text.
    """
    book = Book(pathway, scenarios)
    lines = states.identity(book)
    lines += ["## How to read this", "", *(f"- {one}" for one in _HOW), ""]
    lines += ["## Contents", "", *(f"- [{title}](#{slug(title)})" for title, _, _ in _SECTIONS), ""]
    for title, about, write in _SECTIONS:
        lines += [f"## {title}", "", about, "", *write(book)]
    return "\n".join([*lines, *definitions(book.targets()), ""])


__all__ = ["rulebook"]
