"""A scripted wiki whose Semantic MediaWiki lists pages as the real one does, traps included.

It understands of a query: the bounds `[[≥K]]` and `[[<<K]]`, `limit` and `offset`; all pages
meet all other conditions.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from tests.wiki.stub_api import Answer, Seen, StubApi

_BOUND = re.compile(r"\[\[(≥|<<)([^\]]*)\]\]")


@dataclass(frozen=True)
class Row:
    """A page or subobject that the wiki lists; `shown` is its display title."""

    name: str
    shown: str = ""
    fragment: str = ""

    @property
    def sort_key(self) -> str:
        """By what the wiki compares: the display title replaces the title."""
        return (self.shown or self.name) + (f"#{self.fragment}" if self.fragment else "")


class FakeSmw(StubApi):
    """The server. The attributes are its settings and its faults."""

    def __init__(self, rows: list[Row] | None = None) -> None:
        super().__init__()
        self.rows = rows or []
        self.last_offset = 5000  # $smwgQUpperbound: beyond it, offset 0
        self.tells_offset = True  # old versions do not
        self.knows_bounds = True  # $smwgQComparators may leave them out
        self.forgets_behind = False  # issue 6983: of what is behind the first answer, one page
        self.most_at_once = 10**6  # longer answers are truncated away
        self.in_order = True  # $smwgEntityCollation may list in another order
        self.version = 3

    def reply(self, request: Seen) -> Answer:
        """Answer `ask` from the rows, all else as usual."""
        if request.get("action") != "ask" or self._scripts["ask"] or "ask" in self._always:
            return super().reply(request)
        return Answer(self._ask(request["query"]))

    def queries(self) -> list[str]:
        """Return the queries that were asked."""
        return [request["query"] for request in self.of("ask")]

    def _ask(self, query: str) -> dict[str, Any]:
        conditions, *parameters = re.split(r"(?<!\|)\|(?!\|)", query)
        told = dict(p.split("=", 1) for p in parameters if not p.startswith("?"))
        labels = [p[1:].split("=", 1) for p in parameters if p.startswith("?")]
        limit, offset = int(told["limit"]), int(told["offset"])
        if offset > self.last_offset:
            offset = 0
        rows = [row for row in self.rows if self._meets(row, conditions)]
        rows.sort(key=lambda row: row.sort_key, reverse=not self.in_order)
        chosen = rows[offset : offset + limit]
        if self.forgets_behind:
            chosen = rows[: limit + 1][offset : offset + limit]
        if len(chosen) > self.most_at_once:
            return {"warnings": {"result": {"warnings": "This result was truncated"}}}
        more = offset + len(chosen) < len(rows) and not (self.forgets_behind and offset)
        answer: dict[str, Any] = {"query-continue-offset": offset + len(chosen)} if more else {}
        meta = {"count": len(chosen), "source": ""} | (
            {"offset": offset} if self.tells_offset else {}
        )
        listed = [self._row(row, [label for _, label in labels]) for row in chosen]
        results: object = listed
        if self.version == 2:
            results = {k: v for row in listed for k, v in row.items()} or []
        requests = [_request("", "", 2), *(_request(label, name, 1) for name, label in labels)]
        return answer | {
            "query": {
                "printrequests": requests,
                "results": results,
                "serializer": "…",
                "version": self.version,
                "meta": meta,
            }
        }

    def _meets(self, row: Row, conditions: str) -> bool:
        bounds = _BOUND.findall(conditions)
        if bounds and not self.knows_bounds:
            return False  # a page of that name, which is not there
        return all(
            row.sort_key >= key if sign == "≥" else row.sort_key < key for sign, key in bounds
        )

    def _row(self, row: Row, labels: list[str]) -> dict[str, Any]:
        full = row.name + (f"#{row.fragment}" if row.fragment else "")
        page: dict[str, Any] = {
            "printouts": {label: [f"{label} de {full}"] for label in labels} or [],
            "fulltext": full,
            "fullurl": f"https://wiki.example.org/wiki/{full}",
            "namespace": 0,
            "exists": "1",
            "displaytitle": row.shown,
        }
        return {full: page}


def _request(label: str, name: str, mode: int) -> dict[str, Any]:
    typeid = "_wpg" if mode == 2 else "_txt"
    key = name.replace(" ", "_")
    return {"label": label, "key": key, "redi": "", "typeid": typeid, "mode": mode, "format": ""}
