"""Why a question was not answered, or not to the end, in words for people."""

from __future__ import annotations

from wikibot.errors import ConfigError, QueryRefused, Unavailable
from wikibot.language import Text
from wikibot.visible import visible


def no_semantic_mediawiki(place: str, code: str) -> ConfigError:
    """Return the error of a wiki that does not know what was asked at all."""
    return ConfigError(
        Text(
            f"Le wiki {place} n'a pas l'extension Semantic MediaWiki : on ne peut pas lui demander "
            "les valeurs de ses propriétés.",
            f"The wiki {place} has no extension Semantic MediaWiki: it cannot be asked for the "
            "values of properties.",
        ),
        Text(
            "La page Spécial:Version du wiki liste ses extensions. Sans celle-ci, wikibot lit les "
            "pages elles-mêmes.",
            "The page Special:Version of the wiki lists its extensions. Without this one wikibot "
            "reads the pages themselves.",
        ),
        code,
    )


def in_circles(place: str) -> Unavailable:
    """Return the error of a list whose continuation does not go on."""
    return Unavailable(
        Text(
            f"Le wiki {place} renvoie toujours à la même suite d'une liste : la lecture s'arrête "
            "là.",
            f"The wiki {place} leads back to the same part of a list again and again: reading "
            "stops here.",
        ),
        _LATER,
        "smw-in-circles",
    )


def too_many(question: str, last_offset: int) -> QueryRefused:
    """Return the error of a list that is too long, and that no title divides."""
    shown = visible(question, 120)
    return QueryRefused(
        Text(
            f"La question {shown} a plus de {last_offset} réponses que leurs titres ne départagent "
            "pas : le wiki ne les donne pas toutes.",
            f"The question {shown} has more than {last_offset} answers that their titles do not "
            "tell apart: the wiki does not give them all.",
        ),
        Text(
            "Ajoutez une condition, pour poser plusieurs questions plus étroites.",
            "Add a condition, to ask several narrower questions.",
        ),
        "smw-too-many",
    )


def not_held(place: str, bound: str) -> Unavailable:
    """Return the error of a wiki that lost pages when its list was divided at `bound`."""
    return Unavailable(
        Text(
            f"Le wiki {place} n'a pas su partager une longue liste à « {visible(bound)} » : elle "
            "n'a pas été lue en entier.",
            f"The wiki {place} could not divide a long list at “{visible(bound)}”: it was not "
            "read whole.",
        ),
        _LATER,
        "smw-not-divided",
    )


_LATER = Text(
    "Relancez plus tard, ou posez une question plus étroite.",
    "Run again later, or ask a narrower question.",
)
