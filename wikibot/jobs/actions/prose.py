"""Running text that a person types for an action, as wikitext that stays in its field."""

from __future__ import annotations

import re

_LINK_OR_CALL = re.compile(r"(\[\[[^\[\]\n]*\]\]|\{\{[^{}\n]*\}\})")


def prose(typed: str) -> str:
    """Return text whose bars are written `{{!}}`, but for those of a link or of a template.

    A bare bar ends the field, and the next save by the wiki's form deletes what stands behind.
    """
    parts = _LINK_OR_CALL.split(typed)
    return "".join(p if at % 2 else p.replace("|", "{{!}}") for at, p in enumerate(parts))
