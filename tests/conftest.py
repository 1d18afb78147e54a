"""Figures that a test has measured are told at the end of the run."""

from __future__ import annotations

import pytest


@pytest.fixture
def figure(record_property):
    """A function that keeps a line with what a test has measured."""
    return lambda words: record_property("figure", words)


def pytest_terminal_summary(terminalreporter):
    lines = [
        f"{said}  [{report.nodeid.split('::')[-1]}]"
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, said in getattr(report, "user_properties", ())
        if name == "figure" and report.when == "call"
    ]
    if lines:
        terminalreporter.section("figures")
    for line in lines:
        terminalreporter.line(line)
