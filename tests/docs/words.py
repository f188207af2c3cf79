"""The words of the generated reference that the code itself does not hold in both languages."""

from __future__ import annotations

from wikibot.language import Text, same

COLON = Text(" :", ":")
OR = Text(" ou ", " or ")

TITLES = {
    "README": Text("Référence", "Reference"),
    "commands": Text("Les commandes", "Commands"),
    "rules": Text("Les règles", "Rules"),
    "fields": Text("Les champs des pages", "Fields of the pages"),
    "vocabularies": Text("Les vocabulaires", "Vocabularies"),
    "configuration": Text("Le fichier wikibot.toml", "The file wikibot.toml"),
    "json": Text("Les réponses en JSON", "Answers in JSON"),
    "exit-codes": Text("Les codes de sortie", "Exit codes"),
}

INDEX = Text(
    "Ces pages sont écrites par wikibot lui-même (`make docs`) ; un test échoue dès qu'elles ne "
    "disent plus ce que fait le programme. Pour commencer, lisez plutôt un guide : "
    "[référent](../../fr/guide-referent.md), [mainteneur](../../fr/guide-mainteneur.md), "
    "[ADEME](../../fr/guide-ademe.md).",
    "These pages are written by wikibot itself (`make docs`); a test fails as soon as they no "
    "longer say what the program does. To begin, rather read a guide: "
    "[referent](../../en/referent.md), [maintainer](../../en/maintainer.md), "
    "[staff](../../en/staff.md).",
)

COMMANDS = Text(
    "L'aide de chaque commande, telle qu'elle s'affiche avec `--help`. Les options de `wikibot` "
    "s'écrivent avant le nom de la commande : `wikibot --wiki DOSSIER check`.",
    "The help of each command, as `--help` shows it. The options of `wikibot` stand before the "
    "name of the command: `wikibot --wiki FOLDER check`.",
)

SEVERITIES = {
    "error": Text("erreur", "error"),
    "warning": Text("à revoir", "warning"),
    "info": Text("remarque", "info"),
}
FIXES = {
    "safe": Text("sûre", "safe"),
    "unsafe": Text("proposition", "hint"),
    "none": Text("à la main", "by hand"),
}
RULES = Text(
    "Ce que `wikibot check` relève. Une règle garde son code pour toujours. Sa gravité est la "
    "plus grande qu'elle donne ; sa correction, la meilleure qu'elle offre : « sûre » (une seule "
    "réponse est possible, `fix` la fait), « proposition » (`fix --unsafe` la montre, une "
    "personne choisit) ou « à la main ». `wikibot explain CODE` affiche le même texte.",
    "What `wikibot check` finds. A rule keeps its code for ever. Its severity is the gravest it "
    "gives; its fix the best it offers: “safe” (only one answer is possible, `fix` makes it), "
    "“hint” (`fix --unsafe` shows it, a person chooses) or “by hand”. `wikibot explain CODE` "
    "shows the same text.",
)
RULE_COLUMNS = (
    same("Code"),
    Text("Ce qu'elle relève", "What it finds"),
    Text("Gravité", "Severity"),
    Text("Correction", "Fix"),
)

FIELDS = Text(
    "Les champs que connaît la correspondance `resilience`. Dans une commande, un champ se nomme "
    "par son identifiant, par son paramètre ou par son libellé, sans souci des majuscules ni des "
    "accents. « Vérifié » : le nom du paramètre a été vu en usage sur le wiki ; les autres sont "
    "des hypothèses, à confirmer.",
    "The fields that the mapping `resilience` knows. In a command a field is named by its id, its "
    "parameter or its label, whatever the case and the accents. “Verified”: the parameter's name "
    "was seen in use on the wiki; the others are assumed, to be confirmed.",
)
PAGE_TYPE = Text(
    "Modèle {template} (autres noms : {others}) ; catégorie {category} ; formulaire {form}. "
    "{fields} champs, dont {unsure} à confirmer.",
    "Template {template} (other names: {others}); category {category}; form {form}. "
    "{fields} fields, {unsure} of them to be confirmed.",
)
FIELD_COLUMNS = (
    Text("Identifiant", "Id"),
    Text("Libellé et conseil", "Label and advice"),
    Text("Paramètre, autres noms", "Parameter, other names"),
    Text("Valeur", "Value"),
    Text("Si vide", "If empty"),
    Text("Vérifié", "Verified"),
)
KINDS = {
    "term": Text("terme", "term"),
    "text": Text("texte", "text"),
    "longtext": Text("texte long", "long text"),
    "page": Text("page du wiki", "page of the wiki"),
    "user": Text("personne", "person"),
    "file": Text("fichier du wiki", "file of the wiki"),
    "url": Text("adresse web", "web address"),
    "email": Text("adresse de courriel", "mail address"),
    "date": same("date"),
    "number": Text("nombre", "number"),
    "amount": Text("montant", "amount"),
    "boolean": Text("oui ou non", "yes or no"),
    "coordinates": Text("coordonnées", "coordinates"),
}
LIST = Text(", liste séparée par {separator}", ", list separated by {separator}")
LONGEST = Text(", {number} signes au plus", ", at most {number} characters")
REQUIRED: dict[str | bool, Text] = {
    "error": Text("erreur", "error"),
    "warning": Text("à revoir", "warning"),
    False: Text("permis", "allowed"),
}
YES_NO = {True: Text("oui", "yes"), False: Text("non", "no")}

