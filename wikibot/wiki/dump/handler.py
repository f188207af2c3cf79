"""What is kept of an export while its XML goes by: one page at a time, of it one text.

Source: MediaWiki, Help:Export and the schemas export-0.3.xsd to export-0.11.xsd; the versions
differ in what is not read here.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.sax.handler import ContentHandler
from xml.sax.xmlreader import AttributesImpl, Locator

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.page import Revision
from wikibot.wiki.dump.source import unusable

MAX_TEXT = 64 * 2**20  # characters; MediaWiki allows 2 MiB
_MAX_DEPTH = 32

WHERE_FROM = Text(
    "Ce n'est pas un export de MediaWiki : d'où vient ce fichier ?",
    "This is no export of MediaWiki: where does the file come from?",
)

_ROOT = "/mediawiki"
_SITE = "/mediawiki/siteinfo"
_PAGE = "/mediawiki/page"
_REVISION = "/mediawiki/page/revision"
_READ = frozenset(
    [f"{_SITE}/{name}" for name in ("sitename", "dbname", "base", "namespaces/namespace")]
    + [f"{_PAGE}/{name}" for name in ("title", "ns", "id")]
    + [f"{_REVISION}/{name}" for name in ("id", "parentid", "timestamp", "comment")]
    + [f"{_REVISION}/{name}" for name in ("model", "text")]
    + [f"{_REVISION}/contributor/{name}" for name in ("username", "ip")]
)


@dataclass(frozen=True)
class Site:
    """What an export says of its wiki; `sensitive` are namespaces that tell `a` from `A`."""

    sitename: str
    dbname: str
    base: str
    names: tuple[tuple[int, str], ...]
    sensitive: frozenset[int]


Version = tuple[Revision, str, str | None]  # the model, then the text: None where it is hidden


@dataclass(frozen=True, slots=True)
class ExportedPage:
    """A page at its latest revision; `text` is None where the export does not give it.

    `revisions` are all that the export has, oldest first, where they were asked for; so are
    `versions`, the newest of them, with the model and the text of each.
    """

    title: str
    namespace: int | None
    id: int
    revision: Revision
    model: str
    text: str | None
    revisions: tuple[Revision, ...] = ()
    versions: tuple[Version, ...] = ()


def text_too_long(path: Path, line: int | None) -> InputError:
    """Return the error for a text that no wiki page has."""
    size = MAX_TEXT // 2**20
    return unusable(
        path,
        Text(
            f"un seul texte dépasse {size} Mo (ligne {line})",
            f"a single text is over {size} MB (line {line})",
        ),
    )


class Handler(ContentHandler):
    """Keeps the elements named in `_READ`; `pages` are those finished since the last look."""

    def __init__(
        self,
        path: Path,
        history_of: str | None,
        where: Locator,
        texts_of: Set[int] = frozenset(),
        most: int = 0,
    ) -> None:
        super().__init__()
        self._where = where
        self.begun = False
        self.site: Site | None = None
        self.pages: list[ExportedPage] = []
        self._path = path
        self._history_of = history_of
        self._places = [""]  # of the open elements, each with its whole path
        self._pieces: list[str] | None = None  # of the element being read
        self._size = 0
        self._attributes: dict[str, str] = {}
        self._names: list[tuple[int, str]] = []
        self._sensitive: set[int] = set()
        self._values: dict[str, str] = {}  # of the page
        self._own: dict[str, str | None] = {}  # of the revision; None is hidden
        self._latest: Version | None = None
        self._revisions: list[Revision] = []
        self._texts_of, self._most = texts_of, most  # ids of pages; versions of each
        self._versions: list[Version] = []

    def startElement(self, name: str, attrs: AttributesImpl[str]) -> None:
        """Note where we are; begin to keep what is wanted."""
        place = f"{self._places[-1]}/{name}"
        self._places.append(place)
        if place in _READ:
            self._pieces, self._size, self._attributes = [], 0, dict(attrs.items())
        elif place == _PAGE:
            self._values, self._latest, self._revisions, self._versions = {}, None, [], []
        elif place == _REVISION:
            self._own = {}
        elif len(self._places) == 2:
            if place != _ROOT:
                why = Text(f"sa racine est <{name}>", f"its root is <{name}>")
                raise unusable(self._path, why, WHERE_FROM)
            self.begun = True
        elif len(self._places) > _MAX_DEPTH:
            raise self._wrong(f"<{name}>")

    def characters(self, content: str) -> None:
        """Keep a piece of what is wanted, up to the limit."""
        if self._pieces is None:
            return
        self._pieces.append(content)
        self._size += len(content)
        if self._size > MAX_TEXT:
            raise text_too_long(self._path, self._where.getLineNumber())

    def endElement(self, name: str) -> None:
        """Finish an element, a revision, a page or the site."""
        place = self._places.pop()
        if place in _READ and self._pieces is not None:
            self._keep(place, name, "".join(self._pieces))
            self._pieces = None
        elif place == _REVISION:
            self._end_revision()
        elif place == _PAGE:
            self._end_page()
        elif place == _SITE:
            self.site = Site(
                self._values.get("sitename", ""),
                self._values.get("dbname", ""),
                self._values.get("base", ""),
                tuple(self._names),
                frozenset(self._sensitive),
            )

    def _keep(self, place: str, name: str, value: str) -> None:
        attributes = self._attributes
        if place.startswith(_REVISION):
            hidden = "deleted" in attributes
            if name == "text" and not value:  # an export of stubs has the size without the text
                hidden = hidden or attributes.get("bytes", "0") != "0"
            self._own[name] = None if hidden else value
        elif name == "namespace":
            number = self._number(attributes.get("key"), "<namespace key>")
            self._names.append((number, value))
            if attributes.get("case") == "case-sensitive":
                self._sensitive.add(number)
        else:
            self._values[name] = value

    def _end_revision(self) -> None:
        own = self._own
        try:
            timestamp = datetime.fromisoformat(own.get("timestamp") or "").astimezone(UTC)
        except ValueError:
            raise self._wrong("<timestamp>") from None
        revision = Revision(
            self._number(own.get("id"), "<revision><id>"),
            self._number(own.get("parentid") or "0", "<parentid>"),
            timestamp,
            own.get("username") or own.get("ip"),
            own.get("comment", ""),
        )
        latest, version = self._latest, (revision, own.get("model") or "wikitext", own.get("text"))
        if latest is None or _age(latest[0]) <= _age(revision):
            self._latest = version
        if self._texts_of and self._number(self._values.get("id"), "<page><id>") in self._texts_of:
            self._versions.append(version)
            if len(self._versions) > self._most:
                self._versions.remove(min(self._versions, key=lambda v: _age(v[0])))
        if self._history_of is None or self._values.get("title") == self._history_of:
            self._revisions.append(revision)

    def _end_page(self) -> None:
        title = self._values.get("title")
        if not title or self._latest is None:
            raise self._wrong("<page>")
        number = self._values.get("ns")
        self.pages.append(
            ExportedPage(
                title,
                None if number is None else self._number(number, "<ns>"),
                self._number(self._values.get("id"), "<page><id>"),
                *self._latest,
                tuple(sorted(self._revisions, key=_age)),
                tuple(sorted(self._versions, key=lambda version: _age(version[0]))),
            )
        )

    def _number(self, text: str | None, element: str) -> int:
        try:
            return int(text or "")
        except ValueError:
            raise self._wrong(element) from None

    def _wrong(self, element: str) -> InputError:
        title = self._values.get("title", "?")
        line = self._where.getLineNumber()
        return unusable(
            self._path,
            Text(
                f"{element} manque ou est faux, ligne {line} (page « {title} »)",
                f"{element} is missing or wrong, line {line} (page “{title}”)",
            ),
        )


def _age(revision: Revision) -> tuple[datetime, int]:
    return revision.timestamp, revision.id
