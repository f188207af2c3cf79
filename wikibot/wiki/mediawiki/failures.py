"""Problems of a wiki as the errors of wikibot: what, why, and what to do about it."""

from __future__ import annotations

from wikibot.errors import (
    AccessError,
    ConfigError,
    EditConflict,
    InputError,
    NotNow,
    OutcomeUnknown,
    PageExists,
    PageMissing,
    SaveRefused,
    Unavailable,
    WikibotError,
)
from wikibot.language import Text
from wikibot.wiki.mediawiki.answers import NOT_SENT, Problem
from wikibot.wiki.mediawiki.codes import Kind, reaction_to

_SAVING: dict[Kind, type[WikibotError]] = {
    Kind.WAIT: NotNow,
    Kind.SLOW: NotNow,
    Kind.TOKEN: AccessError,
    Kind.SESSION: AccessError,
    Kind.CONFLICT: EditConflict,
    Kind.MISSING: PageMissing,
    Kind.EXISTS: PageExists,
    Kind.REFUSED: SaveRefused,
    Kind.ACCESS: AccessError,
    Kind.AWAY: Unavailable,
    Kind.UNKNOWN: OutcomeUnknown,
    Kind.DOUBTFUL: OutcomeUnknown,
}
_READING: dict[Kind, type[WikibotError]] = {
    Kind.WAIT: Unavailable,
    Kind.SLOW: Unavailable,
    Kind.TOKEN: AccessError,
    Kind.SESSION: AccessError,
    Kind.CONFLICT: InputError,
    Kind.MISSING: PageMissing,
    Kind.EXISTS: InputError,
    Kind.REFUSED: InputError,
    Kind.ACCESS: AccessError,
    Kind.AWAY: Unavailable,
    Kind.UNKNOWN: Unavailable,
    Kind.DOUBTFUL: Unavailable,
}
_ADVICE: dict[type[WikibotError], Text] = {
    Unavailable: Text(
        "Relancez plus tard : rien n'est perdu.", "Run again later: nothing is lost."
    ),
    OutcomeUnknown: Text(
        "Regardez l'historique de la page avant de recommencer.",
        "Look at the history of the page before you start over.",
    ),
}
_UNHEARD_OF = Text(
    "le wiki répond d'un code inconnu de wikibot", "the wiki answers with a code unknown to wikibot"
)
# Statuses of a web server that has no such script: not a matter of waiting.
_NO_SUCH_SCRIPT = frozenset({"http-400", "http-404", "http-405", "http-410"})


def not_saved(title: str, problem: Problem) -> WikibotError:
    """Return the error of a save that brought `problem`; an unknown code is an unknown outcome.

    What is only a matter of time comes as NotNow.
    """
    reaction = reaction_to(problem.code)
    family = OutcomeUnknown if reaction is None else _SAVING[reaction.kind]
    attempt = Text(
        f"La page « {title} » n'a pas été enregistrée", f"The page “{title}” was not saved"
    )
    if family is OutcomeUnknown:
        attempt = Text(
            f"On ne sait pas si la page « {title} » a été enregistrée",
            f"Nobody knows whether the page “{title}” was saved",
        )
    failure = _failure(family, attempt, problem)
    if isinstance(failure, OutcomeUnknown):
        failure.resend = reaction is not None and reaction.kind is Kind.UNKNOWN
    if isinstance(failure, NotNow) and reaction is not None:
        failure.retry_after, failure.first_wait = problem.retry_after, reaction.first_wait
        failure.look = reaction.kind is Kind.SLOW
    return failure


def not_read(place: str, problem: Problem, *, met: bool) -> WikibotError:
    """Return the error of a question that the wiki at `place` did not answer.

    `met` tells whether that address has ever answered as a wiki does.
    """
    if not met and problem.code in _NO_SUCH_SCRIPT:
        return ConfigError(
            Text(
                f"Il n'y a pas d'API de wiki à {place}.", f"There is no API of a wiki at {place}."
            ),
            _CHECK_ADDRESS,
        )
    reaction = reaction_to(problem.code)
    family = Unavailable if reaction is None else _READING[reaction.kind]
    attempt = Text(f"Le wiki {place} n'a pas pu être lu", f"The wiki {place} could not be read")
    failure = _failure(family, attempt, problem)
    by_wiki = reaction is not None and reaction.kind is Kind.WAIT and problem.code != NOT_SENT
    if not met and family is Unavailable and not by_wiki and not (reaction and reaction.advice):
        failure.advice = _CHECK_ADDRESS
    return failure


_CHECK_ADDRESS = Text(
    "Vérifiez l'adresse, qui finit d'ordinaire par api.php (la page Spécial:Version la donne). "
    "Si elle est juste, relancez plus tard.",
    "Check the address, which usually ends with api.php (the page Special:Version tells it). "
    "If it is right, run again later.",
)


def _failure(family: type[WikibotError], attempt: Text, problem: Problem) -> WikibotError:
    reaction = reaction_to(problem.code)
    why = _UNHEARD_OF if reaction is None else reaction.words
    told = f"{problem.code} – {problem.words}" if problem.words else problem.code
    return family(
        Text(f"{attempt.fr} : {why.fr} ({told}).", f"{attempt.en}: {why.en} ({told})."),
        (reaction and reaction.advice) or _ADVICE.get(family) or _ADVICE.get(family.__bases__[0]),
        problem.code,
    )
