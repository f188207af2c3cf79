"""mapping drift: where the mapping and the wiki no longer agree."""

from __future__ import annotations

from wikibot.discovery.assemble import assemble
from wikibot.discovery.drift import Drift, drifts
from wikibot.jobs.discover import read_sources
from wikibot.mapping import Mapping
from wikibot.wiki import Wiki


def drift(wiki: Wiki, mapping: Mapping) -> tuple[Drift, ...]:
    """Return every difference of the mapping from the wiki's templates, forms and properties.

    Nothing is written. Raises as the wiki.
    """
    sources = read_sources(wiki, mapping.templates)
    known = [name for name in mapping.templates if name in sources.templates]
    known = [name for name in known if sources.templates[name].redirect is None]
    in_forms = {part.name for form in sources.forms.values() for part in form.templates}
    only = dict.fromkeys((*known, *(name for name in mapping.templates if name in in_forms)))
    return tuple(drifts(mapping, assemble(sources, tuple(only)))) if only else ()
