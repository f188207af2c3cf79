"""Whether pages, files and accounts are there, where redirects lead: no text is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from wikibot.errors import InvalidTitle
from wikibot.page import Standing
from wikibot.title import USER, Title
from wikibot.wiki.mediawiki.api import Api, Record
from wikibot.wiki.mediawiki.site import Site

_MOST_STEPS = 3  # a title is normalised, and converted between scripts


def standings(api: Api, site: Site, titles: Iterable[str]) -> dict[str, Standing]:
    """Return what the wiki says of titles, and of where redirects lead; one request a batch.

    A title of a user's page is there where the page or the account is. Interwiki titles,
    special pages and what is no title are left out.
    Source: MediaWiki, API:Query (titles, redirects), API:Pageprops (disambiguation, of the
    extension Disambiguator), API:Users.
    """
    known: dict[str, Title] = {}
    for text in titles:
        try:
            title = site.syntax.namespaces.parse(text)
        except InvalidTitle:
            continue
        if title.namespace >= 0:
            known[text] = title
    found: dict[str, Standing] = {}
    asked = list(dict.fromkeys(map(str, known.values())))
    for start in range(0, len(asked), site.batch):
        found |= _asked(api, site, asked[start : start + site.batch])
    return found | {text: found[str(title)] for text, title in known.items() if str(title) in found}


def _asked(api: Api, site: Site, titles: Sequence[str]) -> dict[str, Standing]:
    question = {
        "titles": "|".join(titles),
        "redirects": "1",
        "prop": "info|pageprops",
        "ppprop": "disambiguation",
    }
    names = [t.name for t in map(site.syntax.namespaces.parse, titles) if t.namespace == USER]
    accounts = [name for name in names if "/" not in name]
    if accounts:
        question |= {"list": "users", "ususers": "|".join(accounts)}
    records: dict[str, Record] = {}
    renamed: dict[str, str] = {}
    redirects: dict[str, str] = {}
    users: dict[str, bool] = {}
    for batch in api.batches(question):
        records |= {str(record.get("title")): record for record in batch.records}
        redirects |= batch.redirects
        users |= batch.users
        # `renamed` holds the redirects too, which are no other spelling of a title
        renamed |= {old: new for old, new in batch.renamed.items() if old not in batch.redirects}
    found = {}
    led = (target.partition("#")[0] for target in redirects.values())
    for title in (*titles, *led):
        name = title
        for _ in range(_MOST_STEPS):
            name = renamed.get(name, name)
        standing = _standing(site, name, records, redirects, users)
        if standing:
            found[title] = standing
    return found


def _standing(
    site: Site,
    name: str,
    records: Mapping[str, Record],
    redirects: Mapping[str, str],
    users: Mapping[str, bool],
) -> Standing | None:
    if name in redirects:
        return Standing(site.title_named(name), there=True, target=redirects[name])
    record = records.get(name)
    if record is None or record.get("invalid") or record.get("special"):
        return None
    title = site.title(int(record.get("ns", 0)), name)
    # `known`: no page, but a file of a shared repository, or a message of the software
    there = not record.get("missing") or bool(record.get("known"))
    if not there and title.namespace == USER:
        account = users.get(title.name)
        if account is None:
            return None
        there = account
    return Standing(title, there, disambiguation="disambiguation" in record.get("pageprops", {}))
