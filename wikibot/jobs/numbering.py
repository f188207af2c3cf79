"""The number of a new page, where somebody else has taken the one that was planned."""

from __future__ import annotations

from wikibot.edits.numbers import number_of, with_number
from wikibot.wiki import Wiki

MOST_TRIES = 20
_AT_ONCE = 20  # numbers asked for in one request


def next_title(title: str, wiki: Wiki) -> str:
    """Return the title with the next number that no page of the wiki has.

    Raises:
        InputError: a page cannot be read. Unavailable, AccessError: a server does not answer.
    """
    number = number_of(title) or 0
    titles = [with_number(title, number + step) for step in range(1, _AT_ONCE + 1)]
    there = {str(page.title) for page in wiki.pages(titles)}
    return next((title for title in titles if title not in there), titles[-1])
