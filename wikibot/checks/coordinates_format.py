"""What: Coordinates are written so that the wiki rejects them, or lie outside the globe.

Why: The page is missing on the map, or stands in the wrong place.

Example: `|Coordonnées géo=48,85; 2,35` is rejected; `48.85, 2.35` is right.

Fix safety: Safe where only the signs between the digits change. Turning latitude and longitude
round, where the latitude is beyond a pole, is unsafe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import plain
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Des coordonnées sont écrites d'une façon que le wiki refuse, ou hors du globe.

Pourquoi : La page manque sur la carte, ou s'y trouve au mauvais endroit.

Exemple : `|Coordonnées géo=48,85; 2,35` est refusé ; `48.85, 2.35` est juste.

Correction : Sûre si seuls changent les signes entre les chiffres. Échanger latitude et longitude,
quand la latitude dépasse le pôle, est à confirmer.
"""

_KINDS: frozenset[Kind] = frozenset({"coordinates"})

_N = r"[+-]?\d{1,3}"
_RIGHT = re.compile(rf"({_N}(?:\.\d+)?)\s*,\s*({_N}(?:\.\d+)?)\Z", re.ASCII)
_POINTS = re.compile(rf"({_N}(?:\.\d+)?)\s*[;/ ]\s*({_N}(?:\.\d+)?)\Z", re.ASCII)
_COMMAS = re.compile(
    rf"({_N},\d+)\s*(?:[;/,]|\s)\s*({_N},\d+)\Z|({_N}(?:,\d+)?)\s*[;/]\s*({_N}(?:,\d+)?)\Z",
    re.ASCII,
)
# Degrees, minutes, seconds, with signs or with the letters of the compass.
_DEGREES = re.compile(r"[\d\s.,°'′’\"″”NSEWnsew+-]*[°NSEWnsew][\d\s.,°'′’\"″”NSEWnsew+-]*\Z")

_REWRITE = Text(
    "Dans le champ {field}, le wiki ne sait pas lire {value} : écrivez {new}, avec des points pour "
    "les décimales et une virgule entre latitude et longitude.",
    "In the field {field}, the wiki cannot read {value}: write {new}, with points for decimals and "
    "a comma between latitude and longitude.",
)
_UNREAD = Text(
    "Dans le champ {field}, {value} n'est pas une position : écrivez la latitude et la longitude, "
    "par exemple {example}.",
    "In the field {field}, {value} is no position: write latitude and longitude, such as "
    "{example}.",
)
_OUTSIDE = Text(
    "Dans le champ {field}, {value} est hors du globe : la latitude va de -90 à 90, la longitude "
    "de -180 à 180.{hint}",
    "In the field {field}, {value} is outside the globe: latitude goes from -90 to 90, longitude "
    "from -180 to 180.{hint}",
)
_SWAPPED = Text(
    " Les deux sont peut-être inversées : {new}.", " The two may be turned round: {new}."
)
_EXAMPLE = "43.61, 3.88"


_ARC = (
    r"(\d{1,3}(?:[.,]\d+)?) ?° ?(?:(\d{1,2}(?:[.,]\d+)?) ?['′’] ?)?"
    r"(?:(\d{1,2}(?:[.,]\d+)?) ?(?:\"|″|”|'') ?)?"
)
_COMPASS = re.compile(rf"{_ARC}([NSns])[ ,;]*{_ARC}([EWew])\Z", re.ASCII)


def position(text: str) -> tuple[float, float] | None:
    """Return the latitude and longitude, in degrees, that a text surely means, else None.

    What the rule mends without asking is read too, and so are degrees, minutes and seconds.
    """
    bare = _bare(text)
    pair = _pair(bare)
    if pair is not None:
        latitude, longitude = map(float, pair)
    elif _DEGREES.match(bare) and (read := _degrees(bare)) is not None:
        latitude, longitude = read
    else:
        return None
    return (latitude, longitude) if abs(latitude) <= 90 and abs(longitude) <= 180 else None


def _bare(text: str) -> str:
    return " ".join(text.split()).replace("\u2212", "-")


def _pair(text: str) -> tuple[str, str] | None:
    """Return the two numbers of a text as they are to be written, None where it is not two."""
    found = _RIGHT.match(text) or _POINTS.match(text) or _COMMAS.match(text)
    if found is None:
        return None
    latitude, longitude = (part.replace(",", ".") for part in found.groups() if part)
    return latitude, longitude


def _degrees(text: str) -> tuple[float, float] | None:
    """Return what «48°51' N, 2°21' E» means, None unless it has just that shape."""
    found = _COMPASS.match(text)
    if found is None:
        return None
    degrees = []
    for at in (1, 5):
        whole, minutes, seconds = (
            float((found[at + i] or "0").replace(",", ".")) for i in range(3)
        )
        if minutes >= 60 or seconds >= 60:
            return None
        sign = -1 if found[at + 3] in "SWsw" else 1
        degrees.append(sign * (whole + minutes / 60 + seconds / 3600))
    return degrees[0], degrees[1]


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each position that the wiki does not read, or that is nowhere."""
    for found in plain(record, _KINDS):
        if found.field.many:
            continue
        text = _bare(found.text)
        pair = _pair(text)
        if pair is None:
            if not _DEGREES.match(text):
                message = _UNREAD.format(
                    field=label(found.field), value=quoted(found.text), example=_EXAMPLE
                )
                yield finding(RULE, record, found, message)
            continue
        latitude, longitude = pair
        new = f"{latitude}, {longitude}"
        if abs(float(latitude)) > 90 or abs(float(longitude)) > 180:
            swapped = abs(float(latitude)) <= 180 and abs(float(longitude)) <= 90
            turned = f"{longitude}, {latitude}" if swapped else None
            hint = _SWAPPED.format(new=turned) if turned else Text("", "")
            yield finding(
                RULE,
                record,
                found,
                _OUTSIDE.format(field=label(found.field), value=quoted(found.text), hint=hint),
                new=turned,
            )
        elif not _RIGHT.match(text):
            yield finding(
                RULE,
                record,
                found,
                _REWRITE.format(field=label(found.field), value=quoted(found.text), new=new),
                new=new,
                safe=True,
            )


RULE: Rule = rule("VAL105", "coordinates-format", "error", "safe", find, __doc__, FR)
