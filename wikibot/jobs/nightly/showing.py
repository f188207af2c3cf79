"""The job of a night that shows things: the overview as files and as a page, actions on pages."""

from __future__ import annotations

from dataclasses import replace

from wikibot.config.nightly import EVERY
from wikibot.jobs.actions.publishing import publish_actions
from wikibot.jobs.actions.reading import read_actions
from wikibot.jobs.nightly import outcomes
from wikibot.jobs.nightly.before import is_marked, last_night, mark_of
from wikibot.jobs.nightly.planning import form_of
from wikibot.jobs.nightly.room import Room
from wikibot.jobs.outputs import address_in, look_at_place, save_report
from wikibot.jobs.overview.making import page_content, publish_overview
from wikibot.language import Text, counted
from wikibot.night import Outcome, Part, name_of
from wikibot.render.overview.forms import filled

_PERSON = 3


def show_part(room: Room, part: Part) -> Outcome:
    """Make one of the things that a night shows."""
    if part.what == "files":
        return _files(room, part)
    return _page(room, part) if part.what == "page" else _actions(room, part)


def _files(room: Room, part: Part) -> Outcome:
    """Write the overview to files; a place that takes none is told before the work.

    Raises:
        InputError: a file cannot be written.
    """
    paths = [room.path(given) for given in room.table.overview]
    for path in paths:
        look_at_place(path)
    made, wiki = room.overview(), room.view()
    address, parse = address_in(wiki), wiki.syntax.namespaces.parse
    for path in paths:
        data = filled(made, form_of(path.name), room.language, lambda title: address(parse(title)))
        if not room.dry:
            save_report(path, data)
    files = counted(len(paths), *(_TO_WRITE if room.dry else _WRITTEN))
    names = ", ".join(path.name for path in paths)
    what = Text(f"{files.fr} ({names})", f"{files.en} ({names})")
    return Outcome(
        "preview" if room.dry else "done",
        lines=(outcomes.line(name_of(part), what),),
        counts={"files": len(paths)},
    )


def _page(room: Room, part: Part) -> Outcome:
    """Write the overview to its page of the wiki, where it says something else now.

    Where the night before has left the same there the page is not even read, but once a week.
    """
    name, wiki = name_of(part), room.view()
    content, day = page_content(room.overview(), room.mapping)
    title = room.table.publish or ""
    mark = mark_of(title, content)
    before = last_night(room.folder, room.wikiid) if room.folder is not None else None
    if not room.reconciled and is_marked(before, part, mark):
        line = outcomes.line(name, outcomes.NOTHING)
        return Outcome("preview" if room.dry else "done", 0, (line,), mark=mark)
    plan = publish_overview(wiki, room.mapping, title, content, day, around=room.around)
    if room.dry:
        return outcomes.planned(plan, name)
    return replace(outcomes.written(room.write(plan, "nightly overview"), name), mark=mark)


def _actions(room: Room, part: Part) -> Outcome:
    """Write the actions of pages on them."""
    name, wiki = name_of(part), room.view()
    tracker = read_actions(wiki, room.mapping, around=room.around)
    wanted = room.table.publish_actions
    names = () if wanted == EVERY else wanted
    published = publish_actions(tracker, wiki, names, around=room.around)
    number = len(published.untouched)
    left = counted(number, *_LEFT)
    command = "wikibot actions publish --all" if wanted == EVERY else "wikibot actions publish …"
    why = Text(f"{left.fr} : {command}", f"{left.en}: {command}")
    extra = (outcomes.line(name, why),) if number else ()
    if room.dry:
        room.watch.afford(len(published.plan.edits))
        return outcomes.planned(published.plan, name, extra)
    return outcomes.written(room.write(published.plan, "nightly actions"), name, extra)


_WRITTEN = (Text("fichier écrit", "file written"), Text("fichiers écrits", "files written"))
_TO_WRITE = (Text("fichier à écrire", "file to write"), Text("fichiers à écrire", "files to write"))
_LEFT = (
    Text("page laissée, à regarder", "page left, to look at"),
    Text("pages laissées, à regarder", "pages left, to look at"),
)
