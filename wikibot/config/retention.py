"""The table of `wikibot.toml` that says how long the state folder keeps what."""

from __future__ import annotations

from pydantic import Field as Key

from wikibot.config.tables import Table

_MOST = 36_500  # a hundred years


class RetentionTable(Table):
    """For how many days the state folder keeps what it may forget.

    The French authority (CNIL, délibération n° 2021-122) recommends six to twelve months for logs.
    Texts are kept the least of these: an undo is asked for soon, and the wiki has a history of its
    own. What the log says of a month is in one file, so that ten months are eleven at most.
    """

    undo_days: int = Key(
        default=180,
        ge=1,
        le=_MOST,
        description="The texts of what was saved, by which `undo` takes a run back.",
    )
    log_days: int = Key(
        default=300,
        ge=1,
        le=_MOST,
        description="Reports of runs and nights, files of --log-file that are full, crash files.",
    )
    daily_days: int = Key(
        default=92,
        ge=1,
        le=_MOST,
        description="The numbers of each day; of older ones the first of each month is kept.",
    )
