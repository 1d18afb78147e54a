"""`pathway demo`: the source's own patient, event by event up to a KMT2A result.

The story is written here, so that an installed package has it. A test holds it equal to the scenario file
`scenarios/source/index-case.toml`, which also has the expectations of each step.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from pathway.cli.page import Page, open_console
from pathway.definition import PATHWAY
from pathway.scenarios.read import Scenario, ScenarioStep

if TYPE_CHECKING:
    from pathway.model.pathway import Pathway

TITLE = "The index case, from three low counts at 13 months to a KMT2A result"
WHY = (
    "The page's own patient all the way: same-day referral, fever, leukaemia in spite of few white cells, and a risk "
    "that stays open until MRD is judged."
)
BORN = date(2024, 12, 22)
ORDER = "order"

STORY: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("2026-01-22T09:00Z", "blood_count_reported", {"wbc": "2.5 10*9/L", "anc": "0.7 10*9/L", "alc": "1.4 10*9/L"}),
    ("2026-01-22T09:05Z", ORDER, {"order": "order_bone_marrow"}),
    ("2026-01-22T09:20Z", "examined", {"nothing_else_found": True}),
    (
        "2026-01-22T10:00Z",
        "chemistry_reported",
        {"potassium": "4.4 mmol/L", "uric_acid": "0.31 mmol/L", "ldh": "640 U/L", "phosphate": "1.7 mmol/L"},
    ),
    ("2026-01-22T10:30Z", "temperature_measured", {"temperature": "38.4 Cel", "temperature_route": "rectal"}),
    ("2026-01-22T10:45Z", "antimicrobials_started", {}),
    ("2026-01-22T11:00Z", "haematology_consulted", {}),
    ("2026-01-22T11:30Z", "blood_count_reported", {"hb": "9.1 g/dL", "platelets": "62 10*9/L"}),
    (
        "2026-01-22T13:00Z",
        "smear_reported",
        {"smear_reviewer": "haematologist", "blasts_percent": "34 %", "lineage": "lymphoid", "immature_cells": True},
    ),
    ("2026-01-22T13:30Z", "history_taken", {"causative_drug": False, "recent_viral_illness": True}),
    ("2026-01-23T12:00Z", "bcr_abl1_reported", {"bcr_abl1": "negative"}),
    ("2026-01-23T15:00Z", "trial_decided", {"trial_available": False}),
    ("2026-01-23T15:05Z", ORDER, {"order": "start_interfant_chemotherapy"}),
    ("2026-01-23T16:00Z", "protocol_eligibility_confirmed", {"confirmed_by": "oncology"}),
    ("2026-01-26T14:00Z", "kmt2a_reported", {"kmt2a": "rearranged"}),
    ("2026-01-26T14:05Z", ORDER, {"order": "assign_risk_group"}),
)


def story(pathway: Pathway) -> Scenario:
    """The story as a scenario without expectations."""
    steps = []
    for number, (at, name, fields) in enumerate(STORY, 1):
        when = datetime.fromisoformat(at)
        if name == ORDER:
            steps.append(ScenarioStep(number, None, when, "order", fields["order"]))
        else:
            steps.append(ScenarioStep(number, None, when, "event", name, pathway.event(name, **fields)))
    return Scenario("demo", TITLE, WHY, (), BORN, "UTC", tuple(steps))


@click.command("demo")
def command() -> None:
    """Tell the source's own patient: 13 months, white cells 2.5, neutrophils 0.7, lymphocytes 1.4.

    At each event: what to do now, what not to do, what is awaited, and why. "+" marks what is new.
    """
    from pathway.cli.narrate import narrate
    from pathway.scenarios.replay import replay

    page = Page(open_console())
    narrate(replay(story(PATHWAY), PATHWAY), PATHWAY, page)
    page.footer(PATHWAY)
