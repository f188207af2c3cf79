"""What the people of a wiki do: by day, and in the midst of a night, as the dice have it."""

from __future__ import annotations

from collections.abc import Callable

from tests.mediawiki.bench import BenchError
from tests.reliability.nights.hands import Hands
from tests.reliability.nights.team import Team
from tests.reliability.nights.texts import (
    FIXES,
    FREE,
    GOOD,
    NIGHT,
    NOBOTS,
    OUTSIDE,
    OVERVIEW,
    PORTEUR,
    commun,
    got,
    put,
)

FEWEST = 6  # communs, below which none is deleted


class People:
    """Persons and an administrator, each of whose deeds returns what is to be told of it.

    `did` says what they have done, in order; in brackets what could not be done.
    """

    def __init__(self, hands: Hands) -> None:
        """Take the means to do anything."""
        self._hands = hands
        self._team = Team(hands)
        self.did: list[str] = []
        self._deck: list[Callable[..., str]] = []

    # --- when ---

    def day(self, deeds: int, *, spoiled: int = 0) -> None:
        """Do so many things: one in two is usual, the others come in turn, each of them.

        Then so many fields are `spoiled`, for the bot to have something to do.
        """
        often: list[Callable[..., str]] = [*[self.spoil] * 3, *self._team.often, *[self.revert] * 2]
        for _ in range(deeds):
            if not self._deck:
                self._deck = [
                    self.improve, self.note, self.null_edit, self.move, self.delete,
                    self.undelete, self.create, self.hide, self.protect, self.free,
                    self.shut_out, self.let_in, self.spoil_again, self.second_call,
                    self.carrier, self.overview, self.outside, *self._team.seldom,
                ]  # fmt: skip
                self._hands.dice.shuffle(self._deck)
            usual = self._hands.dice.random() < 0.5
            self._one(self._hands.dice.choice(often) if usual else self._deck.pop())
        for _ in range(spoiled):
            self._one(self.spoil)

    def uproot(self) -> None:
        """Move a page, delete or create others: what was known of titles is no more so."""
        for deed in (self.move, self.delete, self.outside):
            self._one(deed)

    def meddle(self, pageid: int) -> None:
        """Do something to a page that is being saved at this moment."""
        dice = self._hands.dice
        title = self._hands.truth.pages.get(pageid, ("", 0))[0]
        if not title:
            return
        if title.startswith("Action:") and dice.random() < 0.6:
            self._one(self._team.set_action, pageid)
        elif title.startswith("Action:") or title in (OVERVIEW, NIGHT):
            self._one(dice.choice((self.note, self.null_edit)), title)
        elif dice.random() < 0.15:
            self._one(self.revert, pageid)
        else:
            deeds = (self.note, self.spoil, self.improve, self.move, self.delete, self.shut_out,
                     self.null_edit, self.second_call)  # fmt: skip
            self._one(dice.choice(deeds), title)

    def _one(self, deed: Callable[..., str], *what: object) -> None:
        """Do one thing, where it can be done."""
        try:
            told = deed(*what)
        except (BenchError, KeyError, IndexError) as error:
            self.did.append(f"({deed.__name__}: {type(error).__name__})")
            return
        night = "by night: " if self._hands.night else ""
        self.did.append(f"{night}{deed.__name__} {told}".strip())

    # --- values ---

    def spoil(self, title: str = "") -> str:
        """Write a value that a safe fix mends."""
        parameter, value = self._hands.dice.choice([*FIXES])
        return self._hands.put(title or self._hands.a_commun(), parameter, value)

    def improve(self, title: str = "") -> str:
        """Write a value with which nothing is wrong."""
        parameter, value = self._hands.dice.choice(GOOD)
        return self._hands.put(title or self._hands.a_commun(), parameter, value)

    def spoil_again(self) -> str:
        """Write again what the bot has mended on a page before."""
        truth = self._hands.truth
        ours = [rev for rev in truth.by(self._hands.bench.bot_name) if rev.parent]
        rev = self._hands.dice.choice(ours)
        before, now = truth.revisions[rev.parent].text, truth.text(rev.pageid)
        there = [(p, v) for p, v in FIXES if got(before, p) == v and got(rev.text, p) != v]
        return self._hands.edit(rev.pageid, put(now, *self._hands.dice.choice(there)))

    def revert(self, pageid: int = 0) -> str:
        """Take the newest edit of the bot back, where nobody has written since."""
        truth, bot = self._hands.truth, self._hands.bench.bot_name
        newest = [truth.revisions[latest] for _, latest in truth.pages.values()]
        ours = [rev for rev in newest if rev.user == bot and rev.parent]
        ours = [rev for rev in ours if truth.pages[rev.pageid][0] not in (OVERVIEW, NIGHT)]
        rev = self._hands.dice.choice([r for r in ours if pageid in (0, r.pageid)])
        return self._hands.edit(rev.pageid, truth.revisions[rev.parent].text)

    # --- texts ---

    def note(self, title: str = "") -> str:
        """Write below everything else."""
        return self._rewrite(title, lambda text: f"{text}\n\nNote {self._hands.next()}.")

    def null_edit(self, title: str = "") -> str:
        """Save a page as it is."""
        return self._rewrite(title, lambda text: text)

    def second_call(self, title: str = "") -> str:
        """Call the template a second time, with something to mend."""
        return self._rewrite(title, lambda text: f"{text}\n{{{{Ressource\n|Tags=haie, haie\n}}}}")

    def shut_out(self, title: str = "") -> str:
        """Keep bots out of a page, and leave there what they would have mended."""
        wrong = self._hands.dice.choice([*FIXES])
        return self._rewrite(title, lambda text: NOBOTS + put(text.replace(NOBOTS, ""), *wrong))

    def let_in(self) -> str:
        """Let them in again somewhere."""
        truth = self._hands.truth
        shut = [title for i, title in self._hands.communs.items() if NOBOTS in truth.text(i)]
        return self._rewrite(self._hands.dice.choice(shut), lambda text: text.replace(NOBOTS, ""))

    def overview(self) -> str:
        """Write above and below what the bot keeps on its page."""
        number = self._hands.next()
        return self._rewrite(OVERVIEW, lambda text: f"Mot {number}.\n{text}\nFin {number}.")

    def carrier(self) -> str:
        """Let a template call that of communs, or not: a page that nobody edits comes or goes."""
        bearing = "{{Ressource\n|niveau=Idée\n}}"
        told = self._rewrite(PORTEUR, lambda text: "rien" if bearing in text else bearing)
        self._hands.bench.run_jobs()
        return told

    def _rewrite(self, title: str, new: Callable[[str], str]) -> str:
        pageid = self._hands.id(title or self._hands.a_commun())
        return self._hands.edit(pageid, new(self._hands.truth.text(pageid)))

    # --- pages ---

    def create(self) -> str:
        """Create a page with something to mend."""
        title = self._hands.dice.choice([t for t in FREE if t not in self._hands.titles])
        near = self._hands.a_commun()
        return self._hands.create(title, commun(self._hands.next(), "idée", near))

    def outside(self) -> str:
        """Create a page that others name, or delete it."""
        title = self._hands.dice.choice(OUTSIDE)
        if title in self._hands.titles:
            return self._hands.remove(title)
        return self._hands.create(title, "Une page sans fiche.")

    def move(self, title: str = "") -> str:
        """Move a page, with a redirect or without one."""
        to, redirect = f"Commun {self._hands.next()}", self._hands.dice.random() < 0.5
        return self._hands.rename(title or self._hands.a_commun(), to, redirect=redirect)

    def delete(self, title: str = "") -> str:
        """Delete a page, while there are enough of them."""
        if len(self._hands.communs) < FEWEST:
            raise KeyError(title)
        return self._hands.remove(title or self._hands.a_commun())

    def undelete(self) -> str:
        """Bring a page back."""
        ever = {rev.pageid for rev in self._hands.truth.revisions.values() if rev.gone}
        free = [title for title in self._hands.once if title not in self._hands.titles]
        title = self._hands.dice.choice(free if ever else [])
        self._hands.post("admin", action="undelete", title=title)
        return title

    def hide(self) -> str:
        """Hide what an older revision says, or the comment of any."""
        truth = self._hands.truth
        newest = {latest for _, latest in truth.pages.values()}
        there = [r for r in truth.revisions.values() if not r.gone and r.pageid in truth.pages]
        rev = self._hands.dice.choice(there[-25:])
        comment = rev.id in newest or self._hands.dice.random() < 0.5
        what, title = "comment" if comment else "content", truth.pages[rev.pageid][0]
        self._hands.post("admin", action="revisiondelete", type="revision", target=title,
                         ids=rev.id, hide=what)  # fmt: skip
        return f"{what} of {rev.id} of {title}"

    def protect(self) -> str:
        """Leave a page to administrators."""
        return self._hands.guard(self._hands.a_commun(), "sysop")

    def free(self) -> str:
        """Let everybody edit a page again."""
        return self._hands.guard(self._hands.a_commun(), "all")
