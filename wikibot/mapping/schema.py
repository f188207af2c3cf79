"""JSON Schemas of the files of a mapping and of wikibot.toml, for editors of TOML.

`schemas()` gives them, `write_schemas()` writes them; `python -m wikibot.mapping.schema`
writes those that ship in `mappings/schemas/`. A data file names its own in its first line.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from wikibot.config import ConfigFile
from wikibot.mapping.model import PageType, WikiSettings
from wikibot.mapping.rules import WaiverFile
from wikibot.mapping.vocabulary import Vocabulary
from wikibot.resources import data_folder
from wikibot.tables import schema_of


def schemas() -> dict[str, str]:
    """Return file name → JSON Schema, one for each kind of file that people write."""
    return {
        "page_type.schema.json": schema_of(
            PageType, "Page type", "Pages that hold a call of one template, and its fields."
        ),
        "vocabulary.schema.json": schema_of(
            Vocabulary, "Vocabulary", "The terms that fields may hold, with their other spellings."
        ),
        "wiki.schema.json": schema_of(
            WikiSettings, "Wiki", "What holds for the wiki as a whole (wiki.toml)."
        ),
        "waivers.schema.json": schema_of(
            WaiverFile, "Waivers", "Findings that are wanted so: which, where, why, until when."
        ),
        "wikibot.schema.json": schema_of(
            ConfigFile, "wikibot.toml", "Which wiki, which account, which mapping, which limits."
        ),
    }


def write_schemas(folder: Path, extra: Mapping[str, str] | None = None) -> None:
    """Write the schemas, and `extra` ones likewise (file name → text), into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in {**schemas(), **(extra or {})}.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    write_schemas(data_folder("mappings") / "schemas")
