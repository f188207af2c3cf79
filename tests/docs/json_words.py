"""The words of the page on JSON: for each shape its commands, and what each key means.

The first command is the example; the others only show keys that it does not. They run in this
order on one demo wiki; of the runs that saved anything RUN is the newest, FIRST the oldest; STOPPED
is one that somebody stopped.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from wikibot.language import Text

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
            "sont null.",
            "It is also what the file `reports/RUN.json` of the state folder holds. No value of "
            "a page stands in it. Of a run that was killed, `exit`, `ended` and `requests` are "
            "null.",
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
)
