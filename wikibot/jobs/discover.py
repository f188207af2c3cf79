"""mapping discover: reads a wiki's templates, forms, properties and pages into a mapping."""

from __future__ import annotations

import difflib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, cast

from wikibot.discovery.assemble import assemble
from wikibot.discovery.form_page import FormPage, read_form
from wikibot.discovery.found import Found, Sources
from wikibot.discovery.property_page import Names, PropertyPage, read_property, read_value_list
from wikibot.discovery.sample import Sample, sample_of
from wikibot.discovery.template_page import TemplatePage, read_template
from wikibot.discovery.write import Written, write
from wikibot.errors import ConfigError, InputError
from wikibot.language import Language, Text
from wikibot.mapping import load_mapping
from wikibot.page import Page
from wikibot.title import MAIN, TEMPLATE, Namespaces, canonical_name
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Catalogue
from wikibot.wiki.semantic import datatype_of, key_of

if TYPE_CHECKING:
    from wikibot.wiki.mediawiki import MediaWiki

PROJECT = 4  # the number of the namespace that bears the wiki's name
MOST_PAGES = 500  # read of one template's pages on a server; a folder or a dump is read whole
_MOST_IN_USE = 200  # values of one property
_DOCUMENTATION = ("documentation", "doc", "templatedata")
_CHOOSING = ("dropdown", "radiobutton", "checkboxes", "listbox", "tree")
_NAMES = Names(key_of, datatype_of)


@dataclass(frozen=True)
class Discovered:
    """What a wiki has, and what that makes of the mapping folder.

    `before` are the files of the folder as they were; `written.files` those that change.
    """

    folder: Path
    found: Found
    sample: Sample
    written: Written
    before: dict[str, str]

    def difference(self) -> Iterator[str]:
        """Yield the lines of a unified diff of the files that were there and change."""
        for path, text in sorted(self.written.files.items()):
            if path in self.before:
                old, new = self.before[path].splitlines(), text.splitlines()
                yield from difflib.unified_diff(old, new, path, path, lineterm="", n=2)


def discover(
    wiki: Wiki,
    folder: Path,
    templates: Sequence[str] = (),
    *,
    language: Language = "fr",
    keep: bool = True,
) -> Discovered:
    """Return what the wiki has, and write it into the mapping folder unless `keep` is False.

    `templates` names the templates to look at, none: all that hold fields. A mapping that is
    there is updated; what a person wrote in it stays.

    Raises:
        InputError: no template holds fields, an unknown one is named, or the folder cannot be
            used. MappingError: the mapping there is wrong already. Otherwise as the wiki.
    """
    before = _files(folder)
    existing = load_mapping(folder) if before else None
    sources = read_sources(wiki, templates)
    only = [sources.namespaces.template_name(name) for name in templates]
    _known(only, sources)
    found = assemble(sources, only)
    if not found.types:
        raise InputError(
            Text(
                f"Aucun modèle de {wiki.place} n'a de champs que l'on puisse lire.",
                f"No template of {wiki.place} holds fields that can be read.",
            ),
            Text(
                "Nommez le modèle des fiches : --template Ressource.",
                "Name the template of the pages: --template Ressource.",
            ),
        )
    written = write(found, before, existing, _name_of(wiki), language)
    _check(before | written.files)
    if keep:
        _keep(folder, written.files)
    return Discovered(folder, found, sources.sample, written, before)


def read_sources(wiki: Wiki, templates: Sequence[str] = ()) -> Sources:
    """Return all that the wiki says of its pages: templates, forms, properties, a sample."""
    spaces = wiki.syntax.namespaces
    # None where the wiki has no such namespace, hence no such extension
    form, property_ = (spaces.split(f"{name}:x")[0] for name in ("Form", "Property"))
    by_space: dict[int, list[Page]] = {
        number: [] for number in (TEMPLATE, form, property_) if number is not None
    }
    assert isinstance(wiki, Catalogue)
    for page in wiki.pages_in(by_space):
        by_space[page.title.namespace].append(page)
    sources = Sources(
        templates=_templates(by_space[TEMPLATE], spaces),
        forms=_forms(by_space[form], spaces) if form is not None else {},
        properties=_properties(by_space[property_]) if property_ is not None else {},
        namespaces=spaces,
    )
    sources = replace(sources, value_lists=_value_lists(wiki, sources.properties.values()))
    pages = _sampled(wiki, sources, [spaces.template_name(name) for name in templates])
    sample = sample_of(pages, wiki.syntax, frozenset(by_space))
    return replace(sources, sample=sample, in_use=_in_use(wiki, sources.forms.values()))


def _templates(pages: Sequence[Page], spaces: Namespaces) -> dict[str, TemplatePage]:
    names = {page.title.name for page in pages}
    documents: dict[str, str] = {}
    for page in pages:
        base, slash, last = page.title.name.rpartition("/")
        if slash and base in names and last.casefold() in _DOCUMENTATION:
            documents[base] = page.text
    found = {}
    for page in pages:
        name = page.title.name
        base, slash, last = name.rpartition("/")
        if not (slash and base in names and last.casefold() in _DOCUMENTATION):
            found[name] = read_template(name, page.text, spaces, documents.get(name, ""))
    return found


def _forms(pages: Sequence[Page], spaces: Namespaces) -> dict[str, FormPage]:
    forms = {page.title.name: read_form(page.title.name, page.text, spaces) for page in pages}
    return {name: form for name, form in forms.items() if form.redirect is None}


