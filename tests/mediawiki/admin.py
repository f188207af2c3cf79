"""What the people of a wiki, and those who run it, may do while a bot is at work."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

Call = Callable[..., dict[str, Any]]


class Admin:
    """The levers of the test wiki: its administrator, its settings, its database.

    Args:
        call: a request of the API as the administrator (`action=…`), its answer.
        data: the folder of the wiki's databases, where its settings are read too.
        bot: the name of the bot's account.
    """

    def __init__(self, call: Call, data: Path, bot: str) -> None:
        self._call = call
        self._data = data
        self._bot = bot

    # --- pages ---

    def protect(self, title: str, actions: str = "edit") -> None:
        """Leave a page (or with `create` a title) to administrators; "" frees it."""
        right = f"{actions}=sysop" if actions else "edit=all|move=all"
        self._call(action="protect", title=title, protections=right, reason="essai")

    def delete(self, title: str) -> None:
        """Delete a page."""
        self._call(action="delete", title=title, reason="essai")

    def move(self, title: str, to: str, *, leave_redirect: bool = True) -> None:
        """Move a page."""
        more = {} if leave_redirect else {"noredirect": 1}
        self._call(action="move", **{"from": title, "to": to, "reason": "essai", **more})

    def hide(self, revid: int, *, text: bool = False, comment: bool = False) -> None:
        """Hide what a revision says; MediaWiki shows the text of the newest one all the same."""
        # Source: MediaWiki, RevisionRecord::DELETED_TEXT and DELETED_COMMENT.
        bits = text * 1 + comment * 2
        self._sql("UPDATE revision SET rev_deleted=? WHERE rev_id=?", bits, revid)
        self._forget("%revision-row%")

    def forget_recent_changes(self) -> None:
        """Drop every recent change, as a wiki does with those older than `$wgRCMaxAge`."""
        self._sql("DELETE FROM recentchanges")

    def date(self, revid: int, timestamp: str) -> None:
        """Give a revision another time (14 digits), as a server does whose clock was wrong."""
        self._sql("UPDATE revision SET rev_timestamp = ? WHERE rev_id = ?", timestamp, revid)

    def write_to_the_bot(self, text: str = "Que faites-vous ?") -> None:
        """Leave a message on the bot's talk page."""
        title = f"Discussion utilisateur:{self._bot}"
        self._call(action="edit", title=title, section="new", text=text)

    # --- accounts ---

    def block_bot(self, reason: str = "arrêtez") -> None:
        """Block the bot from the whole wiki."""
        self._call(action="block", user=self._bot, expiry="1 day", reason=reason)

    def unblock_bot(self) -> None:
        """Let it in again."""
        self._call(action="unblock", user=self._bot)

    def end_sessions(self) -> None:
        """Forget who is logged in, as a wiki does that restarts its cache; not our own helpers."""
        self._forget("%MWSession%")

    def rights(self, group: str, **rights: bool) -> None:
        """Give rights to a group, or take them."""
        self.configure(wgGroupPermissions={group: rights})

    # --- settings ---

    def configure(self, **settings: object) -> None:
        """Set variables of LocalSettings (`wgMaxArticleSize=1`); tables are merged deeply."""
        wished = self._wished()
        known = wished.setdefault("globals", {})
        for name, value in settings.items():
            known[name] = _merged(known.get(name), value)
        self._wish(wished)

    def limit_edits(self, edits: int, seconds: int) -> None:
        """Take no more edits of an account in that many seconds, the bot's included."""
        self.configure(
            wgRateLimits={"edit": {"user": [edits, seconds]}},
            wgGroupPermissions={"bot": {"noratelimit": False}},
        )

    def lag(self, seconds: float | None) -> None:
        """Let the databases lag, as far as the API can tell; None ends it."""
        self._set("lag", seconds)

    def without_diff3(self) -> None:
        """Let edits at the same time never be merged."""
        self.configure(wgDiff3=False)

    def veto(self, marker: str | None) -> None:
        """Let an extension refuse every text that holds `marker` (`hookaborted`)."""
        self._set("veto", marker)

    def break_database(self, marker: str | None) -> None:
        """Let the database fail whenever a text that holds `marker` is being saved."""
        self._set("failing", marker)

    def load(self, *extensions: str) -> None:
        """Load extensions: AbuseFilter, SpamBlacklist, TitleBlacklist, ConfirmEdit."""
        self._set("extensions", [*self._wished().get("extensions", ()), *extensions])

    def define_tag(self, name: str) -> None:
        """Define a change tag that accounts may apply."""
        self._sql(
            "INSERT INTO change_tag_def (ctd_name, ctd_user_defined, ctd_count) VALUES (?,1,0)",
            name,
        )
        self._forget("%ChangeTags%", "%valid-tags%")

    def filter_edits(self, name: str, pattern: str, actions: Sequence[str]) -> None:
        """Load AbuseFilter with one filter (`actions`: disallow, warn), known by `name`."""
        self.load("AbuseFilter")
        number = self._sql(
            "INSERT INTO abuse_filter (af_pattern, af_user, af_user_text, af_timestamp,"
            " af_enabled, af_comments, af_public_comments, af_hidden, af_hit_count,"
            " af_throttled, af_deleted, af_actions, af_global, af_group)"
            " VALUES (?,1,'Admin','20260101000000',1,'',?,0,0,0,0,?,0,'default')",
            pattern,
            name,
            ",".join(actions),
        )
        for action in actions:
            self._sql("INSERT INTO abuse_filter_action VALUES (?,?,?)", number, action, "")

    # --- inside ---

    def _wished(self) -> dict[str, Any]:
        try:
            wished: dict[str, Any] = json.loads((self._data / "settings.json").read_text())
        except FileNotFoundError:
            return {}
        return wished

    def _wish(self, wished: dict[str, Any]) -> None:
        # By a name of its own first: requests read the file at any moment.
        new = self._data / "settings.new"
        new.write_text(json.dumps(wished))
        new.replace(self._data / "settings.json")

    def _set(self, key: str, value: object) -> None:
        wished = {**self._wished(), key: value}
        self._wish({key: value for key, value in wished.items() if value is not None})

    def _sql(self, statement: str, *values: object, database: str = "wiki") -> int:
        path = self._data / f"{database}.sqlite"
        with closing(sqlite3.connect(path, timeout=10)) as db, db:
            return db.execute(statement, values).lastrowid or 0

    def _forget(self, *keys: str) -> None:
        for key in keys:
            self._sql("DELETE FROM objectcache WHERE keyname LIKE ?", key, database="wikicache")


def _merged(known: object, new: object) -> object:
    if isinstance(known, dict) and isinstance(new, dict):
        return {**known, **{key: _merged(known.get(key), value) for key, value in new.items()}}
    return new
