"""The jobs of a night that read and mend pages: pull, check, fix; and the sync of a tracker."""

from __future__ import annotations

from collections import Counter

from wikibot.checks import Finding
from wikibot.errors import SafetyStop
from wikibot.jobs.fix import fix
from wikibot.jobs.nightly import outcomes
from wikibot.jobs.nightly.outcomes import PAGES
from wikibot.jobs.nightly.refused import without_refused
from wikibot.jobs.nightly.room import Room
from wikibot.jobs.sync.opening import open_tracker
from wikibot.jobs.sync.report import Synced
from wikibot.jobs.sync.run import sync_actions
from wikibot.jobs.trend import keep_snapshot
from wikibot.language import Text, counted
from wikibot.night import Outcome, Part, name_of
from wikibot.wiki.following import Followed

_PERSON = 3
_FEW = 10  # pages that a fix may change, be they most of them


def pull_part(room: Room, part: Part) -> Outcome:
    """Bring the copy of the wiki up to date, where it needs one."""
    if not isinstance(room.live, Followed):
        return Outcome("skipped", 0, (outcomes.line(name_of(part), _LOCAL),), code="local")
    pulled = room.pull()
    pages = counted(pulled.pages, *PAGES)
    if room.dry:
        told = Text(
            f"{pages.fr}, dans une copie d'essai effacée ensuite",
            f"{pages.en}, in a copy for this trial, removed afterwards",
        )
        return Outcome("preview", 0, (outcomes.line(name_of(part), told),))
    counts = {"new": pulled.new, "changed": pulled.changed, "gone": pulled.gone}
    news = [counted(counts[key], *_NEWS[key]) for key in counts if counts[key]] or [_NO_NEWS]
    told = Text(
        ", ".join([pages.fr, *(each.fr for each in news)]),
        ", ".join([pages.en, *(each.en for each in news)]),
    )
    return Outcome(lines=(outcomes.line(name_of(part), told),), counts=counts)


def check_part(room: Room, part: Part) -> Outcome:
    """Check every page; keep the numbers."""
    read, wiki, mapping, around = room.pages(), room.view(), room.mapping, room.around
    sifted = room.sifted()
    if not room.dry:
        keep_snapshot(sifted, read, mapping, wiki, state=room.state, around=around)
    number = len(sifted.findings)
    severities: Counter[str] = Counter(finding.severity for finding in sifted.findings)
    pages, points = counted(len(read), *PAGES), counted(number, *_POINTS)
    on = Text(f"{points.fr} sur {pages.fr}", f"{points.en} on {pages.en}")
    lines = [outcomes.line(name_of(part), on)]
    if room.aged:
        lines.append(_AGED)
    needs: tuple[Text, ...] = ()
    if number:
        told = [counted(severities[each], *_SEVERITIES[each]) for each in _SEVERITIES]
        told = [text for each, text in zip(_SEVERITIES, told, strict=True) if severities[each]]
        fr, en = ", ".join(t.fr for t in told), ", ".join(t.en for t in told)
        needs = (Text(f"{fr} : wikibot check", f"{en}: wikibot check"),)
    return Outcome(
        "preview" if room.dry else "done",
        _PERSON if number else 0,
        tuple(lines),
        needs,
        counts={"pages": len(read), "findings": number, **severities},
        rules=Counter((finding.rule, finding.severity) for finding in sifted.findings),
    )


def fix_part(room: Room, part: Part) -> Outcome:
    """Make the safe fixes of the rules that the configuration names.

    Raises:
        SafetyStop: they would change too many pages.
    """
    name = name_of(part)
    if not room.codes:
        return Outcome("skipped", 0, (outcomes.line(name, _NO_RULE),), code="no-rule")
    read, left = room.pages(), list[Finding]()
    plan = fix(
        read,
        room.mapping,
        room.view(),
        rules=room.codes,
        untouched=left.append,
        around=room.around,
    )
    wanted = without_refused(plan, read, room.mapping, room.live, room.state, room.around)
    look_at_mass(len(wanted.plan.edits), len(read), room.table.pages_per_fix)
    fields = counted(len(left), *_UNCERTAIN)
    extra = [outcomes.line(name, fields)] if left else []
    for number, words in ((wanted.taken_back, _TAKEN_BACK), (wanted.refused, _REFUSED_BEFORE)):
        if number:
            extra.append(outcomes.line(name, counted(number, *words)))
    if room.dry:
        room.watch.afford(len(wanted.plan.edits))
        return outcomes.planned(wanted.plan, name, tuple(extra))
    return outcomes.written(room.write(wanted.plan, "nightly fix"), name, tuple(extra))