VOCABULARIES = Text(
    "Les termes que peuvent contenir les champs. À la lecture comme dans une commande, un terme "
    "est reconnu sous ses autres noms et sous son code, sans souci des majuscules, des accents et "
    "de la ponctuation ; c'est son libellé, première colonne, qui est écrit.",
    "The terms that fields may hold. When read and in a command, a term is known by its other "
    "names and its code, whatever the case, the accents and the punctuation; what is written is "
    "its label, the first column.",
)
OPEN = Text("D'autres valeurs sont acceptées aussi.", "Other values are accepted too.")
CLOSED = Text("Aucune autre valeur n'est acceptée.", "No other value is accepted.")
TERM_COLUMNS = (
    Text("Terme", "Term"),
    Text("Autres noms reconnus", "Other names known"),
    Text("Remarques", "Notes"),
)
CODE = Text("code {code}", "code {code}")
UNTIL = Text("n'est plus en usage depuis {year}", "no longer in use since {year}")
REPLACED = Text("remplacé par « {term} »", "replaced by “{term}”")
NOT_OPEN = Text("n'est pas une licence ouverte", "is no open licence")

CONFIGURATION = Text(
    "`wikibot.toml` est cherché dans le dossier courant, puis dans ceux qui le contiennent ; "
    "`--config FICHIER` en nomme un autre. Une clé inconnue est une erreur. Les chemins partent "
    "du dossier du fichier. Le schéma `mappings/schemas/wikibot.schema.json` permet à un éditeur "
    "de compléter et de vérifier le fichier.",
    "`wikibot.toml` is looked for in the working directory, then in those that hold it; "
    "`--config FILE` names another. An unknown key is an error. Paths start at the folder of the "
    "file. With the schema `mappings/schemas/wikibot.schema.json` an editor completes and checks "
    "the file.",
)
TABLES = {
    "wiki": Text(
        "Le wiki. Il faut une clé, et une seule, parmi `api`, `folder` et `dump`. Pour plusieurs "
        "wikis, écrivez une table `[wikis.NOM]` par wiki, avec les mêmes clés, et choisissez avec "
        "`--site NOM` ; chacun peut avoir ses propres tables `[wikis.NOM.limits]`, `.stop`, "
        "`.retention`, `.nightly` et `.trackers.SUIVI`, dont les clés l'emportent sur celles des "
        "tables communes.",
        "The wiki. Exactly one of the keys `api`, `folder` and `dump` is needed. For several "
        "wikis, write one table `[wikis.NAME]` each, with the same keys, and choose by "
        "`--site NAME`; each may have tables of its own, `[wikis.NAME.limits]`, `.stop`, "
        "`.retention`, `.nightly` and `.trackers.TRACKER`, whose keys win over those of the common "
        "tables.",
    ),
    "limits": Text("Ce qu'une exécution peut faire au plus.", "How much one run may do."),
    "stop": Text(
        "Comment les gens du wiki arrêtent le robot.", "How the people of the wiki stop the bot."
    ),
    "trackers.NAME": Text(
        "Où les actions se suivent aussi, hors du wiki ; NAME est le nom que vous donnez à "
        "`actions sync`. Ce qui a changé d'un côté depuis le dernier accord est écrit de l'autre "
        "; ce qui a changé des deux n'est écrit nulle part, et se règle avec `--resolve` ou "
        "`policies`. Les champs : `summary`, `stage` (l'avancement, c'est-à-dire la colonne du "
        "tableau), `due`, `assigned`, `labels`, `related`, `details`, `resolution` ; une tâche "
        "d'agenda n'a que `summary`, `stage`, `due`, `labels` et `details`, une issue les mêmes "
        "(GitHub n'a pas d'échéance) et `assigned`. Le secret d'un serveur, ou le jeton : l'une "
        "des clés ci-dessous, ou la variable `WIKIBOT_PASSWORD_NAME`, le nom en "
        "capitales.",
        "Where actions are followed too, beside the wiki; NAME is what you give to `actions sync`. "
        "What changed on one side since both last agreed is written to the other; what changed on "
        "both is written nowhere, and settled by `--resolve` or `policies`. The fields: `summary`, "
        "`stage` (the column of the board), `due`, `assigned`, `labels`, `related`, `details`, "
        "`resolution`; a task of a calendar has `summary`, `stage`, `due`, `labels` and `details` "
        "only, an issue the same (GitHub has no due date) and `assigned`. The secret of a server, "
        "or the token: one of the keys below, or the variable "
        "`WIKIBOT_PASSWORD_NAME`, the name in capitals.",
    ),
    "nightly": Text(
        "Ce que fait `wikibot nightly`. Sans cette table, une nuit copie le wiki, relève et "
        "synchronise les suivis ; elle ne corrige rien.",
        "What `wikibot nightly` does. Without this table a night copies the wiki, checks and syncs "
        "the trackers; it mends nothing.",
    ),
    "nightly.report": Text(
        "À qui va le rapport de la nuit, en plus du dossier d'état. Il ne cite ni valeur, ni "
        "personne, ni page.",
        "To whom the report of the night goes, beside the state folder. It quotes neither values "
        "nor people nor pages.",
    ),
    "retention": Text(
        "Combien de jours le dossier d'état garde ce qu'il peut oublier. La nuit efface le reste "
        "d'elle-même, `wikibot purge` aussi. Ce dont l'issue n'est pas connue reste toujours, et "
        "le robot n'oublie jamais ce que des personnes ont annulé. De 1 à 36500.",
        "For how many days the state folder keeps what it may forget. A night removes the rest by "
        "itself, and so does `wikibot purge`. What nobody knows the end of always stays, and the "
        "bot never forgets what people took back. From 1 to 36500.",
    ),
    "nightly.report.mail": Text(
        "Le rapport par courriel. Le secret du compte : l'une des clés ci-dessous, ou la variable "
        "`WIKIBOT_MAIL_PASSWORD`.",
        "The report by mail. The secret of the account: one of the keys below, or the variable "
        "`WIKIBOT_MAIL_PASSWORD`.",
    ),
    "nightly.report.webhook": Text(
        "Le rapport dans un salon de Mattermost, de Slack ou de Matrix, par un « webhook » entrant "
        "(`https` seulement). Son adresse est un secret : l'une des clés ci-dessous, ou la "
        "variable `WIKIBOT_WEBHOOK_URL`.",
        "The report in a room of Mattermost, Slack or Matrix, by an incoming webhook (`https` "
        "only). Its address is a secret: one of the keys below, or the variable "
        "`WIKIBOT_WEBHOOK_URL`.",
    ),
    "nightly.report.notify": Text(
        "Le rapport vers ce que connaît apprise, qui s'installe par "
        "`pip install 'wikibot[notify]'`. Ses adresses sont des secrets, une par ligne : l'une "
        "des clés ci-dessous, ou la variable `WIKIBOT_NOTIFY_URLS`.",
        "The report to what apprise knows, which `pip install 'wikibot[notify]'` installs. Its "
        "addresses are secrets, one a line: one of the keys below, or the variable "
        "`WIKIBOT_NOTIFY_URLS`.",
    ),
}
KEY_COLUMNS = (Text("Clé", "Key"), Text("Sens", "Meaning"), Text("Sans elle", "Without it"))
# Key → French words, and English ones where those of `wikibot/config/` need more.
KEYS: dict[str, tuple[str, str]] = {
    "wiki.api": ("L'adresse de l'api.php du wiki.", ""),
    "wiki.folder": ("Ou un dossier de pages.", ""),
    "wiki.dump": ("Ou un export XML, en lecture seule.", ""),
    "wiki.account": (
        "Le compte, Utilisateur@nom du mot de passe de robot ; avec OAuth, le nom d'utilisateur. "
        "Sans compte, le wiki se lit seulement.",
        "User@name of a bot password; with OAuth, the user's name. Without an account the wiki is "
        "only read.",
    ),
    "wiki.login": (
        "Comment se connecter : `bot-password` (mot de passe de robot), `oauth1` ou `oauth2` (une "
        "application « pour le propriétaire seulement », owner-only). Pour `oauth1` le secret est "
        "quatre mots, dans l'ordre où MediaWiki les montre, sur une ligne ou sur quatre.",
        "How to log in: `bot-password`, or `oauth1` and `oauth2` (an owner-only consumer). For "
        "`oauth1` the secret is four words, in the order in which MediaWiki shows them, on one "
        "line or on four.",
    ),
    "wiki.password_file": (
        "Un fichier qui contient le secret, à vous et lisible par vous seul (`chmod 600`). Le "
        "secret vient d'un seul endroit : cette clé ou l'une des trois suivantes.",
        "A file with the secret, yours and readable by you alone (`chmod 600`). The secret comes "
        "from one place: this key or one of the next three.",
    ),
    "wiki.password_command": (
        "Une commande qui affiche le secret, lancée sans interpréteur : "
        '`["pass", "show", "wiki"]`.',
        'A command that prints the secret, started without a shell: `["pass", "show", "wiki"]`.',
    ),
    "wiki.credential": (
        "Le nom d'un secret que systemd donne au service (`LoadCredential=`).",
        "The name of a secret that systemd gives to the service (`LoadCredential=`).",
    ),
    "wiki.keyring": (
        "Prendre le secret dans le trousseau de l'utilisateur, au nom du wiki (`wiki.example.org`) "
        "et du compte. Demande `pip install 'wikibot[keyring]'`.",
        "Take the secret from the user's keyring, by the wiki's host (`wiki.example.org`) and the "
        "account. Needs `pip install 'wikibot[keyring]'`.",
    ),
    "wiki.keep_session": (
        "Garder la session d'une exécution à l'autre, dans `session.json` du dossier d'état "
        "(lisible par vous seul) : une connexion de moins. Sans effet avec OAuth.",
        "Keep the session from one run to the next, in `session.json` of the state folder "
        "(readable by you alone): one login less. No effect with OAuth.",
    ),
    "wiki.proxy": (
        "Un serveur mandataire (proxy) : `http://machine:port` ou "
        "`http://compte:mot-de-passe@machine:port`. Ceux de l'environnement ne servent jamais.",
        "A proxy: `http://host:port` or `http://user:password@host:port`. Those of the "
        "environment are never used.",
    ),
    "wiki.tag": (
        "La balise que porte chaque modification ; elle doit exister sur le wiki. Sans cette clé : "
        "« wikibot », si le wiki a cette balise.",
        "The change tag of every edit; it must exist on the wiki. Without this key: “wikibot”, "
        "where the wiki has that tag.",
    ),
    "wiki.contact": (
        "Une adresse ou une page où les administrateurs du wiki peuvent écrire.",
        "",
    ),
    "wiki.ca_bundle": ("Les certificats à croire (PEM), pour un serveur interne.", ""),
    "wiki.mapping": (
        "Une correspondance fournie avec wikibot, ou un dossier.",
        "",
    ),
    "wiki.state": (
        "Le dossier du journal, du verrou et des rapports. Sans elle : `.wikibot/` dans un dossier "
        "de pages, sinon le dossier d'état de l'utilisateur.",
        "Folder of the journal, the lock and the reports. Without it: `.wikibot/` inside a folder "
        "of pages, else the user's state folder.",
    ),
    "limits.edits_per_minute": (
        "Modifications par minute sur un serveur, au plus ; la limite du wiki vaut en plus. "
        "0 : cette dernière seulement.",
        "Edits a minute on a server, at most; the wiki's own limit counts besides. 0: the latter "
        "alone.",
    ),
    "limits.edits_per_run": (
        "Pages par exécution ; un plan plus long est refusé en entier (code 6).",
        "Pages a run; a longer plan is refused as a whole (exit 6).",
    ),
    "limits.deadline_minutes": (
        "Une exécution s'arrête après ce temps, en minutes ; la suivante continue.",
        "A run stops after that time, in minutes; the next one goes on.",
    ),
    "limits.allow": (
        "Des garde-fous levés pour de bon : `shrink`, `privileged`, `reverted`, `other-run`, "
        "`unknown`.",
        "Guards that are lifted for good: `shrink`, `privileged`, `reverted`, `other-run`, "
        "`unknown`.",
    ),
    "stop.page": (
        "Une page du wiki ; tout autre texte que « go » arrête le robot, une page absente aussi.",
        'A page of the wiki; any other text than "go" stops the bot, and so does no page.',
    ),
    "stop.talk": (
        "Un nouveau message sur la page de discussion du robot l'arrête.",
        "",
    ),
    "stop.templates": (
        "Une page qui appelle l'un de ces modèles est laissée en paix.",
        "",
    ),
    "retention.undo_days": (
        "Les textes de ce qui a été publié, avec lesquels `undo` annule une exécution.",
        "",
    ),
    "retention.log_days": (
        "Les rapports des exécutions et des nuits, les fichiers de `--log-file` mis de côté, les "
        "fichiers `crash-….log`.",
        "",
    ),
    "retention.daily_days": (
        "Les relevés de chaque jour (`trend`, aperçus) ; des plus anciens, le premier de chaque "
        "mois reste.",
        "",
    ),
    "trackers.NAME.kind": (
        "`workbook` : un classeur (.xlsx, .ods, .csv) ; `icalendar` : un fichier iCalendar ; "
        "`caldav` : une liste sur un serveur ; `github`, `gitlab` : les issues d'un projet.",
        "`workbook`: .xlsx, .ods, .csv; `icalendar`: an iCalendar file; `caldav`: a list on a "
        "server; `github`, `gitlab`: the issues of a project.",
    ),
    "trackers.NAME.path": (
        "Le fichier du classeur ou de l'agenda ; s'il n'existe pas, la première synchronisation le "
        "crée. Un classeur a ses en-têtes sur la première ligne, et une colonne « wikibot », que "
        "l'on peut masquer, par laquelle chaque ligne est reconnue.",
        "The file of the workbook or calendar; where it is not there, the first sync makes it. A "
        "workbook has its headings in the first row, and a column “wikibot”, which may be hidden, "
        "by which each row is known.",
    ),
    "trackers.NAME.url": (
        "L'adresse d'une liste de tâches (CalDAV), ou celle de l'API d'un GitHub Enterprise "
        "(`https://git.example.org/api/v3`) ou d'un GitLab à vous "
        "(`https://git.example.org/api/v4`). Sans elle : github.com ou gitlab.com.",
        "The address of a list of tasks (CalDAV), or of the API of a GitHub Enterprise "
        "(`https://git.example.org/api/v3`) or a GitLab of your own "
        "(`https://git.example.org/api/v4`). Without it: github.com or gitlab.com.",
    ),
    "trackers.NAME.repository": (
        "Le dépôt GitHub dont les issues sont suivies, toutes : `équipe/nom`.",
        "The repository of GitHub whose issues are followed, all of them: `owner/name`.",
    ),
    "trackers.NAME.project": (
        "Le projet GitLab dont les issues sont suivies, toutes : `groupe/nom`, ou son numéro.",
        "The project of GitLab whose issues are followed, all of them: `group/name`, or its "
        "number.",
    ),
    "trackers.NAME.people": (
        "Responsable sur le wiki → compte sur GitHub ou GitLab. Sans cette table, les responsables "
        "ne sont pas suivis ; un nom ou un compte qui n'y est pas est signalé, et rien n'est écrit "
        "à sa place.",
        "Who is assigned on the wiki → account on GitHub or GitLab. Without this table, who is "
        "assigned is not synced; a name or an account that is not in it is told, and nothing is "
        "written in its place.",
    ),
    "trackers.NAME.account": (
        "Le compte sur un serveur CalDAV.",
        "The account on a CalDAV server.",
    ),
    "trackers.NAME.password_file": (
        "Un fichier qui contient son secret, que son propriétaire seul peut lire.",
        "",
    ),
    "trackers.NAME.password_command": ("Une commande qui affiche son secret.", ""),
    "trackers.NAME.credential": ("Le nom d'un secret de systemd.", ""),
    "trackers.NAME.ca_bundle": ("Les certificats à croire (PEM).", ""),
    "trackers.NAME.sheet": ("La feuille des actions ; sinon, celle qui a leurs en-têtes.", ""),
    "trackers.NAME.columns": (
        "Champ → en-tête, là où ce n'est pas l'habituel : Résumé, Avancement, Échéance, "
        "Responsables, Étiquettes, Pages liées, Détails, Résolution. Un champ nommé ici doit avoir "
        "sa colonne ; un autre qui n'en a pas n'est pas suivi.",
        "Field → heading, where it is not the usual one: Résumé, Avancement, Échéance, "
        "Responsables, Étiquettes, Pages liées, Détails, Résolution. A field named here must have "
        "its column; any other without one is not synced.",
    ),
    "trackers.NAME.statuses": (
        "État d'une tâche (NEEDS-ACTION, …), ou étiquette d'une issue → colonne du tableau. Sans "
        "elle, l'étiquette a le nom de la colonne, et une issue close est dans la dernière.",
        "Status of a task (NEEDS-ACTION, …), or label of an issue → column of the board. Without "
        "it a label has the name of its column, and a closed issue is in the last one.",
    ),
    "trackers.NAME.policies": (
        "Champ → qui l'emporte quand les deux côtés ont changé : `wiki`, `tracker`, ou `ask` ; "
        "sinon personne, et le conflit est montré.",
        "Field → which side wins where both have changed: `wiki`, `tracker`, or `ask`; else none, "
        "and the conflict is shown.",
    ),
    "trackers.NAME.clearable": (
        "Les champs qui se vident d'un côté quand ils ont été vidés de l'autre.",
        "",
    ),
    "trackers.NAME.create": ("Les côtés où les actions qui manquent sont créées.", ""),
    "trackers.NAME.gone": (
        "Ce qui est supprimé d'un côté est signalé, ou clos de l'autre ; jamais supprimé.",
        "",
    ),
    "nightly.jobs": (
        "Les travaux, dans l'ordre où ils se font, chacun une fois ; `report` vient en dernier.",
        "The jobs, in the order in which they are done, each once; `report` comes last.",
    ),
    "nightly.fix": (
        "Les règles dont les corrections sûres se font sans personne, par leur code ou leur nom. "
        "Sans elle, la nuit ne corrige rien.",
        "The rules whose safe fixes are made with nobody there, by code or name. Without it the "
        "night mends nothing.",
    ),
    "nightly.pages_per_fix": (
        "Pages que les corrections d'une nuit peuvent changer ; au-delà, ou si c'est plus de la "
        "moitié des pages (et plus de dix), aucune n'est publiée (code 6).",
        "Pages that the fixes of a night may change; beyond, or where they are more than half of "
        "all (and more than ten), none is saved (exit 6).",
    ),
    "nightly.trackers": (
        "Les suivis à synchroniser, par leur nom ; sans elle, tous.",
        "The trackers to sync, by name; without it, all.",
    ),
    "nightly.overview": (
        "Les fichiers de l'aperçu ; la fin du nom dit la forme (.html, .xlsx, .ods, .zip, .json).",
        "The files of the overview; the end of a name tells the form (.html, .xlsx, .ods, .zip, "
        ".json).",
    ),
    "nightly.overview_history": (
        "Demander au wiki quand ses pages ont été modifiées, pour la partie sur l'activité : une "
        "requête pour 500 modifications de l'année, 5 000 pour un robot.",
        "Ask the wiki when its pages were edited, for the section on activity: a request for 500 "
        "edits of the year, 5,000 for a bot.",
    ),
    "nightly.publish": (
        "La page du wiki qui montre l'aperçu, entre deux repères. Elle doit exister.",
        "The page of the wiki that shows the overview, between two markers. It has to exist.",
    ),
    "nightly.publish_actions": (
        'Les pages qui montrent leurs actions, entre deux repères, ou `"all"` : toutes celles qui '
        "en ont.",
        'The pages that show their actions, between two markers, or `"all"`: every one that has '
        "some.",
    ),
    "nightly.edits_per_night": (
        "Modifications du wiki par nuit, tous travaux ensemble ; un travail qui en demande plus "
        "qu'il n'en reste n'en fait aucune (code 6).",
        "Edits of the wiki a night, of all jobs together; a job that needs more than are left "
        "makes none (exit 6).",
    ),
    "nightly.deadline_minutes": (
        "Après ce temps, en minutes, aucun travail ne commence plus, sauf le rapport (code 6).",
        "After that time, in minutes, no further job begins but the report (exit 6).",
    ),
    "nightly.report.file": ("Un fichier de texte, remplacé chaque nuit.", ""),
    "nightly.report.metrics": (
        "Un fichier (`.prom`) de mesures pour Prometheus, remplacé à la fin de chaque nuit, même "
        "quand un travail a échoué ; son dossier doit exister.",
        "A file (`.prom`) of metrics for Prometheus, replaced at the end of each night, also when "
        "a job has failed; its folder has to exist.",
    ),
    "nightly.report.page": (
        "Une page du wiki, qui doit exister : le rapport est entre deux repères, et n'est réécrit "
        "que s'il y a du nouveau.",
        "A page of the wiki, which has to exist: the report stands between two markers, and is "
        "written again only where there is something new.",
    ),
    "nightly.report.only_when": (
        'Quand partent le courriel et les messages : `"always"`, toujours ; `"trouble"`, pas pour '
        "les seuls points que relève `check`.",
        'When mail and messages are sent: `"always"`, or `"trouble"`, which is not for what '
        "`check` finds alone.",
    ),
    "nightly.report.mail.to": ("Qui le reçoit : une liste d'adresses.", ""),
    "nightly.report.mail.sender": ("L'adresse d'où il part.", ""),
    "nightly.report.mail.host": ("Le serveur de courriel sortant (SMTP).", ""),
    "nightly.report.mail.port": (
        "Son port ; sans elle 587, ou 465 avec `tls`, ou 25 avec `none`.",
        "Its port; without it 587, or 465 with `tls`, or 25 with `none`.",
    ),
    "nightly.report.mail.security": (
        "Le chiffrement : `starttls`, `tls`, ou `none` vers cette machine seulement. Un serveur "
        "qui ne l'offre pas ne reçoit rien.",
        "The encryption: `starttls`, `tls`, or `none` to this machine alone. A server that does "
        "not offer it gets nothing.",
    ),
    "nightly.report.mail.account": ("Le compte sur ce serveur, s'il en faut un.", ""),
    "nightly.report.mail.password_file": (
        "Un fichier qui contient son secret, que son propriétaire seul peut lire.",
        "",
    ),
    "nightly.report.mail.password_command": ("Une commande qui affiche son secret.", ""),
    "nightly.report.mail.credential": ("Le nom d'un secret de systemd.", ""),
    "nightly.report.mail.ca_bundle": ("Les certificats à croire (PEM).", ""),
    "nightly.report.webhook.url_file": (
        "Un fichier qui contient l'adresse, que son propriétaire seul peut lire.",
        "",
    ),
    "nightly.report.webhook.url_command": ("Une commande qui affiche l'adresse.", ""),
    "nightly.report.webhook.credential": ("Le nom d'un secret de systemd.", ""),
    "nightly.report.notify.url_file": (
        "Un fichier qui contient les adresses, que son propriétaire seul peut lire.",
        "",
    ),
    "nightly.report.notify.url_command": ("Une commande qui affiche les adresses.", ""),
    "nightly.report.notify.credential": ("Le nom d'un secret de systemd.", ""),
    "nightly.report.webhook.ca_bundle": ("Les certificats à croire (PEM).", ""),
}
ENVIRONMENT_TITLE = Text("Variables d'environnement", "Environment variables")
ENVIRONMENT = Text(
    "`WIKIBOT_PASSWORD` contient le secret et l'emporte sur la configuration ; wikibot l'efface "
    "de son environnement dès qu'il l'a lu. `WIKIBOT_ACCOUNT` nomme le compte là où la "
    "configuration n'en nomme pas. Il n'y a pas d'option pour le mot de passe : il se verrait dans "
    "la liste des processus.",
    "`WIKIBOT_PASSWORD` holds the secret and overrides the configuration; wikibot removes it from "
    "its environment as soon as it is read. "
    "`WIKIBOT_ACCOUNT` names the account where the configuration names none. There is no option "
    "for the password: it would show in the list of processes.",
)

