"""A plan: edits of many pages as one value, that can be saved, reviewed and applied."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any

from wikibot.edits.change import Change, PageEdit
from wikibot.edits.numbers import number_of
from wikibot.errors import PlanError
from wikibot.language import Text, same
from wikibot.wikitext.regions import NAME

FORMAT = 1
PART = (
    "/part-"  # in an id: before it is the id of the plan that this is a part of, or a newer state
)


@dataclass(frozen=True)
class Plan:
    """Edits for one wiki. `created` is ISO 8601 in UTC; `checksum` covers all the rest."""

    id: str
    wiki: str
    created: str
    edits: tuple[PageEdit, ...]

    @property
    def changes(self) -> int:
        """Return the number of changed fields."""
        return sum(len(edit.changes) for edit in self.edits)

    @property
    def whole_id(self) -> str:
        """Return the id of the plan that this one is a part of, its own where it is none."""
        return whole_id(self.id)

    def part(self, edits: Iterable[PageEdit]) -> Plan:
        """Return the plan of these edits alone, by an id that says whose part it is.

        The same edits of the same plan always are the same part; all of them are the plan itself.
        """
        chosen = tuple(edits)
        if chosen == self.edits:
            return self
        digest = _checksum({"edits": [_edit(edit) for edit in chosen]})
        return replace(self, id=f"{self.whole_id}{PART}{digest[:12]}", edits=chosen)

    @property
    def checksum(self) -> str:
        """Return the SHA-256 of the plan's content, in hexadecimal."""
        return _checksum(self._body())

    def _body(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "id": self.id,
            "wiki": self.wiki,
            "created": self.created,
            "edits": [_edit(edit) for edit in self.edits],
        }

    def to_json(self) -> str:
        """Return the plan as the text of a plan file."""
        body = self._body()
        body["checksum"] = _checksum(body)
        return json.dumps(body, ensure_ascii=False, indent=1) + "\n"

    @staticmethod
    def from_json(text: str, place: str) -> Plan:
        """Return the plan of a plan file; `place` names it in errors.

        Raises:
            PlanError: not a plan, of another format, or changed since it was written.
        """
        try:
            body = json.loads(text)
        except (ValueError, RecursionError):
            raise damaged(place, Text("ce n'est pas du JSON", "it is not JSON")) from None
        if not isinstance(body, dict) or body.get("format") != FORMAT:
            raise damaged(place, same(f"format ≠ {FORMAT}"))
        checksum = body.pop("checksum", None)
        try:
            plan = Plan(
                id=_text(body["id"]),
                wiki=_text(body["wiki"]),
                created=_text(body["created"]),
                edits=tuple(_page_edit(edit) for edit in body["edits"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise damaged(place, same(f"{type(error).__name__}: {error}")) from None
        if checksum != _checksum(body):
            raise PlanError(
                Text(
                    f"{place} : ce plan a été modifié depuis qu'il a été écrit.",
                    f"{place}: this plan was changed since it was written.",
                ),
                Text("Préparez le plan à nouveau.", "Make the plan again."),
            )
        if len({edit.title for edit in plan.edits}) < len(plan.edits):
            raise damaged(place, Text("deux fois la même page", "two edits of one page"))
        return plan


_OPTIONAL = frozenset(("field", "rule", "safe", "reason", "after", "renamed_from"))


def whole_id(plan_id: str) -> str:
    """Return the id of the plan that a plan of this id is a part of, else this id."""
    return plan_id.partition(PART)[0]


def _edit(edit: PageEdit) -> dict[str, Any]:
    return {
        "title": edit.title,
        "pageid": edit.pageid,
        "base_revid": edit.base_revid,
        "summary": edit.summary,
        "changes": [_written(change) for change in edit.changes],
        **({} if edit.text is None else {"text": edit.text}),
        **({"numbered": True} if edit.numbered else {}),
    }


def _written(change: Change) -> dict[str, Any]:
    """Return a change as JSON; what few have is left out of the others."""
    body = asdict(change)
    after, renamed_from = list(body.pop("after")), body.pop("renamed_from")
    if after:
        body["after"] = after
    if renamed_from:
        body["renamed_from"] = renamed_from
    return body


def _page_edit(body: Mapping[str, Any]) -> PageEdit:
    edit = PageEdit(
        title=_text(body["title"]),
        pageid=_number(body["pageid"]),
        base_revid=_number(body["base_revid"]),
        summary=_text(body.get("summary", "")),
        changes=tuple(_change(change) for change in body["changes"]),
        text=_text(body["text"]) if "text" in body else None,
        numbered=bool(body.get("numbered", False)),
    )
    if edit.text is not None and (edit.pageid or edit.base_revid or edit.changes):
        raise TypeError("a new page has no id, no base and no changes")
    if edit.numbered and (edit.text is None or number_of(edit.title) is None):
        raise TypeError("a numbered page is a new one whose title ends in a number")
    places = [place for change in edit.changes for place in change.places]
    if len(set(places)) < len(places):
        raise TypeError("two changes of one parameter")
    return edit


def _change(body: Mapping[str, Any]) -> Change:
    known = {field.name for field in fields(Change)}
    unknown = set(body) - known
    if unknown:
        raise KeyError(", ".join(sorted(unknown)))
    missing = known - _OPTIONAL - set(body)
    if missing:
        raise KeyError(", ".join(sorted(missing)))
    made = Change(
        template=_text(body["template"]),
        index=_number(body["index"]),
        parameter=_text(body["parameter"]),
        old=_text(body["old"] or ""),
        new=_text(body["new"] or ""),
        field=_text(body.get("field") or ""),
        rule=_text(body.get("rule") or ""),
        safe=bool(body.get("safe", True)),
        reason=_text(body.get("reason") or ""),
        after=tuple(map(_text, body.get("after", ()))),
        renamed_from=_text(body.get("renamed_from") or ""),
    )
    if made.renamed_from and not (made.old and made.new and made.parameter != made.renamed_from):
        raise TypeError("a renaming moves a value from one name to another")
    if made.region and not (
        NAME.fullmatch(made.region) and made.index == 0 == len(made.renamed_from)
    ):
        raise TypeError("a region has a name, and no other place")
    return made


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(f"{value!r} is no text")
    return value


def _number(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise TypeError(f"{value!r} is no number of a page, a revision or a call")
    return value


def _checksum(body: Mapping[str, Any]) -> str:
    canonical = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest()


def damaged(place: str, why: Text) -> PlanError:
    """Return the error of a file that is no plan."""
    return PlanError(
        Text(
            f"{place} : ce n'est pas un plan que wikibot peut lire ({why.fr}).",
            f"{place}: no plan that wikibot can read ({why.en}).",
        ),
        Text(
            "Préparez-le avec « set --plan FICHIER » ou « fix --plan FICHIER ».",
            "Make one with “set --plan FILE” or “fix --plan FILE”.",
        ),
    )
