"""What the parts of one night share: the wiki, its copy, the pages read, the way to write."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterable
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wikibot.checks.sifting import Sifted
from wikibot.config import Config, NightlyTable
from wikibot.edits import Plan, Run
from wikibot.errors import InputError, Unavailable, WikibotError
from wikibot.jobs.apply import apply
from wikibot.jobs.check import check
from wikibot.jobs.findings import sift
from wikibot.jobs.mirror import Mirrored, Pulled, mirrored, pull
from wikibot.jobs.nightly.running import Closed
from wikibot.jobs.nightly.watch import Watch
from wikibot.jobs.overview.making import make_overview
from wikibot.jobs.select import pages_to_read
from wikibot.jobs.state import state_folder
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Language, Text
from wikibot.mapping import Mapping
from wikibot.night import Outcome
from wikibot.overviews import Overview
from wikibot.page import Page
from wikibot.wiki import Wiki

YOUNG = timedelta(days=1)  # a copy of this age still serves where the wiki does not answer


@dataclass
class Room:
    """One night's means. `open_wiki` is called once, when the wiki is first needed.

    `state` is the configured state folder; `dry`: nothing is written anywhere but into a folder
    that is gone afterwards. `counted` shows how the reading goes on.
    """

    open_wiki: Callable[[], Wiki]
    mapping: Mapping
    config: Config | None
    table: NightlyTable
    codes: frozenset[str]
    watch: Watch
    around: Surroundings
    language: Language
    state: Path | None = None
    dry: bool = False
    counted: Callable[[Iterable[Page]], Iterable[Page]] = lambda pages: pages
    held: ExitStack = field(default_factory=ExitStack)
    _live: Wiki | None = field(default=None, init=False)
    _tried: bool = field(default=False, init=False)
    _away: WikibotError | None = field(default=None, init=False)
    _copy: Mirrored | None = field(default=None, init=False)
    _place: Path | None = field(default=None, init=False)
    _trouble: WikibotError | None = field(default=None, init=False)
    _behind: bool = field(default=False, init=False)
    _pages: list[Page] | None = field(default=None, init=False)
    _sifted: Sifted | None = field(default=None, init=False)
    _overview: Overview | None = field(default=None, init=False)
    reconciled: bool = field(default=True, init=False)

    @property
    def live(self) -> Wiki:
        """Return the wiki itself.

        Raises:
            WikibotError: it cannot be opened, told once. Closed: so it was before.
        """
        self.reach()
        if self._live is None:
            error, self._away = self._away, None
            raise error or Closed(Outcome("not-run", code="no-wiki"))
        return self._live

    def reach(self) -> None:
        """Open the wiki, unless that was tried before; where it fails, `live` tells of it."""
        if self._tried:
            return
        self._tried = True
        try:
            self._live = self.open_wiki()
        except WikibotError as error:
            self._away = error

    @property
    def folder(self) -> Path | None:
        """Return the state folder; None where the wiki was not reached and none is configured."""
        if self.state is not None:
            return self.state
        return state_folder(self._live) if self._live is not None else None

    @property
    def wikiid(self) -> str:
        """Return the identity of the wiki, "" where it was not reached."""
        return self._live.wikiid if self._live is not None else ""

    @property
    def requests(self) -> int:
        """Return how many requests the wiki was sent."""
        return self._live.requests.get + self._live.requests.post if self._live else 0

    def path(self, given: str) -> Path:
        """Return a path of the configuration as an absolute one."""
        return self.config.path(given) if self.config else Path(given).absolute()

    # --- the copy ---

    def pull(self) -> Pulled:
        """Bring the copy up to date; what is read from now on is read there.

        A dry night makes a copy of its own, which is gone afterwards. Raises as `pull`.
        """
        if self._place is None:
            if self.dry:
                there = tempfile.TemporaryDirectory(prefix="wikibot-")
                self._place = Path(self.held.enter_context(there))
            else:
                self._place = state_folder(self.live, self.state)
        try:
            pulled = pull(self.live, self.mapping, state=self._place, around=self.around)
            if self._copy is None:
                self._copy = mirrored(self.live, self.held, state=self._place)
        except WikibotError as error:
            self._trouble = error
            raise
        self._trouble, self._behind = None, False
        self.reconciled = pulled.reconciled
        self._forget()
        return pulled

    def view(self) -> Wiki:
        """Return the wiki as it is to be read: its copy, where there was a pull.

        Raises:
            Closed: the pull has failed, and the copy of before cannot serve: it is more than a
                day old, or the wiki did answer and is not well. WikibotError: as `pull`.
        """
        live = self.live
        if self._trouble is not None and self._copy is None:
            self._copy = self._young(live)
        elif self._behind and self._copy is not None:
            self.pull()
        return self._copy or live

    @property
    def aged(self) -> bool:
        """Return whether what is read is a copy of before, for want of a pull."""
        return self._trouble is not None and self._copy is not None

    def copied(self) -> datetime | None:
        """Return when the copy was last brought up to date; None where that cannot be told."""
        if self._live is None:
            return None
        with ExitStack() as held:
            try:
                return mirrored(self._live, held, state=self._place or self.state).copied.moment
            except WikibotError:
                return None

    @property
    def fresh(self) -> bool:
        """Return whether there is a copy of this night."""
        return self._copy is not None and self._trouble is None

    def _young(self, live: Wiki) -> Mirrored:
        if not isinstance(self._trouble, Unavailable):
            raise Closed(Outcome("not-run", code="no-pull"))
        try:
            copy = mirrored(live, self.held, state=self._place)
        except InputError:
            raise Closed(Outcome("not-run", code="no-copy")) from None
        if self.around.now().astimezone(UTC) - copy.copied.moment > YOUNG:
            raise Closed(Outcome("not-run", 0, (), (_OLD,), "old-copy"))
        return copy

    def pages(self) -> list[Page]:
        """Return every page of the mapping's templates, read once. Raises as `view`."""
        wiki = self.view()
        if self._pages is None:
            self._pages = list(self.counted(pages_to_read(wiki, self.mapping, ())))
        return self._pages

    def sifted(self) -> Sifted:
        """Return what the check of every page has found, made once. Raises as `view`."""
        read, wiki, mapping = self.pages(), self.view(), self.mapping
        if self._sifted is None:
            found = check(read, mapping, wiki, whole=True, around=self.around)
            self._sifted = sift(found, read, mapping, wiki, whole=True, around=self.around)
        return self._sifted

    def overview(self) -> Overview:
        """Return the overview, made once. Raises as `view`."""
        wiki = self.view()
        if self._overview is None:
            self._overview = make_overview(
                wiki,
                self.mapping,
                history=self.table.overview_history,
                keep=not self.dry,
                pages=self.pages(),
                sifted=self.sifted(),
                state=self.state,
                around=self.around,
            )
        return self._overview

    # --- writing ---

    def write(self, plan: Plan, command: str, allow: Collection[str] = ()) -> Run:
        """Write a plan to the wiki itself, and settle what earlier runs have left open.

        `allow` names guards that are lifted for this plan.

        Raises:
            SafetyStop: the night cannot afford its edits. Otherwise as `apply`.
        """
        self.watch.afford(len(plan.edits))
        manners = self.watch.manners()
        run = apply(
            plan,
            self.live,
            state=self.state,
            command=command,
            manners=replace(manners, allow=manners.allow.union(allow)),
            around=self.around,
        )
        self.wrote(run)
        return run

    def wrote(self, run: Run | None) -> None:
        """Take note that the wiki is no more as it was read."""
        if run is not None and any(item.state not in ("skipped", "noop") for item in run.items):
            self._behind = True
            self._forget()

    def _forget(self) -> None:
        self._pages = self._sifted = self._overview = None


_OLD = Text(
    "La copie a plus d'un jour et le wiki n'a pas répondu : rien n'est relevé ni écrit sur elle.",
    "The copy is more than a day old and the wiki did not answer: nothing is checked or written "
    "by it.",
)
