"""The model wiki against the real one: the same edits, the same outcome, the same history."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest

from tests.model.clock import Clock
from tests.model.merge import merge
from tests.model.wiki import BOT, ModelWiki
from wikibot.errors import EditConflict, InputError, PageExists, PageMissing
from wikibot.page import Page
from wikibot.wiki.mediawiki import MediaWiki
from wikibot.wiki.protocol import Wiki

if TYPE_CHECKING:
    from tests.mediawiki.bench import MediaWikiBench

SEQUENCES, WITHOUT_DIFF3, MERGES = 60, 15, 300
SOAKED = 10  # times as many by `make soak`
STEPS = 6
HIDDEN = "(masqué)"
FIRST = "{{Ressource\n|a=1\n|b=2\n|c=3\n}}\n\nUne ligne.\n\nUne autre, l'été.\n\nLa fin."


class Side(Protocol):
    """A wiki as the bot sees it, and a person and an administrator who work on it."""

    wiki: Wiki

    def edit(self, title: str, text: str, base: int | None) -> str: ...
    def move(self, old: str, new: str) -> None: ...
    def delete(self, title: str) -> None: ...
    def undelete(self, title: str) -> None: ...
    def hide(self, revid: int) -> None: ...
    def history(self, title: str) -> list[tuple[int, int, bool, str]]:
        """Return id, parent, whether it is the bot's, and text of every revision."""


class Model:
    def __init__(self, wiki: ModelWiki) -> None:
        self.model = wiki
        self.wiki: Wiki = wiki

    def edit(self, title: str, text: str, base: int | None) -> str:
        try:
            saved = self.model.edit("Personne", title, text, base=base)
        except EditConflict:
            return "editconflict"
        return "nochange" if saved.unchanged else "saved"

    def move(self, old: str, new: str) -> None:
        self.model.move("Admin", old, new)

    def delete(self, title: str) -> None:
        self.model.delete(title)

    def undelete(self, title: str) -> None:
        self.model.undelete(title)

    def hide(self, revid: int) -> None:
        self.model.hide(revid, "text", "comment")

    def history(self, title: str) -> list[tuple[int, int, bool, str]]:
        pageid = self.model.truth.page_of(title)
        rows = self.model.truth.rows[pageid] if pageid else ()
        return [
            (row.id, row.parent, row.user == BOT, HIDDEN if row.hidden else row.text)
            for row in rows
        ]


class Real:
    def __init__(self, wiki: MediaWiki, bench: MediaWikiBench) -> None:
        assert wiki.site.account is not None
        self.wiki: Wiki = wiki
        self.bench, self._bot = bench, wiki.site.account.name
        asked = self._asked("GET", action="query", meta="tokens")
        self._token = str(asked["query"]["tokens"]["csrftoken"])

    def edit(self, title: str, text: str, base: int | None) -> str:
        answer = self._asked(
            "POST", action="edit", title=title, text=text, token=self._token, baserevid=base or 0
        )
        if "error" in answer:
            return str(answer["error"]["code"])
        return "nochange" if "nochange" in answer["edit"] else "saved"

    def move(self, old: str, new: str) -> None:
        self.bench.call("admin", action="move", to=new, **{"from": old})

    def delete(self, title: str) -> None:
        self.bench.call("admin", action="delete", title=title)

    def undelete(self, title: str) -> None:
        self.bench.call("admin", action="undelete", title=title)

    def hide(self, revid: int) -> None:
        self.bench.admin.hide(revid, text=True, comment=True)

    def history(self, title: str) -> list[tuple[int, int, bool, str]]:
        answer = self._asked(
            "GET",
            action="query",
            titles=title,
            prop="revisions",
            rvprop="ids|user|content",
            rvslots="main",
            rvlimit="max",
            rvdir="newer",
        )
        page: dict[str, Any] = answer["query"]["pages"][0]
        return [
            (row["revid"], row["parentid"], row["user"] == self._bot, _content(row))
            for row in page.get("revisions", ())
        ]

    def _asked(self, method: str, **parameters: str | int) -> dict[str, Any]:
        """Return the answer to a request of the person's, who keeps one token for all."""
        data = {"format": "json", "formatversion": 2, **parameters}
        if method == "GET":
            response = self.bench.session().get(self.bench.api, params=data)
        else:
            response = self.bench.session().post(self.bench.api, data=data)
        answer: dict[str, Any] = response.json()
        return answer


