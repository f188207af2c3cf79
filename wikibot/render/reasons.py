"""What the codes of reasons mean, in words that quote nothing of a page."""

from __future__ import annotations

from wikibot.language import Text
from wikibot.visible import visible


def why(code: str | None, state: str = "") -> Text:
    """Return what the code of a reason means, and the code itself, for the wiki's people.

    `state` is that of the edit: what interrupted means depends on how far it had come.
    """
    if not code:
        return Text("sans autre raison", "for no other reason")
    words = _IN_STATE.get((code, state)) or _EXACT.get(code)
    if words is None:
        near = (told for start, told in _BEGINNINGS.items() if code.startswith(start))
        words = next(near, None)
    shown = visible(code)
    return Text(f"{words.fr} ({shown})", f"{words.en} ({shown})") if words else Text(shown, shown)


# The codes of guards and jobs are ours, the others MediaWiki's and its extensions'.
_EXACT = {
    "not-tried": Text(
        "pas tentée, l'exécution s'est arrêtée avant",
        "not tried, the run stopped before",
    ),
    "interrupted": Text("interrompue en cours d'envoi", "interrupted while it was sent"),
    "given-up": Text(
        "personne n'a pu savoir si elle a été enregistrée, et --allow unknown l'a admis",
        "nobody could find out whether it was saved, and --allow unknown left it at that",
    ),
    "hidden": Text(
        "une partie de son historique est masquée",
        "a part of its history is hidden",
    ),
    "still-unknown": Text(
        "on ne sait pas si une modification précédente y a été enregistrée",
        "nobody knows whether an earlier edit of it was saved",
    ),
    "stop-order": Text("quelqu'un arrête le robot", "someone stops the bot"),
    "stop-file": Text("un fichier arrête le robot", "a file stops the bot"),
    "deadline": Text("le temps accordé est passé", "the time granted is over"),
    "other-page": Text(
        "une autre page porte ce titre maintenant",
        "another page bears this title now",
    ),
    "clash": Text("le champ a changé depuis le plan", "the field has changed since the plan"),
    "editconflict": Text(
        "quelqu'un a modifié la page au même moment",
        "someone edited the page meanwhile",
    ),
    "blank": Text("la page deviendrait vide", "the page would become blank"),
    "shrink": Text(
        "la page perdrait plus de la moitié de son texte",
        "the page would lose more than half of its text",
    ),
    "reverted": Text(
        "quelqu'un est déjà revenu sur ce changement",
        "someone took this change back before",
    ),
    "made-before": Text(
        "ce plan en a déjà publié un champ, qui n'est pas publié une seconde fois",
        "this plan has saved one of its fields before, which is not saved a second time",
    ),
    "created": Text(
        "page créée par l'exécution : un administrateur peut la supprimer",
        "page created by the run: an administrator may delete it",
    ),
    "purged": Text(
        "ses textes ne sont plus gardés : l'historique de la page les a",
        "its texts are not kept any more: the history of the page has them",
    ),
    "differs": Text(
        "relue, elle ne contient pas ce qui était prévu",
        "read back, it does not hold what was intended",
    ),
    "merged": Text(
        "le wiki l'a fusionnée avec la modification de quelqu'un, et on ne sait pas qui a changé "
        "quoi",
        "the wiki merged it with somebody's edit, and nobody knows who changed what",
    ),
    "nobots": Text("elle demande aux robots de ne pas y toucher", "it asks bots to stay away"),
    "in-use": Text("quelqu'un y travaille", "someone is at work on it"),
    "unreadable": Text(
        "son texte ne se lit pas avec certitude",
        "its text cannot be read with certainty",
    ),
    "texthidden": Text("son texte est masqué", "its text is hidden"),
    "articleexists": Text("elle existe déjà", "it exists already"),
    "nosuchpageid": Text("elle n'existe plus", "it does not exist any more"),
    "pagedeleted": Text("elle a été supprimée", "it was deleted"),
    "cascadeprotected": Text("elle est protégée", "it is protected"),
    "contenttoobig": Text("le texte est trop long", "the text is too long"),
    "blocked": Text("le compte est bloqué", "the account is blocked"),
    "readonly": Text("le wiki est en lecture seule", "the wiki is read-only"),
    "maxlag": Text("le wiki est en retard", "the wiki lags behind"),
    "ratelimited": Text("le wiki limite les modifications", "the wiki limits edits"),
    "no-answer": Text("la connexion s'est interrompue", "the connection broke off"),
    "not-sent": Text("le wiki n'est pas joignable", "the wiki cannot be reached"),
}
_IN_STATE = {
    ("interrupted", "skipped"): Text(
        "interrompue avant l'envoi",
        "interrupted before it was sent",
    ),
    ("interrupted", "failed"): Text(
        "interrompue avant l'enregistrement",
        "interrupted before it was saved",
    ),
}
_BEGINNINGS = {
    "missing": Text("elle n'existe plus", "it does not exist any more"),
    "protected": Text("elle est protégée", "it is protected"),
    "abusefilter": Text("un filtre du wiki l'arrête", "a filter of the wiki stops it"),
    "spam": Text(
        "une adresse web du texte est interdite",
        "a web address in the text is forbidden",
    ),
    "titleblacklist": Text("ce titre est interdit", "this title is forbidden"),
    "http-": Text("le serveur répond par une erreur", "the server answers with an error"),
}
