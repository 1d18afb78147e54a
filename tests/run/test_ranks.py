"""The place of an event among those of its moment."""

from __future__ import annotations

from attrs import evolve

from pathway import PATHWAY
from pathway.model.canonical import with_changes
from pathway.run.compiled import compiled


def test_two_kinds_that_are_both_folded_last_keep_places_of_their_own_so_that_they_are_never_merged():
    last = ("smear_reported", "workup_declared_negative", "live_vaccine_given")
    events = tuple(evolve(kind, last=kind.name in last) for kind in PATHWAY.events)
    plans = compiled(with_changes(PATHWAY, events=events)).plans
    assert sorted(plans, key=lambda name: plans[name].rank)[-3:] == list(last)
    assert len({plan.rank for plan in plans.values()}) == len(plans)