def _content(row: dict[str, Any]) -> str:
    return str(row["slots"]["main"].get("content", HIDDEN))


# --- one story, told to both ---


@dataclass
class Story:
    """A sequence of edits by a seed; `lines` is what happened, the same words on both sides."""

    seed: int
    title: str

    def told_to(self, side: Side) -> list[str]:
        choose, lines = random.Random(self.seed), [f"seed {self.seed}"]
        title, titles, gone = self.title, [self.title], False
        lines.append(f"created: {_class_of(lambda: side.wiki.create(title, FIRST, 'début'))}")
        kept = [side.wiki.page(title)]
        for number in range(STEPS):
            base = choose.choice(kept)
            text = _changed(base.text, choose, number)
            deed = choose.choices(_DEEDS, _WEIGHTS)[0]
            if deed == "read" and not gone:
                kept.append(side.wiki.page(title))
            elif deed == "bot":
                outcome = _class_of(lambda: side.wiki.save(base, text, f"robot {number}"))  # noqa: B023
                lines.append(f"bot saves {text!r} upon {kept.index(base)}: {outcome}")
            elif deed == "old base" and not gone:
                outcome = side.edit(title, text, base.revision.id)
                lines.append(f"person saves {text!r} upon {kept.index(base)}: {outcome}")
            elif deed == "person" and not gone:
                now = side.wiki.page(title).text
                text = _changed(now, choose, number)
                lines.append(f"person saves {text!r}: {side.edit(title, text, None)}")
            elif deed == "move" and not gone:
                side.move(title, f"{self.title}, titre {number}")
                title = f"{self.title}, titre {number}"
                titles.append(title)
                lines.append("moved")
            elif deed == "hide" and not gone:
                rows = side.wiki.revisions(kept[0], 0)
                at = choose.randrange(len(rows))
                if at < len(rows) - 1:
                    side.hide(rows[at].id)
                    lines.append(f"hidden: the revision number {at}")
            elif deed == "delete":
                (side.undelete if gone else side.delete)(title)
                gone = not gone
                lines.append(f"gone: {gone}")
            elif deed == "create" and not gone:  # else it depends on the second of the deletion
                outcome = _class_of(lambda: side.wiki.create(title, text, "encore"))  # noqa: B023
                lines.append(f"bot creates: {outcome}")
        lines += [_looked_up(side.wiki, page, kept) for page in kept]
        lines += [_read_again(side.wiki, page) for page in kept]
        return lines + _histories(side, titles)


_DEEDS = ("read", "bot", "old base", "person", "move", "delete", "create", "hide")
_WEIGHTS = (4, 12, 4, 10, 2, 2, 2, 1)


def _changed(text: str, choose: random.Random, number: int) -> str:
    lines = text.split("\n")
    kind, at = choose.random(), choose.randrange(len(lines))
    if kind < 0.1:
        return text
    if kind < 0.15:
        return text + " \n\n"
    if kind < 0.2:
        return text.replace("\n", "\r\n").replace("é", "e\u0301")
    if kind < 0.3:
        lines.insert(at, f"ligne {choose.randrange(3)} de plus")
    elif kind < 0.4 and len(lines) > 1:
        del lines[at]
    elif kind < 0.5:
        lines[0] = "{{Ressource|d=le même pour tous"
    else:
        lines[at] = f"|x={number}-{choose.randrange(2)}"
    return "\n".join(lines)


def _class_of(deed: Callable[[], Any]) -> str:
    """Return how a save of the bot ended, in one word."""
    try:
        saved = deed()
    except (EditConflict, PageExists, PageMissing) as error:
        return type(error).__name__
    return "nochange" if saved.unchanged else "saved"


def _looked_up(wiki: Wiki, page: Page, kept: list[Page]) -> str:
    """Return what the bot finds in the history after a revision that it knows."""
    try:
        found = wiki.revisions(page, page.revision.id)
    except (PageMissing, InputError) as error:
        return type(error).__name__
    return f"after {kept.index(page)}: " + ", ".join(str(r.comment) for r in found)


