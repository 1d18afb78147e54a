"""The reference intervals, each row with its citation. A site may replace the table with its own, dated."""

from __future__ import annotations

from pathway.model.reference import Interval, Reference

_T1 = "limit from the literature (T1); the source gives only one point"
_T2 = "interval from the literature (T2)"
_T3 = "interval from the literature (T3); the source gives no limit for the white cell count"
_T4 = "limit from the literature (T4)"
_NEWBORN = "under 1 month: no source found"

REFERENCE = Reference(
    dated="2026-01-19",
    title="Source interval for lymphocytes at 12 to 23 months; otherwise local choices from the literature",
    rows=(
        Interval("alc", 0, 11, "3.7", "10.7", ("T2", "N46"), _T2, _NEWBORN, doubt_to=0),
        Interval("alc", 12, 23, "3.5", "10.4", ("S25", "S26", "N46")),
        Interval("alc", 24, None, "1.7", "5.1", ("T2", "N46"), _T2, "over 10 years: no source found", 132),
        Interval("anc", 0, 11, "1.0", None, ("T1", "N47"), _T1),
        Interval("anc", 12, None, "1.5", None, ("T1", "N47"), _T1),
        Interval("wbc", 0, 23, "6.0", "17.5", ("T3", "N48"), _T3, _NEWBORN, doubt_to=0),
        Interval("wbc", 24, 131, "4.5", "13.5", ("T3", "N48"), _T3),
        Interval("wbc", 132, None, "4.5", "11.1", ("T3", "N48"), _T3),
        Interval("hb", 0, 0, "13.5", None, ("T4",), _T4),
        Interval("hb", 1, 1, "10.0", None, ("T4",), _T4),
        Interval("hb", 2, 2, "9.0", None, ("T4",), _T4),
        Interval("hb", 3, 5, "9.5", None, ("T4",), _T4),
        Interval("hb", 6, 23, "10.5", None, ("T4",), _T4),
        Interval("hb", 24, None, "11.5", None, ("T4",), _T4, "over 12 years: no source found", 156),
        Interval("platelets", 0, None, "150", None, ("T4",), _T4),
    ),
)
