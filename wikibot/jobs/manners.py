"""How a run behaves on a wiki: how fast, how long, and at whose word it stops."""

from __future__ import annotations

from dataclasses import dataclass

# One edit in ten seconds: what bot policies ask of work that is not urgent, and pywikibot's
# own default (put_throttle).
EDITS_PER_MINUTE = 6


@dataclass(frozen=True)
class Manners:
    """The limits of one run, and who may stop it.

    `edits_per_minute` is kept on a server (0: no pause but what the wiki itself demands);
    `edits_per_run` is a number of pages, None for any; `deadline_minutes` is wall clock.
    `stop_page` is the title of the page that stops the bot as soon as it says anything but
    "go", `heed_talk` whether a new message on its talk page does; pages that call one of
    `in_use` are left alone. `tag` is the change tag of every edit, None for the usual one where
    the wiki has it. `allow` names guards that a person lifts: "shrink" (a page may lose
    more than half of its text), "privileged" (an account with more rights than a bot needs),
    "reverted" (a fix that somebody took back may be made again), "other-run" (the same account
    at work elsewhere), "unknown" (an earlier edit of the page of which nobody can find out
    whether it was saved).
    """

    edits_per_minute: int = EDITS_PER_MINUTE
    edits_per_run: int | None = None
    deadline_minutes: float | None = None
    stop_page: str | None = None
    heed_talk: bool = True
    in_use: tuple[str, ...] = ("En travaux",)
    tag: str | None = None
    allow: frozenset[str] = frozenset()


USUAL = Manners()
