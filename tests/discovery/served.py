"""The pages of a small wiki on a scripted server: it counts requests, and may have Explore."""

from __future__ import annotations

from typing import Any

from tests.wiki.stub_api import Answer, Seen, StubApi, error, page
from wikibot.title import FRENCH

_NAMES = {
    0: ("", ""), 2: ("Utilisateur", "User"), 8: ("MediaWiki", "MediaWiki"),
    10: ("Modèle", "Template"), 14: ("Catégorie", "Category"), 102: ("Attribut", "Property"),
    106: ("Formulaire", "Form"),
}  # fmt: skip


class ServedWiki(StubApi):
    """The server. `explored` are the values that Explore tells by property, None without it."""

    def __init__(self, pages: dict[str, str]) -> None:
        super().__init__()
        self.records: dict[int, dict[str, Any]] = {}
        for number, (title, text) in enumerate(pages.items(), 1):
            parsed = FRENCH.parse(title)
            self.records[number] = page(number, title, text) | {"ns": parsed.namespace}
        self.explored: dict[str, object] | None = None
        self.token = "+\\"

    def reply(self, request: Seen) -> Answer:
        """Answer what discovery asks; all else as usual."""
        action = request.get("action")
        if self._scripts[action or ""] or action in self._always:
            return super().reply(request)
        if action == "exploregetpropertyvalues":
            return Answer(self._explore(request))
        if action == "paraminfo":
            known = self.explored is not None
            return Answer({"paraminfo": {"modules": [{"name": request["modules"]}] * known}})
        if action == "smwbrowse":
            return Answer(error("badvalue"))
        if action == "query" and request.get("meta") == "tokens":
            return Answer({"batchcomplete": True, "query": {"tokens": {"csrftoken": self.token}}})
        if action == "query" and not request.get("meta"):
            return Answer({"batchcomplete": True, "query": {"pages": list(self._pages(request))}})
        return super().reply(request)

    def _explore(self, request: Seen) -> object:
        if self.explored is None:
            return error("badvalue")
        if request.method != "POST" or request.get("token") != self.token:
            return error("badtoken")
        return {"exploregetpropertyvalues": self.explored.get(request["propname"], [])}

    def _pages(self, request: Seen) -> list[dict[str, Any]]:
        if request.get("generator") == "allpages":
            number = int(request["gapnamespace"])
            return [r for r in self.records.values() if r["ns"] == number]
        if request.get("pageids"):
            return [self.records[int(number)] for number in request["pageids"].split("|")]
        if request.get("prop") == "transcludedin":
            return [self._callers(title) for title in request["titles"].split("|")]
        titles = request["titles"].split("|")
        there = {r["title"]: r for r in self.records.values()}
        return [there.get(t) or {"title": t, "ns": 0, "missing": True} for t in titles]

    def _callers(self, title: str) -> dict[str, Any]:
        name = FRENCH.parse(title).name
        rows = [
            {"pageid": number}
            for number, record in self.records.items()
            if f"{{{{{name}" in record["revisions"][0]["slots"]["main"]["content"]
        ]
        return {"title": title, "ns": 10, "missing": True, "transcludedin": rows}

    def _site(self) -> dict[str, object]:
        names = {
            str(number): {"id": number, "name": name, "canonical": canonical}
            for number, (name, canonical) in _NAMES.items()
        }
        return {**super()._site(), "namespaces": names}
