"""What the people of the model wiki do, each deed by its name."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tests.model.faults import AT_HAND, Deed, FaultyWiki
from tests.model.oracle import FIELDS, NOBOTS, Oracle, run_of, values
from tests.model.wiki import BOT
from wikibot.edits import Plan

PAGE = """\
{{Ressource
|titre=un
|licence=faute-1
|niveau=libre-2
|description=deux
|resume=trois
|porteur=faute-3
}}

Un texte libre.

Un autre."""
TITLES = ("Haies", "Mares", "Talus")
STOP = "Utilisateur:Robot/arrêt"

EDITS = (
    "faulty",
    "free",
    "free, first",
    "free, quoting",
    "empty",
    "wanted",
    "words",
    "revert",
    "revert, quoting",
    "nobots",
)
OTHERS = (
    "move",
    "delete",
    "undelete",
    "hide",
    "veil",
    "other run",
    "stop",
    "go",
    "message",
    "clock",
)
_HEAD, _END = "{{Ressource\n", "\n}}"


class People:
    """They know the pages by number, and the `plans` of which they hear."""

    def __init__(self, wiki: FaultyWiki, oracle: Oracle, plans: Sequence[Plan]) -> None:
        self._wiki = wiki
        self._oracle = oracle
        self._plans = plans
        self._number = 9
        self.stopped_at: int | None = None  # the newest revision when somebody said stop
        wiki.edit("Admin", STOP, "go")
        self.pages = [wiki.edit("Alix", title, PAGE).pageid for title in TITLES]

    def do(self, deed: Deed) -> bool:
        """Do it where it can be done; return whether it was."""
        kind = deed.kind.partition(",")[0].replace(" ", "_")
        does: Callable[[Deed, int], None] = getattr(self, f"_{kind}")
        wiki = self._wiki
        before = wiki.truth, wiki.message_on_talk_page, wiki.clock.wrong
        does(deed, self.page(deed))
        return before != (wiki.truth, wiki.message_on_talk_page, wiki.clock.wrong)

    def page(self, deed: Deed) -> int:
        """Return the id of the page that is meant."""
        if deed.page == AT_HAND and self._wiki.at_hand in self.pages:
            return int(self._wiki.at_hand)
        return self.pages[deed.page % len(self.pages)]

    def new_value(self, prefix: str) -> str:
        """Return a value that nobody has used before."""
        self._number += 1
        return f"{prefix}-{self._number}"

    # --- fields ---

    def _faulty(self, deed: Deed, pageid: int) -> None:
        self._set(pageid, {FIELDS[deed.field]: self.new_value("faute")})

    def _free(self, deed: Deed, pageid: int) -> None:
        """Give a field a value; where it is absent, as the last or the first of the call.

        Quoting, they take the comment of the bot's last edit, of whatever page.
        """
        new = {FIELDS[deed.field]: self.new_value("libre")}
        ours = max(self._oracle.since(0), key=lambda row: row.id, default=None)
        comment = ours.comment if ours is not None and "quoting" in deed.kind else ""
        self._set(pageid, new, comment, place=_HEAD if "first" in deed.kind else _END)

    def _empty(self, deed: Deed, pageid: int) -> None:
        self._set(pageid, {FIELDS[deed.field]: ""})

    def _wanted(self, deed: Deed, pageid: int) -> None:
        """Do themselves what the bot was to do."""
        for edit in (edit for plan in self._plans[-1:] for edit in plan.edits):
            if edit.pageid == pageid and edit.changes:
                change = edit.changes[deed.field % len(edit.changes)]
                self._set(pageid, {change.parameter: change.new})

    def _revert(self, deed: Deed, pageid: int) -> None:
        """Take back the bot's last edit: all of the page, or its fields if others edited since.

        Quoting it, they begin or end their comment with that of the bot.
        """
        rows = self._wiki.truth.rows.get(pageid, ())
        ours = [row for row in rows if run_of(row) in self._oracle.wishes and row.parent]
        if not ours:
            return
        parent = self._wiki.truth.row(ours[-1].parent)
        assert parent is not None
        comment = "annule"
        if "quoting" in deed.kind:
            comment = ours[-1].comment if deed.field else f"annule {ours[-1].comment}"
        if rows[-1] is ours[-1]:
            self._wiki.edit("Alix", pageid, parent.text, comment)
        else:
            old, new, now = values(parent.text), values(ours[-1].text), values(rows[-1].text)
            self._set(pageid, {n: old[n] for n in FIELDS if old[n] != new[n] == now[n]}, comment)

    def _other_run(self, deed: Deed, pageid: int) -> None:
        """Let the same account be at work on another machine."""
        new = {FIELDS[deed.field]: self.new_value("ailleurs")}
        self._set(pageid, new, "[wb:zzzzzz] d'une autre machine", BOT)

    def _set(
        self,
        pageid: int,
        new: dict[str, str],
        comment: str = "",
        user: str = "Alix",
        place: str = _END,
    ) -> None:
        text = self._text(pageid)
        if text is None or _END not in text:
            return
        for name, value in new.items():
            line, has = f"|{name}={value}", re.compile(rf"^\|{name}=.*$", re.M)
            if has.search(text):
                text = has.sub(line, text)
            elif value:
                added = f"{place}{line}\n" if place == _HEAD else f"\n{line}{place}"
                text = text.replace(place, added, 1)
        self._wiki.edit(user, pageid, text, comment)

    # --- pages ---

    def _text(self, pageid: int) -> str | None:
        rows = self._wiki.truth.rows.get(pageid)
        return rows[-1].text if rows else None

    def _title(self, pageid: int) -> str | None:
        return self._wiki.truth.titles.get(pageid)

    def _words(self, deed: Deed, pageid: int) -> None:
        """Rewrite the last line, below the template."""
        head, newline, _ = (self._text(pageid) or "").rpartition("\n")
        if newline:
            self._wiki.edit("Alix", pageid, f"{head}\n{self.new_value('Phrase')}")

    def _nobots(self, deed: Deed, pageid: int) -> None:
        text = self._text(pageid)
        if text is not None:
            has = text.startswith(NOBOTS)
            new = text.removeprefix(NOBOTS) if has else f"{NOBOTS}{text}"
            self._wiki.edit("Alix", pageid, new)

    def _move(self, deed: Deed, pageid: int) -> None:
        title = self._title(pageid)
        if title is not None:
            self._wiki.move("Admin", title, self.new_value("Titre"), redirect=bool(deed.field))

    def _delete(self, deed: Deed, pageid: int) -> None:
        title = self._title(pageid)
        if title is not None:
            self._wiki.delete(title)

    def _undelete(self, deed: Deed, pageid: int) -> None:
        """Bring a page back, or begin another one of its name."""
        title, _ = self._wiki.truth.deleted.get(pageid, ("", ()))
        if title in self._wiki.deleted_titles():
            if deed.field == 2:
                self._wiki.edit("Alix", title, PAGE)
            else:
                self._wiki.undelete(title)

    def _hide(self, deed: Deed, pageid: int) -> None:
        """Hide parts of the bot's last revision."""
        rows = self._wiki.truth.rows.get(pageid, ())
        ours = [row for row in rows if run_of(row) in self._oracle.wishes]
        if ours:
            parts = (("comment",), ("comment", "user"), ("user",))[deed.field]
            self._wiki.hide(ours[-1].id, *parts)

    def _veil(self, deed: Deed, pageid: int) -> None:
        """Hide the text upon which the bot has put its last revision."""
        rows = self._wiki.truth.rows.get(pageid, ())
        ours = [row for row in rows if run_of(row) in self._oracle.wishes and row.parent]
        if ours:
            self._wiki.hide(ours[-1].parent, "text")

    # --- the bot ---

    def _stop(self, deed: Deed, pageid: int) -> None:
        if self.stopped_at is None and self._wiki.text(STOP) == "go":
            self.stopped_at = self._oracle.newest()
        self._wiki.edit("Alix", STOP, "stop")

    def _go(self, deed: Deed, pageid: int) -> None:
        self._wiki.edit("Alix", STOP, "go")

    def _clock(self, deed: Deed, pageid: int) -> None:
        """Set the clock of the bot's machine wrong, or right."""
        self._wiki.clock.wrong = (-3600.0, 0.0, 3600.0)[deed.field]

    def _message(self, deed: Deed, pageid: int) -> None:
        self._wiki.message_on_talk_page = True
