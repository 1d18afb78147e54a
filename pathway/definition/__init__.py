"""The pathway itself, and nothing else: leukopenia with neutropenia and lymphocytopenia in a small child."""

from __future__ import annotations

from pathway.definition import follow_up, leukaemia, precautions, specialists, workup
from pathway.definition.conditions import AGE, CONDITIONS, DERIVED
from pathway.definition.contradictions import CONTRADICTIONS
from pathway.definition.events import EVENTS
from pathway.definition.facts import FACTS
from pathway.definition.groups import GROUPS
from pathway.definition.handover import HANDOVER
from pathway.definition.literature import LITERATURE
from pathway.definition.notes import NOTES
from pathway.definition.orders import ORDERS
from pathway.definition.reference import REFERENCE
from pathway.definition.source import BANNER, SOURCE_DATE, SOURCE_TITLE, STATEMENTS
from pathway.model.parts import Parts
from pathway.model.pathway import Pathway
from pathway.model.ready import ready_from

_PARTS = Parts(
    id="leukopenia-small-child",
    version="0.2.0.dev1",
    title="Leukopenia work-up in a small child",
    source_title=SOURCE_TITLE,
    source_date=SOURCE_DATE,
    banner=BANNER,
    banner_cites=("S03", "S107", "S108", "S109", "N49"),
    scope=(AGE >= 12) & (AGE < 24),
    scope_words="The source's case is a child of 13 months: this child is not 12 to 23 months old, and most limits here are local choices.",
    scope_cites=("S01", "S07"),
    override_cites=("S108",),
    pending_cites=("N53",),
    oldest_years=18,
    initial="initial_labs",
    states=(*workup.STATES, *specialists.STATES, *leukaemia.STATES, *follow_up.STATES),
    facts=FACTS,
    derived=DERIVED,
    conditions=CONDITIONS,
    events=EVENTS,
    transitions=(*workup.TRANSITIONS, *specialists.TRANSITIONS, *leukaemia.TRANSITIONS, *follow_up.TRANSITIONS),
    advice=(  # a plan lists advice of the same urgency in this order
        *precautions.FEVER,
        *specialists.ADVICE,
        *workup.ADVICE,
        *leukaemia.ADVICE,
        *follow_up.ADVICE,
        *precautions.PRECAUTIONS,
    ),
    orders=ORDERS,
    contradictions=CONTRADICTIONS,
    invariants=(
        *workup.INVARIANTS,
        *specialists.INVARIANTS,
        *leukaemia.INVARIANTS,
        *follow_up.INVARIANTS,
        *precautions.INVARIANTS,
    ),
    reference=REFERENCE,
    statements=STATEMENTS,
    notes=NOTES,
    literature=LITERATURE,
    groups=GROUPS,
    handover=HANDOVER,
    simultaneous_cites=("N70",),
)

PATHWAY = Pathway.of(_PARTS, ready_from("pathway.definition.generated"))
