"""Judges the change tag by which the edits of the bot can be listed on the wiki."""

from __future__ import annotations

from collections.abc import Iterator

from wikibot.diagnosis import CONFIGURATION, Point, failed, ok, unasked
from wikibot.jobs.doctor.facts import Facts
from wikibot.language import Text
from wikibot.visible import visible


def judge(facts: Facts) -> Iterator[Point]:
    """Yield whether the tag can be applied; nothing where nobody could."""
    if not facts.on_a_server or facts.setup.account is None:
        return
    server = facts.server
    if server is None:
        silent = facts.why_silent
        assert silent is not None
        yield from unasked(["tag"], *silent)
        return
    from wikibot.wiki.mediawiki.permission import USUAL_TAG

    wanted = facts.manners.tag
    name = visible(wanted or USUAL_TAG)
    tag = server.tags.get(wanted or USUAL_TAG)
    # who is not logged in cannot be asked about
    account = server.site.account
    allowed = account is None or "applychangetags" in account.rights
    if tag and tag.active and tag.manual and allowed and "tags" in server.parameters:
        yield ok(
            "tag",
            f"chaque modification portera la balise « {name} ».",
            f"every edit will bear the tag “{name}”.",
        )
    elif wanted is None:
        yield ok(
            "tag",
            f"le wiki n'a pas de balise « {name} » en service ; les modifications se "
            "reconnaissent à leur résumé ([wb:…]).",
            f"the wiki has no tag “{name}” in use; edits are known by their summary ([wb:…]).",
        )
    else:
        found, remedy = _lacking(name, tag is not None, allowed, server.url("Special:Tags"))
        yield failed("tag", found, remedy, CONFIGURATION)


def _lacking(name: str, defined: bool, allowed: bool, page: str) -> tuple[Text, Text]:
    """Return why a configured tag cannot be applied, and what to do."""
    if not defined:
        return (
            Text(f"le wiki n'a pas de balise « {name} ».", f"the wiki has no tag “{name}”."),
            Text(
                f"Demandez à un administrateur de la créer sur {page}, ou retirez la clé tag de "
                "wikibot.toml.",
                f"Ask an administrator to make it on {page}, or remove the key tag from "
                "wikibot.toml.",
            ),
        )
    if not allowed:
        return (
            Text(
                f"le compte n'a pas le droit de poser la balise « {name} ».",
                f"the account may not apply the tag “{name}”.",
            ),
            Text(
                "Demandez à l'administrateur du wiki de donner au groupe des robots le droit "
                "applychangetags, ou retirez la clé tag de wikibot.toml.",
                "Ask the administrator of the wiki to give the group of bots the right "
                "applychangetags, or remove the key tag from wikibot.toml.",
            ),
        )
    return (
        Text(
            f"la balise « {name} » n'est pas en service, ou n'est pas de celles qu'un compte peut "
            "poser.",
            f"the tag “{name}” is not in use, or not one that an account can apply.",
        ),
        Text(
            f"Demandez à un administrateur de l'activer sur {page}, ou nommez-en une autre par la "
            "clé tag de wikibot.toml.",
            f"Ask an administrator to activate it on {page}, or name another one by the key tag of "
            "wikibot.toml.",
        ),
    )
