"""The language that a pathway is written in: frozen values, no behaviour of their own."""
