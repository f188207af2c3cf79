"""Judges how the people of the wiki can stop the bot, and whether someone does right now."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wikibot.diagnosis import Point, failed, ok, unasked, warning
from wikibot.errors import WikibotError
from wikibot.jobs.doctor.facts import Facts
from wikibot.jobs.guards import STOP_FILE
from wikibot.language import Text
from wikibot.visible import visible
from wikibot.wiki.local import GO, stop_page_says

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import Examination, PageFacts

# Whoever has an account reaches these by themselves; what is above is given to few.
# Source: MediaWiki, $wgRestrictionLevels.
_OPEN_LEVELS = ("", "autoconfirmed")
_USER, _USER_TALK = 2, 3  # namespaces


def judge(facts: Facts) -> Iterator[Point]:
    """Yield who can stop the bot, and who does."""
    if facts.on_a_server:
        yield from _on_the_wiki(facts)
    elif facts.order is not None:
        remedy = Text(
            f"Écrivez ce seul mot sur cette page : {GO}. Sans lui wikibot ne publiera rien.",
            f"Write this one word on that page: {GO}. Without it wikibot will save nothing.",
        )
        yield failed("stop-page", facts.order, remedy)
    yield from _stop_file(facts)


def _on_the_wiki(facts: Facts) -> Iterator[Point]:
    page, server = facts.manners.stop_page, facts.server
    if server is None:
        silent = facts.why_silent
        assert silent is not None
        yield from unasked(["stop-page", "stop-open", "talk"] if page else ["talk"], *silent)
        return
    if page is not None and server.stop_page is not None:
        yield from _page(server, server.stop_page, page)
    elif facts.setup.account is not None:
        yield warning("stop-page", _NONE, _make_one(server, facts.setup.account))
    if facts.setup.account is not None and facts.setup.refused is None:
        yield _talk(facts, server)


_NONE = Text(
    "aucune : sur le wiki, il faut bloquer le compte pour arrêter le robot.",
    "none: on the wiki, only a block of the account stops the bot.",
)


def _make_one(server: Examination, account: str) -> Text:
    spaces, name = server.site.syntax.namespaces, visible(account.partition("@")[0])
    page = str(spaces.title(_USER, f"{name}/stop"))
    address = server.url(page)
    return Text(
        f"Créez la page {address} avec ce seul mot : {GO}. Chacun pourra arrêter le robot en y "
        f'écrivant autre chose. Puis ajoutez à wikibot.toml :\n[stop]\npage = "{page}"',
        f"Create the page {address} with this one word: {GO}. Anyone can then stop the bot by "
        f'writing something else there. Then add to wikibot.toml:\n[stop]\npage = "{page}"',
    )


def _page(server: Examination, page: PageFacts, asked: str) -> Iterator[Point]:
    address = server.url(page.title)
    if not page.exists:
        yield failed(
            "stop-page",
            Text(f"« {asked} » n'existe pas.", f"“{asked}” does not exist."),
            Text(
                f"Créez {address} avec ce seul mot : {GO}. Sans elle wikibot ne publiera rien.",
                f"Create {address} with this one word: {GO}. Without it wikibot will save nothing.",
            ),
        )
        return
    if stop_page_says(asked, page.text) is not None:
        yield failed(
            "stop-page",
            Text(
                f"« {page.title} » dit autre chose que « {GO} » : quelqu'un arrête le robot.",
                f"“{page.title}” says something else than “{GO}”: someone stops the bot.",
            ),
            Text(
                f"Lisez {address} et son historique, voyez avec la personne, puis remettez-y ce "
                f"seul mot : {GO}.",
                f"Read {address} and its history, talk to the person, then put back this one "
                f"word: {GO}.",
            ),
        )
    else:
        yield ok("stop-page", f"« {page.title} » dit « {GO} ».", f"“{page.title}” says “{GO}”.")
    yield _open(page, address)


def _open(page: PageFacts, address: str) -> Point:
    private = page.title.endswith((".js", ".css", ".json"))
    if page.edit_level in _OPEN_LEVELS and not private:
        return ok(
            "stop-open",
            "quiconque peut modifier le wiki peut écrire sur cette page.",
            "whoever can edit the wiki can write on that page.",
        )
    return warning(
        "stop-open",
        Text(
            f"« {page.title} » est réservée à quelques personnes"
            f"{f' ({page.edit_level})' if page.edit_level else ''}.",
            f"“{page.title}” is reserved for a few"
            f"{f' ({page.edit_level})' if page.edit_level else ''}.",
        ),
        Text(
            f"Demandez à un administrateur d'ôter la protection de {address}, ou choisissez une "
            "page ordinaire : toute personne gênée par le robot doit pouvoir l'arrêter.",
            f"Ask an administrator to lift the protection of {address}, or choose an ordinary "
            "page: anyone troubled by the bot must be able to stop it.",
        ),
    )


def _talk(facts: Facts, server: Examination) -> Point:
    if not server.messages:
        return ok("talk", "aucun n'attend le robot.", "none waits for the bot.")
    assert server.site.account is not None
    name = server.site.account.name
    address = server.url(str(server.site.syntax.namespaces.title(_USER_TALK, name)))
    found = Text(
        "un message attend le robot sur sa page de discussion.",
        "a message waits for the bot on its talk page.",
    )
    if not facts.manners.heed_talk:
        return warning(
            "talk",
            found,
            Text(
                f"Lisez-le et répondez ({address}). Il n'arrête pas le robot : la configuration le "
                "veut ainsi (talk = false).",
                f"Read it and answer ({address}). It does not stop the bot: the configuration says "
                "so (talk = false).",
            ),
        )
    return warning(
        "talk",
        found,
        Text(
            f"Connectez-vous au wiki avec le compte du robot, lisez {address} et répondez. Tant "
            "que le message n'est pas lu, wikibot ne publie rien.",
            f"Log in to the wiki as the bot's account, read {address} and answer. As long as the "
            "message is unread, wikibot saves nothing.",
        ),
    )


def _stop_file(facts: Facts) -> Iterator[Point]:
    state = facts.state
    if state is None or isinstance(state, WikibotError) or not state.stopped:
        return
    file = state.folder / STOP_FILE
    yield failed(
        "stop-file",
        Text(f"{file} arrête le robot.", f"{file} stops the bot."),
        Text(
            f"Quelqu'un l'a mis sur cette machine : voyez pourquoi, puis supprimez-le (rm {file}).",
            f"Someone put it on this machine: see why, then remove it (rm {file}).",
        ),
    )
