"""Goes through the parts of a night: each apart, so that the failure of one stops no other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from wikibot.errors import AccessError, ConfigError, LockHeld, SafetyStop, Unavailable, WikibotError
from wikibot.jobs.nightly.watch import Watch
from wikibot.jobs.surroundings import Surroundings
from wikibot.language import Text, same
from wikibot.night import Done, Outcome, Part, name_of

INTERRUPTED, TERMINATED = 130, 143  # 128 + the number of the signal
_INTERNAL = 1
_TELLING = (AccessError, ConfigError, LockHeld, SafetyStop, Unavailable)  # they quote no page


class Closed(Exception):
    """A part that is not begun after all; `outcome` says why."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.code)
        self.outcome = outcome


def go_through(
    parts: Sequence[Part],
    do: Callable[[Part, tuple[Done, ...]], Outcome],
    watch: Watch,
    around: Surroundings,
    *,
    begun: Callable[[Part], None] = lambda part: None,
    broken: Callable[[Exception], None] = lambda error: None,
) -> tuple[tuple[Done, ...], BaseException | None]:
    """Do every part in turn; return how each ended, and the signal that ended the night, if any.

    `do` is given the part and what was done before it. `begun` is told of each part, `broken` of
    each error, before it becomes an outcome. After a signal no further part begins.
    """
    done: list[Done] = []
    signal: BaseException | None = None
    for part in parts:
        if signal is not None:
            done.append(Done(part, Outcome("not-run", code="signal")))
            continue
        start = around.now()
        outcome = watch.closed(part)
        if outcome is None:
            begun(part)
            try:
                outcome = do(part, _told_once(done))
            except Closed as closed:
                outcome = closed.outcome
            except (KeyboardInterrupt, SystemExit) as error:
                signal, outcome = error, Outcome("failed", code="signal")
            except Exception as error:
                broken(error)
                outcome = failed(part, error)
        watch.heard(outcome)
        done.append(Done(part, outcome, (around.now() - start).total_seconds()))
    return _told_once(done), signal


def signal_code(error: BaseException | None) -> int:
    """Return the exit code of a night that a signal has ended, else 0."""
    if error is None:
        return 0
    return INTERRUPTED if isinstance(error, KeyboardInterrupt) else TERMINATED


def failed(part: Part, error: Exception) -> Outcome:
    """Return the outcome of a part that an error has ended.

    Its words are repeated where they cannot quote what stands on a page; the log has all of them.
    """
    name = name_of(part)
    if not isinstance(error, WikibotError):
        kind = type(error).__name__
        why = Text(f"défaut de wikibot ({kind})", f"a fault of wikibot ({kind})")
        return Outcome("failed", _INTERNAL, (), (_NEED.format(part=name, why=why),), "internal")
    telling = isinstance(error, _TELLING)
    why = error.message if telling else _SEE_LOG.format(code=same(error.code))
    need = _NEED.format(part=name, why=Text(*(" ".join(w.split()) for w in (why.fr, why.en))))
    return Outcome("failed", error.exit_code, (), (need,), error.code)


def _told_once(done: Sequence[Done]) -> tuple[Done, ...]:
    """Return the same with each need told by the first part alone that has it."""
    told: set[Text] = set()
    found = []
    for each in done:
        needs = tuple(need for need in each.outcome.needs if need not in told)
        told.update(needs)
        found.append(replace(each, outcome=replace(each.outcome, needs=needs)))
    return tuple(found)


_NEED = Text("{part} : {why}", "{part}: {why}")
_SEE_LOG = Text(
    "échec ({code}), voyez ce que la commande a affiché",
    "failed ({code}), see what the command has printed",
)
