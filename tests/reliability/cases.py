"""The acceptance cases of the project, by their numbers, and the tests that hold them."""

from __future__ import annotations

import pytest


def case(*numbers: str) -> pytest.MarkDecorator:
    """Mark a test as the one that holds these cases; their numbers are in its id."""
    return pytest.mark.parametrize("case", ["-".join(numbers)], indirect=True)
