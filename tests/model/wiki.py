"""A wiki in memory that decides about edits as MediaWiki does, with a clock of its own.

`test_model_wiki` replays the same edits on it and on the real MediaWiki. What it lacks, no test
may lean on: pre-save transformation, protection, filters, and undeletion where another page has
taken the title meanwhile. Its merge is diff3's wherever no line is twice on a page.

Sources: MediaWiki 1.39, ApiEditPage and EditPage::internalAttemptSave (conflicts, merge, null
edit), MovePage (the revision that a move leaves), ApiQueryRevisions (`rvstartid`).
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from tests.model.clock import Clock
from tests.model.merge import merge
from wikibot.edits import Requests
from wikibot.errors import EditConflict, InputError, PageExists, PageMissing
from wikibot.language import Text, same
from wikibot.page import Page, Revision, Saved, Standing, canonical
from wikibot.title import Title
from wikibot.wiki.local import stop_page_says
from wikibot.wikitext import Syntax, redirect_target, transclusions

BOT = "Robot"
SETTLING = 10.0  # reliability.md §1.3: what is waited for before a save is looked for


@dataclass(frozen=True)
class Row:
    """A row of the revision table; `stamp` is in whole seconds, as MediaWiki's are."""

    id: int
    parent: int
    stamp: int
    user: str
    comment: str
    text: str
    hidden: frozenset[str] = frozenset()  # of "user", "comment", "text"


@dataclass(frozen=True)
class Tables:
    """All that the wiki knows at one instant: page id → title, page id → rows by their ids."""

    titles: Mapping[int, str] = field(default_factory=dict)
    rows: Mapping[int, tuple[Row, ...]] = field(default_factory=dict)
    deleted: Mapping[int, tuple[str, tuple[Row, ...]]] = field(default_factory=dict)

    def page_of(self, title: str) -> int | None:
        return next((id for id, name in self.titles.items() if name == title), None)

    def row(self, revid: int) -> Row | None:
        everywhere = (*self.rows.values(), *(rows for _, rows in self.deleted.values()))
        return next((row for rows in everywhere for row in rows if row.id == revid), None)


@dataclass(frozen=True)
class Post:
    """What the bot sends to have a page saved: `target` is a title or a page id."""

    target: str | int
    text: str
    summary: str
    base: int | None = None
    nocreate: bool = False
    createonly: bool = False


