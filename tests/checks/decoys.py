"""What looks like a defect and is none, by the rule that must keep silent."""

from __future__ import annotations

from datetime import date

from tests.checks.clean_pages import LICENCES
from tests.checks.planted import Found, Planting, Sheet, World
from tests.checks.planting import (
    LINKS,
    PEOPLE,
    SHORT,
    TEXTS,
    URLS,
    before,
    behind,
    each,
    rewriting,
)
from wikibot.checks.cards import Improper

UNNUMBERED = [label for label in LICENCES[3:] if not any(sign.isdigit() for sign in label)]


def _picture(world: World, sheet: Sheet, old: str) -> str:
    name = f"Carte de {world.word()} (2024, v1.2).png"
    world.files.append(name)
    return world.chance.choice((name, name.replace(" ", "_"), name[0].lower() + name[1:]))


def _with_comma(world: World, sheet: Sheet, old: str) -> str:
    """Return the list with the title of a page that holds the separator of the list."""
    title = f"Semer, planter, {world.word()}"
    world.others[title] = "Une page sans fiche."
    return f"{old}, {title}"


def _with_plus(world: World, sheet: Sheet, old: str) -> str:
    title = f"{world.word().capitalize()}+{world.word().capitalize()}"
    world.others[title] = "Une page sans fiche."
    return f"{old}, {title}"


def _underscored(world: World, sheet: Sheet, old: str) -> str:
    return old.replace(", ", ",").replace(" ", "_")


def _small(world: World, sheet: Sheet, old: str) -> str:
    return old[0].lower() + old[1:]


def _account(world: World, sheet: Sheet, old: str) -> str:
    name = f"Lou {world.word().capitalize()}"
    world.accounts.append(name)
    return name


def _own_name(world: World, sheet: Sheet, old: str) -> str:
    return world.chance.choice((sheet.title, world.word().capitalize()))


def _just_fits(world: World, sheet: Sheet, old: str) -> str:
    return (world.sentence(61)[:199].rstrip(" .") + " " * 200)[:199].replace("  ", " x") + "."


def _repeated_late(world: World, sheet: Sheet, old: str) -> str:
    short = sheet.values.get("description_courte", "")
    return f"{' '.join(world.sentence(41) for _ in range(3))} {short}"


def _edited_in_time(world: World) -> list[Found] | None:
    for sheet in world.of("commun"):
        sheet.edited = date(2024, world.chance.randint(1, 12), 2)
        return [("COL102", sheet.title, "")]
    return None


def _below(code: str, *texts: str) -> tuple[str, Planting]:
    def plant(world: World) -> list[Found] | None:
        for sheet in world.of("commun", "organisation", "personne"):
            if not sheet.below:
                sheet.below = f"\n{world.chance.choice(texts)}\n"
                return [(code, sheet.title, "")]
        return None

    return code, plant


def _on_the_shelf(world: World) -> list[Found]:
    """Add a page that has to do with a category, and is not to have a sheet."""
    name = world.word().capitalize()
    title, text = world.chance.choice(
        (
            (f"Portail {name}", "Tous les communs. [[Catégorie:Commun| ]]"),
            (f"Accueil {name}", "Tous les communs. [[Category:Commun|*]]"),
            (f"Note {name}", "Voir la [[:Catégorie:Commun|catégorie]]."),
            (f"Aide de {name}", "Écrivez <nowiki>[[Catégorie:Commun]]</nowiki>."),
            (f"Ancien {name}", "#REDIRECTION [[Accueil]]\n[[Catégorie:Commun]]"),
            (f"Modèle:{name}", "Un modèle. [[Catégorie:Commun]]"),
            (f"Formulaire:{name}", "Un formulaire. [[Catégorie:Commun]]"),
            (f"Catégorie:{name}", "Une catégorie. [[Catégorie:Commun]]"),
            (f"Page {name}", "Une page d'une autre [[Catégorie:Communs anciens]]."),
        )
    )
    world.others[title] = text
    return [("PAG103", title, "")]


def _told_of_others(world: World) -> list[Found]:
    """Let the wiki say of a page that has no sheet, or is gone, that it could not read it."""
    title = f"Ancienne page {world.word()}"
    world.improper[title] = [Improper("Date de début", "un jour")]
    return [("SMW101", title, "")]


