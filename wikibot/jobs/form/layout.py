"""The form itself: what a person sees in the editor."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from wikibot.edits import FieldValue, Record
from wikibot.jobs.form.lines import Place, array, block, string
from wikibot.language import Language, Text, moment
from wikibot.mapping import Field, Kind, Vocabulary
from wikibot.mapping import Mapping as WikiMapping
from wikibot.visible import visible

Typed = str | tuple[str, ...]

_WIDTH = 100
_FEW = 12  # terms of a vocabulary that are all named
_SOME = 8  # that are named of a longer one
_KINDS: dict[Kind, Text] = {
    "term": Text("un terme", "a term"),
    "text": Text("une ligne", "one line"),
    "longtext": Text("texte", "text"),
    "page": Text("une page du wiki", "a page of the wiki"),
    "user": Text("une personne", "a person"),
    "file": Text("un fichier du wiki", "a file of the wiki"),
    "url": Text("une adresse https://…", "an address https://…"),
    "email": Text("une adresse électronique", "an e-mail address"),
    "date": Text("une date, AAAA-MM-JJ", "a date, YYYY-MM-DD"),
    "number": Text("un nombre", "a number"),
    "amount": Text("un montant en euros, en chiffres", "an amount in euros, in digits"),
    "boolean": Text("oui ou non", "yes or no"),
    "coordinates": Text("latitude, longitude", "latitude, longitude"),
}
_VALUE = Text("une valeur", "one value")
_HELD = (("« ", "«\u00a0"), *((f" {sign}", f"\u00a0{sign}") for sign in "»:;?!"))
_HOW = Text(
    "Changez les valeurs, enregistrez et fermez l'éditeur : wikibot vérifie, montre ce qui change, "
    "puis demande s'il faut publier.\n"
    "Pour tout abandonner, fermez sans rien changer, ou videz le fichier.\n"
    'Un champ vidé ("" ou []) part de la page ; une ligne supprimée laisse son champ comme il '
    "est.\n"
    "Ce qui suit un # est une explication et ne part pas sur le wiki. Dans un texte entre "
    '""" ou entre guillemets, la barre \\ s\'écrit \\\\.',
    "Change the values, save and close the editor: wikibot checks, shows what changes, then asks "
    "whether to save it to the wiki.\n"
    "To give it all up, close without a change, or empty the file.\n"
    'A field that is emptied ("" or []) leaves the page; a line taken out leaves its field as it '
    "is.\n"
    "What follows a # explains and does not go to the wiki. In a text between "
    '""" or in quotes, a backslash is written \\\\.',
)


@dataclass(frozen=True)
class Shown:
    """A field as the form has it.

    `found` is what a typed value is held against: where a plain field holds markup (a link in a
    name), it is shown and taken as wikitext, so that the markup stays markup.
    """

    found: FieldValue
    value: Typed


def shown(found: FieldValue) -> Shown:
    """Return a field as the form has it."""
    field = found.field
    if not (field.wikitext or field.vocabulary or found.is_plain):
        kind: Kind = "longtext" if "\n" in found.wikitext else field.kind
        raw = field.model_copy(update={"wikitext": True, "many": False, "kind": kind})
        return Shown(FieldValue(raw, found.parameter, *(found.wikitext,) * 2, ()), found.wikitext)
    return Shown(found, found.items if field.many else found.text)


def form_text(
    records: Sequence[Record],
    mapping: WikiMapping,
    language: Language,
    typed: Mapping[Place, Typed] | None = None,
) -> str:
    """Return the form of the records of a page: of the first above, of the others as tables.

    `typed` are values that a person gave already, in place of those of the page.
    """
    lines = [*_head(records[0], language)]
    explained: set[str] = set()
    for number, record in enumerate(records, 1):
        if number > 1:
            label = record.page_type.label.text.into(language)
            lines += ["", "", *_comment(f"— {label} ({number}/{len(records)})"), f"[{number}]"]
        for found in record.values.values():
            place = (number, found.field.id)
            lines.append("")
            if record.page_type.id not in explained:
                lines += _explained(found, mapping, language)
            lines += _line(found, language, (typed or {}).get(place))
        explained.add(record.page_type.id)
    return "\n".join(lines) + "\n"


