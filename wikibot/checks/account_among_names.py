"""What: A list of people has the name of an account among full names.

Why: Readers do not know who that is, and the person counts for another one than under their name.

Example: `|contributeurs=Noor Essai, Utilisateur:LouE`.

Fix safety: There is no fix: only who knows the person can tell their name, and that they want it
to be shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import fold
from wikibot.checks.same_person_twice import is_account
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Une liste de personnes contient un nom de compte parmi des noms complets.

Pourquoi : Le lecteur ne sait pas qui c'est, et la personne compte pour une autre que sous son nom.

Exemple : `|contributeurs=Noor Essai, Utilisateur:LouE`.

Correction : Aucune : seul quelqu'un qui connaît la personne peut dire son nom, et si elle veut
qu'il soit montré.
"""

# LouE, JDupont, lou42, lou_e, lou.e: what people make of their name for an account.
_BARE = re.compile(
    r"[A-ZÀ-Ý][a-zà-ÿ]{2,}[A-ZÀ-Ý]\Z|[A-ZÀ-Ý](?=[A-ZÀ-Ý][a-zà-ÿ])[A-ZÀ-Ý][a-zà-ÿ]{3,}\Z"
    r"|[^\W\d_]{3,}\d{1,4}\Z|[^\W\d_]+[_.][^\W\d_]+\Z"
)
_FULL = re.compile(r"[^\W\d_]{2,}(?:['’-][^\W\d_]+)*\.?(?: [^\W\d_]+(?:['’-][^\W\d_]+)*\.?){1,3}\Z")

_MESSAGE = Text(
    "Dans le champ {field}, {value} ressemble à un nom de compte parmi des noms complets. Si la "
    "personne est d'accord, écrivez son nom comme ceux des autres.",
    "In the field {field}, {value} looks like the name of an account among full names. If the "
    "person agrees, write their name like those of the others.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each account in a list that has full names too."""
    for found in record.plain_lists:
        if found.field.kind != "user" or record.page_type.board:
            continue  # who takes care of an action may well be an account
        full = [item for item in found.items if _FULL.match(item) and not is_account(item)]
        names = {fold(name) for name in full}
        for item in dict.fromkeys(found.items) if full else ():
            bare = item.partition(":")[2] if is_account(item) else item
            if (is_account(item) or _BARE.match(item)) and fold(bare) not in names:
                yield finding(
                    RULE,
                    record,
                    found,
                    _MESSAGE.format(field=label(found.field), value=quoted(item)),
                    value=item,
                )


RULE: Rule = rule("PPL103", "account-among-names", "info", "none", find, __doc__, FR)