def _without(code: str, type_id: str, field_id: str, which: str) -> tuple[str, Planting]:
    def plant(world: World) -> list[Found] | None:
        for sheet in world.of(type_id):
            if sheet.done == (which == "done") and sheet.is_free(field_id):
                sheet.values.pop(field_id, None)
                sheet.taken.add(field_id)
                return [(code, sheet.title, field_id)]
        return None

    return code, plant


DECOYS: tuple[tuple[str, Planting], ...] = (
    rewriting("PAG101", TEXTS, behind("<nowiki>{{ | }}</nowiki>", "<span title='a'>b</span>.")),
    ("PAG103", _on_the_shelf),
    ("SMW101", _told_of_others),
    _below("PAG102", "<nowiki>{{Ressource|licence=x}}</nowiki>", "{{Autre fiche|licence=x}}"),
    rewriting("PAR101", TEXTS, behind("{{Icône|licnce=eau}}", "<nowiki>\n|licnce=x</nowiki>.")),
    rewriting("PAR102", TEXTS, behind("{{Icône|a=1|a=2}}", "<!--\n|licence=x\n|licence=y-->")),
    rewriting(
        "PAR103", TEXTS, behind("{{!}} la suite.", "[[Fichier:A.png|vignette|Une mare]]", "|")
    ),
    rewriting("PAR105", TEXTS, behind("<nowiki>}}</nowiki> la suite.", "{{Icône|eau}}")),
    rewriting("VAL101", "commun.montant", each("41 320", "1 234 567", "41320,5", "0")),
    rewriting("VAL102", "commun.montant", each("1 200", "1234,5", "12,75")),
    rewriting(
        "VAL103", "experience.debut", each("2024", "2024-12", "2024-02-29", "2024-02-01T10:00")
    ),
    rewriting("VAL104", "licence.ouverte", each("vrai", "1", "Oui", "FAUX")),
    rewriting(
        "VAL105",
        "commun.coordonnees experience.coordonnees",
        each("-21.1,55.5", "48.85,2.35", "48° 51' 24\" N, 2° 21' 7\" E", "2.35, 148.85"),
    ),
    rewriting(
        "VAL106",
        URLS,
        each(
            "https://exemple.org/a?b=c,d&e=é#f",
            "https://archives.exemple.org/2020/https://exemple.org/a",
            "HTTPS://EXEMPLE.ORG",
            "http://localhost:8080/a",
        ),
    ),
    rewriting(
        "VAL107",
        "personne.contact organisation.contact",
        each("lou.essai+wiki@sous.exemple.org", "mailto:bonjour@exemple.org"),
    ),
    rewriting("VAL108", "commun.image", _picture),
    rewriting("VOC101", "organisation.type_acteur", each("Tiers-lieu de village", "Fabrique")),
    rewriting(
        "VOC103", "commun.richesses", each("Mentorat,Financement", "Mentorat ,  Financement")
    ),
    rewriting("VOC104", "commun.defis", each("C- Alimentation et agriculture", "3- Gouvernance")),
    rewriting(
        "VOC105",
        "commun.description commun.synthese",
        behind(
            "Répond au défi C- Alimentation et agriculture.",
            "Le plan B - Alimentation de proximité - reste ouvert.",
            "Voir « Objectifs et Diagnostic » en 2021.",
        ),
    ),
    rewriting(
        "LST101", "commun.tags", each("mare, mares, mare douce", "talus, haie et talus, haie")
    ),
    rewriting("LST102", "commun.porte_par", each("Atelier C, Atelier C++", "Mare 1, Mare 2")),
    rewriting("LST103", "commun.porte_par", each("Verger & Mare", "Mare/Talus, Haie - Four")),
    rewriting("LST103", "experience.principes", each("Faire avec, et ensemble; Partager")),
    rewriting("LST105", "commun.themes", each("Général/Enjeux, Général/Domaines")),
    rewriting("LST106", "commun.tags", each("logistique douce, libre arbitre, données ouvertes")),
    rewriting(
        "LST108", "commun.tags", each("RGPD, mare, talus", "iOS, mare, talus", "Mare, Talus, 3D")
    ),
    rewriting("LST109", "commun.niveau", each("Preuve Concept & 1er client")),
    rewriting(
        "PPL101", PEOPLE, each("Lou Essai-Type, J. B. Modèle", "ADEME, Lou Essai", "Lou DE Mare")
    ),
    rewriting("PPL102", PEOPLE, each("Lou Essai, Noor Essai", "Lou Essai, Léo Essai, L. Modèle")),
    rewriting(
        "PPL103", PEOPLE, each("Alix de la Mare, Lou McEssai", "Noor O'Modèle, Jean-Lou Essai")
    ),
    rewriting("PPL104", PEOPLE, each("Noor Essai (@noor), Lou Modèle", "Atelier @ la mare")),
    rewriting("TXT101", SHORT, _just_fits),
    rewriting(
        "TXT102",
        SHORT,
        behind("De 1 < 2 & 3 > 2.", "L'eau [douce], l'air (sec).", "C'est l'\"autre\"."),
    ),
    rewriting(
        "TXT103",
        TEXTS,
        behind("En C # et rien d'autre.", "a * b * c.", "\n== Suite ==\n# Un\n# Deux"),
    ),
    rewriting(
        "TXT104", SHORT, before("iOS et le reste :", "3 mares :", "« la mare » :", "RGPD, puis")
    ),
    rewriting(
        "TXT105", f"{SHORT} {TEXTS}", behind("Et la suite...", "Et la suite…", "Etc.", "Ah ?..")
    ),
    rewriting("TXT106", "commun.description", _repeated_late),
    rewriting(
        "TXT107",
        TEXTS,
        before("À compléter par chacun.", "Tout reste à définir ici.", "Todo list :"),
    ),
    rewriting(
        "TXT108",
        TEXTS,
        behind(
            "La carte, mise à jour le 12/03/2024, montre tout.",
            "Mise à jour chaque année.",
            "Une édition 2024 : la deuxième.",
        ),
    ),
    rewriting(
        "TXT109",
        TEXTS,
        behind("Voir [[Utilisateur:Lou Essai|Lou]].", "<nowiki>~~~~</nowiki>", "a ~~ b."),
    ),
    rewriting(
        "TXT110",
        TEXTS,
        behind("2**3 et 4**5.", "[https://exemple.org un site](voir).", "Si a <b et c> d."),
    ),
    _below(
        "WAI102",
        "<nowiki><!-- wikibot: ignorer VOC102 --></nowiki>",
        "<!-- wikibot : une note -->",
        "<!-- wikibot: ignorer ACT101 jusqu'au 2026-01-01 : voulu -->",
    ),
    rewriting("WAI101", TEXTS, behind("La fin.. <!-- wikibot: ignorer TXT105 : voulu -->")),
    rewriting("ACT101", "action.etiquettes", each("Label:A faire, Label:Urgent"), which="open"),
    rewriting("ACT103", "action.etiquettes", each("Label:Fait, Label:A faire"), which="done"),
    rewriting("IMG101", "commun.image", _picture),
    rewriting("LIC102", "commun.licence formation.licence", each(*UNNUMBERED)),
    rewriting("REQ101", "experience.lieu", each("{{PAGENAME}}", "0", "?bre")),
    rewriting("ACT105", "action.statut", each("Closed"), which="done"),
    _without("ACT106", "action", "responsables", "done"),
    rewriting("ACT107", "action.pages_liees", _with_comma),
    rewriting("ACT108", "action.pages_liees", _with_plus),
    rewriting("ACT109", "action.echeance", each("2027-04-30")),
    _without("ACT110", "action", "echeance", "open"),
    rewriting("ACT112", "action.echeance", each("2024-02-29"), which="done"),
    rewriting("ACT112", "action.echeance", each("2026-01-01"), which="open"),
    rewriting("COL101", "commun.fichiers", each("https://exemple.org/", "https://exemple.org")),
    ("COL102", _edited_in_time),
    rewriting("COL103", "commun.referent", _account),
    rewriting("COL104", "commun.titre", _own_name),
    rewriting("LNK101", LINKS, _with_comma),
    rewriting("LNK101", "commun.communs_proches", _small),
    rewriting("PAI102", "commun.communs_proches", _underscored),
)