def _head(record: Record, language: Language) -> Iterator[str]:
    page, label = record.page, record.page_type.label.text.into(language)
    yield from _comment(f"{page.title} — {label}")
    if page.revision.id:
        at, user = moment(page.revision.timestamp), page.revision.user
        by = Text(f" par {user}", f" by {user}") if user else Text("", "")
        told = Text(f"Modifiée le {at.fr}{by.fr}.", f"Edited on {at.en}{by.en}.")
        yield from _comment(told.into(language))
    else:
        yield from _comment(Text("Nouvelle page.", "New page.").into(language))
    yield "#"
    for line in _HOW.into(language).split("\n"):
        yield from _comment(line)


def _explained(found: FieldValue, mapping: WikiMapping, language: Language) -> Iterator[str]:
    """Yield what a field is, as comments."""
    field = found.field
    if field.heading:
        yield from _comment(f"== {field.heading.text.into(language)} ==")
        yield ""
    yield from _comment(f"{field.label.text.into(language)} — {_what(shown(found), language)}")
    if field.help:
        yield from _comment(field.help.text.into(language))
    vocabulary = mapping.vocabulary(field)
    if vocabulary:
        yield from _comment(_terms(vocabulary, language))


def _line(found: FieldValue, language: Language, typed: Typed | None) -> Iterator[str]:
    """Yield a field and its value; of one that the template computes, as a comment."""
    as_shown = shown(found)
    value = as_shown.value if typed is None else typed
    if found.field.computed:
        held = value if isinstance(value, str) else ", ".join(value)
        yield from _comment(f"{found.field.id}{Text(' :', ':').into(language)} {held}")
    else:
        yield f"{found.field.id} = {_written(as_shown.found.field, value)}"


def _what(as_shown: Shown, language: Language) -> str:
    """Return in words what goes into a field."""
    field = as_shown.found.field
    kind = _VALUE if field.many and field.kind == "text" else _KINDS[field.kind]
    if field.many:
        kind = Text(f"liste, {kind.fr} par ligne", f"list, {kind.en} a line")
    words = [kind.into(language)]
    if field.wikitext:
        words.append(Text("en wikitexte", "in wikitext").into(language))
    if field.max_length is not None:
        many = field.max_length
        words.append(Text(f"{many} signes au plus", f"at most {many} characters").into(language))
    if field.required == "error":
        words.append(Text("obligatoire", "required").into(language))
    elif field.required:
        words.append(Text("attendu", "expected").into(language))
    if field.computed:
        words.append(Text("calculé par le wiki, ne s'écrit pas", "computed").into(language))
    return ", ".join(words)


def _terms(vocabulary: Vocabulary, language: Language) -> str:
    labels = [term.label for term in vocabulary.terms if not term.replaced_by]
    few = labels if len(labels) <= _FEW else labels[:_SOME]
    listed = " · ".join(few)
    if len(few) < len(labels):
        rest = len(labels) - len(few)
        plural = "s" if rest > 1 else ""
        more = Text(f" · … et {rest} autre{plural}", f" · … and {rest} other{plural}")
        listed += more.into(language)
    lead = Text("Au choix", "Choose among")
    if vocabulary.open:
        lead = Text("Par exemple", "For example")
    return f"{lead.into(language)}{Text(' :', ':').into(language)} {listed}"


def _written(field: Field, value: Typed) -> str:
    if not isinstance(value, str):
        return array(value)
    if field.kind == "longtext" or "\n" in value:
        return block(value, wikitext=field.wikitext)
    return string(value)


def _comment(words: str) -> list[str]:
    """Return words as lines of comment; what French holds together stays on one line."""
    words = visible(words)
    for loose, held in _HELD:
        words = words.replace(loose, held)
    lines = textwrap.wrap(
        words,
        _WIDTH,
        initial_indent="# ",
        subsequent_indent="# ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return [line.replace("\u00a0", " ") for line in lines] or ["#"]
