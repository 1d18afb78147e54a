"""The events table, an example of each event, and the faults of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import attrs
import pytest

from pathway import PATHWAY, BadInput
from pathway.definition.events import (
    EVENT_CLASSES,
)
from pathway.model.facts import Choice, Flag, Quantity, Text

if TYPE_CHECKING:
    from pathway.model.events import TypedEvent

TABLE = {
    "blood_count_reported": "wbc anc alc hb platelets",
    "chemistry_reported": "potassium uric_acid ldh phosphate",
    "smear_reported": "smear_reviewer! blasts_percent blasts lineage immature_cells atypical_lymphocytes",
    "examined": "splenomegaly hepatomegaly lymphadenopathy petechiae ecchymoses mucosal_bleeding other_bleeding fever "
    "weight_loss poor_appetite fatigue bone_pain nothing_else_found",
    "symptoms_reported": "fever weight_loss poor_appetite fatigue bone_pain petechiae ecchymoses mucosal_bleeding "
    "other_bleeding persistent_fever",
    "temperature_measured": "temperature! temperature_route",
    "infection_signs_found": "infection_signs",
    "history_taken": "causative_drug recent_viral_illness",
    "haematology_consulted": "",
    "workup_declared_negative": "declared_by! reason",
    "diagnosis_confirmed": "diagnosis! confirmed_by",
    "hlh_signs_reported": "persistent_fever liver_dysfunction ferritin_raised coagulopathy",
    "bcr_abl1_reported": "bcr_abl1!",
    "trial_decided": "trial_available!",
    "kmt2a_reported": "kmt2a!",
    "mrd_reported": "mrd! mrd_timepoint",
    "mrd_persistence_declared": "mrd_persistent!",
    "vaccine_hold_released": "",
    "protocol_eligibility_confirmed": "confirmed_by",
    "antimicrobials_started": "",
    "bone_marrow_performed": "",
    "live_vaccine_given": "",
    "chemotherapy_started": "",
    "transplanted": "conditioning",
}

each_class = pytest.mark.parametrize("cls", EVENT_CLASSES, ids=lambda cls: cls.__name__)

each_kind = pytest.mark.parametrize("kind", PATHWAY.events, ids=lambda kind: kind.name)


def arguments(cls: type[TypedEvent]) -> list[attrs.Attribute]:
    return [one for one in attrs.fields(cls) if one.name != "event"]


def example(cls: type[TypedEvent], *, complete: bool = False) -> TypedEvent:
    raw = {}
    for one in cls.KIND.fields:
        if one.required or complete:
            match PATHWAY.fact(one.fact):
                case Quantity() as quantity:
                    raw[one.fact] = quantity.example()
                case Choice() as choice:
                    raw[one.fact] = choice.options[0]
                case Flag():
                    raw[one.fact] = True
                case Text():
                    raw[one.fact] = "Dr A"
    return cls(**raw)


def faults(build) -> tuple[str, ...]:
    with pytest.raises(BadInput) as refused:
        build()
    return refused.value.faults


LISTED = [name for name in TABLE["examined"].split() if name != "nothing_else_found"]
