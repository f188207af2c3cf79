"""Judges the configuration: the file, where the secret comes from, the mapping."""

from __future__ import annotations

import os
from collections.abc import Iterator

from wikibot.diagnosis import CONFIGURATION, Point, failed, ok, unasked, warning
from wikibot.errors import WikibotError
from wikibot.jobs.doctor.facts import Facts
from wikibot.language import Text
from wikibot.render.size import size


def judge(facts: Facts) -> Iterator[Point]:
    """Yield what is to be said of the configuration."""
    yield _file(facts)
    yield from _secret(facts)
    yield _mapping(facts)
    yield from _nights(facts)


def _nights(facts: Facts) -> Iterator[Point]:
    for each in facts.setup.nights:
        id, wrong = each.id, each.wrong
        if wrong is None:
            yield ok(id, "rien ne manque.", "nothing is missing.")
        elif each.fatal:
            yield failed(id, wrong.message, wrong.advice, CONFIGURATION)
        else:
            yield warning(id, wrong.message, wrong.advice or _MEND)


def _file(facts: Facts) -> Point:
    setup = facts.setup
    if setup.unusable is not None:
        return failed("file", setup.unusable.message, setup.unusable.advice, CONFIGURATION)
    if setup.file is None and not setup.place:
        return warning(
            "file",
            Text(
                "aucun wikibot.toml, ni dans ce dossier ni au-dessus.",
                "no wikibot.toml, neither in this folder nor above it.",
            ),
            Text(
                "Créez ici un fichier wikibot.toml de ces deux lignes, avec l'adresse de votre "
                "wiki ; le guide du mainteneur montre la suite :\n"
                '[wiki]\napi = "https://…/api.php"',
                "Make a file wikibot.toml of these two lines here, with the address of your wiki; "
                "the guide for the maintainer shows the rest:\n"
                '[wiki]\napi = "https://…/api.php"',
            ),
        )
    if setup.file is None:
        return ok(
            "file",
            "aucun wikibot.toml n'est employé : tout vient de la ligne de commande.",
            "no wikibot.toml is used: all comes from the command line.",
        )
    if os.name != "nt" and setup.file.stat().st_mode & 0o022:
        return warning(
            "file",
            Text(
                f"{setup.file} peut être modifié par d'autres comptes de cette machine.",
                f"{setup.file} can be changed by other accounts of this machine.",
            ),
            Text(
                f"Tapez : chmod go-w {setup.file}. Ce fichier peut nommer une commande que wikibot "
                "exécute.",
                f"Type: chmod go-w {setup.file}. The file may name a command that wikibot runs.",
            ),
        )
    return ok("file", f"{setup.file}", f"{setup.file}")


def _secret(facts: Facts) -> Iterator[Point]:
    setup = facts.setup
    if setup.account is None or not facts.on_a_server:
        return
    if setup.refused is not None and setup.refused.exit_code == CONFIGURATION:
        yield failed("secret", setup.refused.message, setup.refused.advice, CONFIGURATION)
    elif setup.secret is not None:
        yield Point("secret", "ok", setup.secret)
    elif setup.unusable is None and setup.login is not None:
        yield failed(
            "secret",
            Text(
                f"aucun n'est donné pour le compte « {setup.account} ».",
                f"none is given for the account “{setup.account}”.",
            ),
            Text(
                "Mettez le mot de passe de robot, seul, dans un fichier que vous êtes seul à "
                "pouvoir lire (chmod 600), et nommez-le par la clé password_file de wikibot.toml.",
                "Put the bot password, alone, into a file that only you can read (chmod 600), and "
                "name it by the key password_file of wikibot.toml.",
            ),
            CONFIGURATION,
        )


def _mapping(facts: Facts) -> Point:
    mapping = facts.mapping
    if isinstance(mapping, WikibotError):
        if mapping is facts.setup.unusable:
            silent = facts.why_silent
            assert silent is not None
            return unasked(["mapping"], *silent)[0]
        return failed("mapping", mapping.message, mapping.advice, CONFIGURATION)
    fields = [field for page_type in mapping.page_types for field in page_type.fields]
    unsure = sum(not field.verified for field in fields)
    left = Text("", "")
    if unsure:
        left = Text(
            f" (noms de paramètres à confirmer : {unsure})",
            f" (names of parameters to be confirmed: {unsure})",
        )
    known = size(mapping)
    return ok(
        "mapping",
        f"« {mapping.id} », {known.fr}{left.fr}.",
        f"“{mapping.id}”, {known.en}{left.en}.",
    )


_MEND = Text(
    "Corrigez wikibot.toml, sous [nightly.report].", "Mend wikibot.toml, [nightly.report]."
)
