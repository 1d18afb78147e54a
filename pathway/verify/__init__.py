"""Verification of a pathway: proofs, generated scenarios, and mutants, which its scenarios should notice."""