class ModelWiki:
    """The `Wiki` of a MediaWiki under the account `BOT`, and what people do to it.

    `lag` is how many seconds old the state is that readers are shown; what the bot itself was
    told to be saved it sees at once (MediaWiki's ChronologyProtector). Saves never lag.
    """

    writable = True
    pauses = 1.0
    home = None
    wikiid = "model"
    place = "https://communs.example/api.php"
    edit_limit: tuple[int, int] | None = None
    syntax = Syntax()
    settling = SETTLING

    def __init__(self, clock: Clock | None = None, *, diff3: bool = True) -> None:
        self.user: str | None = BOT
        self.clock = clock or Clock()
        self.diff3 = diff3
        self.lag = 0.0
        self.message_on_talk_page = False
        self.requests = Requests()
        self._states: list[tuple[float, Tables]] = [(self.clock.seconds, Tables())]
        self._seen = 0  # the state that our session has been shown for certain
        self._revisions = itertools.count(1)
        self._pages = itertools.count(1)

    # --- the truth, for people and for oracles ---

    @property
    def truth(self) -> Tables:
        """What the primary database holds now."""
        return self._states[-1][1]

    def text(self, title: str) -> str | None:
        pageid = self.truth.page_of(title)
        return None if pageid is None else self.truth.rows[pageid][-1].text

    def every_row(self) -> Iterator[tuple[int, Row]]:
        """Yield page id and row of every revision ever made, deleted pages' too."""
        for pageid, rows in self.truth.rows.items():
            yield from ((pageid, row) for row in rows)
        for pageid, (_, rows) in self.truth.deleted.items():
            yield from ((pageid, row) for row in rows)

    # --- what people do ---

    def edit(
        self,
        user: str,
        target: str | int,
        text: str,
        comment: str = "",
        *,
        base: int | None = None,
        nocreate: bool = False,
        createonly: bool = False,
    ) -> Saved:
        """Do what `action=edit` does, with `target` as title or page id, `base` as baserevid.

        Raises:
            EditConflict, PageMissing, PageExists.
        """
        now = self.truth
        pageid = now.page_of(target) if isinstance(target, str) else target
        rows = now.rows.get(pageid, ()) if pageid is not None else ()
        if not rows:
            if nocreate or not isinstance(target, str):
                code = "missingtitle" if isinstance(target, str) else "nosuchpageid"
                raise PageMissing(same(f"{code}: {target}"), code=code)
            pageid, title = next(self._pages), target
        else:
            assert pageid is not None
            if createonly:
                raise PageExists(same(f"articleexists: {target}"), code="articleexists")
            title = now.titles[pageid]
        text = unicodedata.normalize("NFC", text)
        if rows and base is not None and base != rows[-1].id:
            text = self._merged(base, text, rows[-1])  # with the line ends that were sent
        text = canonical(text)
        latest = rows[-1].id if rows else 0
        saved = Saved(self._title(title), pageid, latest, latest, unchanged=True)
        if rows and text == rows[-1].text:
            return saved
        row = self._row(latest, user, comment, text)
        self._change(titles={pageid: title}, rows={pageid: (*rows, row)})
        return replace(saved, new_revid=row.id, unchanged=False)

    def _merged(self, base: int, mine: str, yours: Row) -> str:
        before = self.truth.row(base)
        merged = None
        if self.diff3 and before is not None and "text" not in before.hidden | yours.hidden:
            merged = merge(before.text, mine, yours.text)
        if merged is None:
            raise EditConflict(same("editconflict"), code="editconflict")
        return merged

    def move(self, user: str, old: str, new: str, *, redirect: bool = True) -> None:
        """Give a page another title; a revision without a change tells, a redirect stays."""
        assert self.truth.page_of(new) is None
        pageid = self._there(old)
        last = self.truth.rows[pageid][-1]
        comment = f"{user} a déplacé la page [[{old}]] vers [[{new}]]"
        told = self._row(last.id, user, comment, last.text)
        titles, rows = {pageid: new}, {pageid: (*self.truth.rows[pageid], told)}
        if redirect:
            left = self._row(0, user, comment, f"#REDIRECTION [[{new}]]")
            other = next(self._pages)
            titles, rows = titles | {other: old}, rows | {other: (left,)}
        self._change(titles=titles, rows=rows)

    def delete(self, title: str) -> None:
        pageid = self._there(title)
        now = self.truth
        self._put(
            Tables(
                {k: v for k, v in now.titles.items() if k != pageid},
                {k: v for k, v in now.rows.items() if k != pageid},
                {**now.deleted, pageid: (title, now.rows[pageid])},
            )
        )

    def undelete(self, title: str) -> None:
        """Bring back a deleted page, its id and its revisions."""
        now = self.truth
        ((pageid, (_, rows)),) = (item for item in now.deleted.items() if item[1][0] == title)
        assert now.page_of(title) is None
        deleted = {k: v for k, v in now.deleted.items() if k != pageid}
        self._put(Tables({**now.titles, pageid: title}, {**now.rows, pageid: rows}, deleted))

    def hide(self, revid: int, *what: str) -> None:
        """Have an administrator hide parts of a revision from all others."""
        for pageid, rows in self.truth.rows.items():
            if any(row.id == revid for row in rows):
                assert "text" not in what or rows[-1].id != revid
                hidden = frozenset(what)
                changed = (replace(r, hidden=hidden) if r.id == revid else r for r in rows)
                self._change(titles={}, rows={pageid: tuple(changed)})

    def deleted_titles(self) -> set[str]:
        """Return the titles that can be undeleted."""
        titles = [title for title, _ in self.truth.deleted.values()]
        return {t for t in titles if titles.count(t) == 1 and self.truth.page_of(t) is None}

    def _there(self, title: str) -> int:
        pageid = self.truth.page_of(title)
        assert pageid is not None, title
        return pageid

    def _row(self, parent: int, user: str, comment: str, text: str) -> Row:
        stamp = int(self.clock.seconds)
        return Row(next(self._revisions), parent, stamp, user, comment.strip(), text)

    def _change(self, *, titles: Mapping[int, str], rows: Mapping[int, tuple[Row, ...]]) -> None:
        now = self.truth
        self._put(replace(now, titles={**now.titles, **titles}, rows={**now.rows, **rows}))

    def _put(self, tables: Tables) -> None:
        self._states.append((self.clock.seconds, tables))

    # --- what the bot reads ---

    def _read(self) -> Tables:
        """Return what a reader is shown now: a replica's state."""
        self.requests = replace(self.requests, get=self.requests.get + 1)
        return self.shown()

    def shown(self) -> Tables:
        """Return what a reader would be shown now."""
        for number in reversed(range(len(self._states))):
            since, tables = self._states[number]
            if number <= self._seen or since + self.lag <= self.clock.seconds:
                return tables
        raise AssertionError("the first state is as old as the clock")

    def page(self, title: str) -> Page:
        for page in self.pages([title]):
            return page
        raise InputError(same(f"missing: {title}"), code="missingtitle")

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        now = self._read()
        names = [str(self.syntax.namespaces.parse(title)) for title in titles]
        ids = dict.fromkeys(map(now.page_of, names))
        return iter([self._page(now, id) for id in ids if id is not None])

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        now = self._read()
        return iter([self._page(now, id) for id in dict.fromkeys(ids) if id in now.titles])

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        now, names = self._read(), {self.syntax.namespaces.template_name(t) for t in templates}
        for id in now.titles:
            page = self._page(now, id)
            if names & {call.name for call in transclusions(page.text, self.syntax)}:
                yield page

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        now, found = self._read(), {}
        for text in titles:
            title = self.syntax.namespaces.parse(text)
            pageid = now.page_of(str(title))
            there = pageid is not None
            target = redirect_target(now.rows[pageid][-1].text) if pageid is not None else None
            found[text] = Standing(title, there, target)
        return found

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        now = self._read()
        if page.id not in now.rows:
            raise PageMissing(same(f"missing: {page.title}"))
        start = (0, 0)
        if since:
            row = now.row(since)
            if row is None:
                raise InputError(same(f"badid_rvstartid: {since}"))
            start = (row.stamp, row.id)
        rows = sorted(now.rows[page.id], key=lambda row: (row.stamp, row.id))
        return tuple(self._revision(row) for row in rows if (row.stamp, row.id) > start)

    def text_of(self, revid: int) -> str:
        now = self._read()
        rows = (row for rows in now.rows.values() for row in rows if row.id == revid)
        row = next(rows, None)
        if row is None or "text" in row.hidden:
            raise InputError(same(f"no text: {revid}"), code="texthidden")
        return row.text

    def _page(self, now: Tables, pageid: int) -> Page:
        row = now.rows[pageid][-1]
        return Page(pageid, self._title(now.titles[pageid]), self._revision(row), row.text)

    def _revision(self, row: Row) -> Revision:
        return Revision(
            row.id,
            row.parent,
            self.clock.at(row.stamp),
            None if "user" in row.hidden else row.user,
            None if "comment" in row.hidden else row.comment,
        )

    def _title(self, title: str) -> Title:
        return self.syntax.namespaces.parse(title)

    # --- what the bot asks before it writes ---

    def prepare(self, *, creates: bool, tag: str | None, allow: frozenset[str]) -> None:
        """Let every run begin."""

    def stop_order(self, page: str | None, *, talk: bool) -> Text | None:
        if talk and self.message_on_talk_page:
            return same("a new message")
        if page is None:
            return None
        now = self._read()
        pageid = now.page_of(page)
        return stop_page_says(page, None if pageid is None else now.rows[pageid][-1].text)

    def saved_lately(self, seconds: float) -> tuple[str, ...]:
        oldest = self.clock.seconds - seconds
        rows = (row for rows in self._read().rows.values() for row in rows)
        return tuple(row.comment for row in rows if row.user == BOT and row.stamp >= oldest)

    # --- what the bot writes ---

    def save(self, page: Page, text: str, summary: str) -> Saved:
        base = page.revision.id
        saved = self._posted(Post(page.id, text, summary, base, nocreate=True))
        return replace(saved, old_revid=base, new_revid=base) if saved.unchanged else saved

    def create(self, title: str, text: str, summary: str) -> Saved:
        return self._posted(Post(str(self._title(title)), text, summary, createonly=True))

    def _posted(self, post: Post) -> Saved:
        """Take a POST of the bot's, and answer it."""
        self._count_post()
        saved = self._arrives(post)
        self._seen = len(self._states) - 1
        return saved

    def _arrives(self, post: Post) -> Saved:
        """Let a POST of the bot's be worked on. Raises as `edit`."""
        return self.edit(
            BOT,
            post.target,
            post.text,
            post.summary,
            base=post.base,
            nocreate=post.nocreate,
            createonly=post.createonly,
        )

    def _count_post(self) -> None:
        self.requests = replace(self.requests, post=self.requests.post + 1)