def look_at_mass(changed: int, pages: int, most: int) -> None:
    """Complain about a fix of more pages than a night may change, or of most of them.

    Raises:
        SafetyStop: it is so; nothing is to be written.
    """
    if changed <= most and changed <= max(_FEW, pages // 2):
        return
    told = counted(changed, *PAGES)
    raise SafetyStop(
        Text(
            f"Les corrections changeraient {told.fr} sur {pages} : aucune n'est publiée. Relisez "
            "« wikibot fix », et publiez-les vous-même, ou relevez pages_per_fix.",
            f"The fixes would change {told.en} of {pages}: none is saved. Review “wikibot fix”, "
            "and save them yourself, or raise pages_per_fix.",
        ),
        None,
        "mass",
    )


def sync_part(room: Room, part: Part) -> Outcome:
    """Bring one tracker and the wiki into line."""
    tracker, rules = open_tracker(part.what, room.config, room.mapping, around=room.around)
    synced = sync_actions(
        part.what,
        room.live,
        tracker,
        room.mapping,
        rules,
        apply_now=not room.dry,
        state=room.state,
        manners=room.watch.manners(),
        reading=room.view() if room.fresh else room.live,
        around=room.around,
    )
    room.wrote(synced.run)
    return _synced(synced, name_of(part), dry=room.dry)


def _synced(synced: Synced, name: Text, *, dry: bool) -> Outcome:
    edits = synced.run.counts["done"] if synced.run else 0
    items = sum(each.entry is not None for each in synced.written)
    if dry:
        edits, items = synced.to_wiki, synced.to_tracker
    sides = ((edits, _ON_WIKI), (items, _IN_TRACKER))
    told = [counted(number, *words[dry]) for number, words in sides if number]
    what = Text(", ".join(t.fr for t in told), ", ".join(t.en for t in told))
    what = what if told else outcomes.NOTHING
    command = f"wikibot actions sync {synced.name}"
    needs = []
    for number, words in (
        (len(synced.to_look_at), _TO_LOOK_AT),
        (len(synced.refused), _REFUSED),
        (0 if synced.complete else 1, _INCOMPLETE),
    ):
        if number:
            looked = counted(number, *words)
            needs.append(Text(f"{looked.fr} : {command}", f"{looked.en}: {command}"))
    guards = [alarm.code for alarm in synced.alarms]
    needs += [
        Text(f"garde-fou « {code} » : {command}", f"guard “{code}”: {command}") for code in guards
    ]
    run = synced.run
    if run is not None and run.stopped is not None:
        needs.append(run.stopped)
    if synced.stopped is not None:  # what is no matter of the outside may quote an item
        needs.append(synced.stopped if synced.stop_code in _OUTSIDE else _SEE.format(c=command))
    broken = guards or synced.stopped or (run and run.stopped)
    return Outcome(
        "failed" if broken else "preview" if dry else "done",
        synced.exit_code,
        (outcomes.line(name, what),),
        tuple(outcomes.line(name, need) for need in needs),
        ",".join(guards),
        0 if dry else edits,
        (run.id,) if run and run.items else (),
        {
            **(run.counts if run else {}),
            "wiki": edits,
            "tracker": items,
            "look": len(synced.to_look_at),
        },
        run is not None and outcomes.halts(run),
    )


_OUTSIDE = (4, 5, 6)
_SEE = Text("arrêté avant la fin : {c}", "stopped early: {c}")
_LOCAL = Text("ce wiki est sur cette machine, il se lit sans copie",
              "this wiki is on this machine, it is read without one")  # fmt: skip
_NO_RULE = Text(
    "aucune règle n'est confiée à la nuit (clé fix)", "no rule is left to the night (key fix)"
)
_AGED = Text(
    "  sur la copie de la nuit d'avant : le wiki n'a pas répondu à temps",
    "  by the copy of the night before: the wiki did not answer in time",
)
_NO_NEWS = Text("rien de nouveau", "nothing new")
_NEWS = {
    "new": (Text("nouvelle", "new"), Text("nouvelles", "new")),
    "changed": (Text("modifiée", "changed"), Text("modifiées", "changed")),
    "gone": (Text("partie", "gone"), Text("parties", "gone")),
}
_POINTS = (Text("point", "finding"), Text("points", "findings"))
_SEVERITIES = {
    "error": (Text("erreur", "error"), Text("erreurs", "errors")),
    "warning": (Text("point à revoir", "warning"), Text("points à revoir", "warnings")),
    "info": (Text("remarque", "note"), Text("remarques", "notes")),
}
_UNCERTAIN = (
    Text("champ laissé, faute de certitude", "field left, for want of certainty"),
    Text("champs laissés, faute de certitude", "fields left, for want of certainty"),
)
_TAKEN_BACK = (
    Text(
        "champ laissé, quelqu'un est revenu sur sa correction",
        "field left, somebody took its fix back",
    ),
    Text(
        "champs laissés, quelqu'un est revenu sur leur correction",
        "fields left, somebody took their fix back",
    ),
)
_REFUSED_BEFORE = (
    Text(
        "page laissée, elle a déjà refusé cette correction : wikibot fix",
        "page left, it has refused this fix before: wikibot fix",
    ),
    Text(
        "pages laissées, elles ont déjà refusé leur correction : wikibot fix",
        "pages left, they have refused their fix before: wikibot fix",
    ),
)
_ON_WIKI = {
    False: (
        Text("action écrite sur le wiki", "action written to the wiki"),
        Text("actions écrites sur le wiki", "actions written to the wiki"),
    ),
    True: (
        Text("action à écrire sur le wiki", "action to write to the wiki"),
        Text("actions à écrire sur le wiki", "actions to write to the wiki"),
    ),
}
_IN_TRACKER = {
    False: (
        Text("action écrite dans le suivi", "action written to the tracker"),
        Text("actions écrites dans le suivi", "actions written to the tracker"),
    ),
    True: (
        Text("action à écrire dans le suivi", "action to write to the tracker"),
        Text("actions à écrire dans le suivi", "actions to write to the tracker"),
    ),
}
_TO_LOOK_AT = (
    Text("action à regarder", "action to look at"), Text("actions à regarder", "actions to look at")
)  # fmt: skip
_REFUSED = (Text("écriture refusée", "write refused"), Text("écritures refusées", "writes refused"))
_INCOMPLETE = (
    Text("lecture incomplète du suivi", "incomplete reading of the tracker"),
    Text("lectures incomplètes du suivi", "incomplete readings of the tracker"),
)
