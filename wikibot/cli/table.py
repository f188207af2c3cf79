"""The commands in the order in which people meet them: where each is, and what it does.

Starting is most of what `--help` and a mistyped word cost: the module of a command is loaded when
that command is. The sentence is the first one of the command's own help; a test holds them
together.
"""

from __future__ import annotations

from typing import NamedTuple

from wikibot.cli.spoken import say


class Home(NamedTuple):
    """Where a command is: its module in this folder, and its name there."""

    module: str
    attribute: str
    says: str


HOMES = {
    "demo": Home(
        "trying",
        "demo",
        say(
            "Écrit un petit wiki d'essai dans DOSSIER et y fait tout le tour : lire, vérifier, "
            "corriger, publier, annuler, suivre les actions, montrer l'état du wiki.",
            "Writes a small trial wiki to FOLDER and goes the whole round on it: read, check, "
            "mend, save, take back, follow the actions, show the state of the wiki.",
        ),
    ),
    "init": Home(
        "starting",
        "init",
        say(
            "Prépare wikibot.toml pour un wiki : trouve son api.php, le sonde, choisit la "
            "correspondance, écrit le fichier.",
            "Prepares wikibot.toml for a wiki: finds its api.php, probes it, chooses the mapping,"
            " writes the file.",
        ),
    ),
    "doctor": Home(
        "doctor",
        "doctor",
        say(
            "Vérifie tout ce dont le robot a besoin, sans rien écrire sur le wiki : "
            "configuration, accès, compte et droits, page d'arrêt, fiches, journal, disque, "
            "horloge.",
            "Checks all that the bot needs, without writing anything to the wiki: configuration, "
            "access, account and rights, stop page, pages, journal, disk, clock.",
        ),
    ),
    "check": Home(
        "checking",
        "check",
        say(
            "Dit ce qui ne va pas sur les pages (toutes, si aucune n'est nommée).",
            "Says what is wrong on the pages (on all, where none is named).",
        ),
    ),
    "trend": Home(
        "trending",
        "trend",
        say(
            "Montre si les points relevés diminuent : un relevé par jour où tout le wiki a été "
            "vérifié par « check », du plus ancien au plus récent.",
            "Shows whether the findings become fewer: one line for each day on which “check” "
            "looked at the whole wiki, the oldest first.",
        ),
    ),
    "explain": Home(
        "reading",
        "explain",
        say(
            "Explique une règle : quoi, pourquoi, exemple, correction.",
            "Explains a rule: what, why, example, fix.",
        ),
    ),
    "show": Home(
        "reading",
        "show",
        say(
            "Montre les champs d'une page.",
            "Shows the fields of a page.",
        ),
    ),
    "pages": Home(
        "reading",
        "pages",
        say(
            "Liste les pages qui répondent à toutes les conditions.",
            "Lists the pages on which all conditions hold.",
        ),
    ),
    "search": Home(
        "searching",
        "search",
        say(
            "Cherche des mots dans les pages : leur titre, leurs champs, leur texte.",
            "Looks for words in pages: their title, their fields, their text.",
        ),
    ),
    "links": Home(
        "searching",
        "links",
        say(
            "Dit quelles pages citent une page, et lesquelles elle cite : dans quel champ, dans "
            "le texte ou comme catégorie.",
            "Says which pages name a page, and which it names: in what field, in the text or as a"
            " category.",
        ),
    ),
    "fix": Home(
        "writing",
        "fix",
        say(
            "Prépare les corrections sûres des pages (toutes, si aucune n'est nommée).",
            "Plans the safe fixes of the pages (of all, where none is named).",
        ),
    ),
    "set": Home(
        "writing",
        "set_",
        say(
            "Donne des valeurs aux champs d'une page : CHAMP=VALEUR ; += et -= pour les listes.",
            "Gives values to fields of a page: FIELD=VALUE; += and -= for lists.",
        ),
    ),
    "edit": Home(
        "editing",
        "edit",
        say(
            "Ouvre les champs d'une page dans votre éditeur, comme un formulaire.",
            "Opens the fields of a page in your editor, as a form.",
        ),
    ),
    "new": Home(
        "editing",
        "new",
        say(
            "Crée une page : son type, son titre, ses champs.",
            "Creates a page: its type, its title, its fields.",
        ),
    ),
    "sheet": Home(
        "sheets",
        "sheet",
        say(
            "Les fiches dans un classeur, à modifier dans un tableur, et retour.",
            "Pages as a workbook, to edit in a spreadsheet, and back.",
        ),
    ),
    "plan": Home(
        "reviewing",
        "plan",
        say(
            "Les plans enregistrés.",
            "Saved plans.",
        ),
    ),
    "apply": Home(
        "reviewing",
        "apply",
        say(
            "Publie un plan enregistré, ou ce qu'un classeur de relecture en accepte.",
            "Writes a saved plan to the wiki, or what its reviewed workbook accepts.",
        ),
    ),
    "actions": Home(
        "acting",
        "actions",
        say(
            "Le suivi des actions : les tableaux du wiki, et de quoi les tenir à jour.",
            "The action tracker: the boards of the wiki, and what keeps them up to date.",
        ),
    ),
    "overview": Home(
        "overviewing",
        "overview",
        say(
            "Dresse l'état du wiki : une page à montrer ou à imprimer, un classeur, des données, "
            "ou une page du wiki.",
            "Draws up the state of the wiki: a page to show or to print, a workbook, data, or a "
            "page of the wiki.",
        ),
    ),
    "near": Home(
        "nearing",
        "near",
        say(
            "Propose des communs proches aux pages qui n'en nomment aucun (à toutes, si aucune "
            "n'est nommée) : celles qui partagent le plus de champs et de mots rares.",
            "Proposes near commons for the pages that name none (for all, where none is named): "
            "those that share most fields and rare words.",
        ),
    ),
    "runs": Home(
        "ledger",
        "runs",
        say(
            "Liste les exécutions, la dernière d'abord ; avec EXÉCUTION, le rapport de celle-là.",
            "Lists the runs, newest first; with RUN, the report of that one.",
        ),
    ),
    "undo": Home(
        "ledger",
        "undo",
        say(
            "Annule une exécution : montre ce qui serait rétabli, --apply le rétablit.",
            "Takes a run back: shows what would be restored, --apply restores it.",
        ),
    ),
    "pull": Home(
        "pulling",
        "pull",
        say(
            "Copie le wiki sur cette machine, ou met la copie à jour : seules les pages qui ont "
            "changé sont lues.",
            "Copies the wiki to this machine, or brings the copy up to date: only pages that have"
            " changed are read.",
        ),
    ),
    "nightly": Home(
        "night",
        "nightly",
        say(
            "Fait les travaux de la nuit ([nightly] de wikibot.toml) l'un après l'autre, sans "
            "surveillance : copie, relevé, corrections sûres des règles nommées, suivis, aperçus,"
            " rapport.",
            "Does the jobs of the night ([nightly] of wikibot.toml) one after the other, "
            "unattended: copy, check, safe fixes of the rules named, trackers, overviews, report.",
        ),
    ),
    "purge": Home(
        "purging",
        "purge",
        say(
            "Montre ce qui est gardé depuis assez longtemps sur cette machine ([retention] de "
            "wikibot.toml) et ne s'annulera plus ; --apply l'efface.",
            "Shows what has been kept for long enough on this machine ([retention] of "
            "wikibot.toml) and can then not be taken back; --apply removes it.",
        ),
    ),
    "mapping": Home(
        "reading",
        "mapping",
        say(
            "La correspondance entre champs et modèles.",
            "The mapping.",
        ),
    ),
}
