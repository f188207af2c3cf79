"""Colours, on a terminal that wants them: what says something is said in words or signs too."""

from __future__ import annotations

import os
import sys
from typing import Literal

import click


def painted(words: str, kind: Literal["gone", "come", "found"]) -> str:
    """Return words that go, come or were looked for, coloured where somebody sees it.

    Source: no-color.org (any value but an empty one turns colours off); terminfo's "dumb".
    """
    wanted = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    if not wanted or os.environ.get("TERM") == "dumb":
        return words
    colours = {"gone": "red", "come": "green", "found": "yellow"}
    return click.style(words, fg=colours[kind], bold=True)
