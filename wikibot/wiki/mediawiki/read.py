"""Reading pages: text, revision and time of one snapshot, in batches."""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import Iterable, Iterator
from itertools import islice

from wikibot.errors import InvalidTitle, PageMissing, Unavailable, WikibotError
from wikibot.language import Text
from wikibot.page import Page, Revision
from wikibot.title import TEMPLATE
from wikibot.visible import visible
from wikibot.wiki.mediawiki.answers import Problem
from wikibot.wiki.mediawiki.api import Api, Batch, Record
from wikibot.wiki.mediawiki.failures import not_read
from wikibot.wiki.mediawiki.records import lacks_text, missing, outcome, revision_of
from wikibot.wiki.mediawiki.site import Site
from wikibot.wiki.suggestions import no_such_page, no_such_revision

log = logging.getLogger(__name__)
_LEFT_OUT = Text("Laissée de côté : {why}", "Left out: {why}")

# Text and revision come from one row of the database: they are one snapshot.
# Source: MediaWiki, API:Revisions, API:Info.
_WHOLE = {
    "prop": "revisions|info",
    "rvprop": "ids|timestamp|user|comment|content|contentmodel",
    "rvslots": "main",
    "curtimestamp": "1",
}
_HISTORY = {"prop": "revisions", "rvprop": "ids|timestamp|user|comment"}
_NEWEST = "50"  # revisions a request, more than come between a save and the look for it
_MOST_STEPS = 5  # from a title as typed to the wiki's own: NFC, then case and namespace