JSON = Text(
    "Avec `--format json`, une commande écrit sur la sortie standard une seule valeur JSON, en "
    "UTF-8. Les exemples sont de vraies réponses, sur le wiki d'essai ; les longues listes y sont "
    "coupées à deux éléments, les longs textes à 120 signes. `[]` : pour chaque élément d'une "
    "liste ; `{}` : pour chaque clé d'une table.",
    "With `--format json` a command writes a single JSON value to standard output, in UTF-8. The "
    "examples are real answers, on the trial wiki; long lists are cut to two elements there, long "
    "texts to 120 characters. `[]`: for each element of a list; `{}`: for each key of a table.",
)
JSON_COLUMNS = (Text("Clé", "Key"), Text("Type", "Type"), Text("Sens", "Meaning"))
TYPES = {
    "text": Text("texte", "text"),
    "number": Text("nombre", "number"),
    "boolean": same("true, false"),
    "list": Text("liste", "list"),
    "table": Text("table", "table"),
    "null": same("null"),
}

EXIT = Text(
    "Un code est une promesse faite à qui lance wikibot sans le regarder. Si plusieurs "
    "conviennent, le plus grave l'emporte : 8, puis 6, 4, 5 et 3. Une exécution qu'un signal "
    "arrête finit toujours par 130 ou 143.",
    "A code is a promise to whoever runs wikibot unattended. Where several fit, the gravest "
    "wins: 8, then 6, 4, 5 and 3. A run that a signal stops always ends with 130 or 143.",
)
EXIT_COLUMNS = (same("Code"), Text("Sens", "Meaning"), Text("Que faire", "What to do"))
EXIT_CODES = {
    0: (
        Text("Tout est fait, ou il n'y avait rien à faire.", "All done, or nothing to do."),
        Text("Rien.", "Nothing."),
    ),
    1: (
        Text("Erreur interne : un défaut de wikibot.", "Internal error: a fault of wikibot."),
        Text(
            "Signalez-la, avec le fichier que nomme le message, ou avec ce que montre `--debug`.",
            "Report it, with the file that the message names, or with what `--debug` shows.",
        ),
    ),
    2: (
        Text(
            "Commande, configuration, correspondance ou fichier erroné. Rien n'a été écrit.",
            "A wrong command, configuration, mapping or input file. Nothing was written.",
        ),
        Text("Corrigez ce que dit le message.", "Mend what the message says."),
    ),
    3: (
        Text(
            "Terminé, mais une personne doit regarder : points relevés, changements encore à "
            "publier, page laissée, en conflit ou refusée.",
            "Finished, but a person has to look: findings, changes still to save, a page left "
            "alone, in conflict or refused.",
        ),
        Text(
            "Lisez la liste affichée, ou `wikibot runs EXÉCUTION` : chaque page y a sa raison. Les "
            "autres pages sont faites.",
            "Read the list it shows, or `wikibot runs RUN`: each page has its reason there. The "
            "other pages are done.",
        ),
    ),
    4: (
        Text(
            "Identité ou droits : connexion refusée, compte bloqué, droit manquant, certificat.",
            "Identity or rights: login refused, account blocked, right missing, certificate.",
        ),
        Text(
            "`wikibot doctor` dit ce qui manque. Un blocage vient d'une personne : parlez-lui.",
            "`wikibot doctor` says what is lacking. A block comes from a person: talk to them.",
        ),
    ),
    5: (
        Text(
            "Le wiki ne répond pas, est en lecture seule ou en retard, et wikibot a assez attendu.",
            "The wiki does not answer, is read-only or lags, and wikibot has waited long enough.",
        ),
        Text(
            "Rien n'est perdu : relancez plus tard la même commande.",
            "Nothing is lost: run the same command again later.",
        ),
    ),
    6: (
        Text(
            "Arrêt de sécurité : quelqu'un arrête le robot, le temps est passé, le plan est trop "
            "long, cinq échecs ou issues inconnues de suite, le même compte travaille ailleurs, "
            "aucune page du serveur n'appelle un modèle de la correspondance.",
            "Safety stop: someone stops the bot, time is over, the plan is too long, five failed "
            "or unknown in a row, the same account is at work elsewhere, no page of the server "
            "calls a template of the mapping.",
        ),
        Text(
            "Lisez le message, voyez pourquoi, et ne relancez qu'ensuite.",
            "Read the message, see why, and only then run again.",
        ),
    ),
    7: (
        Text("Une autre exécution travaille sur ce wiki.", "Another run works on this wiki."),
        Text(
            "Attendez qu'elle finisse. N'effacez pas le verrou.",
            "Wait for it to end. Do not remove the lock.",
        ),
    ),
    8: (
        Text(
            "Une modification a été envoyée, et nul ne sait si elle est enregistrée.",
            "An edit was sent, and nobody knows whether it was saved.",
        ),
        Text(
            "Relancez plus tard la même commande : wikibot la cherche d'abord dans l'historique "
            "de la page. S'il est en partie masqué : `--allow unknown`, après avoir regardé.",
            "Run the same command later: wikibot first looks for it in the history of the page. "
            "Where that is partly hidden: `--allow unknown`, once you have looked.",
        ),
    ),
    130: (
        Text("Interrompu au clavier (Ctrl-C).", "Interrupted from the keyboard (Ctrl-C)."),
        Text(
            "Le journal est en ordre : relancez la même commande quand vous voulez.",
            "The journal is in order: run the same command again when you like.",
        ),
    ),
    143: (
        Text("Terminé par le système (SIGTERM).", "Ended by the system (SIGTERM)."),
        Text("De même.", "The same."),
    ),
}
EXIT_MORE = Text(
    "`check`, et les aperçus de `fix`, `set`, `plan show` et `undo`, finissent par 3 s'ils "
    "montrent quelque chose, par 0 sinon. Une remarque suffit.",
    "`check`, and the previews of `fix`, `set`, `plan show` and `undo`, end with 3 where they "
    "show anything, else with 0. A remark is enough.",
)
