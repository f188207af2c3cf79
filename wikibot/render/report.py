"""The report that every run leaves: a file for programs, and a short text for people.

It names pages and fields, never what stands or stood in them, and nobody but the bot: it may be
kept longer, and read by more people, than the pages' contents. The words of a reason may quote a
value; hence only its code is kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from wikibot.edits import Item, Run
from wikibot.edits.outcome import COUNTED, STILL_UNKNOWN
from wikibot.language import Language, Text, counted, day, same
from wikibot.redaction import redacted
from wikibot.render import ledger
from wikibot.render.reasons import why
from wikibot.visible import visible

Report = Mapping[str, Any]


def report(run: Run, wikiid: str) -> dict[str, Any]:
    """Return the report of a run, in the shape of the file."""
    return {
        "run_id": run.id,
        "wiki": wikiid,
        "command": redacted(run.command),
        "undoes": run.undoes,
        "started": run.started,
        "ended": run.ended or None,
        "exit": run.exit_code,
        "counts": run.counts,
        "stopped": _stopped(run),
        "items": [_item(done) for done in run.items],
        "guards": list(run.guards),
        "requests": asdict(run.requests),
    }


def counts(items: Sequence[Report]) -> dict[str, int]:
    """Return how many edits were planned and how many are in each state that ends one."""
    found = Counter(item["state"] for item in items)
    return {"planned": len(items), **{state: found[state] for state in COUNTED}}


def _stopped(run: Run) -> dict[str, Any] | None:
    if run.stopped is None:
        return None
    return {"code": run.stop_code, "message": visible(redacted(run.stopped.fr))}


def _item(done: Item) -> dict[str, Any]:
    return {
        "op_id": done.op_id,
        "page": done.title,
        "pageid": done.pageid,
        "base_rev": done.base_revid,
        "new_rev": done.new_revid,
        "state": done.state,
        "reason_code": redacted(done.code) or None,
        "merged": done.merged,
        "verified": done.verified,
        "fields": list(dict.fromkeys(c.field or c.parameter for c in done.changes)),
    }


def text(shown: Report, place: str, language: Language) -> Iterator[str]:
    """Yield the lines that tell a person what a run did and what needs someone.

    `place` is the wiki's address or folder, in words for people.
    """

    def say(fr: str, en: str) -> str:
        return Text(fr, en).into(language)

    run, colon = shown["run_id"], say(" :", ":")
    yield say(f"Exécution {run} : {shown['command']}", f"Run {run}: {shown['command']}")
    yield f"Wiki{colon} {visible(place)} ({visible(shown['wiki'])})"
    started, ended = _minute(shown["started"]), _minute(shown["ended"])
    if ended:
        yield say(f"Du {started} au {ended} (UTC)", f"From {started} to {ended} (UTC)")
    else:
        yield say(
            f"Depuis {started} (UTC), sans fin notée : {ledger.ENDLESS.fr}",
            f"Since {started} (UTC), no end noted: {ledger.ENDLESS.en}",
        )
    if shown["exit"] is not None:
        meaning = _meaning(shown).into(language)
        yield say("Code de sortie", "Exit code") + f" {shown['exit']}{colon} {meaning}"
    planned = shown["counts"]["planned"]
    states = ledger.states(shown["counts"], bool(shown["undoes"]), language)
    total = counted(
        planned, Text("page prévue", "page planned"), Text("pages prévues", "pages planned")
    )
    yield f"{total.into(language)}{colon} {states or '–'}."
    if shown["stopped"]:
        yield (
            say("Arrêtée avant la fin", "Stopped early") + f"{colon} {shown['stopped']['message']}"
        )
    for state, heading in _HEADINGS.items():
        items = [done for done in shown["items"] if _place_of(done) == state]
        if items:
            yield ""
            yield heading.into(language)
            for done in items:
                yield from _lines(done, language)
    if shown.get("purged"):
        on = day(date.fromisoformat(shown["purged"]))
        yield ""
        yield say(
            f"Ses textes sont effacés de cette machine depuis le {on.fr} : elle ne s'annule plus.",
            f"Its texts are off this machine since {on.en}: it cannot be taken back any more.",
        )
    elif shown["counts"]["done"]:
        yield ""
        yield say(
            "Pour l'annuler, avec les mêmes --wiki et --config :",
            "To take it back, with the same --wiki and --config:",
        )
        yield f"  wikibot undo {run}"
        yield f"  wikibot undo {run} --apply"


def _lines(done: Report, language: Language) -> Iterator[str]:
    colon = Text(" :", ":").into(language)
    yield f"  {visible(done['page'])}{colon} {_why(done).into(language)}"
    if done["fields"]:
        fields = ", ".join(map(visible, done["fields"]))
        yield f"    {Text('champs', 'fields').into(language)}{colon} {fields}"


def _why(done: Report) -> Text:
    return why(done["reason_code"], done["state"])


def _meaning(shown: Report) -> Text:
    """Return what the exit code means, knowing what was found out since."""
    unsettled = any(
        done["state"] in ("unknown", "sent") or done["reason_code"] == STILL_UNKNOWN
        for done in shown["items"]
    )
    if shown["exit"] == _UNKNOWN and not unsettled:
        given_up = any(done["reason_code"] == "given-up" for done in shown["items"])
        return _GIVEN_UP if given_up else _KNOWN_BY_NOW
    return _EXITS.get(shown["exit"], same("?"))


def _place_of(done: Report) -> str:
    return "check" if done["state"] == "done" and done["reason_code"] else str(done["state"])


def _minute(stamp: str | None) -> str:
    return (stamp or "")[:16].replace("T", " ")


_HEADINGS: dict[str, Text] = {
    "unknown": Text(
        "On ne sait pas si ces pages ont été enregistrées (la prochaine exécution regardera) :",
        "Nobody knows whether these pages were saved (the next run will look):",
    ),
    "sent": Text("Envoyées, sans réponse encore :", "Sent, not answered yet:"),
    "intent": Text("Prévues, pas encore envoyées :", "Planned, not sent yet:"),
    "conflict": Text(
        "En conflit avec quelqu'un, rien n'y est écrit :",
        "In conflict with somebody, nothing was written:",
    ),
    "failed": Text("En échec :", "Failed:"),
    "skipped": Text("Laissées telles quelles :", "Left alone:"),
    "check": Text("Publiées, mais à regarder :", "Saved, but look at them:"),
}
_UNKNOWN = 8
_KNOWN_BY_NOW = Text(
    "une issue était inconnue ; elle est connue depuis",
    "an outcome was unknown; it has been found out since",
)
_GIVEN_UP = Text("une issue est restée inconnue", "an outcome stayed unknown")
_EXITS = {
    0: Text("tout est fait", "all is done"),
    1: Text("défaut de wikibot", "a fault of wikibot"),
    2: Text("commande ou fichier erroné", "a wrong command or file"),
    3: Text("quelqu'un doit regarder", "somebody has to look"),
    4: Text("identité ou droits", "identity or rights"),
    5: Text("le wiki ne répondait pas ; relancez", "the wiki did not answer; run again"),
    6: Text("arrêt de sécurité", "safety stop"),
    7: Text("une autre exécution était en cours", "another run was at work"),
    _UNKNOWN: Text("une issue est inconnue ; relancez", "an outcome is unknown; run again"),
    130: Text("interrompue", "interrupted"),
    143: Text("interrompue", "terminated"),
}