class Reader:
    """Reads the pages of one wiki."""

    def __init__(self, api: Api, site: Site) -> None:
        self._api = api
        self._site = site

    def page(self, title: str) -> Page:
        """Return one page; a redirect is returned itself, never followed.

        Raises:
            InvalidTitle: it is none, or of a special page or another wiki's.
            InputError: there is no such page, or no wikitext in it (another content model, a
                hidden revision). Unavailable, AccessError: as everywhere.
        """
        ((_, found),) = self._ask_titles([self._as_sent(title)])
        if isinstance(found, PageMissing):
            raise no_such_page(title.strip(), self._api.place, self._titles_near(title))
        if isinstance(found, WikibotError):
            raise found
        return found

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist, each once, in the order they were asked for.

        What cannot be read as wikitext is left out and named in the log.
        """
        given: set[int] = set()
        asked = dict.fromkeys(self._sendable(titles))
        for chunk in _chunks(asked, self._site.batch):
            for title, found in self._ask_titles(chunk):
                if isinstance(found, PageMissing):
                    log.info("no page %s", visible(title))
                elif isinstance(found, WikibotError):
                    log.warning(_LEFT_OUT.format(why=found.message))
                elif found.id not in given:
                    given.add(found.id)
                    yield found

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`; what cannot be read is named in the log."""
        for chunk in _chunks(map(str, dict.fromkeys(ids)), self._site.batch):
            for batch in self._api.batches({**_WHOLE, "pageids": "|".join(chunk)}):
                self._complete(batch)
                for record in batch.records:
                    found = self._outcome(record)
                    if isinstance(found, PageMissing):
                        log.info("no page of id %s", visible(record.get("pageid")))
                    elif isinstance(found, WikibotError):
                        log.warning(_LEFT_OUT.format(why=found.message))
                    else:
                        yield found

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that the wiki lists as calling a template; see `callers`."""
        listed = self.callers(templates).values()
        return self.pages_by_id(number for ids in listed for number in ids)

    def callers(self, templates: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Return the ids of the pages that the wiki's own link tables list, by template.

        These are the pages whose last rendering called it, directly or through another
        template; a call that was not rendered (in a `noinclude`, say) is not listed.
        Source: MediaWiki, API:Transcludedin.
        """
        names = (self._site.syntax.namespaces.parse(name, TEMPLATE) for name in templates)
        titles = [str(template) for template in dict.fromkeys(names)]
        listed: dict[str, dict[int, None]] = {}
        for chunk in _chunks(titles, self._site.batch):
            question = {
                "prop": "transcludedin",
                "tiprop": "pageid",
                "tilimit": "max",
                "titles": "|".join(chunk),
            }
            for batch in self._api.batches(question):
                try:
                    for record in batch.records:
                        ids = [int(row["pageid"]) for row in record.get("transcludedin", ())]
                        name = self._site.syntax.namespaces.template_name(str(record["title"]))
                        listed.setdefault(name, {}).update(dict.fromkeys(ids))
                except (AttributeError, KeyError, TypeError, ValueError):
                    raise self._api.strange("transcludedin") from None
        return {name: tuple(ids) for name, ids in listed.items()}

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces that can be read, in the order of titles.

        Source: MediaWiki, API:Allpages.
        """
        for namespace in dict.fromkeys(namespaces):
            question = {
                **_WHOLE,
                "generator": "allpages",
                "gapnamespace": str(namespace),
                "gaplimit": str(self._site.batch),
            }
            for batch in self._api.batches(question):
                self._complete(batch)
                for record in batch.records:
                    found = self._outcome(record)
                    if isinstance(found, WikibotError):
                        log.warning(_LEFT_OUT.format(why=found.message))
                    else:
                        yield found

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions after `since`, oldest first; by page id, which a move keeps.

        What is after another follows from the ids. The wiki lists by time, which a clock that
        was set back falsifies, so the newest are read, and no more than is needed of the rest.
        Source: MediaWiki, API:Revisions.

        Raises:
            PageMissing: it was deleted. InputError: the page never had a revision as late as
            `since`, as after the wiki was put back to an older copy. Unavailable: the wiki goes
            round in circles.
        """
        question = {"action": "query", **_HISTORY, "pageids": str(page.id), "rvlimit": _NEWEST}
        found: dict[int, Revision] = {}
        following: dict[str, str] = {}
        newest = 0
        while True:
            answer = self._api.read({**question, **following})
            try:
                (record,) = answer["query"]["pages"]
                if record.get("missing"):
                    raise missing(str(page.title))
                rows = [revision_of(row) for row in record.get("revisions", ())]
                after = {str(k): str(v) for k, v in answer.get("continue", {}).items()}
            except (AttributeError, KeyError, TypeError, ValueError):
                raise self._api.strange() from None
            known = len(found)
            found |= {row.id: row for row in rows if row.id > since}
            newest = max(newest, *(row.id for row in rows), 0)
            if not after or any(row.id <= since for row in rows):
                if newest < since:
                    raise not_read(self._api.place, Problem("nosuchrevid", str(since)), met=True)
                return tuple(found[number] for number in sorted(found))
            if len(found) == known:
                raise self._api.strange("rvcontinue")
            following = after

    def text_of(self, revid: int) -> str:
        """Return the text of a revision, by its id.

        Source: MediaWiki, API:Query (`revids`, `badrevids`).

        Raises:
            InputError: there is no such revision, its page is deleted, or its text is hidden.
        """
        for batch in self._api.batches({**_WHOLE, "revids": str(revid)}):
            for found in map(self._outcome, batch.records):
                if isinstance(found, WikibotError):
                    raise found
                if found.revision.id == revid:
                    return found.text
        raise no_such_revision(revid, self._api.place)

    # --- titles ---

    def _as_sent(self, title: str) -> str:
        """Return the title in the form the API takes, without changing what it names."""
        self._site.syntax.namespaces.parse(title)  # a bar would be two titles
        return unicodedata.normalize("NFC", title).strip()

    def _sendable(self, titles: Iterable[str]) -> Iterator[str]:
        for title in titles:
            try:
                yield self._as_sent(title)
            except InvalidTitle as error:
                log.warning(_LEFT_OUT.format(why=error.message))

    def _ask_titles(self, titles: list[str]) -> list[tuple[str, Page | WikibotError]]:
        records: dict[str, Record] = {}
        renamed: dict[str, str] = {}
        elsewhere: set[str] = set()
        for batch in self._api.batches({**_WHOLE, "titles": "|".join(titles)}):
            self._complete(batch)
            records.update({str(record.get("title")): record for record in batch.records})
            renamed.update(batch.renamed)
            elsewhere |= batch.elsewhere
        found: list[tuple[str, Page | WikibotError]] = []
        for title in titles:
            name = title
            for _ in range(_MOST_STEPS):
                name = renamed.get(name, name)
            if name in records:
                found.append((title, self._outcome(records[name])))
            elif name in elsewhere:
                found.append((title, _on_another_wiki(title)))
            else:
                raise self._api.strange(f"no word about {visible(title)}")
        return found

    def _titles_near(self, title: str) -> list[str]:
        """Return titles that begin alike, to suggest; one request, only when one was wrong."""
        wanted = self._site.syntax.namespaces.parse(title)
        beginning = self._site.syntax.namespaces.title(wanted.namespace, wanted.name[:3])
        question = {
            "action": "query",
            "list": "prefixsearch",
            "pssearch": str(beginning),
            "psnamespace": str(wanted.namespace),
            "pslimit": "max",
        }
        try:
            found = self._api.read(question)["query"]["prefixsearch"]
            return [str(page["title"]) for page in found]
        except (WikibotError, KeyError, TypeError):
            return []

    # --- records ---

    def _complete(self, batch: Batch) -> None:
        """Ask again for the pages whose text is missing from the answer.

        A wiki leaves texts out when an answer grows too long (truncatedresult): a page
        without its text is a page half read, never an empty page.
        """
        lacking = {r["pageid"]: r for r in batch.records if lacks_text(r)}
        for ids in _chunks(map(str, lacking), self._site.batch):
            for again in self._api.batches({**_WHOLE, "pageids": "|".join(ids)}):
                for record in again.records:
                    if record.get("pageid") in lacking:
                        lacking[record["pageid"]].update(record)
        for record in lacking.values():
            if not record.get("revisions"):
                title = visible(record.get("title"))
                raise Unavailable(
                    Text(
                        f"Le wiki n'a pas donné le texte de la page « {title} ».",
                        f"The wiki did not give the text of the page “{title}”.",
                    ),
                    Text(
                        "Relancez plus tard : une page à moitié lue n'est jamais prise pour vide.",
                        "Run again later: a page half read is never taken for an empty one.",
                    ),
                )

    def _outcome(self, record: Record) -> Page | WikibotError:
        try:
            return outcome(record, self._site)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError):
            raise self._api.strange() from None


def _on_another_wiki(title: str) -> InvalidTitle:
    return InvalidTitle(
        Text(
            f"« {visible(title)} » mène à un autre wiki.",
            f"“{visible(title)}” leads to another wiki.",
        )
    )


def _chunks(items: Iterable[str], size: int) -> Iterator[list[str]]:
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk
