"""mapping drift: where the mapping and the wiki no longer agree."""

from __future__ import annotations

from wikibot.discovery.assemble import assemble
from wikibot.discovery.difference import Drift
from wikibot.discovery.drift import drifts
from wikibot.discovery.found import Found
from wikibot.jobs.sources import read_sources
from wikibot.mapping import Mapping
from wikibot.wiki import Wiki


def drift(wiki: Wiki, mapping: Mapping) -> tuple[Drift, ...]:
    """Return every difference of the mapping from the wiki's templates, forms and properties.

    Nothing is written. Raises as the wiki.
    """
    sources = read_sources(wiki, mapping.templates)
    targets = dict.fromkeys(sources.target(name) for name in mapping.templates)
    in_forms = {
        sources.target(part.name) for form in sources.forms.values() for part in form.templates
    }
    only = tuple(
        name
        for name in targets
        if name in in_forms
        or (name in sources.templates and sources.templates[name].redirect is None)
    )
    found = assemble(sources, only) if only else Found((), ())
    return tuple(drifts(mapping, found, sources))
