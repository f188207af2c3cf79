"""The words of the page on JSON: for each shape its commands, and what each key means.

The first command is the example; the others only show keys that it does not. They run in this
order on one demo wiki; of the runs that saved anything RUN is the newest, FIRST the oldest; STOPPED
is one that somebody stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wikibot.language import Text

SYNC = "actions sync"  # typed in the folder of the demo: the others say --wiki
TOLD_ELSEWHERE = {"run"}  # a table that has a shape of its own

_CHANGE = {
    "field": Text("le champ, par son identifiant", "the field, by its id"),
    "template": Text("le modèle appelé", "the template called"),
    "index": Text(
        "le rang de l'appel parmi ceux de ce modèle sur la page, à partir de 0",
        "which call of this template on the page, from 0",
    ),
    "parameter": Text("le paramètre du modèle", "the parameter of the template"),
    "old": Text("le wikitexte avant ; vide : rien", "the wikitext before; empty: nothing"),
    "new": Text("le wikitexte après ; vide : rien", "the wikitext after; empty: nothing"),
    "rule": Text(
        "la règle qui le propose (plusieurs : jointes par +), vide si c'est une personne",
        "the rule that suggests it (several: joined by +), empty where a person asked",
    ),
    "safe": Text("une seule réponse est possible", "only one answer is possible"),
    "reason": Text("pourquoi, en français", "why, in French"),
}
_RENAMED = Text(
    "le nom que le paramètre avait ; absent s'il garde le sien",
    "the name that the parameter had; absent where it keeps its own",
)
_OLD_NAME = '"Carnet de veille des crues"'


_AS_OF = Text(
    "le moment de la copie, en UTC ; null : dossier ou export",
    "when the copy was made, in UTC; null: a folder or an export",
)


def _links(path: str, pages: Text) -> dict[str, Text]:
    return {
        path: pages,
        f"{path}[].title": Text("le titre", "the title"),
        f"{path}[].ways": Text("de quelles façons", "in what ways"),
        f"{path}[].ways[].how": Text(
            "field (champ), text (texte), category (catégorie) ou redirect (redirection)",
            "field, text, category or redirect",
        ),
        f"{path}[].ways[].template": Text(
            "le modèle appelé ; null : hors d'un champ", "the template called; null: in no field"
        ),
        f"{path}[].ways[].field": Text(
            "le champ, par son identifiant ; null : hors d'un champ",
            "the field, by its id; null: in no field",
        ),
    }


def _stale(path: str) -> dict[str, Text]:
    return {
        f"{path}.field": Text("le champ, par son identifiant", "the field, by its id"),
        f"{path}.parameter": Text("le paramètre du modèle", "the parameter of the template"),
        f"{path}.expected": Text("ce que le plan y attend", "what the plan expects there"),
        f"{path}.found": Text(
            "ce qui y est ; null : l'appel du modèle n'y est plus",
            "what is there; null: the call of the template is not there any more",
        ),
        f"{path}.user": Text(
            "qui l'a changé ; null : le wiki ne le dit pas",
            "who changed it; null: the wiki does not tell",
        ),
        f"{path}.changed": Text(
            "quand, en UTC ; null : on ne sait pas", "when, in UTC; null: nobody knows"
        ),
    }


def _changes(path: str) -> dict[str, Text]:
    changes = {f"{path}.{key}": told for key, told in _CHANGE.items()}
    return {**changes, f"{path}.renamed_from": _RENAMED}


_PLAN = {
    "format": Text("le format du fichier : 1", "the format of the file: 1"),
    "id": Text("le nom du plan", "the name of the plan"),
    "wiki": Text("l'identité du wiki", "the wiki's identity"),
    "created": Text("date et heure, en UTC", "date and time, in UTC"),
    "edits": Text("une entrée par page", "one entry a page"),
    "edits[].title": Text("le titre de la page", "the title of the page"),
    "edits[].pageid": Text("le numéro de la page", "the page's number"),
    "edits[].base_revid": Text(
        "la révision pour laquelle le plan est fait", "the revision that the plan was made for"
    ),
    "edits[].summary": Text("le résumé de modification", "the edit summary"),
    "edits[].changes": Text("une entrée par champ", "one entry a field"),
    **_changes("edits[].changes[]"),
    "edits[].changes[].after": Text(
        "pour un paramètre qui apparaît ou disparaît : ceux que le formulaire met avant lui",
        "for a parameter that comes or goes: those that the form puts before it",
    ),
    "edits[].text": Text(
        "le texte d'une nouvelle page ; absent sinon", "the text of a new page; absent else"
    ),
    "edits[].numbered": Text(
        "le titre est un numéro : le suivant convient, si celui-ci est pris ; absent sinon",
        "the title is a number: the next one will do, should this one be taken; absent else",
    ),
    "checksum": Text(
        "l'empreinte de tout le reste : un plan retouché à la main est refusé",
        "the fingerprint of all the rest: a plan edited by hand is refused",
    ),
}

_REPORT = {
    "run_id": Text(
        "le nom de l'exécution ; null : il n'y avait rien à faire",
        "the name of the run; null: there was nothing to do",
    ),
    "command": Text("la commande", "the command"),
    "started": Text("début, en UTC", "when it began, in UTC"),
    "ended": Text("fin, en UTC", "when it ended, in UTC"),
    "exit": Text("le code de sortie", "the exit code"),
    "counts": Text("nombre de pages par issue", "number of pages by outcome"),
    "counts.planned": Text("prévues", "planned"),
    "counts.done": Text("publiées", "saved"),
    "counts.noop": Text("déjà en place : rien n'a été écrit", "already so: nothing was written"),
    "counts.skipped": Text(
        "laissées : refusées par le wiki, disparues, en travaux, pas tentées",
        "left alone: refused by the wiki, gone, being worked on, not tried",
    ),
    "counts.conflict": Text("en conflit : rien n'a été écrit", "conflicts: nothing was written"),
    "counts.failed": Text(
        "échecs : rien n'a été enregistré, et rien de ce qui précède ne l'explique",
        "failed: nothing was saved, for none of these reasons",
    ),
    "counts.unknown": Text("issue inconnue", "outcome unknown"),
    "stopped": Text("ce qui a arrêté l'exécution avant la fin", "what ended the run early"),
    "items": Text("une entrée par page", "one entry a page"),
    "items[].op_id": Text(
        "le nom de cette modification dans le journal", "the name of this edit in the log"
    ),
    "items[].page": Text("le titre de la page", "the title of the page"),
    "items[].pageid": Text("le numéro de la page", "the page's number"),
    "items[].base_rev": Text("la révision de départ", "the revision it started from"),
    "items[].new_rev": Text("la révision enregistrée", "the revision saved"),
    "items[].state": Text(
        "done, noop, skipped, conflict, failed ou unknown",
        "done, noop, skipped, conflict, failed or unknown",
    ),
    "items[].reason_code": Text(
        "pourquoi, en un mot pour les programmes : celui de MediaWiki s'il en donne un",
        "why, in one word for programs: MediaWiki's own where it gives one",
    ),
    "items[].reason": Text("pourquoi, si ce n'est pas simplement fait", "why, unless simply done"),
    "items[].merged": Text(
        "le wiki a fusionné avec la modification d'une autre personne",
        "the wiki merged it with somebody else's edit",
    ),
    "items[].verified": Text(
        "la page a été relue, et contient ce qui était prévu",
        "the page was read back and holds what was intended",
    ),
    "items[].changes": Text("une entrée par champ", "one entry a field"),
    **_changes("items[].changes[]"),
    "items[].stale": Text(
        "d'un conflit : les champs que quelqu'un a changés depuis le plan ; absent sinon",
        "of a conflict: the fields that someone changed since the plan; absent otherwise",
    ),
    **_stale("items[].stale[]"),
    "guards": Text(
        "les garde-fous qui ont parlé : blank, shrink, reverted, deadline, stop-file, stop-order, "
        "other-run, breaker (cinq échecs de suite)",
        "the guards that spoke: blank, shrink, reverted, deadline, stop-file, stop-order, "
        "other-run, breaker (five failures in a row)",
    ),
    "requests": Text("ce que l'exécution a demandé au wiki", "what the run asked of the wiki"),
    "requests.get": Text("requêtes GET", "GET requests"),
    "requests.post": Text("requêtes POST", "POST requests"),
    "requests.retries": Text(
        "combien des deux étaient des répétitions", "how many of both were repetitions"
    ),
}


def _kept() -> dict[str, Text]:
    """Return the keys of the file, in its order: no values, no words of a reason."""
    kept = {
        "run_id": Text("le nom de l'exécution", "the name of the run"),
        "wiki": Text("l'identité du wiki", "the wiki's identity"),
        "command": _REPORT["command"],
        "undoes": Text("l'exécution qu'elle reprend", "the run that it takes back"),
    }
    for key, told in _REPORT.items():
        if key == "items[].changes":
            kept["items[].fields"] = Text(
                "les champs de la modification, sans leurs valeurs",
                "the fields of the edit, without their values",
            )
        elif key != "items[].reason" and "changes[]" not in key and ".stale" not in key:
            kept.setdefault(key, told)
        if key == "stopped":
            kept["stopped.code"] = Text("le code de sortie qui en vient", "the exit code it gave")
            kept["stopped.message"] = Text("pourquoi, en français", "why, in French")
    return kept


_KINDS = Text(
    "text, words, page, pages, number, share, amount, date, moment, flag, place ou url",
    "text, words, page, pages, number, share, amount, date, moment, flag, place or url",
)
SHAPES: Sequence[tuple[Text, Text, Sequence[str], Mapping[str, Text]]] = (
    (
        Text("check : ce qui est relevé", "check: the findings"),
        Text("Ce que les règles disent des pages lues.", "What the rules say of the pages read."),
        [
            "check Action:5",
            f"check {_OLD_NAME} --show-waived",
            "check Action:5 --write-baseline known.json",
            "check Action:5 --baseline known.json",
        ],
        {
            "pages": Text("nombre de pages lues", "number of pages read"),
            "findings": Text("une entrée par point relevé", "one entry a finding"),
            "findings[].rule": Text("le code de la règle", "the code of the rule"),
            "findings[].severity": Text("error, warning ou info", "error, warning or info"),
            "findings[].page": Text("le titre de la page", "the title of the page"),
            "findings[].field": Text(
                "le champ ; pour un paramètre inconnu, son nom ; vide : toute la page",
                "the field; of an unknown parameter its name; empty: the whole page",
            ),
            "findings[].value": Text("la valeur en cause", "the value in question"),
            "findings[].message": Text("le message", "the message"),
            "findings[].fix": Text(
                "ce qu'une correction écrirait ; null : à la main",
                "what a fix would write; null: by hand",
            ),
            "findings[].fix.old": Text("le wikitexte présent", "the wikitext that stands there"),
            "findings[].fix.new": Text("le wikitexte corrigé", "the wikitext mended"),
            "findings[].fix.safe": Text(
                "« fix » la fait sans --unsafe", "“fix” makes it without --unsafe"
            ),
            "findings[].fix.parameter": Text(
                "le nouveau nom du paramètre ; absent s'il garde le sien",
                "the new name of the parameter; absent where it keeps its own",
            ),
            "findings[].fix.renamed_from": _RENAMED,
            "counts": Text("nombre de points relevés", "number of findings"),
            "counts.error": Text("erreurs", "errors"),
            "counts.warning": Text("points à revoir", "warnings"),
            "counts.info": Text("remarques", "remarks"),
            "counts.rules": Text("nombre par règle", "number by rule"),
            "counts.rules.{}": Text("pour chaque code de règle", "for each code of a rule"),
            "left_out": Text("nombre de points laissés de côté", "number of findings left out"),
            "left_out.waiver": Text("dispensés", "waived"),
            "left_out.baseline": Text("déjà connus (--baseline)", "known already (--baseline)"),
            "left_out.selection": Text(
                "non demandés (--select, --ignore)", "not selected (--select, --ignore)"
            ),
            "resolved": Text(
                "avec --baseline : nombre de points connus qui n'y sont plus",
                "with --baseline: number of known findings that are there no more",
            ),
            "waived": Text(
                "avec --show-waived : les points dispensés ; « reason » et « until » (null : sans "
                "fin) en plus de ce que dit une entrée de « findings »",
                "with --show-waived: the findings waived; “reason” and “until” (null: for ever) "
                "beside what an entry of “findings” says",
            ),
        },
    ),
    (
        Text("trend : les nombres au fil des jours", "trend: the numbers over time"),
        Text(
            "Une entrée par jour où tout le wiki a été vérifié, de la plus ancienne à la plus "
            "récente.",
            "One entry for each day on which the whole wiki was checked, the oldest first.",
        ),
        ["trend --rule VOC103", "trend"],
        {
            "rule": Text(
                "la seule règle comptée ; null : toutes", "the only rule counted; null: all"
            ),
            "snapshots": Text("une entrée par jour", "one entry a day"),
            "snapshots[].day": Text(
                "le jour, selon l'horloge de la machine", "the day, by the clock of the machine"
            ),
            "snapshots[].moment": Text(
                "date et heure, en UTC ; d'un export : celles de sa dernière modification",
                "date and time, in UTC; of an export: those of its latest edit",
            ),
            "snapshots[].wikibot": Text(
                "la version de wikibot, dont dépendent les règles",
                "the version of wikibot, and so of the rules",
            ),
            "snapshots[].mapping": Text("la correspondance", "the mapping"),
            "snapshots[].pages": Text("nombre de pages lues", "number of pages read"),
            "snapshots[].total": Text(
                "nombre de points relevés, connus d'une liste (--baseline) ou non",
                "number of findings, known to a baseline or not",
            ),
            "snapshots[].difference": Text(
                "écart avec le jour d'avant ; null : il n'y en a pas",
                "change from the day before in the list; null: there is none",
            ),
            "snapshots[].counts": Text("de ce nombre :", "of that number:"),
            "snapshots[].counts.error": Text("erreurs", "errors"),
            "snapshots[].counts.warning": Text("points à revoir", "warnings"),
            "snapshots[].counts.info": Text("remarques", "remarks"),
            "snapshots[].counts.rules": Text("nombre par règle", "number by rule"),
            "snapshots[].counts.rules.{}": Text(
                "pour chaque code de règle", "for each code of a rule"
            ),
            "snapshots[].waived": Text(
                "nombre de points dispensés, en plus", "number of findings waived, besides"
            ),
        },
    ),
    (
        Text("show : les champs d'une page", "show: the fields of a page"),
        Text(
            "Tous les champs du type de page, ceux qui sont vides aussi.",
            "All the fields of the page type, the empty ones too.",
        ),
        ["show Action:2", "show Action:1"],
        {
            "title": Text("le titre de la page", "the title of the page"),
            "type": Text("le type de page", "the page type"),
            "revid": Text("la révision lue", "the revision read"),
            "fields": Text("les champs", "the fields"),
            "fields.{}": Text(
                "par identifiant : un texte, ou une liste pour un champ à plusieurs valeurs",
                "by id: a text, or a list where a field holds several values",
            ),
            "others": Text(
                "nombre d'autres appels du modèle sur la page ; absent s'il n'y en a pas",
                "number of further calls of a template on the page; absent where none",
            ),
        },
    ),
    (
        Text("pages : les pages trouvées", "pages: the pages found"),
        Text("Une entrée par page.", "One entry a page."),
        ["pages niveau=Idée"],
        {
            "[].title": Text("le titre de la page", "the title of the page"),
            "[].type": Text("le type de page", "the page type"),
            "[].revid": Text("la révision lue", "the revision read"),
        },
    ),
    (
        Text("search : les pages qui contiennent des mots", "search: the pages that hold words"),
        Text(
            "Les meilleures d'abord ; tous les passages de chacune.",
            "The best ones first; all passages of each.",
        ),
        ['search --type commun "carte ouverte"', "search semences"],
        {
            "count": Text("nombre de pages trouvées", "number of pages found"),
            "as_of": _AS_OF,
            "pages": Text("les pages", "the pages"),
            "pages[].title": Text("le titre de la page", "the title of the page"),
            "pages[].types": Text(
                "les types de page dont elle a une fiche", "the page types of its records"
            ),
            "pages[].revid": Text("la révision lue", "the revision read"),
            "pages[].places": Text(
                "les passages où sont les mots, titre à part",
                "the passages with the words, the title apart",
            ),
            "pages[].places[].template": Text(
                "le modèle appelé ; null : hors des fiches", "the template; null: in no record"
            ),
            "pages[].places[].call": _CHANGE["index"],
            "pages[].places[].field": Text(
                "le champ, par son identifiant ; |nom : un paramètre inconnu ; text : le texte de "
                "la page",
                "the field, by its id; |name: an unknown parameter; text: the text of the page",
            ),
            "pages[].places[].ordinal": Text(
                "le rang de la valeur dans une liste, à partir de 0",
                "which value of a list, from 0",
            ),
            "pages[].places[].excerpt": Text("un extrait", "an excerpt"),
            "pages[].places[].words": Text(
                "les mots trouvés, comme ils y sont écrits",
                "the words found, as they are written there",
            ),
        },
    ),
    (
        Text("links : qui cite une page", "links: who names a page"),
        Text(
            "Les pages qui la citent, puis celles qu'elle cite.",
            "The pages that name it, then those that it names.",
        ),
        ['links "Atlas participatif des haies"'],
        {
            "title": Text("le titre de la page", "the title of the page"),
            "as_of": _AS_OF,
            **_links("named_by", Text("les pages qui la citent", "the pages that name it")),
            **_links("names", Text("les pages qu'elle cite", "the pages that it names")),
        },
    ),
    (
        Text("explain : le catalogue des règles", "explain: the catalogue of rules"),
        Text("Une entrée par règle.", "One entry a rule."),
        ["explain"],
        {
            "[].code": Text("le code, qui ne change jamais", "the code, which never changes"),
            "[].name": Text("le nom", "the name"),
            "[].severity": Text("la plus grave qu'elle donne", "the gravest it gives"),
            "[].fix": Text(
                "safe (sûre), unsafe (proposition) ou none (à la main)",
                "safe, unsafe (a hint) or none (by hand)",
            ),
            "[].what": Text("ce qu'elle relève", "what it finds"),
        },
    ),
    (
        Text("actions list : des actions", "actions list: actions"),
        Text(
            "Une action se reconnaît à `pageid` : son numéro peut passer à une autre une fois sa "
            "page supprimée.",
            "An action is known by its `pageid`: its number may go to another one once its page "
            "is deleted.",
        ),
        ["actions list --status clos", "actions list"],
        {
            "[].number": Text("le numéro", "the number"),
            "[].pageid": Text("le numéro de la page", "the page's number"),
            "[].page": Text("le titre de la page de l'action", "the title of the action's page"),
            "[].summary": Text("ce qu'il y a à faire", "what is to be done"),
            "[].status": Text("le statut, comme il est écrit", "the status as it is written"),
            "[].labels": Text("les étiquettes", "the labels"),
            "[].assignees": Text("les responsables", "who takes care of it"),
            "[].due": Text(
                "l'échéance, si le wiki la lit comme une personne ; sinon null",
                "the due date, where the wiki reads it as a person does; else null",
            ),
            "[].related": Text("les pages qu'elle concerne", "the pages that it is about"),
            "[].overdue": Text("elle est en retard", "it is overdue"),
        },
    ),
    (
        Text("actions board : des tableaux", "actions board: boards"),
        Text(
            "Pour une seule page, `actions board PAGE` : la table sans la liste. Chaque action est "
            "dans une colonne au moins, ou parmi celles que le tableau cache.",
            "Of one page, `actions board PAGE`: the table without the list. Each action is in one "
            "column at least, or among those that the board hides.",
        ),
        ["actions board"],
        {
            "[].page": Text(
                "la page ; null : les actions qui ne sont sur aucun tableau",
                "the page; null: actions that are on no board",
            ),
            "[].columns": Text("une entrée par colonne", "one entry a column"),
            "[].columns[].label": Text("l'étiquette entière", "the label in full"),
            "[].columns[].actions": Text(
                "les numéros, par échéance", "the numbers, by their due dates"
            ),
            "[].hidden": Text("ce que le tableau ne montre pas", "what the board does not show"),
            "[].hidden[].number": Text("le numéro", "the number"),
            "[].hidden[].reason": Text(
                "pourquoi, en un mot : closed est voulu, le reste est à corriger",
                "why, in a word: closed is as it should be, all else is to be mended",
            ),
            "[].hidden[].message": Text("pourquoi, en une phrase", "why, in a sentence"),
            "[].hidden[].fix": Text(
                "ce qui la montrerait ; null : à une personne de choisir",
                "what would show it; null: for a person to choose",
            ),
            "[].hidden[].fix.field": Text("le champ", "the field"),
            "[].hidden[].fix.value": Text("ce qu'il faut y écrire", "what to write there"),
        },
    ),
    (
        Text("actions suggest : des actions proposées", "actions suggest: actions proposed"),
        Text(
            "Ce que demande le plan écrit en toutes lettres sur une page. Avec `--plan`, le "
            "fichier crée la page de chacune, dans cet ordre.",
            "What the plan in prose on a page asks for. With `--plan` the file creates the page of "
            "each, in this order.",
        ),
        [
            'actions suggest "Atlas participatif des haies"',
            'actions suggest "Navette partagée entre villages"',
        ],
        {
            "page": Text("le titre de la page", "the page's title"),
            "fields": Text("les champs lus", "the fields that were read"),
            "proposals": Text("ce qui est proposé", "what is proposed"),
            "proposals[].number": Text("le numéro, pour `--only`", "the number, for `--only`"),
            "proposals[].summary": Text("ce qu'il y a à faire", "what is to be done"),
            "proposals[].due": Text(
                "l'échéance ; null : aucune ne se déduit du texte",
                "the due date; null: none can be told from the text",
            ),
            "proposals[].due_words": Text(
                "les mots du texte qui la disent ; vide : aucun",
                "the words of the text that tell it; empty: none",
            ),
            "proposals[].late": Text("l'échéance est passée", "the due date is past"),
            "proposals[].column": Text("l'étiquette de sa colonne", "the label of its column"),
            "proposals[].section": Text(
                "le titre ou la phase au-dessus ; vide : aucun",
                "the heading or the phase above; empty: none",
            ),
            "proposals[].source": Text(
                "le passage de la page, en wikitexte", "the passage of the page, in wikitext"
            ),
            "proposals[].sure": Text(
                "faux : à vérifier, ce n'est peut-être pas une action",
                "false: to be checked, it may be no action",
            ),
            "proposals[].doubt": Text("pourquoi, en quelques mots", "why, in some words"),
            "proposals[].notes": Text(
                "comment l'échéance est trouvée", "how the due date was come by"
            ),
            "known": Text(
                "ce que le texte demande et que le suivi contient déjà",
                "what the text asks for and the tracker holds already",
            ),
            "known[].summary": Text("ce qu'il y a à faire", "what is to be done"),
            "known[].source": Text("le passage de la page", "the passage of the page"),
            "known[].action": Text("le numéro de l'action", "the number of the action"),
            "known[].page": Text("le titre de sa page", "the title of its page"),
            "known[].state": Text(
                "open, closed, unknown ou « no status »", "open, closed, unknown or “no status”"
            ),
        },
    ),
    (
        Text("set, fix, plan show : un plan", "set, fix, plan show: a plan"),
        Text(
            "C'est aussi ce que contient un fichier écrit par `--plan`.",
            "It is also what a file written by `--plan` holds.",
        ),
        [
            'set "Atlas participatif des haies" coordonnees="48.11, -1.68"',
            f"fix --unsafe {_OLD_NAME}",
            'actions add "Semences locales en partage" "Compter les sachets"',
        ],
        _PLAN,
    ),
    (
        Text(
            "set --apply, fix --apply, apply, undo --apply : une exécution",
            "set --apply, fix --apply, apply, undo --apply: a run",
        ),
        Text("Ce que devient chaque page du plan.", "What becomes of each page of the plan."),
        [
            "set Action:5 statut=Open --plan plan.json --apply",
            "apply plan.json",
            "undo RUN --apply",
            "undo FIRST --apply",
            f"fix --unsafe {_OLD_NAME} --rule PAR104 --apply",
            "undo RUN --apply",
            "apply stale.json",
        ],
        _REPORT,
    ),
    (
        Text("plan refresh : un plan refait", "plan refresh: a plan made anew"),
        Text(
            "Le nouveau plan lui-même est dans le fichier.", "The new plan itself is in the file."
        ),
        ["plan refresh stale.json --output fresh.json"],
        {
            "plan": Text("le nom du nouveau plan", "the name of the new plan"),
            "kept": Text("modifications gardées", "changes kept"),
            "recomputed": Text(
                "modifications qu'une règle propose autrement",
                "changes that a rule proposes otherwise",
            ),
            "standing": Text("modifications déjà en place", "changes that stand already"),
            "notes": Text(
                "ce qui n'est plus comme dans l'ancien plan", "what is not as in the old plan"
            ),
            "notes[].page": Text("le titre de la page", "the title of the page"),
            "notes[].why": Text("ce qu'il y a à en savoir", "what there is to know of it"),
            "notes[].open": Text(
                "laissée de côté : quelqu'un doit regarder", "left out: somebody has to look"
            ),
            "notes[].stale": Text(
                "le champ qui a changé ; null : c'est autre chose",
                "the field that has changed; null: it is something else",
            ),
            **_stale("notes[].stale"),
        },
    ),
    (
        Text("runs RUN : le rapport d'une exécution", "runs RUN: the report of a run"),
        Text(
            "C'est aussi ce que contient le fichier `reports/RUN.json` du dossier d'état. Aucune "
            "valeur d'une page n'y figure. D'une exécution tuée, `exit`, `ended` et `requests` "
            "sont null. Une clé `purged` dit, s'il y a lieu, depuis quel jour ses textes sont "
            "effacés de cette machine.",
            "It is also what the file `reports/RUN.json` of the state folder holds. No value of "
            "a page stands in it. Of a run that was killed, `exit`, `ended` and `requests` are "
            "null. A key `purged` tells, where it is so, since which day its texts are off this "
            "machine.",
        ),
        ["runs RUN", "runs FIRST", "runs STOPPED"],
        _kept(),
    ),
    (
        Text("runs : le journal des exécutions", "runs: the ledger"),
        Text("La dernière exécution d'abord.", "The newest run first."),
        ["runs"],
        {
            "[].run_id": Text("le nom de l'exécution", "the name of the run"),
            "[].started": Text("début, en UTC", "when it began, in UTC"),
            "[].command": Text("la commande", "the command"),
            "[].exit": Text(
                "le code de sortie ; null : elle dure, ou a été tuée",
                "the exit code; null: it still runs, or was killed",
            ),
            "[].counts": Text("nombre de pages par issue", "number of pages by outcome"),
            "[].counts.{}": Text("pour chaque issue qui est arrivée", "for each outcome seen"),
        },
    ),
    (
        Text("undo : ce qui serait rétabli", "undo: what would be restored"),
        Text("Sans `--apply`, rien n'est écrit.", "Without `--apply` nothing is written."),
        ["undo RUN"],
        {
            "run_id": Text("l'exécution à annuler", "the run to take back"),
            "edits": Text("une entrée par page à rétablir", "one entry a page to restore"),
            "edits[].title": Text("le titre de la page", "the title of the page"),
            "edits[].changes": Text("une entrée par champ", "one entry a field"),
            **_changes("edits[].changes[]"),
            "already": Text("les pages déjà rétablies", "the pages restored already"),
            "prospects": Text(
                "ce que deviendrait chaque page, dans l'ordre de edits",
                "how each page would go, in the order of edits",
            ),
            "prospects[].title": Text(
                "le titre que la page a maintenant", "the title that the page has now"
            ),
            "prospects[].kind": Text(
                "whole (tout le texte d'avant revient), fields (les champs seuls, car la page a "
                "changé), nothing (c'est déjà fait) ou person (une personne doit trancher)",
                "whole (all the former text comes back), fields (these alone, since the page has "
                "changed), nothing (it is so already) or person (somebody must decide)",
            ),
            "prospects[].reason": Text("pourquoi ; null : rien à en dire", "why; null: no need"),
        },
    ),
    (
        Text("purge : ce qui est à effacer", "purge: what is to be removed"),
        Text(
            "Sans `--apply`, rien n'est effacé. Les genres : texts (textes des modifications), "
            "reports, logs, crashes (fichiers), numbers (relevés de contrôles), states (relevés "
            "d'aperçus) et, avec `--user`, copy (pages de la copie locale) et sync (actions d'un "
            "suivi).",
            "Without `--apply` nothing is removed. The kinds: texts (of edits), reports, logs, "
            "crashes (files), numbers (of checks, by day), states (of overviews, by day) and, with "
            "`--user`, copy (pages of the local copy) and sync (actions of a tracker).",
        ),
        ["purge"],
        {
            "done": Text("c'est effacé", "it is removed"),
            "kinds": Text("une entrée par genre", "one entry a kind"),
            "kinds[].kind": Text("le genre", "the kind"),
            "kinds[].number": Text(
                "combien de modifications, de fichiers ou de relevés",
                "how many edits, files or days",
            ),
            "kinds[].first": Text(
                "le plus ancien jour ; null : inconnu", "the first day; null: not known"
            ),
            "kinds[].last": Text("le dernier ; null : inconnu", "the last; null: not known"),
            "kinds[].bytes": Text("leur taille en octets, 0 : peu", "their size, 0: little"),
            "kinds[].days": Text(
                "combien de jours ils sont gardés ; null avec `--user`",
                "for how many days they are kept; null with `--user`",
            ),
            "runs": Text(
                "les exécutions qui, ensuite, ne s'annulent plus, ou plus en entier",
                "the runs that can then not be taken back any more, or not as a whole",
            ),
            "left": Text(
                "les modifications qui restent, car leur issue n'est pas connue",
                "the edits that stay, since nobody knows how they ended",
            ),
            "files": Text(
                "avec `--user` : les fichiers qui restent, à regarder soi-même",
                "with `--user`: the files that stay, to look at yourself",
            ),
        },
    ),
    (
        Text(
            "doctor : ce qui est prêt et ce qui ne l'est pas", "doctor: what is ready and what not"
        ),
        Text(
            "Une entrée par point vérifié. De nouveaux points peuvent s'ajouter.",
            "One entry a point looked at. New points may be added.",
        ),
        ["doctor"],
        {
            "wiki": Text(
                "l'identité du wiki ; null : il n'a pas été joint",
                "the wiki's identity; null: it was not reached",
            ),
            "points": Text("une entrée par point", "one entry a point"),
            "points[].id": Text("le nom du point, stable", "the name of the point, stable"),
            "points[].group": Text(
                "configuration, wiki, extensions, protections, account, stop, pages ou machine",
                "configuration, wiki, extensions, protections, account, stop, pages or machine",
            ),
            "points[].outcome": Text(
                "ok, warning (à regarder), failed (à corriger) ou unknown (non vérifié)",
                "ok, warning, failed or unknown (could not be checked)",
            ),
            "points[].found": Text("ce qui a été vu", "what was seen"),
            "points[].remedy": Text(
                "ce qu'il faut faire ; null : rien", "what to do; null: nothing"
            ),
            "exit": Text("le code de sortie", "the exit code"),
        },
    ),
    (
        Text("actions sync : un suivi accordé", "actions sync: a tracker brought into line"),
        Text(
            "Sans `--apply`, rien n'est écrit et `run` est null. La commande se tape là où "
            "`wikibot.toml` décrit le suivi. Ce qui est pareil des deux côtés n'est pas listé.",
            "Without `--apply` nothing is written and `run` is null. The command is typed where "
            "`wikibot.toml` describes the tracker. What is alike on both sides is not listed.",
        ),
        [f"{SYNC} equipe", f"{SYNC} equipe --apply", f"{SYNC} vide", f"{SYNC} faute --apply"],
        {
            "to_wiki": Text(
                "nombre d'actions à écrire sur le wiki", "actions to write to the wiki"
            ),
            "to_tracker": Text(
                "nombre d'actions à écrire dans le suivi", "actions to write to the tracker"
            ),
            "to_look_at": Text(
                "nombre d'actions qu'une personne doit regarder", "actions that need a person"
            ),
            "complete": Text(
                "les deux côtés ont été lus en entier", "both sides were read completely"
            ),
            "guards": Text(
                "les garde-fous qui ont parlé ; rien n'est écrit alors",
                "the guards that spoke; nothing is written then",
            ),
            "guards[].guard": Text("son nom, pour `--allow`", "its name, for `--allow`"),
            "guards[].message": Text("pourquoi", "why"),
            "actions": Text(
                "une entrée par action dont il y a quelque chose à dire",
                "one entry an action of which there is something to say",
            ),
            "actions[].page": Text(
                "le numéro de sa page ; null : elle n'est pas sur le wiki",
                "the number of its page; null: it is not on the wiki",
            ),
            "actions[].item": Text(
                "ce que le suivi a pour identifiant ; null : elle n'y est pas",
                "the tracker's own id; null: it is not there",
            ),
            "actions[].summary": Text("ce qu'il y a à faire", "what is to be done"),
            "actions[].kind": Text(
                "linked (des deux côtés), adopt (reconnue), create on wiki, create on tracker, "
                "gone from wiki, gone from tracker ou frozen (laissée telle quelle)",
                "linked (on both sides), adopt (recognised), create on wiki, create on tracker, "
                "gone from wiki, gone from tracker or frozen (left as it is)",
            ),
            "actions[].why": Text(
                "pourquoi elle est laissée ; null : elle ne l'est pas",
                "why it is left as it is; null: it is not",
            ),
            "actions[].fields": Text("une entrée par champ qui diffère", "one entry a field"),
            "actions[].fields[].field": Text(
                "summary, stage, due, assigned, labels, related, details ou resolution",
                "summary, stage, due, assigned, labels, related, details or resolution",
            ),
            "actions[].fields[].verdict": Text(
                "to wiki, to tracker, agreed (pareil, à retenir), conflict, cleared (vidé d'un "
                "côté), unknown ou read-only",
                "to wiki, to tracker, agreed (alike, to be remembered), conflict, cleared "
                "(emptied on one side), unknown or read-only",
            ),
            "actions[].fields[].why": Text(
                "pourquoi une valeur ne se lit pas ; null : elles se lisent",
                "why a value cannot be read; null: they can",
            ),
            "actions[].fields[].base": Text(
                "la dernière valeur commune ; null : il n'y en a pas",
                "the last value of both; null: there is none",
            ),
            "actions[].fields[].wiki": Text(
                "la valeur du wiki ; null : aucune qui se lise",
                "the wiki's value; null: none that can be read",
            ),
            "actions[].fields[].tracker": Text(
                "la valeur du suivi ; null : aucune qui se lise",
                "the tracker's value; null: none that can be read",
            ),
            "applied": Text("écrit, et non seulement prévu", "written, not only planned"),
            "run": Text(
                "ce qui est écrit sur le wiki, comme le dit `runs RUN` ; null : rien",
                "what was written to the wiki, as `runs RUN` tells it; null: nothing",
            ),
            "written": Text(
                "nombre d'actions écrites dans le suivi", "actions written to the tracker"
            ),
            "refused": Text("ce qui n'a pas pu s'écrire", "what could not be written"),
            "refused[].summary": Text("ce qu'il y a à faire", "what is to be done"),
            "refused[].where": Text("de quel côté : wiki ou tracker", "where: wiki or tracker"),
            "refused[].why": Text("pourquoi", "why"),
        },
    ),
    (
        Text("overview : la vue d'ensemble", "overview: the state of the wiki"),
        Text(
            "Les parties d'une vue d'ensemble, dans leur ordre : nombres, tableaux et graphiques. "
            "Un graphique n'a pas de nombres à lui : il dessine des colonnes d'un tableau de sa "
            "partie.",
            "The sections of an overview in their order: figures, tables and charts. A chart has "
            "no numbers of its own: it draws columns of a table of its section.",
        ),
        [
            "overview --no-check --section summary --section funding",
            "overview --no-check --section counts --section relations --section tracked",
        ],
        {
            "format": Text("le format : 1", "the format: 1"),
            "language": Text(
                "la langue des mots : fr ou en", "the language of the words: fr or en"
            ),
            "heading": Text("le titre", "the heading"),
            "wiki": Text("le nom du wiki", "the name of the wiki"),
            "place": Text("où il est", "where it is"),
            "as_of": Text("quand il a été lu, en UTC", "when it was read, in UTC"),
            "sections": Text("une entrée par partie", "one entry a section"),
            "sections[].id": Text(
                "ce que --section reçoit ; ne change pas d'une version à l'autre",
                "what --section takes; it does not change from version to version",
            ),
            "sections[].heading": Text("son titre", "its heading"),
            "sections[].intro": Text(
                "une phrase pour la comprendre", "a sentence to understand it"
            ),
            "sections[].figures": Text("les nombres qui comptent", "the numbers that matter"),
            "sections[].figures[].id": Text("son identifiant", "its id"),
            "sections[].figures[].label": Text("ce qu'il compte", "what it counts"),
            "sections[].figures[].kind": _KINDS,
            "sections[].figures[].value": Text(
                "sa valeur ; une part va de 0 à 1, un montant est en euros",
                "its value; a share goes from 0 to 1, an amount is in euros",
            ),
            "sections[].figures[].note": Text("comment il est compté", "how it is counted"),
            "sections[].tables": Text("une entrée par tableau", "one entry a table"),
            "sections[].tables[].id": Text("son identifiant", "its id"),
            "sections[].tables[].label": Text("son titre", "its title"),
            "sections[].tables[].note": Text(
                "ce qu'il faut savoir pour le lire", "what a reader must know"
            ),
            "sections[].tables[].columns": Text("une entrée par colonne", "one entry a column"),
            "sections[].tables[].columns[].id": Text("son identifiant", "its id"),
            "sections[].tables[].columns[].label": Text("son titre", "its heading"),
            "sections[].tables[].columns[].kind": _KINDS,
            "sections[].tables[].rows": Text(
                "une liste par ligne, une valeur par colonne ; null : on ne sait pas",
                "a list a row, a value a column; null: nothing is known",
            ),
            "sections[].tables[].total": Text(
                "la ligne du total ; null : il n'y en a pas",
                "the row of totals; null: there is none",
            ),
            "sections[].tables[].depth": Text(
                "la colonne dont les nombres (0, 1…) décalent les lignes d'un arbre",
                "the column whose numbers (0, 1…) indent the rows of a tree",
            ),
            "sections[].tables[].cards": Text(
                "la colonne du tableau où chaque ligne est une carte",
                "the column of the board where each row is a card",
            ),
            "sections[].charts": Text("une entrée par graphique", "one entry a chart"),
            "sections[].charts[].id": Text("son identifiant", "its id"),
            "sections[].charts[].title": Text("ce que l'on y voit", "what is seen in it"),
            "sections[].charts[].form": Text(
                "bars, stacked, grid, lines, graph ou map",
                "bars, stacked, grid, lines, graph or map",
            ),
            "sections[].charts[].table": Text(
                "le tableau qu'il dessine", "the table that it draws"
            ),
            "sections[].charts[].of": Text(
                "la colonne qui nomme ce qui est dessiné", "the column that names what is drawn"
            ),
            "sections[].charts[].values": Text("les colonnes de nombres", "the columns of numbers"),
            "sections[].charts[].to": Text(
                "d'un graphe, la colonne de l'autre page",
                "of a graph, the column of the other page",
            ),
            "sections[].charts[].most": Text(
                "combien de lignes sont dessinées au plus", "how many rows are drawn at most"
            ),
        },
    ),
)
