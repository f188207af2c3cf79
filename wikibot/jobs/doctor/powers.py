"""Judges what the account may: what a bot needs, and what none should be able to do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wikibot.diagnosis import ACCESS, Point, failed, ok, warning
from wikibot.jobs.doctor.facts import Facts
from wikibot.language import Text, counted

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import Examination
    from wikibot.wiki.mediawiki.site import Account

BOT_PASSWORDS = "Special:BotPasswords"


def judge(facts: Facts, server: Examination, account: Account) -> Iterator[Point]:
    """Yield what is to be said of the rights and the limits of an account that is logged in."""
    yield _bot(server, account)
    yield _rights(facts, server, account)
    yield _excess(facts, server, account)
    if "confirmedit" in server.extensions:
        yield _captcha(account)
    yield _pace(facts, account)


def _bot(server: Examination, account: Account) -> Point:
    if "bot" in account.rights:
        return ok(
            "bot",
            "les modifications seront marquées « robot ».",
            "edits will be marked as a bot's.",
        )
    found = Text(
        "les modifications ne seront pas marquées « robot » : elles rempliront les listes que "
        "suivent les personnes.",
        "edits will not be marked as a bot's: they will fill the lists that people watch.",
    )
    if "bot" in server.groups:
        page = server.url(BOT_PASSWORDS)
        return warning(
            "bot",
            found,
            Text(
                f"Le compte est bien un robot, mais pas ce mot de passe : connecté avec le compte, "
                f"ouvrez {page} et cochez « Modification de gros volumes » (highvolume).",
                f"The account is a bot, but this password is not: logged in as the account, open "
                f"{page} and tick “High-volume editing” (highvolume).",
            ),
        )
    page = server.url("Special:UserRights")
    return warning(
        "bot",
        found,
        Text(
            "Demandez à un bureaucrate du wiki de mettre le compte dans le groupe des robots "
            f"({page}), puis cochez « Modification de gros volumes » pour le mot de passe.",
            f"Ask a bureaucrat of the wiki to put the account into the group of bots ({page}), "
            "then tick “High-volume editing” for the password.",
        ),
    )


def _rights(facts: Facts, server: Examination, account: Account) -> Point:
    from wikibot.wiki.mediawiki.rights import CREATING, NEEDED

    lacking = ", ".join(sorted(NEEDED - account.rights))
    if lacking:
        page = server.url(BOT_PASSWORDS)
        return failed(
            "rights",
            Text(
                f"il manque {lacking} : ce compte ne peut rien publier.",
                f"{lacking} is missing: this account can save nothing.",
            ),
            Text(
                f"Connecté avec le compte, ouvrez {page}, choisissez le mot de passe du robot et "
                "cochez « Modifier des pages existantes » (editpage).",
                f"Logged in as the account, open {page}, choose the bot's password and tick “Edit "
                "existing pages” (editpage).",
            ),
            ACCESS,
        )
    if account.rights >= CREATING:
        return ok("rights", "lire, modifier et créer des pages.", "read, edit and create pages.")
    if creating := facts.setup.creating:
        page, first = server.url(BOT_PASSWORDS), creating[0]
        return warning(
            "rights",
            Text(
                "lire et modifier des pages, mais pas en créer : dès qu'une action naît dans le "
                f"suivi « {first} », sa synchronisation est refusée.",
                "read and edit pages, but not create any: as soon as an action begins in the "
                f"tracker “{first}”, its sync is refused.",
            ),
            Text(
                f"Connecté avec le compte, ouvrez {page} et cochez « Créer, modifier et déplacer "
                "des pages » (createeditmovepage). Si rien ne doit être créé sur le wiki, écrivez "
                'create = ["tracker"] dans la table de ce suivi.',
                f"Logged in as the account, open {page} and tick “Create, edit, and move pages” "
                "(createeditmovepage). If nothing shall be created on the wiki, write "
                'create = ["tracker"] in the table of that tracker.',
            ),
        )
    return ok(
        "rights",
        "lire et modifier des pages ; pas en créer, ce qui suffit pour corriger.",
        "read and edit pages; not create any, which is enough for mending.",
    )


def _excess(facts: Facts, server: Examination, account: Account) -> Point:
    from wikibot.wiki.mediawiki.rights import FORBIDDEN

    excess = ", ".join(sorted(FORBIDDEN & account.rights))
    if not excess:
        return ok(
            "excess",
            "aucun : même volé, ce secret ne permet ni de supprimer ni d'administrer.",
            "none: even stolen, this secret can neither delete nor administrate.",
        )
    deeds = [_DEEDS[right] for right in sorted(FORBIDDEN & account.rights)]
    found = Text(
        f"un robot ne doit pas pouvoir {', '.join(dict.fromkeys(deed.fr for deed in deeds))} "
        f"({excess}).",
        f"a bot must not be able to {', '.join(dict.fromkeys(deed.en for deed in deeds))} "
        f"({excess}).",
    )
    page = server.url(BOT_PASSWORDS)
    grants = _GRANTS_TO_CREATE if facts.setup.creating else _GRANTS
    remedy = Text(
        f"Connecté avec le compte, ouvrez {page} et créez un mot de passe où seuls {grants.fr} "
        "sont cochés. Sans cela wikibot ne publiera rien.",
        f"Logged in as the account, open {page} and make a password with only {grants.en} "
        "ticked. Without this wikibot will save nothing.",
    )
    if "privileged" in facts.manners.allow:
        return warning("excess", found, _ALLOWED)
    return failed("excess", found, remedy, ACCESS)


_GRANTS = Text(
    "« Modifier des pages existantes » (editpage) et « Modification de gros volumes » (highvolume)",
    "“Edit existing pages” (editpage) and “High-volume editing” (highvolume)",
)
_GRANTS_TO_CREATE = Text(
    "« Modifier des pages existantes » (editpage), « Modification de gros volumes » (highvolume) "
    "et « Créer, modifier et déplacer des pages » (createeditmovepage)",
    "“Edit existing pages” (editpage), “High-volume editing” (highvolume) and “Create, edit, and "
    "move pages” (createeditmovepage)",
)
_BLOCKING = Text("bloquer des gens", "block people")
_DELETING = Text("supprimer ou restaurer des pages", "delete or restore pages")
_HIDING = Text("masquer des révisions", "hide revisions")
_PROGRAMS = Text(
    "changer les programmes et l'aspect du wiki", "change the wiki's programs and looks"
)
_IMPORTING = Text("importer des pages", "import pages")
_DEEDS = {
    "block": _BLOCKING,
    "delete": _DELETING,
    "deleterevision": _HIDING,
    "editinterface": _PROGRAMS,
    "editsitecss": _PROGRAMS,
    "editsitejs": _PROGRAMS,
    "editsitejson": _PROGRAMS,
    "editusercss": _PROGRAMS,
    "edituserjs": _PROGRAMS,
    "hideuser": _HIDING,
    "import": _IMPORTING,
    "importupload": _IMPORTING,
    "oversight": _HIDING,
    "protect": Text("protéger des pages", "protect pages"),
    "sendemail": Text("envoyer des courriels", "send mails"),
    "suppressrevision": _HIDING,
    "undelete": _DELETING,
    "userrights": Text("changer les droits des comptes", "change the rights of accounts"),
}
_ALLOWED = Text(
    'wikibot publiera quand même : la configuration le permet (allow = ["privileged"]). Retirez '
    "ces droits dès que possible.",
    'wikibot will save all the same: the configuration allows it (allow = ["privileged"]). Take '
    "these rights away as soon as you can.",
)


def _captcha(account: Account) -> Point:
    if "skipcaptcha" in account.rights:
        return ok("captcha", "le compte en est dispensé.", "the account is exempt.")
    return warning(
        "captcha",
        Text(
            "le wiki peut en demander un au robot, qui ne sait pas y répondre.",
            "the wiki may ask the bot for one, and a bot cannot solve it.",
        ),
        Text(
            "Demandez à l'administrateur du wiki de donner au groupe des robots le droit "
            "skipcaptcha.",
            "Ask the administrator of the wiki to give the group of bots the right skipcaptcha.",
        ),
    )


def _pace(facts: Facts, account: Account) -> Point:
    wanted, limit = facts.manners.edits_per_minute, account.edit_limit
    allowed = None if limit is None else 60 * limit[0] / limit[1]
    told = (
        Text("le wiki n'impose pas de limite", "the wiki sets no limit")
        if allowed is None
        else Text(f"le wiki en permet {allowed:.0f}", f"the wiki allows {allowed:.0f}")
    )
    if wanted == 0 or (allowed is not None and wanted > allowed):
        asked = Text("sans pause", "without a pause") if wanted == 0 else _per_minute(wanted)
        return warning(
            "pace",
            Text(f"{asked.fr} ; {told.fr}.", f"{asked.en}; {told.en}."),
            Text(
                "wikibot attendra de lui-même quand le wiki le demande. Pour ménager le wiki et "
                "ceux qui le relisent, écrivez edits_per_minute = 6 dans wikibot.toml.",
                "wikibot will wait by itself when the wiki asks. To spare the wiki and those who "
                "review it, write edits_per_minute = 6 into wikibot.toml.",
            ),
        )
    asked = _per_minute(wanted)
    return ok("pace", f"{asked.fr} ; {told.fr}.", f"{asked.en}; {told.en}.")


def _per_minute(number: int) -> Text:
    edits = counted(number, Text("modification", "edit"), Text("modifications", "edits"))
    return Text(f"{edits.fr} par minute au plus", f"at most {edits.en} a minute")
