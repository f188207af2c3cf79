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
    usual_code = "error"

    def __init__(self, message: Text, advice: Text | None = None, code: str = "") -> None:
        """Keep both texts; `str(error)` is the English message.

        `code` is a short name of the cause for programs: MediaWiki's own where it has one, else
        the usual one of the family.
        """
        super().__init__(message.en)
        self.message = message
        self.advice = advice
        self.code = code or self.usual_code


class InputError(WikibotError):
    """What was asked cannot be done as it was asked: unknown page, field, term, file."""

    usual_code = "input"


class QueryRefused(InputError):
    """Semantic MediaWiki does not accept one query; other questions may go on."""

    exit_code = 3


class InvalidTitle(InputError):
    """A text that MediaWiki cannot take as a page title."""

    usual_code = "invalidtitle"


class ConfigError(WikibotError):
    """`wikibot.toml`, an option or a secret is missing or wrong."""

    usual_code = "config"


class MappingError(WikibotError):
    """A mapping that cannot be used; `problems` lists every error of every file."""

    usual_code = "mapping"

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

    usual_code = "plan"


class AmbiguousWikitext(WikibotError):
    """A place of a page that cannot be read with certainty, hence is never written."""

    usual_code = "ambiguous-wikitext"
    exit_code = 3


class UnsafeValue(WikibotError):
    """A value that, written into the call, would change more than its own field."""

    usual_code = "unsafe-value"


class AccessError(WikibotError):
    """Login refused, session lost, rights missing, account blocked, TLS not trusted."""

    usual_code = "access"
    exit_code = 4


class Unavailable(WikibotError):
    """The wiki does not answer for now; nothing is lost, a later run goes on."""

    usual_code = "unavailable"
    exit_code = 5


class NotNow(Unavailable):
    """The wiki has not saved, and asks to come back later with the very same edit.

    `retry_after` is what it asks for in seconds, or None; `first_wait` the least that is due.
    Where `look` is set it was not the wiki itself that said so: before the edit is sent again,
    the history is to be looked at.
    """

    def __init__(
        self,
        message: Text,
        advice: Text | None = None,
        code: str = "",
        *,
        retry_after: float | None = None,
        first_wait: float = 2.0,
        look: bool = False,
    ) -> None:
        """Keep the waits, in seconds."""
        super().__init__(message, advice, code)
        self.retry_after = retry_after
        self.first_wait = first_wait
        self.look = look


class SafetyStop(WikibotError):
    """A guard stopped the run."""

    usual_code = "safety-stop"
    exit_code = 6


class LockHeld(WikibotError):
    """Another run works on the same wiki."""

    usual_code = "locked"
    exit_code = 7


class SaveError(WikibotError):
    """One page could not be saved; the other pages of a plan go on."""

    usual_code = "not-saved"
    exit_code = 3


class EditConflict(SaveError):
    """The page is no longer at the revision that the edit was made for."""

    usual_code = "editconflict"


class PageMissing(SaveError):
    """The page does not exist (any more); it is never created by an edit."""

    usual_code = "missingtitle"


class PageExists(SaveError):
    """A page to be created exists already."""

    usual_code = "articleexists"


class SaveRefused(SaveError):
    """The wiki refused this edit (protection, filter, spam list, …)."""

    usual_code = "refused"


class OutcomeUnknown(SaveError):
    """The save was sent and no trustworthy answer came back.

    `resend` tells whether the same edit may be sent again once it is certain that it was not
    saved: a lost answer may, an answer that nobody understands may not.
    """

    usual_code = "no-answer"
    exit_code = 8

    def __init__(
        self, message: Text, advice: Text | None = None, code: str = "", *, resend: bool = True
    ) -> None:
        """Keep whether the edit may be sent again."""
        super().__init__(message, advice, code)
        self.resend = resend