def _properties(pages: Sequence[Page]) -> dict[str, PropertyPage]:
    found = {}
    for page in pages:
        name = page.title.name
        found[canonical_name(name)] = read_property(name, page.text, _NAMES)
    targets = {name: found.get(canonical_name(p.redirect or "")) for name, p in found.items()}
    return {
        name: replace(target, name=target.name, redirect=target.name) if target else page
        for name, page in found.items()
        for target in (targets[name] if page.redirect else None,)
    }


def _value_lists(wiki: Wiki, properties: Iterable[PropertyPage]) -> dict[str, tuple[str, ...]]:
    """Return the lists of allowed values that properties name."""
    names = dict.fromkeys(name for page in properties for name in page.lists)
    titles = {f"MediaWiki:Smw allows list {name}": name for name in names}
    if not titles:
        return {}
    spaces = wiki.syntax.namespaces
    wanted = {str(spaces.parse(title)): name for title, name in titles.items()}
    pages = wiki.pages(list(titles))
    return {wanted[str(p.title)]: read_value_list(p.text) for p in pages if str(p.title) in wanted}


def _sampled(wiki: Wiki, sources: Sources, only: Sequence[str]) -> Iterator[Page]:
    """Yield the pages to learn from: all of a folder or dump, some of a server's."""
    candidates = dict.fromkeys(
        (
            *only,
            *(part.name for form in sources.forms.values() for part in form.templates),
            *(
                name
                for name, page in sources.templates.items()
                if page.parameters and (page.sets_properties or page.categories)
            ),
        )
    )
    if "://" not in wiki.place:
        yield from wiki.pages_with(["*"])
    elif candidates:
        given: set[int] = set()
        for name in candidates:
            for page in islice(wiki.pages_with([name]), MOST_PAGES):
                if page.id not in given:
                    given.add(page.id)
                    yield page
    else:
        assert isinstance(wiki, Catalogue)
        yield from islice(wiki.pages_in([MAIN]), MOST_PAGES)


def _in_use(wiki: Wiki, forms: Iterable[FormPage]) -> dict[str, tuple[str, ...]]:
    """Return the values of the properties that forms choose from, where SMW can tell them."""
    names = dict.fromkeys(
        field.values_from[1]
        for form in forms
        for part in form.templates
        for field in part.fields
        if field.values_from
        and field.values_from[0] == "property"
        and field.input_type in _CHOOSING
    )
    if not names or "://" not in wiki.place:
        return {}
    asker = cast("MediaWiki", wiki).asker()
    found: dict[str, tuple[str, ...]] = {}
    for name in names:
        try:
            entries = list(islice(asker.browse("pvalue", property=name), _MOST_IN_USE))
        except (ConfigError, InputError):
            continue  # no Semantic MediaWiki, or one that does not tell: the pages do
        found[name] = tuple(dict.fromkeys(entry.label for entry in entries if entry.label))
    return found


def _known(only: Sequence[str], sources: Sources) -> None:
    forms = {part.name for form in sources.forms.values() for part in form.templates}
    called = {seen.name for seen in sources.sample.templates}
    for name in only:
        if name not in sources.templates and name not in forms | called:
            raise InputError(
                Text(
                    f"Ni modèle, ni formulaire, ni page ne connaît « {name} ».",
                    f"No template, form or page knows “{name}”.",
                ),
                Text("Vérifiez le nom du modèle.", "Check the name of the template."),
            )


def _name_of(wiki: Wiki) -> str:
    """Return what the wiki calls itself: the name of its project namespace, or its folder's."""
    if Path(wiki.place).is_dir():
        return Path(wiki.place).resolve().name
    return wiki.syntax.namespaces.title(PROJECT, "").prefix or "Wiki"


def _files(folder: Path) -> dict[str, str]:
    """Return the TOML files of a mapping folder, by path inside it."""
    try:
        paths = [folder / "wiki.toml"] if (folder / "wiki.toml").exists() else []
        for part in ("page_types", "vocabularies"):
            paths += sorted((folder / part).glob("*.toml"))
        found = {path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in paths}
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(folder, error) from None
    if found and "wiki.toml" not in found:
        raise InputError(
            Text(
                f"{folder} contient une correspondance, mais pas son fichier wiki.toml.",
                f"{folder} holds a mapping, but not its file wiki.toml.",
            ),
            Text("Donnez un autre dossier, ou remettez ce fichier.", "Name another folder."),
        )
    return found


def _check(files: dict[str, str]) -> None:
    """Load what would be written, so that nothing wrong is. Raises MappingError."""
    with tempfile.TemporaryDirectory() as place:
        for path, text in files.items():
            file = Path(place) / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8", newline="\n")
        load_mapping(Path(place))


def _keep(folder: Path, files: dict[str, str]) -> None:
    """Write each file whole or not at all; `wiki.toml`, which makes it a mapping, last."""
    try:
        for path in sorted(files, key=lambda path: (path == "wiki.toml", path)):
            file = folder / path
            file.parent.mkdir(parents=True, exist_ok=True)
            handle, new = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".new")
            with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as stream:
                stream.write(files[path])
            os.chmod(new, file.stat().st_mode & 0o777 if file.exists() else 0o644)
            os.replace(new, file)
    except OSError as error:
        raise _unusable(folder, error) from None


def _unusable(folder: Path, error: OSError | UnicodeDecodeError) -> InputError:
    why = error.strerror if isinstance(error, OSError) else "UTF-8"
    return InputError(
        Text(
            f"Le dossier {folder} ne peut pas être utilisé : {why}.",
            f"The folder {folder} cannot be used: {why}.",
        ),
        Text("Donnez-en un autre avec --into.", "Name another with --into."),
    )
