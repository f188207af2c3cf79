"""The text of a new `wikibot.toml`: short, every key explained, no secret in it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import tomlkit

from wikibot.config import Limits
from wikibot.jobs.init.choosing import PACKAGED
from wikibot.jobs.init.seeking import Kind
from wikibot.language import Language, Text
from wikibot.visible import visible

_BOT = "Commons bot"


@dataclass(frozen=True)
class Settings:
    """What is known of the wiki, as the file gives it.

    `place` is an address, or a path as seen from the file; `user_space` the wiki's own word for
    the namespace of users.
    """

    kind: Kind
    place: str
    name: str
    mapping: str
    account: str | None = None
    contact: str | None = None
    ca_bundle: str | None = None
    proxy: str | None = None
    user_space: str = "Utilisateur"

    def text(self, language: Language) -> str:
        """Return the file, with its remarks in `language`."""
        return "\n".join(line.into(language) for line in self._lines()) + "\n"

    def _lines(self) -> Iterator[Text]:
        name = visible(self.name, 100)
        yield _remark(
            f"Réglages de wikibot pour « {name} », préparés par « wikibot init ».",
            f"Settings of wikibot for “{name}”, prepared by “wikibot init”.",
        )
        yield _remark(
            "Ce qui suit un # ne compte pas. « wikibot doctor » vérifie tout.",
            "What follows a # does not count. “wikibot doctor” checks everything.",
        )
        yield _same("")
        yield _same("[wiki]")
        yield _same(_key(self.kind, self.place))
        if self.kind == "api":
            yield from self._access()
            yield from self._account()
        yield from self._mapping()
        if self.kind == "dump":
            return  # nothing is ever written to an export
        yield from self._state()
        yield from self._limits()
        yield from self._stop()

    def _access(self) -> Iterator[Text]:
        if self.ca_bundle is not None:
            yield _same(_key("ca_bundle", self.ca_bundle))
        if self.proxy is not None:
            yield _same(_key("proxy", self.proxy))

    def _account(self) -> Iterator[Text]:
        yield _same("")
        yield _remark(
            "Le compte du robot et le nom de son mot de passe de robot, tels que la page",
            "The bot's account and the name of its bot password, as the wiki's page",
        )
        yield _remark(
            "Spécial:BotPasswords du wiki les donne. Sans compte, rien ne se publie.",
            "Special:BotPasswords gives them. Without an account nothing is saved.",
        )
        account = self.account or f"{_BOT}@nightly"
        yield _same(("" if self.account else "# ") + _key("account", account))
        yield _same("")
        yield _remark(
            "Son secret ne s'écrit pas ici. Donnez-le par la variable WIKIBOT_PASSWORD, ou par",
            "Its secret is not written here. Give it by the variable WIKIBOT_PASSWORD, or by",
        )
        yield _remark(
            "une seule de ces lignes, dont vous enlevez le premier # :",
            "one of these lines, from which you take the first #:",
        )
        yield _beside(
            "# " + _key("password_file", "wiki.password"),
            "un fichier à vous seul (chmod 600)",
            "a file for you alone (chmod 600)",
            50,
        )
        yield _beside(
            '# password_command = ["pass", "show", "wiki/bot"]',
            "une commande qui l'affiche",
            "a command that prints it",
            50,
        )
        yield _beside(
            "# " + _key("credential", "wiki"),
            "un service systemd (LoadCredential=wiki:…)",
            "a systemd service (LoadCredential=wiki:…)",
            50,
        )
        yield _beside(
            "# keyring = true", "le trousseau de votre session", "the keyring of your session", 50
        )
        yield _same("")
        yield _remark(
            "À qui les administrateurs du wiki peuvent écrire : une adresse ou une page.",
            "Whom the wiki's administrators can write to: an address or a page.",
        )
        contact = self.contact or "bot@example.org"
        yield _same(("" if self.contact else "# ") + _key("contact", contact))

    def _mapping(self) -> Iterator[Text]:
        yield _same("")
        yield _remark(
            "Quel champ est dans quel paramètre de quel modèle : la correspondance fournie,",
            "Which field is in which parameter of which template: the mapping that ships,",
        )
        yield _remark(
            f"{PACKAGED}, ou un dossier à vous (« wikibot mapping discover » en fait un).",
            f"{PACKAGED}, or a folder of yours (“wikibot mapping discover” makes one).",
        )
        yield _same(_key("mapping", self.mapping))

    def _state(self) -> Iterator[Text]:
        yield _same("")
        yield _remark(
            "Le dossier du journal et des rapports : sans lui, rien ne s'annule.",
            "The folder of the journal and the reports: without it nothing can be taken back.",
        )
        if self.kind == "folder":
            yield _remark(
                "Par défaut, .wikibot/ dans le dossier des pages.",
                "By default .wikibot/ in the folder of the pages.",
            )
        yield _same(("# " if self.kind == "folder" else "") + _key("state", "state"))

    def _limits(self) -> Iterator[Text]:
        usual = Limits()
        yield _same("")
        yield _same("[limits]")
        if self.kind == "api":
            yield _beside(
                f"edits_per_minute = {usual.edits_per_minute}",
                "modifications par minute, au plus",
                "edits a minute at most",
            )
        yield _beside(
            f"edits_per_run = {usual.edits_per_run}",
            "pages par exécution ; un plan plus long est refusé",
            "pages a run; a longer plan is refused",
        )
        yield _beside(
            f"deadline_minutes = {usual.deadline_minutes}",
            "une exécution plus longue s'arrête, la suivante continue",
            "a longer run stops, the next one goes on",
        )

    def _stop(self) -> Iterator[Text]:
        yield _same("")
        yield _same("[stop]")
        yield _remark(
            "Une page du wiki par laquelle chacun arrête le robot. Créez-la avec le seul mot go,",
            "A page of the wiki by which everyone can stop the bot. Make it with the one word go,",
        )
        yield _remark(
            "puis enlevez le # : tout autre texte l'arrête.",
            "then take the # away: any other text stops it.",
        )
        user = (self.account or _BOT).partition("@")[0]
        yield _same("# " + _key("page", f"{self.user_space}:{user}/stop"))


def _remark(fr: str, en: str) -> Text:
    return Text(f"# {fr}", f"# {en}")


def _same(line: str) -> Text:
    return Text(line, line)


def _beside(line: str, fr: str, en: str, width: int = 24) -> Text:
    padded = line.ljust(width)
    return Text(f"{padded} # {fr}", f"{padded} # {en}")


def _key(name: str, value: str) -> str:
    return f"{name} = {tomlkit.string(value).as_string()}"
