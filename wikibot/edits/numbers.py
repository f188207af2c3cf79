"""Pages that have numbers for names, such as Action:1 and Action:2."""

from __future__ import annotations

import re

_NUMBER = re.compile(r"(?:\A|[^0-9])([0-9]{1,9})\Z")


def number_of(title: str) -> int | None:
    """Return the number at the end of a title, None where there is none."""
    found = _NUMBER.search(title)
    return int(found[1]) if found else None


def with_number(title: str, number: int) -> str:
    """Return a title that ends in a number, with another number."""
    return f"{title.rstrip('0123456789')}{number}"
