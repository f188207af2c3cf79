"""What init found, decided and wrote: for a person, and as data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from wikibot.cli.session import echo_json
from wikibot.language import Language, Text, counted
from wikibot.redaction import redacted
from wikibot.visible import visible

if TYPE_CHECKING:
    from wikibot.jobs.init import Choice, Fit, Place, Probe, Settings, Step

_PAGES = Text("page", "page"), Text("pages", "pages")
_FIELDS = Text("champ", "field"), Text("champs", "fields")
_FILES = Text("fichier", "file"), Text("fichiers", "files")
_HOW = {
    "given": Text("", ""),
    "page": Text(" (la page nomme cette adresse)", " (the page names this address)"),
    "usual": Text(" (à sa place habituelle)", " (at its usual place)"),
}
_LANGUAGES = {"fr": Text("français", "French"), "en": Text("anglais", "English")}


@dataclass(frozen=True)
class Done:
    """All of one init; no `files`: nothing was written."""

    probe: Probe
    choice: Choice
    settings: Settings
    files: tuple[Path, ...]
    steps: tuple[Step, ...]


def echo_place(place: Place, language: Language) -> None:
    """Print where the wiki is."""
    words = {
        "api": Text(f"Wiki trouvé : {place.address}", f"Wiki found: {place.address}"),
        "folder": Text(f"Dossier de pages : {place.address}", f"Folder: {place.address}"),
        "dump": Text(f"Export : {place.address}", f"Export: {place.address}"),
    }[place.kind]
    how = _HOW[place.how].into(language) if place.kind == "api" else ""
    click.echo(visible(words.into(language) + how, 500))
    if place.members_only:
        _echo(
            Text(
                "Ce wiki est privé : il ne se lit qu'avec un compte.",
                "This wiki is private: it can be read with an account only.",
            ),
            language,
        )


def echo_probe(probe: Probe, language: Language) -> None:
    """Print what the wiki says of itself."""
    for line in _probe_lines(probe):
        _echo(line, language)


def _probe_lines(probe: Probe) -> Iterator[Text]:
    place = probe.place
    if probe.wiki is None:
        yield Text(
            "Sans le compte et son secret (variable WIKIBOT_PASSWORD), rien d'autre ne se lit.",
            "Without the account and its secret (variable WIKIBOT_PASSWORD) nothing else is read.",
        )
        return
    pages = counted(probe.pages or 0, *_PAGES)
    if place.kind != "api":
        yield Text(f"  {pages.fr}", f"  {pages.en}")
        return
    spoken = _LANGUAGES.get(place.language, Text(place.language, place.language))
    about = [
        Text(f"« {probe.name} »", f"“{probe.name}”"),
        Text(probe.software, probe.software),
        *([Text(f"en {spoken.fr}", f"in {spoken.en}")] if place.language else []),
        pages,
    ]
    yield Text(f"  {', '.join(a.fr for a in about)}", f"  {', '.join(a.en for a in about)}")
    there = [
        f"{name} {told}".strip() for name, told in probe.extensions.items() if told is not None
    ]
    lacking = [name for name, told in probe.extensions.items() if told is None]
    if there:
        listed = ", ".join(there)
        yield Text(f"  Extensions : {listed}", f"  Extensions: {listed}")
    if lacking:
        listed = ", ".join(lacking)
        yield Text(f"  Extensions absentes : {listed}", f"  Extensions not there: {listed}")
    if not place.members_only:
        yield Text("  Lecture ouverte à tous, sans compte", "  Open to all readers, no account")


def echo_choice(choice: Choice, language: Language) -> None:
    """Print which mapping the file names, and why."""
    for line in _choice_lines(choice):
        _echo(line, language)


def _choice_lines(choice: Choice) -> Iterator[Text]:
    place = choice.mapping
    if choice.discovered is not None:
        yield Text(
            f"Correspondance : {place}, un dossier à côté de wikibot.toml",
            f"Mapping: {place}, a folder beside wikibot.toml",
        )
    else:
        yield Text(f"Correspondance : {place}", f"Mapping: {place}")
    yield _WHY[choice.reason]
    if choice.discovered is not None:
        for found in choice.discovered.found.types:
            template = found.page_type.template
            fields = counted(len(found.fields), *_FIELDS)
            yield Text(
                f"    modèle {template} : {fields.fr}", f"    template {template}: {fields.en}"
            )
    if choice.fit is not None and choice.reason != "empty":
        yield from _fit_lines(choice.fit, fits=choice.reason == "fits")


def _fit_lines(fit: Fit, *, fits: bool) -> Iterator[Text]:
    if not fits:
        ours, found = fit.understood
        yield Text(
            "  Celle qui est fournie, resilience, ne convient pas : elle connaît "
            f"{ours} des {found} champs de ce wiki.",
            "  The one that ships, resilience, does not fit: it knows "
            f"{ours} of the {found} fields of this wiki.",
        )
    for each in fit.there:
        yield Text(f"    {each.why.fr}", f"    {each.why.en}")
    if fits and fit.others:
        others = ", ".join(page_type.template for page_type in fit.others)
        yield Text(
            f"  Modèles à champs qu'elle ne connaît pas : {others}. Pour les avoir aussi : "
            'wikibot mapping discover --into mapping, puis mapping = "mapping".',
            f"  Templates with fields that it does not know: {others}. To have them too: "
            'wikibot mapping discover --into mapping, then mapping = "mapping".',
        )


_WHY = {
    "asked": Text("  C'est celle que vous demandez.", "  It is the one you ask for."),
    "unread": Text(
        "  Celle qui est fournie, faute d'avoir pu lire le wiki.",
        "  The one that ships, for want of reading the wiki.",
    ),
    "fits": Text(
        "  Celle qui est fournie convient à ce wiki :", "  The one that ships fits this wiki:"
    ),
    "discovered": Text(
        "  Tirée des modèles, formulaires et pages du wiki :",
        "  Made of the wiki's templates, forms and pages:",
    ),
    "empty": Text(
        "  Celle qui est fournie : aucun modèle de ce wiki n'a de champs, et elle sait en mettre.",
        "  The one that ships: no template of this wiki holds fields, and it can bring some.",
    ),
}


def echo_outcome(done: Done, language: Language) -> None:
    """Print the files, or what would stand in the file; then what to do next."""
    click.echo()
    if done.files:
        main, *others = done.files
        words = Text(f"Écrit : {main}", f"Written: {main}")
        if others and done.choice.discovered is not None:
            folder, files = done.choice.discovered.folder, counted(len(others), *_FILES)
            words = Text(
                f"{words.fr} et {folder}/ ({files.fr})",
                f"{words.en} and {folder}/ ({files.en})",
            )
        _echo(words, language)
    else:
        _echo(Text("Serait écrit dans wikibot.toml :", "Would be written:"), language)
        click.echo(redacted(done.settings.text(language)))
    click.echo()
    _echo(Text("À faire ensuite :", "What to do next:"), language)
    for number, step in enumerate(done.steps, 1):
        _echo(Text(f"{number}. {step.what.fr}", f"{number}. {step.what.en}"), language)
        if step.command:
            click.echo(f"     {visible(step.command)}")


def echo_data(done: Done, language: Language) -> None:
    """Print the same as JSON."""
    probe, choice, place = done.probe, done.choice, done.probe.place
    echo_json(
        {
            "wiki": {
                "kind": place.kind,
                "place": place.address,
                "how": place.how,
                "name": probe.name,
                "software": probe.software,
                "language": place.language,
                "pages": probe.pages,
                "extensions": probe.extensions,
                "members_only": place.members_only,
                "probed": probe.wiki is not None,
            },
            "mapping": {
                "name": choice.mapping,
                "reason": choice.reason,
                "why": _WHY[choice.reason].into(language).strip().rstrip(" :"),
                **_fit_data(choice.fit),
            },
            "account": done.settings.account,
            "written": bool(done.files),
            "files": [str(file) for file in done.files],
            "settings": done.settings.text(language),
            "next": [
                {"what": step.what.into(language), "command": step.command or None}
                for step in done.steps
            ],
        }
    )


def _fit_data(fit: Fit | None) -> dict[str, Any]:
    """Return the page types that are on the wiki, and its templates that are not among them."""
    types, others = (fit.there, fit.others) if fit is not None else ((), ())
    return {
        "types": [
            {
                "id": each.page_type.id,
                "template": each.page_type.template,
                "known": each.known,
                "total": each.total,
            }
            for each in types
        ],
        "others": [page_type.template for page_type in others],
    }


def _echo(words: Text, language: Language) -> None:
    click.echo(visible(words.into(language), 800))
