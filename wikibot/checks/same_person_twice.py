"""What: A list of people names the same person twice, in two forms.

Why: Counts see two people, and the page of a person shows half of what they do.

Example: `|contributeurs=Lou Échantillon, L. Échantillon`.

Fix safety: Keeping the fullest form is offered and unsafe: they may be two people.
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold, loose, without
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping
from wikibot.title import FRENCH, USER

FR = """Quoi : Une liste de personnes nomme deux fois la même, sous deux formes.

Pourquoi : Les décomptes voient deux personnes, et la page de l'une montre la moitié de ce qu'elle
fait.

Exemple : `|contributeurs=Lou Échantillon, L. Échantillon`.

Correction : Garder la forme la plus complète est proposé, à confirmer : ce sont peut-être deux
personnes.
"""

_MESSAGE = Text(
    "Dans le champ {field}, {one} et {other} semblent être la même personne. Si c'est le cas, "
    "gardez {kept}.",
    "In the field {field}, {one} and {other} seem to be the same person. If so, keep {kept}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each pair of items that are likely to be one person."""
    for found in record.plain_lists:
        if found.field.kind != "user" or len(found.items) < 2:
            continue
        items = tuple(dict.fromkeys(found.items))
        for place, other in enumerate(items):
            alike = [one for one in items if one != other and _fuller(one, other, items, place)]
            if len(alike) != 1:
                continue  # nobody, or one of several: no telling which
            (kept,) = alike
            first, second = sorted((kept, other), key=items.index)
            yield finding(
                RULE,
                record,
                found,
                _MESSAGE.format(
                    field=label(found.field),
                    one=quoted(first),
                    other=quoted(second),
                    kept=quoted(kept),
                ),
                value=f"{first}, {second}",
                new=without(found, [other]),
            )


def _fuller(one: str, other: str, items: tuple[str, ...], place: int) -> bool:
    """Return whether `one` names who `other` names, and is the form to keep."""
    if loose(one) == loose(other):
        return False  # another spelling alone: another rule tells that
    if is_account(one) != is_account(other):
        return is_account(other) and fold(_bare(one)) == fold(_bare(other))
    words, others = fold(_bare(one)).split(), fold(_bare(other)).split()
    if len(words) < 2 or len(words) != len(others):
        return False
    if sorted(words) == sorted(others):
        return items.index(one) < place and all(len(word) > 1 for word in words)
    return (
        words[-1] == others[-1]
        and len(words[-1]) > 2
        and all(
            a == b or (len(b) == 1 < len(a) and a[0] == b)
            for a, b in zip(words, others, strict=True)
        )
    )


def is_account(name: str) -> bool:
    """Return whether a name is the title of a user's page: `Utilisateur:…`, `User:…`."""
    return FRENCH.split(name)[0] == USER


def _bare(name: str) -> str:
    return FRENCH.split(name)[1] if is_account(name) else name


RULE: Rule = rule("PPL102", "same-person-twice", "warning", "unsafe", find, __doc__, FR)
