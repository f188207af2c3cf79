"""What to do once `wikibot.toml` is there: commands to paste, in order."""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from wikibot.jobs.init.choosing import FOLDER, Choice, Reason
from wikibot.jobs.init.probing import Probe
from wikibot.jobs.init.settings import Settings
from wikibot.language import Text


@dataclass(frozen=True)
class Step:
    """One thing to do; `command` is "" where it is done elsewhere."""

    what: Text
    command: str = ""


def next_steps(probe: Probe, choice: Choice, into: Path, settings: Settings) -> Iterator[Step]:
    """Yield the steps that lead from the new file to the first look at what would change."""
    server = probe.place.kind == "api"
    needed = server and (probe.wiki is None or choice.reason == "empty")
    if into.resolve() != Path.cwd():
        there = shlex.quote(str(into))
        yield Step(Text("Allez dans ce dossier.", "Go to that folder."), f"cd {there}")
    if needed and settings.account is None:
        yield Step(
            Text(
                "Sur le wiki, créez un compte pour le robot et son mot de passe de robot (page "
                "Spécial:BotPasswords) ; puis donnez la clé account dans wikibot.toml.",
                "On the wiki, make an account for the bot and its bot password (page "
                "Special:BotPasswords); then give the key account in wikibot.toml.",
            )
        )
    if settings.account is not None and "@" not in settings.account:
        yield Step(
            Text(
                f"Vérifiez le compte « {settings.account} » : avec un mot de passe de robot, il "
                "s'écrit Compte@nom.",
                f"Check the account “{settings.account}”: with a bot password it is written "
                "Account@name.",
            )
        )
    if needed or settings.account is not None:
        yield Step(
            Text(
                "Tapez le secret du compte (il ne s'affiche pas) ; wikibot.toml dit comment le "
                "donner chaque nuit.",
                "Type the secret of the account (it is not shown); wikibot.toml says how to give "
                "it every night.",
            ),
            "read -rs WIKIBOT_PASSWORD && export WIKIBOT_PASSWORD",
        )
    if choice.reason == "empty":
        yield from _INSTALL
    yield Step(Text("Vérifiez que tout est prêt.", "Check that all is ready."), "wikibot doctor")
    if choice.reason == "empty":
        return  # there are no pages yet
    yield from _MAPPING[choice.reason]
    yield Step(
        Text("Voyez ce qui ne va pas dans les pages.", "See what is wrong with the pages."),
        "wikibot check",
    )
    yield Step(
        Text(
            "Voyez ce que wikibot corrigerait ; rien ne s'écrit sans --apply.",
            "See what wikibot would mend; nothing is written without --apply.",
        ),
        "wikibot fix",
    )
    if server and not needed and settings.account is None:
        yield Step(
            Text(
                "Quand vous voudrez publier : créez sur le wiki un compte pour le robot et son "
                "mot de passe de robot (page Spécial:BotPasswords), et donnez la clé account.",
                "When you want to save: make an account for the bot on the wiki and its bot "
                "password (page Special:BotPasswords), and give the key account.",
            )
        )


_DRIFT = Step(
    Text(
        "Comparez la correspondance au wiki, champ par champ.",
        "Compare the mapping to the wiki, field by field.",
    ),
    "wikibot mapping drift",
)
_MAPPING: dict[Reason, tuple[Step, ...]] = {
    "asked": (_DRIFT,),
    "fits": (_DRIFT,),
    "unread": (
        _DRIFT,
        Step(
            Text(
                "Si elle ne convient pas, tirez-en une du wiki lui-même, puis écrivez "
                f'mapping = "{FOLDER}" dans wikibot.toml.',
                "If it does not fit, make one of the wiki itself, then write "
                f'mapping = "{FOLDER}" into wikibot.toml.',
            ),
            f"wikibot mapping discover --into {FOLDER}",
        ),
    ),
    "discovered": (
        Step(
            Text(
                "Relisez la correspondance, surtout ce qui est à confirmer.",
                "Read the mapping through, above all what is to be confirmed.",
            ),
            "wikibot mapping show",
        ),
    ),
}
_INSTALL = (
    Step(
        Text(
            "Voyez les modèles, formulaires et attributs à mettre sur le wiki.",
            "See the templates, forms and properties to put on the wiki.",
        ),
        "wikibot mapping install",
    ),
    Step(
        Text(
            "Mettez-les-y, au rythme de [limits] ; interrompue, la même commande continue.",
            "Put them there, at the pace of [limits]; interrupted, the same command goes on.",
        ),
        "wikibot mapping install --apply",
    ),
)
