"""Judges what the wiki has installed: what it means for the bot, present or absent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from wikibot.diagnosis import Point, ok, unasked, warning
from wikibot.errors import WikibotError
from wikibot.jobs.doctor.facts import Facts
from wikibot.language import Text
from wikibot.mapping import Mapping

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki.examination import Examination

# Folded names, as extensions give them over the years → the name for people.
_NAMES = {
    "semanticmediawiki": "SemanticMediaWiki",
    "pageforms": "PageForms",
    "semanticactions": "SemanticActions",
    "abusefilter": "AbuseFilter",
    "spamblacklist": "SpamBlacklist",
    "titleblacklist": "TitleBlacklist",
    "confirmedit": "ConfirmEdit",
    "flaggedrevs": "FlaggedRevs",
    "flaggedrevisions": "FlaggedRevs",
    "approvedrevs": "ApprovedRevs",
    "oauth": "OAuth",
}
_MEANING = {
    "SemanticMediaWiki": Text(
        "les champs deviennent des attributs, quelques minutes après une publication",
        "fields become properties, some minutes after a save",
    ),
    "PageForms": Text(
        "les personnes remplissent les fiches par formulaire, le robot garde leur mise en page",
        "people fill pages by forms, the bot keeps their layout",
    ),
    "SemanticActions": Text("le suivi des actions est là", "the action tracker is there"),
    "AbuseFilter": Text(
        "un filtre peut refuser une publication ; la page est alors laissée, et le filtre nommé",
        "a filter may refuse a save; the page is then left alone, and the filter named",
    ),
    "SpamBlacklist": Text(
        "une page où figure une adresse web interdite est laissée, et l'adresse nommée",
        "a page with a forbidden web address is left alone, and the address named",
    ),
    "TitleBlacklist": Text(
        "certains titres ne peuvent pas être créés", "some titles cannot be created"
    ),
    "ConfirmEdit": Text(
        "le wiki peut demander un captcha : voyez plus bas, avec le compte",
        "the wiki may ask for a captcha: see below, with the account",
    ),
    "OAuth": Text(
        "le robot peut aussi se connecter sans mot de passe (clé login)",
        "the bot can log in without a password too (key login)",
    ),
}


def judge(facts: Facts) -> Iterator[Point]:
    """Yield what the extensions of a server mean."""
    if not facts.on_a_server:
        return
    if facts.server is None:
        silent = facts.why_silent
        assert silent is not None
        yield from unasked(["extensions"], *silent)
        return
    there = {
        _NAMES[key]: number for key, number in facts.server.extensions.items() if key in _NAMES
    }
    for name in dict.fromkeys(_NAMES.values()):
        if name in there:
            yield _present(name, there[name], facts.server)
    absent = [name for name in dict.fromkeys(_NAMES.values()) if name not in there]
    if "SemanticMediaWiki" in absent and _wants_properties(facts.mapping):
        absent.remove("SemanticMediaWiki")
        yield warning("extension.SemanticMediaWiki", _NO_PROPERTIES, _RIGHT_WIKI)
    if absent:
        names = ", ".join(absent)
        yield ok(
            "extensions",
            f"absentes, sans conséquence pour le robot : {names}.",
            f"absent, of no consequence for the bot: {names}.",
        )


_NO_PROPERTIES = Text(
    "absent, alors que la correspondance nomme des attributs : est-ce le bon wiki ?",
    "absent, though the mapping names properties: is it the right wiki?",
)
_RIGHT_WIKI = Text(
    "Vérifiez l'adresse du wiki. Si elle est juste, rien n'empêche de relever et de corriger les "
    "fiches : wikibot les lit dans leur texte.",
    "Check the wiki's address. If it is right, nothing keeps you from checking and mending the "
    "pages: wikibot reads them in their text.",
)


def _wants_properties(mapping: Mapping | WikibotError) -> bool:
    if isinstance(mapping, WikibotError):
        return False
    return any(f.property for page_type in mapping.page_types for f in page_type.fields)


def _present(name: str, number: str, server: Examination) -> Point:
    if name in _EXEMPT:
        return _approval(name, server)
    lead, meaning = f"{number} — " if number else "", _MEANING[name]
    return ok(f"extension.{name}", f"{lead}{meaning.fr}.", f"{lead}{meaning.en}.")


# Who has one of these rights is exempt from the review of others. Sources: the pages of the two
# extensions on mediawiki.org ($egApprovedRevsAutomaticApprovals is on by default).
_EXEMPT = {
    "FlaggedRevs": frozenset({"autoreview", "review", "validate"}),
    "ApprovedRevs": frozenset({"approverevisions"}),
}


def _approval(name: str, server: Examination) -> Point:
    """Say whether the readers see what the bot saves at once."""
    if _EXEMPT[name] & server.site.rights:
        return ok(
            f"extension.{name}",
            "les révisions se relisent ici, mais celles du robot en sont dispensées.",
            "revisions are reviewed here, but the bot's are exempt.",
        )
    right = min(_EXEMPT[name])
    return warning(
        f"extension.{name}",
        Text(
            "les révisions attendent ici une relecture : ce que publie le robot ne se verra pas "
            "tout de suite.",
            "revisions wait for a review here: what the bot saves will not show at once.",
        ),
        Text(
            f"Demandez à un administrateur du wiki d'en dispenser le compte du robot (droit "
            f"{right}), ou prévoyez qui relira.",
            f"Ask an administrator of the wiki to exempt the bot's account (right {right}), or "
            "settle who will review.",
        ),
    )
