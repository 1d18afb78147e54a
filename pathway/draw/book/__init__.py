"""The document of a pathway, with its writers of Markdown (the rulebook) and HTML."""

from pathway.draw.book.rulebook import rulebook

__all__ = ["rulebook"]
