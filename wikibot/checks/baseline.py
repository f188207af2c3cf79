"""A baseline: the findings known on one day, so that from then on only new ones count.

A finding is known by its rule, page, field and value: neither where it stands nor the words of
its message matter. A page that was moved is known by its id.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from wikibot.checks.finding import Finding
from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.redaction import redacted
from wikibot.title import Title

FORMAT = 1
_LONGEST, _SHOWN = 120, 80
_KEYS: dict[str, type] = {
    "page": str,
    "pageid": int,
    "rule": str,
    "field": str,
    "value": str,
    "count": int,
}


@dataclass(frozen=True, order=True)
class Known:
    """What tells one finding from every other; `value` is cut where it is long, and secret-free."""

    page: str
    rule: str
    field: str
    value: str
    pageid: int


@dataclass(frozen=True)
class Baseline:
    """The findings known, with how many there were of each."""

    counts: Mapping[Known, int]


@dataclass(frozen=True)
class Compared:
    """Findings against a baseline; `gone` is what it knows and is found no more."""

    new: tuple[Finding, ...]
    known: tuple[Finding, ...]
    gone: Mapping[Known, int]


def baseline_of(found: Iterable[Finding], ids: Mapping[Title, int]) -> Baseline:
    """Return the baseline that knows these findings; `ids` are those of their pages."""
    return Baseline(Counter(_known(finding, ids) for finding in found))


def compare(found: Sequence[Finding], baseline: Baseline, ids: Mapping[Title, int]) -> Compared:
    """Return which findings a baseline knows, each as often as it says.

    The page of the same title comes first; where there is none left, the one of the same id.
    """
    left = {known: count for known, count in baseline.counts.items() if count > 0}
    keys = [_known(finding, ids) for finding in found]
    hidden: set[int] = set()
    for of in (_by_title, _by_id):
        entries: dict[tuple[object, ...], list[Known]] = {}
        for known in left:
            entries.setdefault(of(known), []).append(known)
        for index, key in enumerate(keys):
            usable = entries.get(of(key), []) if index not in hidden else []
            entry = next((known for known in usable if known in left), None)
            if entry is not None:
                hidden.add(index)
                left[entry] -= 1
                if not left[entry]:
                    del left[entry]
    return Compared(
        tuple(finding for index, finding in enumerate(found) if index not in hidden),
        tuple(finding for index, finding in enumerate(found) if index in hidden),
        left,
    )


def _known(finding: Finding, ids: Mapping[Title, int]) -> Known:
    value = _short(redacted(finding.value))
    title = finding.title
    return Known(str(title), finding.rule, finding.field, value, ids.get(title, 0))


def _by_title(known: Known) -> tuple[object, ...]:
    return (known.page, known.rule, known.field, known.value)


def _by_id(known: Known) -> tuple[object, ...]:
    # No id is nobody's: such a page is found by its title alone.
    return (known.pageid or known.page, known.rule, known.field, known.value)


def _short(value: str) -> str:
    """Return a value; of a long one its beginning and a digest of the whole."""
    if len(value) <= _LONGEST:
        return value
    digest = hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return f"{value[:_SHOWN]}… sha256:{digest}"


def to_json(baseline: Baseline) -> str:
    """Return the file of a baseline: sorted, one finding a line, so that a diff can be read."""
    lines = [
        json.dumps(
            {
                "page": known.page,
                "pageid": known.pageid,
                "rule": known.rule,
                "field": known.field,
                "value": known.value,
                "count": count,
            },
            ensure_ascii=False,
        )
        for known, count in sorted(baseline.counts.items())
    ]
    inside = "[\n" + ",\n".join(f"  {line}" for line in lines) + "\n ]" if lines else "[]"
    return f'{{\n "format": {FORMAT},\n "findings": {inside}\n}}\n'


def from_json(data: bytes, name: str) -> Baseline:
    """Return the baseline that a file holds; `name` is how people know the file.

    Raises:
        InputError: it is none, or one of another format.
    """
    try:
        body = json.loads(data)
    except (ValueError, RecursionError):
        raise _damaged(name, Text("ce n'est pas du JSON", "it is no JSON")) from None
    if not isinstance(body, dict) or not isinstance(body.get("findings"), list):
        raise _damaged(name, Text("« findings » manque", "“findings” is missing"))
    if body.get("format") != FORMAT:
        raise _damaged(
            name, Text("son format n'est pas celui d'ici (1)", "its format is not the one here (1)")
        )
    counts: Counter[Known] = Counter()
    for number, entry in enumerate(body["findings"], 1):
        if not _is_entry(entry):
            raise _damaged(
                name, Text(f"l'entrée {number} est fausse", f"the entry {number} is wrong")
            )
        fields = {key: value for key, value in entry.items() if key != "count"}
        counts[Known(**fields)] += entry["count"]
    return Baseline(counts)


def _is_entry(entry: Any) -> bool:
    return (
        isinstance(entry, dict)
        and entry.keys() == _KEYS.keys()
        and all(type(entry[key]) is kind for key, kind in _KEYS.items())
        and entry["count"] > 0
    )


def _damaged(name: str, why: Text) -> InputError:
    return InputError(
        Text(
            f"La liste des points connus {name} ne peut pas servir : {why.fr}.",
            f"The baseline {name} cannot be used: {why.en}.",
        ),
        Text(
            "Reprenez une copie saine, ou refaites-la avec « check --write-baseline ».",
            "Take a sound copy, or make it anew with “check --write-baseline”.",
        ),
        "baseline",
    )
