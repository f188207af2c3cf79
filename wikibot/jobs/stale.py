"""Who changed a field since a plan was made, and when: asked only where a change does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from wikibot import value
from wikibot.edits import PageEdit, Stale
from wikibot.edits.rebase import Clash
from wikibot.edits.regions import region_in, told_trouble
from wikibot.errors import AmbiguousWikitext, WikibotError
from wikibot.language import Text, moment
from wikibot.page import Page, Revision
from wikibot.wiki import Wiki
from wikibot.wikitext import transclusions

MOST = 50  # revisions of a page that are looked through, the newest


def stale(page: Page, edit: PageEdit, clashes: Sequence[Clash], wiki: Wiki) -> tuple[Stale, ...]:
    """Return, for each change that clashes with the page as it was read, who is behind it.

    Of the history no more is read than is needed, `MOST` texts at most. Where it does not tell,
    or the wiki does not answer, nothing is said of who and when: it is no reason to fail.
    """
    history = _History(page, edit.base_revid, wiki)
    return tuple(_behind(clash, history, wiki) for clash in clashes)


def told(found: Stale, label: Text | None = None) -> Text:
    """Return in words what stands in the field now and who wrote it; `label` is its name."""
    if found.change.region:
        said, advice = told_trouble(found.change.region, found.trouble, _by(found))
        return Text(f"{said.fr} {advice.fr}", f"{said.en} {advice.en}")
    if found.found is None:
        template = found.change.template
        return Text(
            f"L'appel de « {template} » n'est plus où le plan l'a trouvé{_by(found).fr}.",
            f"The call of “{template}” is no longer where the plan found it{_by(found).en}.",
        )
    name = label or Text(found.parameter, found.parameter)
    return Text(
        f"« {name.fr} » vaut maintenant « {found.found or '(vide)'} », et non plus "
        f"« {found.expected or '(vide)'} »{_by(found).fr}.",
        f"“{name.en}” is now “{found.found or '(empty)'}”, no longer "
        f"“{found.expected or '(empty)'}”{_by(found).en}.",
    )


def _by(found: Stale) -> Text:
    if found.at is None:
        return Text("", "")
    at = moment(found.at)
    if found.hidden:
        who = Text(" par quelqu'un dont le wiki cache le nom", " by someone the wiki hides")
    elif found.user:
        who = Text(f" par {found.user}", f" by {found.user}")
    else:
        who = Text("", "")
    return Text(f" (modifié{who.fr} le {at.fr})", f" (changed{who.en} on {at.en})")


def _behind(clash: Clash, history: _History, wiki: Wiki) -> Stale:
    found = Stale(clash.change, clash.parameter, clash.expected, clash.found, trouble=clash.trouble)
    by = history.last_edit(clash)
    if by is None:
        return found
    # a folder knows nobody; a server or an export that names nobody hides somebody
    hidden = by.user is None and wiki.home is None
    return replace(found, user=by.user, at=by.timestamp, hidden=hidden)


class _History:
    """The revisions of a page since the plan was made, each text read once and when needed."""

    def __init__(self, page: Page, since: int, wiki: Wiki) -> None:
        self._page = page
        self._since = since
        self._wiki = wiki
        self._texts: dict[int, str | None] = {page.revision.id: page.text}
        self._revisions: tuple[Revision, ...] | None = None

    def last_edit(self, clash: Clash) -> Revision | None:
        """Return the revision that gave the page what clashes, None where nobody can tell."""
        now = self._held(self._page.revision.id, clash)
        for revision, before in self._newest_first():
            if before == self._since and clash.found is not None:
                return revision  # there it was what the plan expects
            held = self._held(before, clash)
            if held is None:  # hidden, or not to be read: who was behind it may be somebody else
                return None
            if held != now:
                return revision
        return None

    def _newest_first(self) -> list[tuple[Revision, int]]:
        """Return the revisions, each with the id of the one before it."""
        if self._revisions is None:
            try:
                self._revisions = self._wiki.revisions(self._page, self._since)
            except WikibotError:
                self._revisions = ()
        ids = [revision.id for revision in self._revisions]
        last = self._page.revision.id
        later = self._revisions[: ids.index(last) + 1] if last in ids else self._revisions
        if self._wiki.home and not any(r.parent_id == self._since for r in later):
            later = later[-1:]  # a folder has not recorded what it was, only what it is now
        pairs = zip(later, (self._since, *(r.id for r in later)), strict=False)
        return list(pairs)[::-1][:MOST]

    def _held(self, revid: int, clash: Clash) -> tuple[str, ...] | None:
        """Return what a revision holds where it clashes, None where its text cannot be read."""
        text = self._text(revid)
        if text is None:
            return None
        change = clash.change
        syntax = self._wiki.syntax
        if change.region:
            try:
                there = region_in(text, change, syntax)
            except AmbiguousWikitext:
                return None
            return (there.content, there.trouble) if there else ()
        name = syntax.namespaces.template_name(change.template)
        try:
            calls = [call for call in transclusions(text, syntax) if call.name == name]
        except AmbiguousWikitext:
            return None
        if clash.found is None:  # it is the calls that are others, not a value
            return ("",) * len(calls)
        if change.index >= len(calls):
            return ()
        parameter = calls[change.index].parameters.get(clash.parameter)
        return (value.without_comments(parameter.value) if parameter else "",)

    def _text(self, revid: int) -> str | None:
        if revid not in self._texts:
            try:
                self._texts[revid] = self._wiki.text_of(revid)
            except WikibotError:
                self._texts[revid] = None
        return self._texts[revid]
