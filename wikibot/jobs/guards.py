"""Looks, before each write, whether the run may go on; whoever can say stop is heard in time."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

from wikibot.edits import Item
from wikibot.errors import SafetyStop
from wikibot.jobs.manners import Manners
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text
from wikibot.store import Journal
from wikibot.wiki import Wiki
from wikibot.wiki.local import GO, no_stop_page

STOP_FILE = "stop"
_FAST = 3.0  # seconds between two writes; below, the wiki is not asked before each of them
_FRESH = 10.0  # seconds that an answer about the stop page holds then
_SIMULTANEOUS = 60.0  # seconds: another run that saved within them is at work
_IN_A_ROW = 5
_MARKER = re.compile(r"\[wb:([0-9a-z]+)\]")
_RESUME = Text(
    "Relancez la même commande : ce qui est publié ne l'est pas deux fois.",
    "Run the same command again: what was saved is not saved twice.",
)
_ANSWER = Text(
    "Voyez ce qu'on reproche au robot, répondez, puis relancez. Un message se lit sur le wiki, "
    "connecté avec le compte du robot.",
    "See what people hold against the bot, answer, then run again. A message is read on the "
    "wiki, logged in as the bot's account.",
)
_MAKE_IT = Text(
    f"Créez-la avec ce seul mot : {GO}, ou corrigez la clé page de [stop]. Si elle existait, "
    "voyez pourquoi quelqu'un l'a supprimée.",
    f"Create it with this one word: {GO}, or mend the key page of [stop]. If it was there before, "
    "see why someone deleted it.",
)


class Guards:
    """The guards of one run. Each stop has a code, which the report names."""

    def __init__(self, wiki: Wiki, manners: Manners, folder: Path, around: Surroundings) -> None:
        self._wiki = wiki
        self._manners = manners
        self._file = folder / STOP_FILE
        self._around = around
        self._started = around.now()
        self._asked: float | None = None
        self._bad = 0

    @property
    def seconds_left(self) -> float:
        """Return the seconds until the deadline; endless where there is none."""
        if self._manners.deadline_minutes is None:
            return float("inf")
        end = self._started + timedelta(minutes=self._manners.deadline_minutes)
        return (end - self._around.now()).total_seconds()

    def check(self, distance: float) -> None:
        """Let the next write go on; `distance` is that between two writes, in seconds.

        The wiki is asked before each write, but where they follow each other faster than an
        answer grows old.

        Raises:
            SafetyStop: the deadline has passed; a stop file, the stop page or a message says
                stop. Unavailable, AccessError: the wiki does not tell whether it does.
        """
        if self.seconds_left <= 0:
            minutes = f"{self._manners.deadline_minutes:g}"
            raise SafetyStop(
                Text(
                    f"Le temps accordé à une exécution ({minutes} min) est passé.",
                    f"The time granted to one run ({minutes} min) is over.",
                ),
                _RESUME,
                "deadline",
            )
        if self._file.exists():
            raise SafetyStop(
                Text(
                    f"Le fichier {self._file} arrête le robot.",
                    f"The file {self._file} stops the bot.",
                ),
                Text("Supprimez-le pour qu'il reprenne.", "Remove it to let the bot go on."),
                "stop-file",
            )
        now = self._around.now().timestamp()
        fresh = _FRESH if distance < _FAST else 0.0
        if self._asked is not None and 0 <= now - self._asked < fresh:
            return
        order = self._wiki.stop_order(self._manners.stop_page, talk=self._manners.heed_talk)
        self._asked = self._around.now().timestamp()
        if order is not None:
            missing = order == no_stop_page(self._manners.stop_page or "")
            raise SafetyStop(order, _MAKE_IT if missing else _ANSWER, "stop-order")

    def alone(self, journal: Journal) -> None:
        """Check that no run of this account on another machine is at work on the wiki.

        Raises:
            SafetyStop: the history of our account shows one.
        """
        comments = self._wiki.saved_lately(_SIMULTANEOUS * self._wiki.pauses)
        runs = {run for comment in comments for run in _MARKER.findall(comment)}
        strangers = sorted(run for run in runs if journal.run(run) is None)
        if strangers and "other-run" not in self._manners.allow:
            raise SafetyStop(
                Text(
                    f"Une exécution que ce journal ne connaît pas ({strangers[0]}) vient de "
                    f"publier sur {self._wiki.place} avec le même compte.",
                    f"A run unknown to this journal ({strangers[0]}) has just saved on "
                    f"{self._wiki.place} with the same account.",
                ),
                Text(
                    "Le robot tourne sans doute aussi sur une autre machine : donnez à chacune "
                    "son compte, ou attendez une minute.",
                    "The bot probably runs on another machine too: give each an account of its "
                    "own, or wait a minute.",
                ),
                "other-run",
            )

    def count(self, item: Item) -> SafetyStop | None:
        """Return the stop that is due when five edits in a row have gone wrong."""
        wrong = item.state in ("failed", "unknown") or item.code.startswith("abusefilter")
        self._bad = self._bad + 1 if wrong else 0
        if self._bad < _IN_A_ROW:
            return None
        return SafetyStop(
            Text(
                f"{_IN_A_ROW} modifications de suite ont échoué ou sont restées sans réponse : "
                "l'exécution s'arrête.",
                f"{_IN_A_ROW} edits in a row failed or got no answer: the run stops.",
            ),
            Text(
                "Lisez les raisons ci-dessus et voyez avec un administrateur du wiki avant de "
                "relancer.",
                "Read the reasons above and ask an administrator of the wiki before you run again.",
            ),
            "breaker",
        )
