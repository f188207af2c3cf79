"""What the tests of discovery share: a small wiki of our own invention, as files."""

from __future__ import annotations

from pathlib import Path

from wikibot.discovery.property_page import Names
from wikibot.title import FRENCH
from wikibot.wiki.folder.names import file_name
from wikibot.wiki.semantic import datatype_of, key_of

NAMES = Names(key_of, datatype_of)

TEMPLATE = """<noinclude>Un lieu.</noinclude><includeonly>{{#set:
|Commune={{{commune|}}}
|Ouverture={{{ouverture|}}}
|Genre={{{genre|}}}
}}{{#set:|Mot={{{mots|}}}|+sep=;}}
'''Nom du lieu''' : {{{nom|{{{titre|}}}}}}
{{#if:{{{site|}}}|[{{{site}}} Site]}}
{{Lien voisin|{{{voisin|}}}}}
[[Catégorie:Lieu]]</includeonly>"""
FORM = """{{{for template|Lieu}}}
{|
! Nom :
| {{{field|nom|input type=text|mandatory}}}
|-
! Genre :
| {{{field|genre|input type=dropdown|mandatory|show on select=Ferme=>ferme}}}
|-
! Commune :
| {{{field|commune}}}
|-
! Ouverture :
| {{{field|ouverture|input type=datepicker}}}
|-
! Mots :
| {{{field|mots|input type=tokens|values from property=Mot}}}
|-
! Présentation :
| {{{field|texte|input type=textarea}}}
|}
<div id="ferme">
Surface : {{{field|surface|mandatory}}}
</div>
{{{end template}}}
{{{for template|Visite|multiple|label=Visites}}}
Jour : {{{field|jour|input type=date}}} Guide : {{{field|guide|values from namespace=Utilisateur}}}
{{{end template}}}
{{{section|Notes|level=2}}}
{{{standard input|free text}}}"""
WIKI = {
    "Modèle:Lieu": TEMPLATE,
    "Modèle:Place": "#REDIRECTION [[Modèle:Lieu]]",
    "Modèle:Visite": "{{#subobject:|Jour={{{jour|}}}|Guide={{{guide|}}}}}",
    "Modèle:Lien voisin": "[[Voisin::{{{1|}}}]]{{Lien voisin|{{{1|}}}}}",
    "Modèle:Ébauche": "Page à compléter. [[Catégorie:Ébauche]]",
    "Formulaire:Lieu": FORM,
    "Attribut:Commune": "[[A le type::Page]]",
    "Attribut:Ouverture": "[[Has type::Date]]",
    "Attribut:Genre": "[[A le type::Texte]] [[Valeur possible::Ferme]]\n"
    "[[Valeur possible::Atelier]]",
    "Attribut:Mot": "[[A le type::Texte]]",
    "Attribut:Voisin": "[[A le type::Page]]",
    "Attribut:Jour": "[[A le type::Date]]",
    "La Grange": "{{Lieu\n|nom=La Grange\n|genre=Ferme\n|Commune=Valfleuri\n|mots=pain; miel\n}}\n"
    "{{Visite\n|jour=2026-05-01\n}}\n{{Visite\n|jour=2026-06-01\n}}\n",
    "Le Fournil": "{{Place\n|nom=Le Fournil\n|genre=Atelier\n|inconnu=x\n}}{{Ébauche}}",
    "Cassée": "{{Lieu\n|nom=[[ouvert\n",
}


def write_wiki(folder: Path, pages: dict[str, str] = WIKI) -> Path:
    """Write pages as a folder wiki and return the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for title, text in pages.items():
        (folder / file_name(FRENCH.parse(title))).write_text(text, encoding="utf-8")
    return folder
