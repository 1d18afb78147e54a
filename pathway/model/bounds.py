"""How large a thing from outside may be: files, texts, numbers, definitions. Each limit has a name and one place.

A definition is data that somebody else may have written. Without limits a file of a few lines could cost an hour: 18
conditions that each name the previous condition twice stand for 262,144 nodes. The figures leave room for a pathway
twenty times as large as the pathway of this project.
"""

from __future__ import annotations

FILE_BYTES = 16 * 2**20
"""The longest file that is read whole: a definition, the log of a case, a scenario, a table."""
LINE_BYTES = 16 * 2**20
"""The longest line of a file that is read line by line."""
IMPORT_BYTES = 16 * 2**30
"""The most bytes of a file that is read line by line: some twenty million entries."""
TOML_BYTES = 2 * 2**20
"""The longest TOML text: its reader is slower than that of JSON."""
DEPTH = 100
"""How deep objects and lists may be nested, and how many parts a dotted key may have."""
KEYS = 1_000_000
"""The most keys and list items in one text."""
DIGITS = 40
"""The most digits of a number of a definition, before and behind the point together, zeros included."""

NODES = 5_000
"""The most nodes of one guard, once the conditions that it names are unfolded."""
GUARD_DEPTH = 60
"""How deep the nodes of one guard may be nested, unfolded."""
ALL_NODES = 100_000
"""The most nodes of all guards of a definition together, unfolded."""
ALL_NODES_BY_STATE = 2_000_000
"""The most nodes of all guards times the states: each guard is compiled for each state."""
PARTS = 2_000
"""The most entries of each list of a definition: states, facts, events, rules, statements and so on."""

YEARS = 150
"""The greatest age that a definition may speak of."""
DAYS = 366 * YEARS
"""The longest span of days in a definition."""
MINUTES = 24 * 60 * 366 * YEARS
"""The longest span of minutes in a definition."""
