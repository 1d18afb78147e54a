"""Tests of the command line: what a user sees, and with which exit code."""
