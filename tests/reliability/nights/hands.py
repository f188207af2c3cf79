"""How persons do things on the test wiki: behind the door, so that no weather reaches them."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.reliability.nights.sides import FIELDS, Sides
from tests.reliability.nights.texts import COMMUNS, FREE, STOP, got, put
from tests.reliability.nights.truth import Truth, read_truth

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench, Role


class Hands:
    """What people have in hand: the wiki as it is now, its API, dice, a number that is new.

    `saved` are the revisions that somebody was told are saved, `sides` what they want of actions;
    `night`: whether the bot is at work at this moment. `folder` is the bot's working directory.
    """

    def __init__(self, bench: MediaWikiBench, folder: Path, dice: random.Random) -> None:
        """Begin with nothing done."""
        self.bench = bench
        self.dice = dice
        self.book = folder / "actions.xlsx"
        self.state = folder / "state"
        self.sides = Sides()
        self.saved: set[int] = set()
        self.night = False
        self.number = 100
        self._tokens: dict[Role, str] = {}

    # --- what is there ---

    @property
    def truth(self) -> Truth:
        """Return the wiki as it is at this moment."""
        return read_truth(self.bench.database)

    @property
    def titles(self) -> set[str]:
        """Return the titles of all pages."""
        return {title for title, _ in self.truth.pages.values()}

    @property
    def communs(self) -> dict[int, str]:
        """Return page id → title of the pages of communs."""
        truth = self.truth
        pages = truth.in_namespace(0).items()
        return {i: title for i, title in pages if "{{Ressource" in truth.text(i)}

    @property
    def once(self) -> list[str]:
        """Return titles that communs have, had or may come to have."""
        return [*COMMUNS, *FREE, *(f"Commun {n}" for n in range(100, self.number + 1))]

    def a_commun(self) -> str:
        """Return the title of one of the communs."""
        return self.dice.choice([*self.communs.values()])

    def id(self, title: str) -> int:
        """Return the id of a page; KeyError: there is none."""
        return {name: pageid for pageid, (name, _) in self.truth.pages.items()}[title]

    def next(self) -> int:
        """Return a number that was not used before."""
        self.number += 1
        return self.number

    # --- what they do ---

    def edit(self, pageid: int, text: str, told: str = "") -> str:
        """Save a page as it is given, whatever stands there; return what is to be told of it."""
        before = self.truth.text(pageid)
        self.keep(self.post("admin", action="edit", pageid=pageid, text=text, nocreate=1))
        for name, parameter in FIELDS.items():
            if (value := got(text, parameter)) != got(before, parameter):
                self.sides.on_wiki(pageid, name, value, unsure=self.night)
        return f"{self.truth.pages[pageid][0]} {told}"

    def put(self, title: str, parameter: str, value: str) -> str:
        """Give a field of a page another value."""
        pageid = self.id(title)
        text = put(self.truth.text(pageid), parameter, value)
        return self.edit(pageid, text, f"{parameter}={value}")

    def create(self, title: str, text: str) -> str:
        """Create a page."""
        self.keep(self.post("human", action="edit", title=title, createonly=1, text=text))
        return title

    def rename(self, title: str, to: str, *, redirect: bool) -> str:
        """Move a page."""
        more: dict[str, str | int] = {} if redirect else {"noredirect": 1}
        self.post("admin", **{"action": "move", "from": title, "to": to, **more})
        return f"{title} → {to}"

    def remove(self, title: str) -> str:
        """Delete a page."""
        self.post("admin", action="delete", title=title, reason="essai")
        return title

    def guard(self, title: str, level: str) -> str:
        """Leave the editing of a page to `sysop` or to `all`."""
        self.post("admin", action="protect", title=title, protections=f"edit={level}", reason="")
        return title

    def stop_page(self, text: str) -> None:
        """Write the stop page: "go", or anything else to stop the bot."""
        self.post("admin", action="edit", title=STOP, text=text)

    def keep(self, answer: dict[str, Any]) -> None:
        """Take note of a revision that was saved."""
        if "newrevid" in answer["edit"]:
            self.saved.add(int(answer["edit"]["newrevid"]))

    def post(self, role: Role, **parameters: str | int) -> dict[str, Any]:
        """Post a request with a token that is asked for once; BenchError: it is refused."""
        session = self.bench.session(role)
        if role not in self._tokens:
            self._tokens[role] = self.bench._token(session, "csrf")
        return self.bench._post(session, token=self._tokens[role], **parameters)
