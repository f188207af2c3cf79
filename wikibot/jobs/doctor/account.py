"""Judges the bot's account: who it is, how it logs in, and whether it can come in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wikibot.diagnosis import ACCESS, CONFIGURATION, Point, failed, ok, unasked, warning
from wikibot.jobs.doctor import powers
from wikibot.jobs.doctor.facts import Facts
from wikibot.jobs.doctor.powers import BOT_PASSWORDS
from wikibot.language import Text
from wikibot.visible import visible

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import Examination
    from wikibot.wiki.mediawiki.site import Account

_AFTER_LOGIN = ("block", "bot", "rights", "excess", "captcha", "pace")
_EVERYBODY = frozenset({"*", "user", "autoconfirmed"})  # groups that nobody is put into by hand


def judge(facts: Facts) -> Iterator[Point]:
    """Yield what is to be said of the account on a server."""
    if not facts.on_a_server:
        return
    setup, server = facts.setup, facts.server
    silent = facts.why_silent
    if server is None:
        assert silent is not None
        yield from unasked(("account", *_AFTER_LOGIN), *silent)
        return
    if setup.account is None:
        yield warning("account", _READING_ONLY, _make_account(server))
        return
    if setup.refused is not None:
        if setup.refused.exit_code == CONFIGURATION:  # told with the secret already
            yield from unasked(("account", *_AFTER_LOGIN), *_NO_SECRET)
            return
        code = setup.refused.exit_code
        yield failed("account", setup.refused.message, setup.refused.advice, code)
        yield from unasked(_AFTER_LOGIN, *_NOT_IN)
        return
    account = server.site.account
    assert account is not None
    yield _account(server, account)
    if setup.login is not None:
        yield _password(setup.account, setup.login, server)
    yield _block(server, account)
    yield from powers.judge(facts, server, account)


_READING_ONLY = Text(
    "aucun : le wiki se lit, rien ne s'y publie.", "none: the wiki can be read, not written."
)
_NO_SECRET = (
    Text("le secret du compte manque", "the secret of the account is missing"),
    Text("Donnez d'abord le secret, puis relancez.", "Give the secret first, then run again."),
)
_NOT_IN = (
    Text("le compte n'est pas connecté", "the account is not logged in"),
    Text(
        "Corrigez d'abord la connexion du compte, puis relancez.",
        "Mend the login of the account first, then run again.",
    ),
)


def _make_account(server: Examination) -> Text:
    page = server.url(BOT_PASSWORDS)
    return Text(
        "C'est bien ainsi pour essayer. Pour publier : créez sur le wiki un compte pour le robot ; "
        f"avec ce compte, ouvrez {page} et créez un mot de passe de robot ; écrivez account et "
        "password_file dans wikibot.toml. Le guide du mainteneur le montre pas à pas (« Le "
        "compte »).",
        "That is fine for trying. To save: make an account for the bot on the wiki; logged in as "
        f"it, open {page} and make a bot password; write account and password_file into "
        "wikibot.toml. The guide for the maintainer shows it step by step (“The account”).",
    )


def _account(server: Examination, account: Account) -> Point:
    name = visible(account.name)
    groups = ", ".join(sorted(set(server.groups) - _EVERYBODY))
    if not groups:
        return ok("account", f"« {name} », dans aucun groupe.", f"“{name}”, in no group.")
    return ok("account", f"« {name} », groupes : {groups}.", f"“{name}”, groups: {groups}.")


def _password(account: str, login: str, server: Examination) -> Point:
    if login != "bot-password":
        return ok(
            "password",
            "par OAuth : un accès propre à ce robot, sans mot de passe.",
            "by OAuth: an access of this bot's own, without a password.",
        )
    _, at, label = account.rpartition("@")
    if at and label:
        return ok(
            "password",
            f"par le mot de passe de robot « {visible(label)} ».",
            f"by the bot password “{visible(label)}”.",
        )
    return warning(
        "password",
        Text(
            "par le mot de passe principal : qui le vole a tout le compte.",
            "by the main password: whoever steals it has the whole account.",
        ),
        Text(
            f"Connecté avec ce compte, ouvrez {server.url(BOT_PASSWORDS)}, créez un mot de passe "
            "de robot et écrivez le nom qu'il donne (Compte@nom) dans la clé account.",
            f"Logged in as this account, open {server.url(BOT_PASSWORDS)}, make a bot password "
            "and write the name it gives (Account@name) into the key account.",
        ),
    )


def _block(server: Examination, account: Account) -> Point:
    log = server.url(f"Special:Contributions/{account.name}")
    if account.blocked is not None:
        return failed(
            "block",
            Text(f"le compte est bloqué : {account.blocked}", f"it is blocked: {account.blocked}"),
            Text(
                f"Quelqu'un a voulu arrêter le robot. Voyez qui et pourquoi sur {log}, et "
                "parlez-lui avant toute autre chose.",
                f"Someone wanted the bot to stop. See who and why on {log}, and talk to them "
                "before anything else.",
            ),
            ACCESS,
        )
    if server.partly_blocked:
        return warning(
            "block",
            Text(
                "le compte est bloqué sur certaines pages.", "the account is blocked on some pages."
            ),
            Text(
                f"Voyez lesquelles et pourquoi sur {log}. Ces pages seront laissées.",
                f"See which and why on {log}. These pages will be left alone.",
            ),
        )
    return ok("block", "aucun.", "none.")
