"""The end of a night: what the state folder has kept for long enough goes (`jobs.purging`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from wikibot.config import RetentionTable
from wikibot.errors import LockHeld
from wikibot.jobs.nightly import outcomes
from wikibot.jobs.nightly.room import Room
from wikibot.jobs.nightly.running import failed
from wikibot.jobs.purging import purge
from wikibot.night import Done, Outcome, Part, name_of
from wikibot.render import purged

PURGE = Part("purge")


def tidy(
    room: Room, log_file: Path | None, broken: Callable[[Exception], None] = lambda error: None
) -> tuple[Done, ...]:
    """Purge the state folder; return what there is to tell of it: nothing where nothing went.

    A wiki that was not reached, or another run at work: the next night does it.
    """
    if not room.wikiid:
        return ()
    config, start = room.config, room.around.now()
    try:
        found = purge(
            room.live,
            config.retention if config is not None else RetentionTable(),
            state=room.state,
            log_file=log_file,
            apply_now=not room.dry,
            around=room.around,
        )
    except LockHeld:
        return ()
    except Exception as error:  # whatever it is, the night is told of all the same
        broken(error)
        return (Done(PURGE, failed(PURGE, error)),)
    if not found.heaps:
        return ()
    lines = (outcomes.line(name_of(PURGE), purged.in_short(found)),)
    counts: dict[str, int] = {heap.kind: heap.number for heap in found.heaps}
    outcome = Outcome("preview" if room.dry else "done", 0, lines, counts=counts)
    return (Done(PURGE, outcome, (room.around.now() - start).total_seconds()),)
