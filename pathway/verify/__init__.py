"""What is proved of a pathway, and what its scenarios would notice: proofs, generated scenarios, mutants."""
