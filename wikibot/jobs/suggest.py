"""mapping suggest: the aliases that people's own corrections speak for, to be approved."""

from __future__ import annotations

import shutil
import tempfile
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from wikibot.checks.lessons import Disputed, Lesson, Proposal, learned, lessons_of
from wikibot.discovery.aliases import with_aliases
from wikibot.errors import InputError
from wikibot.jobs.files import write_whole
from wikibot.jobs.mappings import load_mapping
from wikibot.jobs.runs import runs
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping, Vocabulary, fold
from wikibot.page import Page
from wikibot.wiki import Wiki
from wikibot.wiki.protocol import Archive

USUAL_DAYS = 90  # looked back where nothing was ever saved
MOST_VERSIONS = 50  # of a page
LEAST_PAGES = 2


@dataclass(frozen=True)
class Suggestions:
    """What people's corrections since a moment come to.

    `read` counts the pages changed since, `compared` those with an earlier version to compare,
    `rarer` the spellings that were corrected on too few pages. `after_run`: the moment is the
    start of the last run.
    """

    since: datetime
    after_run: bool
    read: int
    compared: int
    proposals: tuple[Proposal, ...]
    disputed: tuple[Disputed, ...]
    rarer: int


def suggest(
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    since: datetime | None = None,
    least: int = LEAST_PAGES,
    state: Path | None = None,
    around: Surroundings = REAL,
) -> Suggestions:
    """Return the aliases that were corrected by hand on `least` pages, with what disputes them.

    The moment from which on is the last run's where none is given, else 90 days ago (in a dump:
    before its latest edit). The history of each page changed since is read, a request each on a
    server, its 50 newest versions at most. Nothing is written.

    Raises:
        InputError, Unavailable, AccessError: the wiki cannot be read.
    """
    read = tuple(pages)
    last = None if since else _last_run(wiki, state)
    begun = since or last or _usual(read, wiki, around)
    changed = [page for page in read if page.revision.timestamp >= begun]
    assert isinstance(wiki, Archive)
    lessons: list[Lesson] = []
    compared = 0
    for versions in wiki.histories(changed, begun, MOST_VERSIONS):
        compared += len(versions) > 1
        lessons += lessons_of(versions, mapping, wiki.syntax, since=begun, account=wiki.user)
    found = learned(lessons, mapping, least)
    return Suggestions(
        since=begun,
        after_run=last is not None,
        read=len(changed),
        compared=compared,
        proposals=found.proposals,
        disputed=found.disputed,
        rarer=found.rarer,
    )


def moment(text: str) -> datetime:
    """Return the beginning of a day (or a time) that a person typed, in UTC.

    Raises:
        InputError: it is none.
    """
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            Text(f"« {text} » n'est pas une date.", f"“{text}” is no date."),
            Text("Écrivez-la ainsi : 2026-01-31.", "Write it like this: 2026-01-31."),
        ) from None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def chosen(proposals: tuple[Proposal, ...], only: Sequence[str]) -> tuple[Proposal, ...]:
    """Return the proposals of these spellings, in any case; all where none is named.

    Raises:
        InputError: one of them is not proposed.
    """
    wanted = {fold(spelling) for spelling in only}
    known = {fold(proposal.spelling) for proposal in proposals}
    for spelling in only:
        if fold(spelling) not in known:
            raise InputError(
                Text(
                    f"« {spelling} » n'est pas parmi les graphies proposées.",
                    f"“{spelling}” is not among the spellings proposed.",
                ),
                Text("Lancez sans --only pour les voir.", "Run without --only to see them."),
            )
    return tuple(p for p in proposals if not wanted or fold(p.spelling) in wanted)


def accept_aliases(proposals: Sequence[Proposal], folder: Path) -> tuple[Path, ...]:
    """Write the aliases into the vocabularies of a mapping folder; return the files changed.

    Each file is written whole or not at all, and none before the mapping was seen to load.

    Raises:
        InputError: a file cannot be written, or its terms cannot be added to.
        MappingError: the mapping is wrong, or would be.
    """
    wanted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for proposal in proposals:
        wanted[proposal.vocabulary][proposal.term].append(proposal.spelling)
    known = {vocabulary.id: vocabulary for vocabulary in load_mapping(folder).vocabularies}
    changed: dict[Path, bytes] = {}
    for path in sorted((folder / "vocabularies").glob("*.toml")):
        text = path.read_bytes().decode("utf-8-sig")
        vocabulary_id = tomllib.loads(text)["id"]
        if vocabulary_id in wanted:
            changed[path] = _with(text, path, known[vocabulary_id], wanted[vocabulary_id])
    _check(folder, changed)
    for path, data in changed.items():
        try:
            write_whole(path, data, path.stat().st_mode & 0o777)
        except OSError as error:
            raise _unwritable(path, error) from None
    return tuple(changed)


def _last_run(wiki: Wiki, state: Path | None) -> datetime | None:
    known = runs(wiki, state=state)
    return datetime.fromisoformat(known[0].started) if known else None


def _usual(pages: Sequence[Page], wiki: Wiki, around: Surroundings) -> datetime:
    now = around.now()
    if not wiki.writable:
        now = min(now, max((page.revision.timestamp for page in pages), default=now))
    day = now.replace(hour=0, minute=0, second=0, microsecond=0)
    return day - timedelta(days=USUAL_DAYS)


def _with(text: str, path: Path, vocabulary: Vocabulary, new: dict[str, list[str]]) -> bytes:
    """Return the file with aliases. Raises InputError."""
    written = with_aliases(text, vocabulary, new)
    if written is not None:
        return written.encode()
    words = "\n".join(
        f"  {label}: aliases += {', '.join(aliases)}" for label, aliases in new.items()
    )
    raise InputError(
        Text(
            f"{path} n'est pas écrit de façon à y ajouter des alias ; rien n'a été écrit.",
            f"{path} is not written in a way that aliases can be added to; nothing was written.",
        ),
        Text(f"Ajoutez-les à la main :\n{words}", f"Add them by hand:\n{words}"),
    )


def _check(folder: Path, changed: dict[Path, bytes]) -> None:
    """Load what the folder would become. Raises MappingError."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "mapping"
        for file in (*folder.glob("*.toml"), *folder.glob("*/*.toml")):
            target = copy / file.relative_to(folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            if file in changed:
                target.write_bytes(changed[file])
            else:
                shutil.copyfile(file, target)
        load_mapping(copy)


def _unwritable(path: Path, error: OSError) -> InputError:
    why = error.strerror or f"{error}"
    return InputError(
        Text(f"Impossible d'écrire {path} : {why}.", f"Cannot write {path}: {why}."),
        Text("Vérifiez vos droits sur ce fichier.", "Check your rights on this file."),
    )
