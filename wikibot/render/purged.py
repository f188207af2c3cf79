"""What a purge takes away: for a person, for a program, and in one line for a night."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from wikibot.edits.cleanup import Cleanup, Heap
from wikibot.language import Language, Text, counted, day, number, same
from wikibot.render import ledger
from wikibot.visible import visible

_SHOWN = 20  # runs that are named
_KILO = 1000


def data(found: Cleanup) -> dict[str, Any]:
    """Return what goes, for programs."""
    return {
        "done": found.done,
        "kinds": [
            {
                "kind": heap.kind,
                "number": heap.number,
                "first": heap.first.isoformat() if heap.first else None,
                "last": heap.last.isoformat() if heap.last else None,
                "bytes": heap.size,
                "days": heap.days or None,
            }
            for heap in found.heaps
        ],
        "runs": [run.id for run in found.runs],
        "left": found.left,
        "files": list(found.files),
    }


def text(found: Cleanup, language: Language) -> Iterator[str]:
    """Yield what goes, kind by kind, and what can then not be taken back any more."""
    if found.heaps:
        yield (_GONE if found.done else _TO_GO).into(language)
    for heap in found.heaps:
        yield f"  {_line(heap).into(language)}"
    if found.runs:
        aged = all(heap.days for heap in found.heaps)  # else of a run some pages may stay
        lost, to_lose = (_LOST, _TO_LOSE) if aged else (_PARTLY_LOST, _PARTLY_TO_LOSE)
        yield (lost if found.done else to_lose).into(language)
        for line in ledger.table(found.runs[:_SHOWN], language):
            yield f"  {line}"
        if len(found.runs) > _SHOWN:
            more = counted(len(found.runs) - _SHOWN, *_MORE)
            yield f"  … {more.into(language)}"
    if found.left:
        yield _LEFT.format(edits=counted(found.left, *_EDITS)).into(language)
    for file in found.files:
        yield _FILE.format(file=same(visible(file))).into(language)


def in_short(found: Cleanup) -> Text:
    """Return what went in one line: «12 modifications, 4 rapports»."""
    told = [counted(heap.number, *_NOUNS[heap.kind]) for heap in found.heaps]
    return Text(", ".join(each.fr for each in told), ", ".join(each.en for each in told))


def _line(heap: Heap) -> Text:
    what = counted(heap.number, *_NOUNS[heap.kind])
    parts = [_OF_RUNS.format(what=what, runs=counted(heap.runs, *_RUNS)) if heap.runs else what]
    if heap.first and heap.last and heap.first == heap.last:
        parts.append(_ON.format(day=day(heap.first)))
    elif heap.first and heap.last:
        parts.append(_FROM_TO.format(first=day(heap.first), last=day(heap.last)))
    if heap.size:
        parts += [same(", "), _size(heap.size)]
    if heap.days:
        days = counted(heap.days, *_DAYS)
        parts.append((_THINNED if heap.kind in _DAILY else _KEPT).format(days=days))
    return Text("".join(p.fr for p in parts), "".join(p.en for p in parts))


def _size(of: int) -> Text:
    """Return a size as people read it, in units of a thousand: «1,2 Mo», “1.2 MB”."""
    for unit in _UNITS:
        if of < _KILO or unit is _UNITS[-1]:
            size = number(of)
            return Text(f"{size.fr} {unit.fr}", f"{size.en} {unit.en}")
        of = round(of / _KILO)
    raise AssertionError("unreachable")


_DAILY = ("numbers", "states")
_UNITS = (Text("octets", "bytes"), Text("ko", "kB"), Text("Mo", "MB"), Text("Go", "GB"))
_TO_GO = Text("À effacer du dossier d'état :", "To be removed from the state folder:")
_GONE = Text("Effacé du dossier d'état :", "Removed from the state folder:")
_TO_LOSE = Text(
    "Après quoi ces exécutions ne s'annulent plus :",
    "After which these runs cannot be taken back any more:",
)
_LOST = Text(
    "Ces exécutions ne s'annulent plus :", "These runs cannot be taken back any more:"
)  # fmt: skip
_PARTLY_TO_LOSE = Text(
    "Après quoi ces exécutions ne s'annulent plus en entier :",
    "After which these runs cannot be taken back as a whole any more:",
)
_PARTLY_LOST = Text(
    "Ces exécutions ne s'annulent plus en entier :",
    "These runs cannot be taken back as a whole any more:",
)
_LEFT = Text(
    "Reste entier, car son issue n'est pas connue : {edits}.",
    "Stays whole, since nobody knows how it ended: {edits}.",
)
_FILE = Text("Reste aussi, à regarder vous-même : {file}", "Stays too, look at it yourself: {file}")
_ON = Text(", du {day}", ", of {day}")
_FROM_TO = Text(", du {first} au {last}", ", from {first} to {last}")
_KEPT = Text(" ; ce qui a plus de {days}", "; what is older than {days}")
_THINNED = Text(" ; après {days}, il en reste un par mois", "; after {days} one a month stays")
_OF_RUNS = same("{what} ({runs})")
_DAYS = (Text("jour", "day"), Text("jours", "days"))
_RUNS = (Text("exécution", "run"), Text("exécutions", "runs"))
_MORE = (Text("autre exécution", "other run"), Text("autres exécutions", "other runs"))
_EDITS = (Text("modification", "edit"), Text("modifications", "edits"))
_NOUNS = {
    "texts": (
        Text("texte de modification", "text of an edit"),
        Text("textes de modifications", "texts of edits"),
    ),
    "reports": (Text("fichier de rapport", "report file"),
                Text("fichiers de rapports", "report files")),
    "logs": (Text("fichier de journal", "log file"), Text("fichiers de journal", "log files")),
    "crashes": (Text("fichier de défaut", "crash file"), Text("fichiers de défaut", "crash files")),
    "numbers": (Text("relevé de contrôle", "day of numbers of checks"),
                Text("relevés de contrôles", "days of numbers of checks")),
    "states": (Text("relevé d'aperçu", "snapshot of an overview"),
               Text("relevés d'aperçus", "snapshots of overviews")),
    "copy": (Text("page de la copie locale", "page of the local copy"),
             Text("pages de la copie locale", "pages of the local copy")),
    "sync": (Text("action d'un suivi", "action of a tracker"),
             Text("actions d'un suivi", "actions of a tracker")),
}  # fmt: skip