def _read_again(wiki: Wiki, page: Page) -> str:
    """Return what the bot is given for a revision that it knows."""
    try:
        return f"read again: {wiki.text_of(page.revision.id)!r}"
    except InputError:
        return "read again: no text"


def _histories(side: Side, titles: list[str]) -> list[str]:
    """Return all that can be seen in the end, ids by their order."""
    rows = {title: side.history(title) for title in titles}
    numbers = {id: n for n, id in enumerate(sorted(r[0] for p in rows.values() for r in p), 1)}
    return [
        f"{title}: {numbers[id]} after {numbers.get(parent, 0)}, bot's: {ours}, {text!r}"
        for title, page in rows.items()
        for id, parent, ours, text in page
    ]


def _same_everywhere(real: Real, model: Model, seeds: Iterator[int]) -> None:
    outcomes: set[str] = set()
    for seed in seeds:
        story = Story(seed, f"Suite {seed}")
        told = story.told_to(model)
        assert told == story.told_to(real), "the second is the real wiki"
        outcomes |= {line.rpartition(": ")[2] for line in told}
    assert outcomes >= {"saved", "nochange", "EditConflict", "PageMissing", "PageExists"}


# --- the tests ---


@pytest.fixture
def real(fresh_mediawiki: MediaWikiBench) -> Iterator[Real]:
    bench = fresh_mediawiki
    with MediaWiki.connect(bench.api, bench.account, bench.password) as wiki:
        yield Real(wiki, bench)


def test_the_model_decides_as_the_real_wiki_does(real: Real, soak: bool) -> None:
    seeds = range(SEQUENCES * (SOAKED if soak else 1))
    _same_everywhere(real, Model(ModelWiki()), iter(seeds))


def test_so_it_does_where_there_is_no_diff3(real: Real) -> None:
    real.bench.admin.without_diff3()
    _same_everywhere(real, Model(ModelWiki(diff3=False)), iter(range(WITHOUT_DIFF3)))


def test_its_merge_is_that_of_diff3(tmp_path: Path) -> None:
    diff3 = shutil.which("diff3")
    if diff3 is None:
        pytest.skip("there is no diff3 on this machine")
    for seed in range(MERGES):
        choose = random.Random(seed)
        old = [f"ligne {number}" for number in range(choose.randrange(9))]
        texts = ["\n".join(_edited(old, who, choose)) for who in ("la mienne", "", "la vôtre")]
        for name, text in zip(_FILES, texts, strict=True):
            (tmp_path / name).write_text(f"{text.rstrip()}\n")
        conflict, merged = (
            subprocess.run(
                [diff3, "-a", *how, *_FILES],
                cwd=tmp_path,
                capture_output=True,
                text=True,
                check=False,
            ).stdout
            for how in (["--overlap-only"], ["-e", "--merge"])
        )
        expected = None if conflict else merged[:-1]
        mine, before, yours = texts
        assert merge(before, mine, yours) == expected, (seed, texts)


_FILES = ("mine", "old", "yours")


def _edited(lines: list[str], who: str, choose: random.Random) -> list[str]:
    edited = list(lines)
    for _ in range(choose.randrange(4) if who else 0):
        at, new = choose.randrange(len(edited) + 1), choose.choice(("des deux", who, who))
        edited[at : at + choose.randrange(2)] = [new] if choose.random() < 0.7 else []
    return edited


def test_readers_are_shown_an_older_state_but_never_older_than_what_they_were_told() -> None:
    wiki = ModelWiki(Clock())
    wiki.edit("Personne", "Mare", "un")
    wiki.clock.sleep(60)
    wiki.lag = 5
    wiki.edit("Personne", "Mare", "deux")
    assert wiki.page("Mare").text == "un"
    wiki.clock.sleep(5)
    page = wiki.page("Mare")
    assert page.text == "deux"
    wiki.save(page, "trois", "")
    wiki.edit("Personne", "Mare", "quatre")
    assert wiki.page("Mare").text == "trois"
