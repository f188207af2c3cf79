"""What must be so before anything is written: who we are, what we may, what the wiki knows."""

from __future__ import annotations

from wikibot.errors import AccessError, ConfigError, SafetyStop
from wikibot.language import Text
from wikibot.visible import visible
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.rights import FORBIDDEN
from wikibot.wiki.mediawiki.site import Account, Site

USUAL_TAG = "wikibot"
# A wiki that does not know one of these ignores it with a mere warning.
_PROTECTIONS = frozenset({"baserevid", "nocreate", "createonly", "md5", "token", "bot"})


def writing_account(site: Site, place: str, *needed: str) -> Account:
    """Return our account if it may write: no POST goes out only to be refused."""
    account = site.account
    if account is None:
        raise AccessError(
            Text(
                f"Rien ne s'écrit sur {place} sans compte.",
                f"Nothing is written to {place} without an account.",
            ),
            Text(
                "Donnez un compte et son mot de passe de robot (page Spécial:BotPasswords).",
                "Give an account and its bot password (page Special:BotPasswords).",
            ),
        )
    name = visible(account.name)
    if account.blocked is not None:
        raise AccessError(
            Text(
                f"Le compte « {name} » est bloqué sur {place} : {account.blocked}",
                f"The account “{name}” is blocked on {place}: {account.blocked}",
            ),
            Text(
                "Quelqu'un a voulu arrêter le robot : voyez avec un administrateur du wiki.",
                "Someone wanted the bot to stop: ask an administrator of the wiki.",
            ),
        )
    lacking = [right for right in needed if right not in account.rights]
    if lacking:
        rights = ", ".join(lacking)
        raise AccessError(
            Text(
                f"Le compte « {name} » n'a pas le droit d'écrire sur {place} : "
                f"il lui manque {rights}.",
                f"The account “{name}” may not write to {place}: it lacks {rights}.",
            ),
            Text(
                "Sur la page Spécial:BotPasswords, cochez pour ce mot de passe « modifier "
                "des pages existantes » et, pour en créer, « créer, modifier et déplacer ».",
                "On the page Special:BotPasswords, tick for this password “edit existing "
                "pages” and, to create some, “create, edit, and move pages”.",
            ),
        )
    return account


def refuse_excess(account: Account, place: str) -> None:
    """Refuse an account that could do more harm than a bot ever needs to.

    Raises:
        AccessError: it has a right that no bot should have.
    """
    excess = sorted(account.rights & FORBIDDEN)
    if excess:
        rights = ", ".join(excess)
        raise AccessError(
            Text(
                f"Le compte « {visible(account.name)} » a des droits qu'un robot ne doit pas "
                f"avoir ({rights}) : rien n'a été écrit.",
                f"The account “{visible(account.name)}” has rights that no bot should have "
                f"({rights}): nothing was written.",
            ),
            Text(
                "Créez sur Spécial:BotPasswords un mot de passe qui n'a que les droits "
                "« editpage » et « highvolume » ; ou, en connaissance de cause, "
                "--allow privileged.",
                "Make a password on Special:BotPasswords with the grants “editpage” and "
                "“highvolume” alone; or, knowing what you do, --allow privileged.",
            ),
            "privileged",
        )


def insist_on_protections(api: Api) -> None:
    """Ask the wiki whether it knows what keeps the edits of others safe."""
    answer = api.read({"action": "paraminfo", "modules": "edit"})
    try:
        known = {p["name"] for p in answer["paraminfo"]["modules"][0]["parameters"]}
    except (KeyError, IndexError, TypeError):
        raise api.strange("paraminfo") from None
    if not known >= _PROTECTIONS:
        lacking = ", ".join(sorted(_PROTECTIONS - known))
        raise SafetyStop(
            Text(
                f"Le wiki {api.place} ne connaît pas {lacking} : une modification "
                "d'une personne pourrait être perdue, rien n'a été écrit.",
                f"The wiki {api.place} does not know {lacking}: an edit of a person "
                "could be lost, nothing was written.",
            ),
            Text("Mettez MediaWiki à jour.", "Update MediaWiki."),
        )


def usable_tag(
    defined: frozenset[str], account: Account, wanted: str | None, place: str
) -> str | None:
    """Return the change tag for every edit: the configured one, or the usual if it is there.

    Source: MediaWiki, Manual:Tags.

    Raises:
        ConfigError: the configured one is not there, or not for us to apply.
    """
    usable = (wanted or USUAL_TAG) in defined and "applychangetags" in account.rights
    if wanted and not usable:
        raise ConfigError(
            Text(
                f"La balise de modification « {wanted} » n'est pas en service sur "
                f"{place}, ou le compte n'a pas le droit de la poser.",
                f"The change tag “{wanted}” is not in use on {place}, or the "
                "account may not apply it.",
            ),
            Text(
                "Un administrateur la crée sur Spécial:Balises ; sinon retirez la clé « tag » "
                "de wikibot.toml.",
                "An administrator makes it on Special:Tags; otherwise remove the key “tag” "
                "from wikibot.toml.",
            ),
            "badtags",
        )
    return (wanted or USUAL_TAG) if usable else None
