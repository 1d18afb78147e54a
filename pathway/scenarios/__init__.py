"""Scenarios: stories that a clinician can read and dispute, replayed as tests."""
