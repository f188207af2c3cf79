"""What: A number is written so that the wiki rejects or misreads it.

Why: The property stays empty or holds another number; sums, sorting and filters are wrong. A
French wiki wants a comma for decimals and nothing behind the digits.

Example: `|montant=1234.5` and `|montant=12 €` are rejected.

Fix safety: Safe where the number has one reading. Unsafe where a point or a comma may divide
thousands (`12.345`), where thousands are reckoned (`12 k€`) or a note is lost (`12 € HT`).
"""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.numbers import read
from wikibot.checks.reading import plain, replaced
from wikibot.checks.several_amounts import NUMBERS, decimal_sign
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Mapping

FR = """Quoi : Un nombre est écrit d'une façon que le wiki refuse ou lit de travers.

Pourquoi : La propriété reste vide ou contient un autre nombre ; sommes, tris et filtres sont faux.
Un wiki en français veut une virgule pour les décimales et rien après les chiffres.

Exemple : `|montant=1234.5` et `|montant=12 €` sont refusés.

Correction : Sûre si le nombre n'a qu'une lecture. À confirmer si un point ou une virgule sépare
peut-être les milliers (`12.345`), s'il faut compter des milliers (`12 k€`) ou si une précision se
perd (`12 € HT`).
"""

_REWRITE = Text(
    "Dans le champ {field}, le wiki ne lit pas {value} comme il faut : écrivez {new}, sans espace "
    "ni symbole.",
    "In the field {field}, the wiki does not read {value} as it should: write {new}, without blank "
    "or symbol.",
)
_UNCERTAIN = Text(
    "Dans le champ {field}, le wiki ne lit pas {value} comme il faut. Si vous voulez dire {new}, "
    "écrivez-le ainsi, sans espace ni symbole.",
    "In the field {field}, the wiki does not read {value} as it should. If you mean {new}, write "
    "it so, without blank or symbol.",
)
_UNREAD = Text(
    "Dans le champ {field}, {value} n'est pas un nombre que le wiki sait lire : écrivez-le en "
    "chiffres, sans espace ni symbole, par exemple {example}.",
    "In the field {field}, {value} is no number that the wiki can read: write it in digits, "
    "without blank or symbol, such as {example}.",
)


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each number that the wiki would not read as it was meant."""
    decimal = decimal_sign(mapping)
    for found in plain(record, NUMBERS):
        for item in dict.fromkeys(found.items):
            written = item if found.field.many else found.wikitext.replace("&nbsp;", " ")
            reading = read(written, decimal, money=found.field.kind == "amount")
            if reading.state == "right" or (reading.state == "several" and not found.field.many):
                continue
            message = _UNREAD if not reading.new else _REWRITE if reading.safe else _UNCERTAIN
            yield finding(
                RULE,
                record,
                found,
                message.format(
                    field=label(found.field),
                    value=quoted(item),
                    new=reading.new,
                    example=f"1234{decimal}5",
                ),
                severity="warning" if reading.state == "blanks" else None,
                value=item,
                new=replaced(found, item, [reading.new]) if reading.new else None,
                safe=reading.safe,
            )


RULE: Rule = rule("VAL102", "number-format", "error", "safe", find, __doc__, FR)
