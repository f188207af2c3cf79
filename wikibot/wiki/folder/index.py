"""`index.json` of a folder: `[{"title": …, "file": …}]` gives files their page titles."""

from __future__ import annotations

import json
from pathlib import Path

from wikibot.errors import InvalidTitle
from wikibot.language import Text
from wikibot.title import Namespaces, Title
from wikibot.wiki.folder import disk
from wikibot.wiki.folder.names import SUFFIX, shown
from wikibot.wiki.folder.refusals import unusable
from wikibot.wiki.unreadable import why

INDEX = "index.json"
_SHAPE = Text(
    'il n\'a pas la forme [{"title": "…", "file": "…"}]',
    'it is not of the shape [{"title": "…", "file": "…"}]',
)


def read_index(path: Path, namespaces: Namespaces) -> dict[str, Title]:
    """Return the title of each file that the index names.

    Raises:
        InputError: it cannot be read, is of another shape, or names a file elsewhere.
    """
    try:
        data, _ = disk.read(path)
        entries = json.loads(data.decode("utf-8-sig"))
        pairs = [(entry["file"], entry["title"]) for entry in entries]
    except OSError as error:
        raise unusable(INDEX, why(error)) from None
    except json.JSONDecodeError as error:
        where = f"{error.lineno}:{error.colno}"
        raise unusable(
            INDEX, Text(f"ce n'est pas du JSON (ligne {where})", f"it is not JSON (line {where})")
        ) from None
    except (UnicodeDecodeError, RecursionError):
        raise unusable(INDEX, Text("ce n'est pas du JSON", "it is not JSON")) from None
    except (TypeError, KeyError):
        raise unusable(INDEX, _SHAPE) from None
    titles: dict[str, Title] = {}
    for name, title in pairs:
        if not isinstance(name, str) or not isinstance(title, str):
            raise unusable(INDEX, _SHAPE)
        if name in titles:
            reason = Text(f"« {shown(name)} » y est deux fois", f"“{shown(name)}” stands twice")
            raise unusable(INDEX, reason)
        if Path(name).name != name or not name.endswith(SUFFIX) or name.startswith("."):
            reason = Text(
                f"« {shown(name)} » n'est pas un fichier « … {SUFFIX} » de ce dossier",
                f"“{shown(name)}” is no file “…{SUFFIX}” of this folder",
            )
            raise unusable(INDEX, reason)
        try:
            titles[name] = namespaces.parse(title)
        except InvalidTitle:
            reason = Text(f"« {title} » n'est pas un titre", f"“{title}” is no title")
            raise unusable(INDEX, reason) from None
    return titles
