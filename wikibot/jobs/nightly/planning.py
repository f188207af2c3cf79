"""Which parts a night has, in which order; what cannot be meant is told before anything is done."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import PurePath

from wikibot.checks import RULES
from wikibot.config import NightlyTable
from wikibot.config.nightly import JOBS
from wikibot.errors import ConfigError, InputError
from wikibot.jobs.check import rule
from wikibot.language import Text
from wikibot.night import Part
from wikibot.render.overview.forms import BY_ENDING, Form


def parts_of(
    table: NightlyTable, trackers: Collection[str], jobs: Sequence[str] = ()
) -> tuple[Part, ...]:
    """Return the parts of a night, in the order of the configuration; of these `jobs` alone.

    A job that is asked for and not configured comes after those that are, the report last.

    Raises:
        ConfigError: a file of the overview is of no form that there is.
    """
    order = [*table.jobs, *(job for job in JOBS if job in jobs and job not in table.jobs)]
    order.sort(key=lambda job: job == "report")
    return tuple(
        part for job in order if job in (jobs or order) for part in _parts(job, table, trackers)
    )


def _parts(job: str, table: NightlyTable, trackers: Collection[str]) -> Iterator[Part]:
    if job == "sync":
        wanted = trackers if table.trackers is None else table.trackers
        yield from (Part("sync", name) for name in wanted)
    elif job == "overview":
        for file in table.overview:
            form_of(file)
        if table.overview:
            yield Part("overview", "files")
        if table.publish:
            yield Part("overview", "page")
        if table.publish_actions:
            yield Part("overview", "actions")
    else:
        yield Part(job)


def form_of(file: str) -> Form:
    """Return the form of a file of the overview, by how its name ends.

    Raises:
        ConfigError: there is no such form.
    """
    found = BY_ENDING.get(PurePath(file).suffix.lower())
    if found is None:
        known = ", ".join(BY_ENDING)
        raise ConfigError(
            Text(
                f"[nightly] overview : « {file} » ne dit pas la forme voulue.",
                f"[nightly] overview: “{file}” does not tell which form is wanted.",
            ),
            Text(f"Un nom finit par l'un de : {known}.", f"A name ends in one of: {known}."),
        )
    return found


def codes_to_fix(table: NightlyTable) -> frozenset[str]:
    """Return the codes of the rules whose fixes are made unattended.

    Raises:
        ConfigError: there is no such rule, or none of its fixes is safe.
    """
    codes = set()
    for given in table.fix:
        try:
            known = rule(given)
        except InputError as error:
            told = error.message
            raise ConfigError(
                Text(f"[nightly] fix : {told.fr}", f"[nightly] fix: {told.en}"), error.advice
            ) from None
        if known.fix != "safe":
            safe = ", ".join(each.code for each in RULES.values() if each.fix == "safe")
            raise ConfigError(
                Text(
                    f"[nightly] fix : {known.code} n'a pas de correction sûre, une personne doit "
                    "choisir.",
                    f"[nightly] fix: {known.code} has no safe fix, a person has to choose.",
                ),
                Text(f"Corrections sûres : {safe}.", f"Safe fixes: {safe}."),
            )
        codes.add(known.code)
    return frozenset(codes)
