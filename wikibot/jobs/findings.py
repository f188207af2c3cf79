"""Which findings count: waivers and baselines read from files, and all of it put together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Mapping as Dictionary
from pathlib import Path

from wikibot.checks import Finding
from wikibot.checks.baseline import Baseline, baseline_of, from_json, to_json
from wikibot.checks.selection import EVERYTHING, Selection, codes_of
from wikibot.checks.settings import settled
from wikibot.checks.sifting import Sifted, Wishes
from wikibot.checks.sifting import sift as parted
from wikibot.checks.waivers import OnPage, Waiver, applying, waivers_on
from wikibot.errors import InputError
from wikibot.jobs.files import SHARED, write_whole
from wikibot.jobs.mappings import RULE_NAMES
from wikibot.jobs.surroundings import REAL, Surroundings
from wikibot.language import Text
from wikibot.mapping import Mapping, WaiverEntry, WaiverFile, wrong_waivers
from wikibot.page import Page
from wikibot.tables import read_table
from wikibot.title import Title
from wikibot.wiki import Wiki


def sift(
    found: Iterable[Finding],
    pages: Iterable[Page],
    mapping: Mapping,
    wiki: Wiki,
    *,
    selection: Selection = EVERYTHING,
    baseline: Baseline | None = None,
    waivers: Iterable[WaiverEntry] = (),
    whole: bool = False,
    on_pages: Dictionary[Title, OnPage] | None = None,
    around: Surroundings = REAL,
) -> Sifted:
    """Return the findings of `check` on these pages, parted into those that count and the rest.

    Left out are those that a waiver lets pass (on the page, of the mapping, or of `waivers`),
    those that the baseline knows and those not selected; the mapping's thresholds weigh what is
    left. `whole` says that these are all pages of the wiki, so that any other is gone. `on_pages`
    are the waivers of pages whose texts are not at hand any more.

    Raises:
        InvalidTitle: a waiver names a page by what no title can be.
    """
    ids, here = {}, dict(on_pages or {})
    for page in pages:
        ids[page.title] = page.id
        on_page = OnPage() if on_pages is not None else waivers_on(page, mapping, wiki.syntax)
        if on_page.waivers or on_page.malformed:
            here[page.title] = on_page
    wishes = Wishes(
        today=around.now().date(),
        selection=selection,
        baseline=baseline,
        waivers=of_files((*mapping.waivers, *waivers), wiki),
        settings=mapping.wiki.rules,
        whole=whole,
    )
    return parted(found, ids, here, wishes)


def of_files(entries: Iterable[WaiverEntry], wiki: Wiki) -> tuple[Waiver, ...]:
    """Return the waivers of files as the wiki understands them.

    Raises:
        InvalidTitle: one names a page by what no title can be.
    """
    return tuple(
        Waiver(
            codes=frozenset().union(*map(codes_of, entry.rules)),
            reason=entry.reason,
            until=entry.until,
            field=entry.field or "",
            title=None if entry.page == "*" else wiki.syntax.namespaces.parse(entry.page),
        )
        for entry in entries
    )


def to_mend(
    page: Page,
    mapping: Mapping,
    wiki: Wiki,
    selection: Selection,
    of_all: Sequence[Waiver],
    around: Surroundings,
) -> Callable[[Finding], bool]:
    """Return what says of a finding on a page whether `fix` may mend it.

    It may not where the rule is off, where the finding is not selected, where a waiver wants it
    so. Thresholds do not matter: they count a whole check.
    """
    waivers = (*waivers_on(page, mapping, wiki.syntax).waivers, *of_all)
    rules, today = mapping.wiki.rules, around.now().date()

    def may(finding: Finding) -> bool:
        return any(selection.takes(f) for f in settled((finding,), rules)) and (
            applying(waivers, finding, today) is None
        )

    return may


def new_baseline(sifted: Sifted, pages: Iterable[Page]) -> Baseline:
    """Return the baseline that knows all that counts now, and what the one before still knows."""
    ids = {page.title: page.id for page in pages}
    found = baseline_of((*sifted.findings, *sifted.known), ids)
    return Baseline(Counter(found.counts) + Counter(sifted.not_looked_for))


def load_baseline(path: Path) -> Baseline:
    """Return the baseline of a file.

    Raises:
        InputError: the file cannot be read, or is no baseline.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible de lire la liste des points connus {path} : {error.strerror}.",
                f"Cannot read the baseline {path}: {error.strerror}.",
            ),
            Text(
                "Faites-la avec « check --write-baseline FICHIER ».",
                "Make it with “check --write-baseline FILE”.",
            ),
        ) from None
    return from_json(data, str(path))


def save_baseline(baseline: Baseline, path: Path) -> None:
    """Write a baseline, whole or not at all.

    Raises:
        InputError: it cannot be written there.
    """
    try:
        write_whole(path, to_json(baseline).encode("utf-8", "backslashreplace"), SHARED)
    except OSError as error:
        raise InputError(
            Text(
                f"Impossible d'écrire la liste des points connus {path} : {error.strerror}.",
                f"Cannot write the baseline {path}: {error.strerror}.",
            ),
            Text(
                "Donnez un fichier dans un dossier où vous pouvez écrire.",
                "Name a file in a folder where you may write.",
            ),
        ) from None


def load_waivers(path: Path) -> tuple[WaiverEntry, ...]:
    """Return the waivers of a file such as the `waivers.toml` of a mapping.

    Raises:
        InputError: it cannot be read, or is wrong; every mistake is told.
    """
    problems: list[Text] = []
    found = read_table(path, path, WaiverFile, problems)
    if found is not None:
        problems += wrong_waivers(path, found.waivers, RULE_NAMES)
    if found is None or problems:
        raise InputError(
            Text("\n".join(p.fr for p in problems), "\n".join(p.en for p in problems)),
            Text(
                "Corrigez ces lignes du fichier des dispenses ; rien n'a été lu ni écrit.",
                "Mend these lines of the file of waivers; nothing was read or written.",
            ),
            "waivers",
        )
    return found.waivers
