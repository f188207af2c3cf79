"""A parameter changed by hand: what those do who have no field of a form to say it by."""

from __future__ import annotations


def changed(text: str, name: str, value: str) -> str:
    """Return the text with another value of a parameter that stands on a line of its own."""
    start = text.index(f"|{name}=") + len(name) + 2
    return text[:start] + value + text[text.index("\n", start) :]
