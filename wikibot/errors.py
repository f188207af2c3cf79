"""Every error wikibot raises on purpose; each knows its exit code and its advice.

The exit codes are a contract with whoever runs the bot unattended: 2 usage, configuration,
mapping or input file (nothing written) · 3 a person has to look · 4 identity or rights ·
5 unavailable for now · 6 safety stop · 7 another run holds the lock · 8 outcome unknown.
"""

from __future__ import annotations

from collections.abc import Sequence

from wikibot.language import Text


class WikibotError(Exception):
    """Base of all: a message, and advice on what to do about it."""

    exit_code = 2

    def __init__(self, message: Text, advice: Text | None = None) -> None:
        """Keep both texts; `str(error)` is the English message."""
        super().__init__(message.en)
        self.message = message
        self.advice = advice


class InputError(WikibotError):
    """What was asked cannot be done as it was asked: unknown page, field, term, file."""


class InvalidTitle(InputError):
    """A text that MediaWiki cannot take as a page title."""


class ConfigError(WikibotError):
    """`wikibot.toml`, an option or a secret is missing or wrong."""


class MappingError(WikibotError):
    """A mapping that cannot be used; `problems` lists every error of every file."""

    def __init__(self, problems: Sequence[Text]) -> None:
        """Join the problems, one a line."""
        self.problems = tuple(problems)
        super().__init__(
            Text("\n".join(p.fr for p in problems), "\n".join(p.en for p in problems)),
            Text(
                "Corrigez ces lignes de la correspondance ; rien n'a été lu ni écrit.",
                "Mend these lines of the mapping; nothing was read or written.",
            ),
        )


class PlanError(WikibotError):
    """A plan file that cannot be used: damaged, of another wiki, of another format."""


class AmbiguousWikitext(WikibotError):
    """A place of a page that cannot be read with certainty, hence is never written."""

    exit_code = 3


class UnsafeValue(WikibotError):
    """A value that, written into the call, would change more than its own field."""


class AccessError(WikibotError):
    """Login refused, session lost, rights missing, account blocked, TLS not trusted."""

    exit_code = 4


class Unavailable(WikibotError):
    """The wiki does not answer for now; nothing is lost, a later run goes on."""

    exit_code = 5


class SafetyStop(WikibotError):
    """A guard stopped the run."""

    exit_code = 6


class LockHeld(WikibotError):
    """Another run works on the same wiki."""

    exit_code = 7


class SaveError(WikibotError):
    """One page could not be saved; the other pages of a plan go on."""

    exit_code = 3


class EditConflict(SaveError):
    """The page is no longer at the revision that the edit was made for."""


class PageMissing(SaveError):
    """The page does not exist (any more); it is never created by an edit."""


class PageExists(SaveError):
    """A page to be created exists already."""


class SaveRefused(SaveError):
    """The wiki refused this edit (protection, filter, spam list, …)."""


class OutcomeUnknown(SaveError):
    """The save was sent and no trustworthy answer came back."""

    exit_code = 8
