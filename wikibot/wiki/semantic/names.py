"""What Semantic MediaWiki calls its special properties and datatypes, in French and English.

A wiki shows the names of its own language and understands the English ones everywhere; its
answers carry keys (`_MDAT`). Names of user properties are titles: `Date de dépôt` is
`Date_de_dépôt`.

Source: Semantic MediaWiki, Help:Special properties and Help:List of datatypes, with the names
that a French wiki (version 4.2) was seen to use.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from wikibot.language import Text
from wikibot.title import canonical_name

# Property keys → the French and the English name, then aliases. Where Semantic MediaWiki has
# no French name a French wiki shows the English one: any other word is a property of its own.
_PROPERTIES: Mapping[str, tuple[str, ...]] = {
    "_INST": ("Catégorie", "Category"),
    "_TYPE": ("A le type", "Has type"),
    "_URI": ("URI équivalente", "Equivalent URI"),
    "_SUBP": ("Sous-propriété de", "Subproperty of"),
    "_SUBC": ("Sous-catégorie de", "Subcategory of"),
    "_UNIT": ("Unités de mesure", "Display units", "Unité de mesure", "Display unit"),
    "_IMPO": ("Importé de", "Imported from"),
    "_CONV": ("Correspond à", "Corresponds to"),
    "_SERV": ("Fournit le service", "Provides service"),
    "_PVAL": ("Valeur possible", "Allows value"),
    "_PVALI": ("Allows value list", "Allows value list", "Has allows value list"),
    "_PVAP": ("Allows pattern", "Allows pattern", "Has allows pattern"),
    "_PVUC": ("Has uniqueness constraint", "Has uniqueness constraint", "Uniqueness constraint"),
    "_LIST": ("A le champ", "Has fields"),
    "_PREC": ("Display precision of", "Display precision of", "Display precision"),
    "_PDESC": ("Has property description", "Property description", "Has property description"),
    "_PPLB": ("Has preferred property label", "Preferred property label"),
    "_PEID": ("External identifier", "External identifier"),
    "_PEFU": ("External formatter uri", "External formatter URI", "External formatter URL"),
    "_MDAT": ("Date de modification", "Modification date"),
    "_CDAT": ("Date de création", "Creation date"),
    "_NEWP": ("Est une nouvelle page", "Is a new page"),
    "_LEDT": ("Le dernier contributeur est", "Last editor is"),
    "_DTITLE": ("Display title of", "Display title of", "Has display title of"),
    "_SOBJ": ("Possède un sous-objet", "Has subobject"),
    "_ERRP": ("A une valeur incorrecte pour", "Has improper value for"),
    "_ERRC": ("Has processing error", "Processing error"),
    "_ERRT": ("Has processing error text", "Has processing error message"),
    "_TEXT": ("Text", "Text"),
    "_LCODE": ("Language code", "Language code"),
    "_ASK": ("Possède une requête", "Has query"),
    "_ASKST": ("Champ de requête", "Query string", "Has query string"),
    "_ASKFO": ("Format de requête", "Query format", "Has query format"),
    "_ASKSI": ("Taille de la requête", "Query size", "Has query size"),
    "_ASKDE": ("Profondeur de la requête", "Query depth", "Has query depth"),
    "_ASKDU": ("Durée de la requête", "Query duration", "Has query duration"),
    "_ASKSC": ("Query source", "Query source", "Has query source"),
    "_MEDIA": ("Media type", "Media type", "Has media type"),
    "_MIME": ("Mime type", "MIME type", "Has mime type"),
    "_EDIP": ("Is edit protected", "Is edit protected"),
    "_CHGPRO": ("Change propagation", "Change propagation"),
    "_ATTCH_LINK": ("Attachment link", "Attachment link"),
}

DATATYPES: Mapping[str, Text] = {
    "_wpg": Text("Page", "Page"),
    "_txt": Text("Texte", "Text"),
    "_cod": Text("Code", "Code"),
    "_boo": Text("Booléen", "Boolean"),
    "_num": Text("Nombre", "Number"),
    "_qty": Text("Quantité", "Quantity"),
    "_tem": Text("Température", "Temperature"),
    "_dat": Text("Date", "Date"),
    "_geo": Text("Coordonnées géographiques", "Geographic coordinates"),
    "_uri": Text("URL", "URL"),
    "_anu": Text("Annotation-URI", "Annotation URI"),
    "_ema": Text("Adresse électronique", "Email"),
    "_tel": Text("Numéro de téléphone", "Telephone number"),
    "_rec": Text("Enregistrement", "Record"),
    "_ref_rec": Text("Référence", "Reference"),
    "_mlt_rec": Text("Texte dans une langue", "Monolingual text"),
    "_eid": Text("Identifiant externe", "External identifier"),
    "_keyw": Text("Mot-clé", "Keyword"),
}
_OTHER_DATATYPE_NAMES: Mapping[str, str] = {
    "URI": "_uri",
    "Enumeration": "_txt",
    "Énumération": "_txt",
    "Énumeration": "_txt",
    "String": "_txt",
    "Chaîne de caractères": "_txt",
    "Float": "_num",
    "Integer": "_num",
    "Nombre entier": "_num",
    "Nombre décimal": "_num",
    "Geographic coordinate": "_geo",
    "E-mail": "_ema",
    "Courriel": "_ema",
    "Phone number": "_tel",
    "Annotation-URI": "_anu",
}
_PROPERTY_PREFIXES = ("attribut:", "property:", "propriété:")


def _folded(name: str) -> str:
    return canonical_name(name).casefold()


_KEYS = {name: key for key, names in _PROPERTIES.items() for name in names}
_TYPES = {_folded(text): id_ for id_, t in DATATYPES.items() for text in (t.fr, t.en)}
_TYPES |= {_folded(name): id_ for name, id_ in _OTHER_DATATYPE_NAMES.items()}


@lru_cache(maxsize=4096)
def key_of(name: str) -> str:
    """Return the key of a property, whichever way it is named.

    `Date de modification`, `Modification date`, `Property:Modification date` and `_MDAT` are
    all `_MDAT`; `date de dépôt` is `Date_de_dépôt`.
    """
    if name in _PROPERTIES:
        return name
    bare = name.strip()
    for prefix in _PROPERTY_PREFIXES:
        if bare.casefold().startswith(prefix):
            bare = bare[len(prefix) :]
    bare = canonical_name(bare)
    return _KEYS.get(bare) or bare.replace(" ", "_")


def names_of(key: str) -> Text:
    """Return the French and the English name of a property of that key."""
    known = _PROPERTIES.get(key)
    if known:
        return Text(known[0], known[1])
    name = key if key.startswith("_") else key.replace("_", " ")
    return Text(name, name)


def datatype_of(name: str) -> str | None:
    """Return the id of a datatype from its id, its name in either language, or its URI.

    None where it is no datatype known here. The URI is what `A le type` holds:
    `http://semantic-mediawiki.org/swivt/1.0#_txt`.
    """
    bare = name.rpartition("#")[2]
    return bare if bare in DATATYPES else _TYPES.get(_folded(name))
