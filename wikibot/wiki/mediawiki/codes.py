"""Every problem a wiki can answer with, what it means for people, and the reaction to it.

A code that is not in this table is not guessed at: the outcome of a save counts as unknown.
Sources: MediaWiki, API:Errors and warnings, API:Edit (Errors), Manual:Maxlag parameter; the
codes of AbuseFilter, SpamBlacklist, TitleBlacklist and ConfirmEdit from their own pages. What
has surely not been saved follows from the order in which MediaWiki checks a request: assert,
token, rights and read-only, maxlag, then the edit (ApiMain::executeAction).
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from wikibot.language import Text
from wikibot.wiki.mediawiki.answers import NO_ANSWER, NOT_JSON, NOT_SENT, STRANGE


class Kind(Enum):
    """What a problem says about a save, hence what to do."""

    WAIT = auto()  # surely not saved: wait, and send the same again
    SLOW = auto()  # a server before the wiki wants less: wait, look, and send the same again
    TOKEN = auto()  # surely not saved: the token is stale, or the session is gone
    SESSION = auto()  # surely not saved: the wiki no longer knows who we are
    CONFLICT = auto()
    MISSING = auto()
    EXISTS = auto()
    REFUSED = auto()  # surely not saved: this page, this text; other pages may go on
    ACCESS = auto()  # surely not saved: this account, this network; nothing may go on
    AWAY = auto()  # surely not saved: something between us and the wiki; waiting is no help
    UNKNOWN = auto()  # perhaps saved: look, then send again
    DOUBTFUL = auto()  # perhaps saved: look, and leave it at that


@dataclass(frozen=True)
class Reaction:
    """What to do about a code; `words` end a sentence that says what was attempted.

    `first_wait` is in seconds, and grows from one wait to the next.
    """

    kind: Kind
    words: Text
    advice: Text | None = None
    first_wait: float = 2.0


_GRANTS = Text(
    "Sur le wiki, la page Spécial:BotPasswords donne ces droits au mot de passe de robot : "
    "editpage (modifier des pages), highvolume (robot) et, pour créer des pages, "
    "createeditmovepage.",
    "On the wiki, the page Special:BotPasswords gives the bot password these grants: editpage "
    "(edit pages), highvolume (bot) and, to create pages, createeditmovepage.",
)
_ASK = Text(
    "Ouvrez la page sur le wiki, et voyez avec un administrateur.",
    "Open the page on the wiki, and ask an administrator.",
)
_AGAIN = Text("Relisez la page et recommencez.", "Read the page again and start over.")
_LOG_IN = Text(
    "Vérifiez le compte, son mot de passe de robot et ses droits, puis relancez.",
    "Check the account, its bot password and its rights, then run again.",
)


def _on(
    codes: str, kind: Kind, fr: str, en: str, advice: Text | None = None, wait: float = 2.0
) -> tuple[str, Reaction]:
    return codes, Reaction(kind, Text(fr, en), advice, wait)


# fmt: off
_TABLE = (
    # --- not for now ---
    _on("maxlag", Kind.WAIT,
        "les bases de données du wiki sont en retard", "the databases of the wiki lag behind",
        wait=5.0),
    _on("readonly", Kind.WAIT,
        "le wiki est en lecture seule", "the wiki is read-only for now",
        wait=30.0),
    _on("ratelimited", Kind.WAIT,
        "le wiki limite le nombre de modifications par minute",
        "the wiki limits the number of edits a minute",
        wait=10.0),
    _on("lockmanager-fail-conflict cirrussearch-too-busy-error", Kind.WAIT,
        "le wiki est trop occupé", "the wiki is too busy",
        wait=5.0),
    _on("http-429", Kind.SLOW,
        "le wiki reçoit trop de requêtes", "the wiki gets too many requests",
        wait=5.0),
    _on(NOT_SENT, Kind.WAIT,
        "le wiki n'est pas joignable", "the wiki cannot be reached"),
    # --- who we are ---
    _on("badtoken", Kind.TOKEN,
        "le wiki n'accepte pas le jeton de la session", "the wiki does not accept our token",
        _LOG_IN),
    _on("assertuserfailed assertnameduserfailed mustbeloggedin notloggedin", Kind.SESSION,
        "le wiki ne reconnaît pas la session du compte",
        "the wiki does not know the session of the account",
        _LOG_IN),
    _on("mwoauth-*", Kind.SESSION,
        "le wiki refuse l'autorisation OAuth", "the wiki refuses the OAuth authorisation",
        Text("Vérifiez sur la page Spécial:OAuthConsumerRegistration que l'application est "
             "approuvée, et que ses quatre clés (ou son jeton) sont justes.",
             "Check on the page Special:OAuthConsumerRegistration that the consumer is approved, "
             "and that its four keys (or its token) are right.")),
    _on("assertbotfailed", Kind.SESSION,
        "le compte n'est plus un robot sur ce wiki", "the account is no bot any more there",
        _GRANTS),
    _on("readapidenied", Kind.ACCESS,
        "ce wiki ne se lit qu'avec un compte", "this wiki can be read with an account only",
        Text("Donnez un compte et son mot de passe de robot.",
             "Give an account and its bot password.")),
    _on("blocked autoblocked globalblocking-*", Kind.ACCESS,
        "le compte est bloqué", "the account is blocked",
        Text("Quelqu'un a voulu arrêter le robot : voyez pourquoi dans le journal des blocages.",
             "Someone wanted the bot to stop: see why in the block log.")),
    _on("permissiondenied cantcreate cantcreate-anon noedit noedit-anon writeapidenied noapiwrite "
        "confirmemail badaccess-*", Kind.ACCESS,
        "le compte n'en a pas le droit", "the account has no right to do it",
        _GRANTS),
    _on("captcha", Kind.ACCESS,
        "le wiki demande de recopier un captcha", "the wiki asks to solve a captcha",
        Text("Un robot ne répond pas aux captchas : donnez au compte le droit skipcaptcha.",
             "A bot solves no captcha: give the account the right skipcaptcha.")),
    _on("http-407", Kind.AWAY,
        "le serveur mandataire (proxy) refuse de servir", "the proxy refuses to serve",
        Text("Vérifiez la clé « proxy » de wikibot.toml, son compte et son mot de passe.",
             "Check the key “proxy” of wikibot.toml, its account and its password.")),
    _on("http-401 http-403", Kind.ACCESS,
        "le serveur web en interdit l'accès", "the web server denies access",
        Text("Voyez avec l'administrateur du serveur : un filtre répond à la place du wiki.",
             "Ask the administrator of the server: a filter answers in place of the wiki.")),
    # --- the page is not what it was ---
    _on("editconflict edit-conflict", Kind.CONFLICT,
        "quelqu'un a modifié le même passage entre-temps",
        "someone edited the same passage meanwhile",
        _AGAIN),
    _on("nosuchpageid missingtitle pagedeleted edit-gone-missing", Kind.MISSING,
        "la page n'existe plus", "the page does not exist any more",
        Text("Si elle a été supprimée par erreur, restaurez-la sur le wiki : le robot ne recrée "
             "jamais une page.",
             "If it was deleted by mistake, restore it on the wiki: the bot never creates a page "
             "again.")),
    _on("articleexists edit-already-exists", Kind.EXISTS,
        "la page existe déjà", "the page exists already",
        Text("Le robot n'écrit pas par-dessus : ouvrez la page et modifiez-la.",
             "The bot does not write over it: open the page and edit it.")),
    # --- this text, this page ---
    _on("protectedpage cascadeprotected protectednamespace protectednamespace-interface "
        "protectedtitle customcssjsprotected customcssprotected customjsprotected "
        "customjsonprotected", Kind.REFUSED,
        "la page est protégée", "the page is protected",
        _ASK),
    _on("abusefilter-*", Kind.REFUSED,
        "un filtre anti-abus du wiki l'arrête", "an abuse filter of the wiki stops it",
        _ASK),
    _on("spamblacklist spam-blacklist* spamprotect* spamdetected", Kind.REFUSED,
        "le texte contient une adresse web interdite", "the text holds a forbidden web address",
        Text("Retirez l'adresse nommée, ou demandez qu'elle soit permise.",
             "Remove the address named, or ask to have it allowed.")),
    _on("titleblacklist-* invalidtitle title-invalid-* pagecannotexist", Kind.REFUSED,
        "le wiki n'accepte pas ce titre", "the wiki does not accept this title",
        Text("Choisissez un autre titre.", "Choose another title.")),
    _on("contenttoobig http-413 http-contenttoolarge", Kind.REFUSED,
        "le texte est trop long", "the text is too long",
        Text("Partagez la page en plusieurs.", "Split the page into several.")),
    _on("emptypage nosuchsection contentmodel-mismatch badformat no-direct-editing "
        "contentnotallowedhere parseerror", Kind.REFUSED,
        "ce n'est pas une page de texte ordinaire", "it is no ordinary page of text",
        _ASK),
    _on("badtags tags-apply-*", Kind.REFUSED,
        "le wiki ne connaît pas la balise de modification demandée",
        "the wiki does not know the change tag asked for",
        _ASK),
    _on("nosuchrevid badid_rvstartid", Kind.REFUSED,
        "le wiki ne connaît pas cette révision", "the wiki does not know that revision",
        _AGAIN),
    _on("hookaborted failure unknownerror unknownerror-editpage", Kind.REFUSED,
        "le wiki l'a refusé", "the wiki refused it",
        _ASK),
    # --- nobody knows ---
    _on(NO_ANSWER, Kind.UNKNOWN,
        "la connexion s'est interrompue", "the connection broke off"),
    _on(NOT_JSON, Kind.UNKNOWN,
        "la réponse ne vient pas de l'API du wiki", "the answer is not from the wiki's API"),
    _on(STRANGE, Kind.UNKNOWN,
        "la réponse du wiki n'a pas de sens", "the answer of the wiki makes no sense"),
    _on("badmd5", Kind.UNKNOWN,  # surely not saved, and sent again but once
        "le texte a été altéré en chemin", "the text was altered on its way"),
    _on("internal_api_error_DBConnectionError internal_api_error_DBQueryError "
        "internal_api_error_DBQueryTimeoutError internal_api_error_DBUnexpectedError "
        "http-408 http-425 http-499 http-5*", Kind.UNKNOWN,
        "le serveur du wiki est en panne", "the server of the wiki is failing"),
    _on("internal_api_error_*", Kind.DOUBTFUL,
        "le wiki a une panne interne", "the wiki has an internal failure",
        _ASK),
)
# fmt: on

_EXACT = {c: reaction for codes, reaction in _TABLE for c in codes.split() if c[-1] != "*"}
_BEGINNINGS = tuple(
    (c[:-1], reaction) for codes, reaction in _TABLE for c in codes.split() if c[-1] == "*"
)


def reaction_to(code: str) -> Reaction | None:
    """Return the reaction to a code, or None when nobody has told what it means."""
    if code in _EXACT:
        return _EXACT[code]
    return next((found for start, found in _BEGINNINGS if code.startswith(start)), None)
