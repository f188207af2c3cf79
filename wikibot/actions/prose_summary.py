"""The summary of an action, out of the sentence that asks for it: short, and without its date."""

from __future__ import annotations

import re

from wikibot.actions.prose_dates import OTHER, mentions

LONGEST = 100  # characters of a summary
ENDS = " .;,:–—-→"  # what a text may begin or end with and say nothing by
COLON = re.compile(r"\s*:\s+|\s+[–—-]\s+")
PARENTHESES = re.compile(r"\s*\(([^()]*)\)")
_LASTING = re.compile(r"\d+ (?:mois|ans?|semaines?|jours?)\b[ :,–-]*(?=\w+ \w+)")
_IS = re.compile(r" (?:est|sont|sera|seront|a lieu|aura lieu|se tient|se tiendra)\Z")


def is_date(text: str) -> bool:
    """Return whether a text is a date and nothing else."""
    bare = text.strip(ENDS + "()")
    return any(m.start == 0 and m.end == len(bare) for m in mentions(bare))


def short(text: str) -> str:
    """Return a summary: without the dates at its ends, in one line of at most 100 characters."""
    text = PARENTHESES.sub(lambda m: "" if is_date(m[1]) else m[0], text)
    while (shorter := _without_end(text)) != text:
        text = shorter
    text = _LASTING.sub("", text.strip(ENDS))
    if len(text) > LONGEST:
        text = PARENTHESES.sub("", text)
    head = COLON.split(text, maxsplit=1)[0].strip(ENDS)
    if len(text) > LONGEST and len(head.split()) >= 2 and len(head) <= LONGEST:
        text = head
    text = cut(text, LONGEST)
    return text[:1].upper() + text[1:]


def cut(text: str, longest: int) -> str:
    """Return a text, or as many whole words of it as a length allows."""
    if len(text) <= longest:
        return text
    return text[: longest - 1].rsplit(" ", 1)[0].rstrip(ENDS + "(") + "…"


def _without_end(text: str) -> str:
    """Return a text without one date that begins or ends it, if words enough are left."""
    for mention in mentions(text):
        if mention.begins or OTHER in mention.notes:
            continue
        before, behind = text[: mention.start], text[mention.end :]
        if not before.strip() and behind.strip()[:1] in {",", ":", "–", "—", "-"}:
            rest = behind.strip(ENDS)
        elif not behind.strip(ENDS):
            rest = _IS.sub("", before.rstrip(ENDS))
        else:
            continue
        if len(rest.split()) > 1 and rest.count("(") == rest.count(")"):
            return rest
    return text
