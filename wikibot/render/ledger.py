"""What runs did: for a person, and as their report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from wikibot.edits import Item, LedgerRow, Prospect, Run, State
from wikibot.language import Language, Text, counted
from wikibot.render.data import change, stale
from wikibot.visible import visible

_STATE: dict[State, Text] = {
    "intent": Text("prévue", "planned"),
    "sent": Text("envoyée", "sent"),
    "done": Text("publiée", "saved"),
    "noop": Text("déjà en place", "already so"),
    "conflict": Text("conflit", "conflict"),
    "skipped": Text("laissée", "left alone"),
    "failed": Text("échec", "failed"),
    "unknown": Text("issue inconnue", "outcome unknown"),
}
_PLURAL: dict[State, Text] = {
    "done": Text("publiées", "saved"),
    "conflict": Text("conflits", "conflicts"),
    "skipped": Text("laissées", "left alone"),
    "failed": Text("échecs", "failed"),
    "unknown": Text("issues inconnues", "outcomes unknown"),
}
_RESTORED = (Text("rétablie", "restored"), Text("rétablies", "restored"))
ENDLESS = Text("en cours ou interrompue", "under way or cut short")
_NOTHING = Text("rien n'a été tenté", "nothing was tried")
_SIGN: dict[State, str] = {"done": "✓", "noop": "=", "skipped": "–"}


def item(done: Item, language: Language, undoing: bool = False) -> str:
    """Return the line that says how the edit of one page ended."""
    words = _words(done.state, undoing)[0].into(language)
    if done.state == "done" and done.new_revid:
        words += Text(f" (révision {done.new_revid})", f" (revision {done.new_revid})").into(
            language
        )
    if done.merged:
        words += Text(
            ", fusionnée par le wiki avec une autre modification",
            ", merged by the wiki with another edit",
        ).into(language)
    reason = f" — {done.reason.into(language)}" if done.reason else ""
    colon = Text(" :", ":").into(language)
    return f"{_SIGN.get(done.state, '✗')} {visible(done.title)}{colon} {words}{visible(reason)}"


def counts(run: Run) -> Text:
    """Return «Exécution k3f9a2 : 2 publiées, 1 conflit.», states without an edit left out."""
    undoing = run.undoes is not None
    return Text(
        f"Exécution {run.id} : {states(run.counts, undoing, 'fr')}.",
        f"Run {run.id}: {states(run.counts, undoing, 'en')}.",
    )


def _words(state: State, undoing: bool) -> tuple[Text, Text]:
    """Return a state's name, for one edit and for several."""
    if undoing and state == "done":
        return _RESTORED
    return _STATE[state], _PLURAL.get(state, _STATE[state])


def states(counted_by: Mapping[str, int], undoing: bool, language: Language) -> str:
    """Return «2 publiées, 1 conflit», states without an edit left out."""
    return ", ".join(
        counted(number, *_words(state, undoing)).into(language)
        for state, number in _states(counted_by)
    )


def _states(counted_by: Mapping[str, int]) -> Iterator[tuple[State, int]]:
    for state in _STATE:
        if counted_by.get(state):
            yield state, counted_by[state]


def report(run: Run, language: Language) -> dict[str, Any]:
    """Return the report of a run."""
    return {
        "run_id": run.id if run.items else None,  # without an edit there was no run
        "command": run.command,
        "started": run.started,
        "ended": run.ended,
        "exit": run.exit_code,
        "counts": run.counts,
        "stopped": run.stopped.into(language) if run.stopped else None,
        "items": [
            {
                "op_id": done.op_id or None,
                "page": done.title,
                "pageid": done.pageid,
                "base_rev": done.base_revid,
                "new_rev": done.new_revid,
                "state": done.state,
                "reason_code": done.code or None,
                "reason": done.reason.into(language) if done.reason else None,
                "merged": done.merged,
                "verified": done.verified,
                "changes": [change(made) for made in done.changes],
                **({"stale": [stale(found) for found in done.stale]} if done.stale else {}),
            }
            for done in run.items
        ],
        "guards": list(run.guards),
        "requests": asdict(run.requests),
    }


_PROSPECT: dict[str, Text] = {
    "whole": Text("retrouvera son texte d'avant", "will get its former text back"),
    "fields": Text(
        "modifiée depuis : seuls les champs seront rétablis",
        "edited since: only the fields will be set back",
    ),
    "nothing": Text("déjà rétablie", "so already"),
    "person": Text("à voir à la main", "a person must decide"),
}


def prospects(found: Iterable[Prospect], language: Language) -> Iterator[str]:
    """Yield one line a page: how taking back its edit would go."""
    colon = Text(" :", ":").into(language)
    for prospect in found:
        reason = f" — {prospect.reason.into(language)}" if prospect.reason else ""
        words = _PROSPECT[prospect.kind].into(language)
        yield f"{visible(prospect.title)}{colon} {words}{visible(reason)}"


def rows(runs: Sequence[LedgerRow]) -> list[dict[str, Any]]:
    """Return the ledger for programs, in the order given."""
    return [
        {
            "run_id": run.id,
            "started": run.started,
            "command": run.command,
            "exit": run.exit,
            "counts": run.counts,
        }
        for run in runs
    ]


def table(runs: Sequence[LedgerRow], language: Language) -> Iterator[str]:
    """Yield one line a run."""
    for run in runs:
        outcome = states(run.counts, run.undoes is not None, language) or _NOTHING.into(language)
        cut = ENDLESS.into(language)
        code = cut if run.exit is None else f"{Text('code', 'exit').into(language)} {run.exit}"
        started = run.started[:16].replace("T", " ")
        yield f"{run.id}  {started} UTC  {visible(run.command)} — {outcome} ({code})"
