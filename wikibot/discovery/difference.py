"""One difference between a mapping and its wiki."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from wikibot.language import Text

What = Literal["missing", "renamed", "retyped", "new", "value-joined", "value-left"]


@dataclass(frozen=True)
class Drift:
    """One difference; `field` is "" where it concerns the page type, `now` what the wiki has."""

    what: What
    page_type: str
    field: str
    before: str
    now: str
    message: Text
