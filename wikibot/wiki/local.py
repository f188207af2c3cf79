"""What a wiki on this machine's disk answers to the questions that only a server has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from wikibot.edits import Requests
from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.page import Page, Standing
from wikibot.title import Title
from wikibot.wiki.protocol import Wiki
from wikibot.wikitext import is_disambiguation, redirect_target

GO = "go"  # the one text of a stop page that lets the bot work


class Local:
    """No account, no replicas, no limits, no messages; a stop page may be there all the same."""

    user: str | None = None
    requests = Requests()
    settling = 0.0
    edit_limit: tuple[int, int] | None = None

    def prepare(self, *, creates: bool, tag: str | None, allow: frozenset[str]) -> None:
        """Let every run begin: the disk itself says what may be written."""

    def stop_order(self: Wiki, page: str | None, *, talk: bool) -> Text | None:
        """Return what the stop page says, if there is one to be heeded."""
        if page is None:
            return None
        try:
            found = next(iter(self.pages([page])), None)
        except InputError:
            found = None
        return stop_page_says(page, None if found is None else found.text)

    def saved_lately(self, seconds: float) -> tuple[str, ...]:
        """Return nothing: a folder has one lock for all."""
        return ()

    def histories(
        self: Wiki, pages: Iterable[Page], since: datetime, most: int
    ) -> Iterator[tuple[Page, ...]]:
        """Yield the versions of each page whose text was kept. Raises as `Archive.histories`."""
        for page in pages:
            kept = []
            for revision in self.revisions(page, 0)[-most - 1 :]:
                now = revision.id == page.revision.id
                text = page.text if now else self.text_of(revision.id)
                kept.append(replace(page, revision=revision, text=text))
            yield tuple(kept)


def standing_of(title: Title, text: str) -> Standing:
    """Return what the text of a page on this disk says of its title."""
    return Standing(title, True, redirect_target(text), is_disambiguation(text))


def stop_page_says(title: str, text: str | None) -> Text | None:
    """Return why a stop page of that text stops the bot, or None; no text is no leave."""
    if text is None:
        return no_stop_page(title)
    if text.strip() != GO:
        return Text(
            f"La page d'arrêt « {title} » ne dit plus « {GO} » : quelqu'un arrête le robot.",
            f"The stop page “{title}” says “{GO}” no longer: someone stops the bot.",
        )
    return None


def no_stop_page(title: str) -> Text:
    """Return the order to stop that a stop page gives by not being there."""
    return Text(
        f"La page d'arrêt « {title} » n'existe pas ou ne se lit pas.",
        f"The stop page “{title}” does not exist or cannot be read.",
    )
