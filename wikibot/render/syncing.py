"""What a sync would do or did, as text and as data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Protocol

from wikibot.actions.sync import Meeting, Step
from wikibot.actions.sync_guards import Alarm
from wikibot.actions.sync_values import Value
from wikibot.language import Language, Text
from wikibot.visible import visible

_LONGEST = 60  # characters of a value in a line

LABELS = {
    "summary": Text("Résumé", "Summary"),
    "stage": Text("Avancement", "Stage"),
    "due": Text("Échéance", "Due date"),
    "assigned": Text("Responsables", "Assigned to"),
    "labels": Text("Étiquettes", "Labels"),
    "related": Text("Pages liées", "Related pages"),
    "details": Text("Détails", "Details"),
    "resolution": Text("Résolution", "Resolution"),
}
_KINDS = {
    "create on wiki": Text("nouvelle sur le wiki", "new on the wiki"),
    "create on tracker": Text("nouvelle dans le suivi", "new in the tracker"),
    "adopt": Text("reconnue des deux côtés", "recognised on both sides"),
    "gone from wiki": Text(
        "supprimée du wiki, toujours dans le suivi", "gone from the wiki, still in the tracker"
    ),
    "gone from tracker": Text(
        "supprimée du suivi, toujours sur le wiki", "gone from the tracker, still on the wiki"
    ),
    "frozen": Text("laissée telle quelle", "left as it is"),
}
_WIKI, _TRACKER = Text("wiki", "wiki"), Text("suivi", "tracker")
_NOTHING = Text("(vide)", "(empty)")
_UNKNOWN_VALUE = Text("(illisible)", "(unreadable)")
_CLEARED = Text(
    "{label} : vidé d'un côté, gardé (pour l'accepter : « clearable »)",
    "{label}: emptied on one side, kept (to accept it: “clearable”)",
)
_UNKNOWN = Text("{label} : laissé tel quel — {why}", "{label}: left as it is — {why}")
_UNREADABLE = Text("illisible d'un côté", "unreadable on one side")
_READ_ONLY = Text(
    "{label} : a changé, mais l'autre côté ne peut pas être modifié",
    "{label}: has changed, but the other side cannot be written",
)
_CONFLICT = Text(
    "{label} : conflit, rien n'est écrit — avant {base} ; wiki {wiki} ; suivi {tracker}",
    "{label}: conflict, nothing is written — before {base}; wiki {wiki}; tracker {tracker}",
)
_FIRST = Text(
    "{label} : diffère, rien n'est écrit — wiki {wiki} ; suivi {tracker}",
    "{label}: differs, nothing is written — wiki {wiki}; tracker {tracker}",
)
_CHANGES = Text("{where} ← {label} : {old} → {new}", "{where} ← {label}: {old} → {new}")
_NEW = Text("{where} ← {label} : {new}", "{where} ← {label}: {new}")
_OVER = Text(" (l'emporte sur {lost})", " (wins over {lost})")


class _Report(Protocol):
    """The parts of `jobs.sync.report.Synced` that are shown."""

    @property
    def steps(self) -> tuple[Step, ...]: ...

    @property
    def alarms(self) -> tuple[Alarm, ...]: ...

    @property
    def to_wiki(self) -> int: ...

    @property
    def to_tracker(self) -> int: ...

    @property
    def to_look_at(self) -> tuple[Step, ...]: ...

    @property
    def complete(self) -> bool: ...


def lines(report: _Report, language: Language) -> Iterator[str]:
    """Yield a heading for each action that something is to be said of, and its lines."""
    for step in report.steps:
        yield from step_lines(step, language)


def step_lines(step: Step, language: Language) -> Iterator[str]:
    """Yield what is to be said of one action, if anything."""
    told = [line for met in step.meetings if (line := _meeting(step, met, language))]
    kind = _KINDS.get(step.kind)
    if not told and (kind is None or step.kind == "adopt"):
        return
    head = visible(step.name, 100) or "?"
    yield f"{head} — {kind.into(language)}" if kind else head
    if step.why is not None:
        yield f"  {visible(step.why.into(language))}"
    yield from (f"  {line}" for line in told)


def counts(report: _Report) -> Text:
    """Return how many actions are to be written where, and looked at."""
    look = len(report.to_look_at)
    wiki, tracker = report.to_wiki, report.to_tracker
    return Text(
        f"Wiki : {wiki} à écrire. Suivi : {tracker} à écrire. À regarder : {look}.",
        f"Wiki: {wiki} to write. Tracker: {tracker} to write. To look at: {look}.",
    )


def _meeting(step: Step, met: Meeting, language: Language) -> str | None:
    label = LABELS[met.field]
    names: dict[str, object] = {
        "label": label,
        "base": _shown(met.base[0] if met.base else None),
        "wiki": _shown(met.wiki),
        "tracker": _shown(met.tracker),
        "why": met.why or _UNREADABLE,
    }
    if met.verdict == "conflict":
        words = _CONFLICT if met.base else _FIRST
        return words.format(**names).into(language)
    plain = {"cleared": _CLEARED, "unknown": _UNKNOWN, "read-only": _READ_ONLY}.get(met.verdict)
    if plain is not None:
        return visible(plain.format(**names).into(language))
    if met.verdict not in ("to wiki", "to tracker"):
        return None
    to_wiki = met.verdict == "to wiki"
    old, new = (met.wiki, met.tracker) if to_wiki else (met.tracker, met.wiki)
    if step.kind.startswith("create"):
        if not new:
            return None
        words = _NEW
    else:
        words = _CHANGES
    where = _WIKI if to_wiki else _TRACKER
    line = words.format(where=where, label=label, old=_shown(old), new=_shown(new)).into(language)
    return line + (_OVER.format(lost=_shown(old)).into(language) if met.over else "")


def _shown(value: Value | None) -> Text:
    if value is None:
        return _UNKNOWN_VALUE
    text = value if isinstance(value, str) else ", ".join(value)
    if not text:
        return _NOTHING
    shown = visible(text.replace("\n", " ⏎ "), _LONGEST)
    return Text(f"« {shown} »", f"“{shown}”")


def data(report: _Report, language: Language) -> dict[str, Any]:
    """Return the same as data."""
    return {
        "to_wiki": report.to_wiki,
        "to_tracker": report.to_tracker,
        "to_look_at": len(report.to_look_at),
        "complete": report.complete,
        "guards": [
            {"guard": alarm.code, "message": alarm.message.into(language)}
            for alarm in report.alarms
        ],
        "actions": [
            {
                "page": int(step.page) if step.page.isdecimal() else None,
                "item": step.key or None,
                "summary": step.name,
                "kind": step.kind,
                "why": step.why.into(language) if step.why else None,
                "fields": [
                    {
                        "field": met.field,
                        "verdict": met.verdict,
                        "why": met.why.into(language) if met.why else None,
                        "base": _data(met.base[0]) if met.base else None,
                        "wiki": _data(met.wiki),
                        "tracker": _data(met.tracker),
                    }
                    for met in step.meetings
                    if met.verdict != "same"
                ],
            }
            for step in report.steps
            if step.kind != "linked" or any(met.verdict != "same" for met in step.meetings)
        ],
    }


def _data(value: Value | None) -> Any:
    return list(value) if isinstance(value, tuple) else value
