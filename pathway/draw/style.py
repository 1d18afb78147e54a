"""Sizes in points, and colours. No meaning is carried by colour alone: what is urgent is bold too."""

from __future__ import annotations

FONT = "Arial"
"""Set with the widths of Helvetica, by every renderer."""
TITLE, TEXT, LABEL, BADGE = 9.0, 8.0, 8.0, 8.0
HEADING = 13.0
SMALLEST = 8.0
"""Nothing on a sheet is smaller, in points on paper."""

INK, URGENT, FAINT, PAPER = "#3a3a3a", "#a80000", "#8a8a8a", "white"
PHASES = ("#eaf2fb", "#fdf3e4", "#fbebeb", "#ebf6ec", "#f3effa", "#f4f4f4")
FRAME, MARKED = "#b4b4b4", "#ffeea8"
CITED = "#5f5f5f"
"""The colour of citations: fainter than the text before them, and still readable."""
LINE, BOLD, TAKEN = 1.0, 2.2, 3.4
A4 = (595.0, 842.0)
MARGIN = 22.0
"""The margin of a sheet on all sides: an office printer cannot reach it."""
