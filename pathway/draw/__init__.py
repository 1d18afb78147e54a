"""A pathway drawn and written down for clinical sign-off: diagrams, rulebook, page, a case's way."""
