"""The wiki as one side of a sync: its actions as entries, and what to write as edits of pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from wikibot.actions import sync_values
from wikibot.actions.action import Action, action_of
from wikibot.actions.places import Places
from wikibot.actions.sync import Entry, Side
from wikibot.actions.sync_values import LISTS, LONG, Role, Value
from wikibot.edits import Change, FieldValue, PageEdit, Record, records_of
from wikibot.edits.boards import closing_status
from wikibot.edits.creation import page_text
from wikibot.edits.numbers import number_of
from wikibot.edits.summary import summary
from wikibot.errors import AmbiguousWikitext, UnsafeValue
from wikibot.jobs.actions.reading import tracker_type
from wikibot.jobs.planning import page_edit
from wikibot.jobs.typed import (
    because,
    change_to,
    mistakes,
    together,
    wikitext_of,
    wikitext_of_items,
)
from wikibot.language import Text
from wikibot.mapping import Board, PageType, Vocabulary
from wikibot.mapping import Mapping as Known
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wikitext import redirect_target

Values = Mapping[str, Value]


@dataclass
class WikiSide:
    """The actions of a wiki, by page id; `entries` are what a sync decides upon."""

    wiki: Wiki
    mapping: Known
    entries: list[Entry] = field(default_factory=list)
    records: dict[str, Record] = field(default_factory=dict)
    highest: int = 0  # of the numbers that pages have

    @property
    def side(self) -> Side:
        """Return the side: a wiki is read whole, or reading it fails."""
        return Side(tuple(self.entries), complete=True, writable=self.wiki.writable)

    @property
    def page_type(self) -> PageType:
        """Return the page type of actions."""
        return tracker_type(self.mapping)[0]

    @property
    def board(self) -> Board:
        """Return what the mapping says of boards."""
        return tracker_type(self.mapping)[1]

    def read(self, linked: Iterable[str] = (), source: Wiki | None = None) -> WikiSide:
        """Read every action, and those known by their page ids that a list may lack.

        `source` is a copy of the wiki to read them in.

        A server's list of the pages that call a template lags behind its pages.

        Raises:
            InputError: the mapping has no board, or the wiki cannot be read.
            Unavailable, AccessError: a server does not answer, or not to us.
        """
        seen: set[int] = set()
        source = source or self.wiki
        for page in source.pages_with(self.page_type.templates):
            if page.title.namespace == self.page_type.namespace or f"{page.id}" in linked:
                seen.add(page.id)
                self._add(page)
        missing = [int(page) for page in linked if int(page) not in seen]
        for page in source.pages_by_id(missing) if missing else ():
            self._add(page)
        return self

    def entry(self, page: Page) -> Entry | None:
        """Return the action that a page is, None where it is none."""
        if redirect_target(page.text) is not None:
            return None
        key, title = f"{page.id}", f"{page.title}"
        try:
            found = [
                record
                for record in records_of(page, self.mapping, self.wiki.syntax)
                if record.page_type is self.page_type
            ]
        except AmbiguousWikitext as error:
            return Entry(key, title, {}, trouble=error.message)
        if not found:
            return None
        if len(found) > 1:
            return Entry(key, title, {}, trouble=_SEVERAL)
        self.records[key] = found[0]
        places = Places(namespaces=self.wiki.syntax.namespaces)
        action = action_of(found[0], self.board, self.mapping, places)
        values = self._values(action, found[0])
        unclear = {"due": _DUE.format(written=action.due_written)}
        unclear["stage"] = sync_values.why_no_stage(action)
        return Entry(key, action.summary or title, values, unclear=unclear)

    def _add(self, page: Page) -> None:
        if page.title.namespace == self.page_type.namespace:
            self.highest = max(self.highest, number_of(page.title.name) or 0)
        entry = self.entry(page)
        if entry is not None:
            self.entries.append(entry)

    def _values(self, action: Action, record: Record) -> dict[str, Value | None]:
        board, statuses = self.board, self.vocabulary(self.board.status)
        labels = self.vocabulary(board.column)
        raw: dict[Role, Value | None] = {
            "summary": action.summary,
            "stage": sync_values.stage_of(action, board, labels, statuses),
            "assigned": action.assignees,
            "labels": sync_values.other_labels(action, board, labels),
            "due": action.due.isoformat() if action.due else None if action.due_written else "",
            "related": record[board.related].items,
            "details": action.details,
            "resolution": action.resolution,
        }
        spaces = self.wiki.syntax.namespaces
        return {
            role: sync_values.normal(role, value, spaces)
            for role, value in raw.items()
            if self.field_of(role)
        }

    @property
    def stages(self) -> tuple[str, ...]:
        """Return the stages that an action goes through."""
        return sync_values.stage_names(self.board, self.vocabulary(self.board.status))

    def stage_meant(self, text: str) -> str | None:
        """Return the stage that a word means."""
        board = self.board
        labels, statuses = self.vocabulary(board.column), self.vocabulary(board.status)
        return sync_values.stage_meant(text, board, labels, statuses)

    def field_of(self, role: str) -> str | None:
        """Return the id of the field that holds a role, None where actions do not have it."""
        board = self.board
        known = {"summary": board.title, "stage": board.column, "labels": board.column}
        return known.get(role) or getattr(board, role, None)

    def vocabulary(self, field_id: str | None) -> Vocabulary | None:
        """Return the vocabulary of a field of actions."""
        found = self.page_type.field(field_id) if field_id else None
        return self.mapping.vocabulary(found) if found else None

    # --- what is to be written ---

    def edit(self, page: str, values: Values) -> PageEdit:
        """Return the edit that gives an action these values.

        Raises:
            InputError, UnsafeValue, AmbiguousWikitext: a field cannot hold its value.
        """
        record = self.records[page]
        written = self._wikitexts(record.values, values)
        changes = [
            change_to(record, record[field_id], wikitext)
            for field_id, wikitext in written.items()
            if wikitext != record[field_id].wikitext
        ]
        try:
            return self._checked(record, changes)
        except UnsafeValue:
            long = {self.field_of(role) for role in LONG}
            barred = [
                replace(c, new=c.new.replace("|", "{{!}}")) if c.field in long else c
                for c in changes
            ]
            if barred == changes:
                raise
            return self._checked(record, barred)

    def _checked(self, record: Record, changes: list[Change]) -> PageEdit:
        edit = page_edit(record.page, changes, self.mapping)
        wrong = mistakes(record.page, edit, self.mapping, self.wiki)
        if wrong:
            raise together([because(record[each.field].field, each) for each in wrong])
        return edit

    def creation(self, title: str, values: Values, told: str) -> PageEdit:
        """Return the edit that creates an action. Raises as `edit`."""
        page_type = self.page_type
        empty = {f.id: FieldValue(f, None, "", "", ()) for f in page_type.fields}
        written = self._wikitexts(empty, values, created=True)
        syntax = self.wiki.syntax
        try:
            text = page_text(page_type, written, syntax=syntax)
        except UnsafeValue:
            for field_id in filter(None, map(self.field_of, LONG)):
                if field_id in written:
                    written[field_id] = written[field_id].replace("|", "{{!}}")
            text = page_text(page_type, written, syntax=syntax)
        tail = self.mapping.wiki.summary
        words = f"{told} ({tail})" if tail else told
        return PageEdit(title, 0, 0, (), words or summary([]), text)

    def title(self, number: int) -> str:
        """Return the title of the page of that number."""
        spaces = self.wiki.syntax.namespaces
        return f"{spaces.title(self.page_type.namespace, f'{number}')}"

    def _wikitexts(
        self, found: Mapping[str, FieldValue], values: Values, *, created: bool = False
    ) -> dict[str, str]:
        """Return field id → the wikitext that holds these values."""
        new: dict[str, str] = {}
        for role, value in values.items():
            field_id = self.field_of(role)
            if field_id is None or role in ("stage", "labels"):
                continue
            there = found[field_id]
            if role in LISTS and there.field.many:
                new[field_id] = self._items(role, there, tuple(value))
            else:
                text = value if isinstance(value, str) else ", ".join(value)
                new[field_id] = wikitext_of(there, text, self.mapping)
        if "stage" in values or "labels" in values:
            new |= self._staged(found, values, created=created)
        return new

    def _items(self, role: str, there: FieldValue, wanted: tuple[str, ...]) -> str:
        """Return a list: what stands there keeps its place and its spelling."""
        spaces = self.wiki.syntax.namespaces
        same = {item: sync_values.normal(role, (item,), spaces) for item in there.items}
        kept = [item for item in there.items if same[item] in {(one,) for one in wanted}]
        left = [one for one in wanted if (one,) not in {same[item] for item in kept}]
        return wikitext_of_items(there, [*kept, *left], self.mapping)

    def _staged(
        self, found: Mapping[str, FieldValue], values: Values, *, created: bool
    ) -> dict[str, str]:
        """Return the labels and the status of a stage."""
        board = self.board
        there = found[board.column]
        labels, statuses = self.vocabulary(board.column), self.vocabulary(board.status)
        now, stage, others = there.items, values.get("stage"), values.get("labels")
        if others is None:
            others = tuple(i for i in now if not sync_values.is_column(i, board, labels))
        wanted = None if stage is None else f"{stage}"
        new_labels = sync_values.labels_for(wanted, tuple(others), now, board, labels)
        new = {board.column: wikitext_of_items(there, new_labels, self.mapping)}
        closing = closing_status(board, statuses)
        if stage is not None and board.status and board.open:
            last = sync_values.stage_names(board, statuses)[-1]
            status = found[board.status]
            if closing and stage == last and (board.done_closes or last == sync_values.CLOSED):
                new[board.status] = wikitext_of(status, closing, self.mapping)
            elif status.text != board.open and (created or status.parameter is not None):
                new[board.status] = wikitext_of(status, board.open, self.mapping)
        return new


_DUE = Text(
    "le wiki a « {written} », qui n'est pas un jour sûr : écrivez année-mois-jour",
    "the wiki has “{written}”, which is no sure day: write year-month-day",
)
_SEVERAL = Text(
    "La page contient plusieurs actions : impossible de dire laquelle est suivie.",
    "The page holds several actions: nobody can tell which one is followed.",
)
