"""How a wiki sets the rules: their severities and thresholds, and what it lets pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import Field as Key

from wikibot.language import Text
from wikibot.mapping.base import Line, Table
from wikibot.tables import problem, unknown

_SHORTEST_FAMILY = 3  # VOC


class RuleSettings(Table):
    """How grave one rule is on this wiki (`[rules.VOC102]`)."""

    enabled: bool = Key(default=True, description="false: the rule is off, `fix` included.")
    severity: Literal["error", "warning", "info"] | None = Key(
        default=None, description="How grave its findings are, instead of what the rule says."
    )
    warn_above: int | None = Key(
        default=None,
        ge=1,
        description="While one check counts at most so many findings of the rule, all of them "
        "are info; with one more, all are warnings. Neither waived findings nor those of the "
        "baseline are counted.",
    )
    error_above: int | None = Key(
        default=None,
        ge=1,
        description="Where one check counts more findings of the rule than that, all of them are "
        "errors. At or below it they are what they would be without this key.",
    )


class WaiverEntry(Table):
    """Findings that are wanted so, on one page or on all (`waivers.toml`)."""

    page: Line = Key(description='The title of the page; "*": every page.')
    rules: tuple[Line, ...] = Key(
        strict=False, min_length=1, description="Codes, names or families: VOC102, term-alias, VOC."
    )
    field: Line | None = Key(
        default=None, description="The id of the one field that it holds for; else the whole page."
    )
    reason: Line = Key(description="Why that is so, for whoever comes across it later.")
    until: date | None = Key(
        default=None, description="The last day it holds (2027-01-31, no quotes); else for ever."
    )


class WaiverFile(Table):
    """The whole of `waivers.toml`."""

    waivers: tuple[WaiverEntry, ...] = Key(default=(), strict=False)


def wrong_settings(
    file: Path, settings: Mapping[str, RuleSettings], names: Mapping[str, str]
) -> Iterator[Text]:
    """Yield a problem for each table of a rule that does not exist or contradicts itself.

    `names` is code → name of every rule; where it is empty, codes are not looked at.
    """
    for code, rule in settings.items():
        path = f"rules.{code}"
        if names and code not in names:
            yield unknown(file, path, code, names)
        if rule.severity is not None and rule.warn_above is not None:
            what = Text(
                "avec « warn_above », c'est le nombre qui décide : retirez « severity ».",
                "with “warn_above” the number decides: take “severity” out.",
            )
            yield problem(file, f"{path}.severity", what)
        if rule.warn_above and rule.error_above and rule.error_above <= rule.warn_above:
            what = Text(
                f"il faut un nombre plus grand que « warn_above » ({rule.warn_above}).",
                f"this must be a number above “warn_above” ({rule.warn_above}).",
            )
            yield problem(file, f"{path}.error_above", what)


def wrong_waivers(
    file: Path, waivers: Iterable[WaiverEntry], names: Mapping[str, str]
) -> Iterator[Text]:
    """Yield a problem for each word of a waiver that names no rule; `names` as above."""
    known = (*names, *names.values())
    for i, waiver in enumerate(waivers if names else ()):
        for j, word in enumerate(waiver.rules):
            family = len(word) >= _SHORTEST_FAMILY and any(c.startswith(word) for c in names)
            if word not in known and not family:
                yield unknown(file, f"waivers[{i}].rules[{j}]", word, known)
