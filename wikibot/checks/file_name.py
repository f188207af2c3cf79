"""What: A field for a file of the wiki holds something else than its name.

Why: The template puts the name into a link to the file: with a prefix, an address or no
extension, no picture shows.

Example: `|Main_Picture=https://example.org/photo.jpg`, or `|Main_Picture=Fichier:Photo.jpg`.

Fix safety: Taking the prefix away is offered and unsafe, because a template may want it; anything
else has no fix.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from wikibot.checks.finding import Finding, Rule, finding, rule
from wikibot.checks.reading import replaced
from wikibot.checks.words import label, quoted
from wikibot.edits import Record
from wikibot.language import Text
from wikibot.mapping import Kind, Mapping

FR = """Quoi : Un champ prévu pour un fichier du wiki contient autre chose que son nom.

Pourquoi : Le modèle place ce nom dans un lien vers le fichier : avec un préfixe, une adresse ou
sans extension, aucune image ne s'affiche.

Exemple : `|Main_Picture=https://example.org/photo.jpg`, ou `|Main_Picture=Fichier:Photo.jpg`.

Correction : Retirer le préfixe est proposé, à confirmer, car un modèle peut le vouloir ; le reste
n'a pas de correction.
"""

_KINDS: frozenset[Kind] = frozenset({"file"})

_ADDRESS = re.compile(r"(?:https?:)?//|www\.", re.IGNORECASE)
_PREFIX = re.compile(r"\s*:?\s*(?:Fichier|File|Image|Média|Media)\s*:\s*", re.IGNORECASE)
_EXTENSION = re.compile(r".\.[A-Za-z0-9]{2,5}\Z", re.DOTALL)

_IS_ADDRESS = Text(
    "Le champ {field} contient une adresse, {value} : téléversez le fichier sur le wiki et écrivez "
    "ici son nom, par exemple {example}.",
    "The field {field} holds an address, {value}: upload the file to the wiki and write its name "
    "here, such as {example}.",
)
_IS_LINK = Text(
    "Le champ {field} contient un lien, {value} : n'y laissez que le nom du fichier, par exemple "
    "{example}.",
    "The field {field} holds a link, {value}: leave only the name of the file, such as {example}.",
)
_HAS_PREFIX = Text(
    "Le champ {field} contient {value} : n'y laissez que le nom du fichier, {new}.",
    "The field {field} holds {value}: leave only the name of the file, {new}.",
)
_NO_EXTENSION = Text(
    "Le champ {field} contient {value}, qui n'a pas la fin d'un nom de fichier (.jpg, .png, …) : "
    "vérifiez le nom sur le wiki.",
    "The field {field} holds {value}, which lacks the end of a file name (.jpg, .png, …): see "
    "what it is called on the wiki.",
)
_EXAMPLE = Text("« Photo.jpg »", "“Photo.jpg”")


def find(record: Record, mapping: Mapping) -> Iterator[Finding]:
    """Yield a finding for each value that is not the bare name of a file."""
    for found in record.filled(_KINDS):
        if "{{" in found.wikitext or found.field.wikitext:
            continue
        for item in dict.fromkeys(found.items):
            prefix = _PREFIX.match(item)
            new = item[prefix.end() :] if prefix else None
            if _ADDRESS.match(item):
                message, new = _IS_ADDRESS, None
            elif "[[" in item:
                message, new = _IS_LINK, None
            elif new:
                message = _HAS_PREFIX
            elif not _EXTENSION.search(item):
                message = _NO_EXTENSION
            else:
                continue
            yield finding(
                RULE,
                record,
                found,
                message.format(
                    field=label(found.field),
                    value=quoted(item),
                    new=quoted(new or ""),
                    example=_EXAMPLE,
                ),
                value=item,
                new=replaced(found, item, [new]) if new else None,
            )


RULE: Rule = rule("VAL108", "file-name", "warning", "unsafe", find, __doc__, FR)
