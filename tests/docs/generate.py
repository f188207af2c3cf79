"""Writes docs/reference/: `python -m tests.docs.generate` (or `make docs`), from the checkout.

All of it comes from what wikibot says of itself: its help, rules, mapping, errors, configuration
and real JSON. Words that the code does not hold in both languages stand in `words.py`; what is
missing there, or there in vain, is an error. The guides' own examples are refreshed too.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeGuard

import click
from pydantic import BaseModel

import wikibot
import wikibot.cli
from tests.docs import json_shapes, words
from tests.docs.documents import ROOT, documents, examples, refreshed, run_wikibot
from tests.docs.tables import code, section, table, text
from wikibot import errors
from wikibot.config import (
    ConfigFile,
    Limits,
    MailTable,
    NightlyTable,
    NotifyTable,
    ReportTable,
    RetentionTable,
    Stop,
    TrackerTable,
    WebhookTable,
    WikiTable,
)
from wikibot.language import Language, Text
from wikibot.mapping import Field, Mapping, PageType, Vocabulary

FOLDER = ROOT / "docs" / "reference"
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def commands() -> list[str]:
    """Return every command that does something, `plan show` among them, in the order of help."""
    (group,) = {v for v in vars(wikibot.cli).values() if isinstance(v, click.Group)}
    return list(_leaves(group))


def _leaves(group: click.Group, lead: str = "") -> Iterator[str]:
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from _leaves(command, f"{lead}{name} ")
        else:
            yield lead + name


def reference() -> dict[Path, str]:
    """Return every page of the reference, as it should be now."""
    pages: dict[Path, str] = {}
    for language in LANGUAGES:
        made = {
            "commands": _commands(language),
            "rules": _rules(language),
            "fields": _fields(language),
            "vocabularies": _vocabularies(language),
            "configuration": _configuration(language),
            "json": _json(language),
            "exit-codes": _exit_codes(language),
        }
        made["README"] = _index(list(made), language)
        for name, body in made.items():
            page = f"# {words.TITLES[name].into(language)}\n\n{body.strip()}\n"
            pages[FOLDER / language / f"{name}.md"] = page
    return pages


def _index(names: Sequence[str], language: Language) -> str:
    lines = [f"- [{words.TITLES[name].into(language)}]({name}.md)" for name in names]
    return section(words.INDEX.into(language), "\n".join(lines))


def _commands(language: Language) -> str:
    names = ["", *commands()]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(4) as pool:
        asked = [["--lang", language, *name.split(), "--help"] for name in names]
        helps = pool.map(lambda words: run_wikibot(words, Path(folder), language).stdout, asked)
        parts = [words.COMMANDS.into(language)]
        for name, said in zip(names, helps, strict=True):
            parts += [f"## {f'wikibot {name}'.strip()}", f"```text\n{said.rstrip()}\n```"]
    return section(*parts)


def _rules(language: Language) -> str:
    known = list(wikibot.RULES.values())
    rows = [
        (
            f"[{rule.code}](#{rule.code.lower()}-{rule.name})",
            text(rule.what.into(language)),
            words.SEVERITIES[rule.severity].into(language),
            words.FIXES[rule.fix].into(language),
        )
        for rule in known
    ]
    parts = [words.RULES.into(language), table(words.RULE_COLUMNS, rows, language)]
    for rule in known:
        parts.append(f"## {rule.code} {rule.name}")
        for paragraph in rule.explanation.into(language).strip().split("\n\n"):
            head, _, rest = paragraph.partition(": ")
            parts.append(f"**{head.strip()}{words.COLON.into(language)}** {rest}")
    return section(*parts)


def _fields(language: Language) -> str:
    mapping = wikibot.load_mapping("resilience")
    parts = [words.FIELDS.into(language)]
    for page_type in mapping.page_types:
        parts += _page_type(page_type, mapping, language)
    return section(*parts)


def _page_type(page_type: PageType, mapping: Mapping, language: Language) -> list[str]:
    rows, unsure = [], 0
    for field in page_type.fields:
        unsure += not field.verified
        label = text(field.label.text.into(language))
        rows.append(
            (
                code(field.id),
                label if not field.help else f"{label}<br>*{text(field.help.text.into(language))}*",
                " · ".join(code(name) for name in field.parameters),
                _kind(field, language),
                words.REQUIRED[field.required].into(language),
                words.YES_NO[field.verified].into(language),
            )
        )
    facts = words.PAGE_TYPE.format(
        template=code(page_type.template),
        others=", ".join(map(code, page_type.template_aliases)) or "–",
        category=page_type.category or "–",
        form=page_type.form or "–",
        fields=len(page_type.fields),
        unsure=unsure,
    )
    return [
        f"## {page_type.label.text.into(language)}",
        facts.into(language),
        table(words.FIELD_COLUMNS, rows, language),
    ]


def _kind(field: Field, language: Language) -> str:
    said = words.KINDS[field.kind].into(language)
    if field.vocabulary:
        said += f"{words.COLON.into(language)} {field.vocabulary}"
        said = f"[{said}](vocabularies.md#{field.vocabulary})"
    if field.many:
        said += words.LIST.format(separator=code(field.separator)).into(language)
    if field.max_length:
        said += words.LONGEST.format(number=field.max_length).into(language)
    return said


def _vocabularies(language: Language) -> str:
    parts = [words.VOCABULARIES.into(language)]
    for vocabulary in wikibot.load_mapping("resilience").vocabularies:
        parts += _vocabulary(vocabulary, language)
    return section(*parts)


def _vocabulary(vocabulary: Vocabulary, language: Language) -> list[str]:
    rows = []
    for term in vocabulary.terms:
        notes = [words.CODE.format(code=code(term.code))] if term.code else []
        if term.until:
            notes.append(words.UNTIL.format(year=term.until))
        if term.replaced_by:
            notes.append(words.REPLACED.format(term=term.replaced_by))
        if term.open is False:
            notes.append(words.NOT_OPEN)
        if term.note:
            notes.append(term.note.text)
        rows.append(
            (
                text(term.label),
                " · ".join(map(text, term.aliases)) or "–",
                "<br>".join(note.into(language) for note in notes) or "–",
            )
        )
    accepted = words.OPEN if vocabulary.open else words.CLOSED
    return [
        f"## {vocabulary.id}",
        f"{vocabulary.label.text.into(language)}. {accepted.into(language)}",
        table(words.TERM_COLUMNS, rows, language),
    ]


_TABLES: dict[str, type[BaseModel]] = {
    "wiki": WikiTable,
    "limits": Limits,
    "stop": Stop,
    "trackers.NAME": TrackerTable,
    "nightly": NightlyTable,
    "nightly.report": ReportTable,
    "nightly.report.mail": MailTable,
    "nightly.report.webhook": WebhookTable,
    "nightly.report.notify": NotifyTable,
    "retention": RetentionTable,
}
_OWN_TABLES = {"nightly": ("report",), "nightly.report": ("mail", "notify", "webhook")}


def _configuration(language: Language) -> str:
    told_here = {"wiki", "wikis", "limits", "stop", "trackers", "nightly", "retention"}
    if set(ConfigFile.model_fields) != told_here:
        raise KeyError("a table of wikibot.toml is not in the reference: see _configuration")
    parts = [words.CONFIGURATION.into(language)]
    told: set[str] = set()
    for name, model in _TABLES.items():
        rows = []
        for key, found in model.model_fields.items():
            if key in _OWN_TABLES.get(name, ()):
                continue
            told.add(f"{name}.{key}")
            french, english = words.KEYS[f"{name}.{key}"]
            default = None if found.is_required() else found.get_default()
            rows.append(
                (
                    code(key),
                    (Text(french, english or f"{found.description}")).into(language),
                    "–" if default in (None, (), {}) else code(_as_toml(default)),
                )
            )
        parts += [f"## [{name}]", words.TABLES[name].into(language)]
        parts.append(table(words.KEY_COLUMNS, rows, language))
    if left := set(words.KEYS) - told:
        raise KeyError(f"no such key of wikibot.toml: {left}")
    parts += [f"## {words.ENVIRONMENT_TITLE.into(language)}", words.ENVIRONMENT.into(language)]
    return section(*parts)


def _as_toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return json.dumps(value, ensure_ascii=False) if isinstance(value, tuple) else str(value)


def _json(language: Language) -> str:
    parts = [words.JSON.into(language)]
    for shape in json_shapes.shapes(language):
        parts += [f"## {shape.name.into(language)}", shape.meaning.into(language)]
        parts += [f"```text\n$ {shape.command}\n{shape.example}\n```"]
        rows = [
            (code(path), _types(kinds, language), text(told.into(language)))
            for path, kinds, told in shape.keys
        ]
        parts.append(table(words.JSON_COLUMNS, rows, language))
    return section(*parts)


def _types(kinds: Sequence[str], language: Language) -> str:
    said = [words.TYPES[kind].into(language) for kind in kinds]
    return words.OR.into(language).join(said)


def _exit_codes(language: Language) -> str:
    known = {kind.exit_code for kind in vars(errors).values() if _is_error(kind)}
    if missing := known - set(words.EXIT_CODES):
        raise KeyError(f"no words for the exit codes {missing}")
    rows = [
        (str(number), meaning.into(language), then.into(language))
        for number, (meaning, then) in words.EXIT_CODES.items()
    ]
    parts = [words.EXIT.into(language), table(words.EXIT_COLUMNS, rows, language)]
    return section(*parts, words.EXIT_MORE.into(language))


def _is_error(kind: object) -> TypeGuard[type[errors.WikibotError]]:
    return isinstance(kind, type) and issubclass(kind, errors.WikibotError)


def main() -> None:
    """Write the reference, remove pages that are no more, refresh the examples."""
    pages = reference()
    for path in FOLDER.rglob("*.md"):
        if path not in pages:
            path.unlink()
    for path, page in pages.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(page, encoding="utf-8", newline="\n")
    for document in documents():
        if examples(document):
            with tempfile.TemporaryDirectory() as folder:
                page = refreshed(document, Path(folder))
            document.write_text(page, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
