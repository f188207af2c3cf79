"""What a page of the wiki shows of an overview: short enough to be read and saved there.

A page that shows an overview is saved again when the overview differs, so what differs with the
calendar alone is left out: what `steady` takes away, the findings day by day (they end with today),
and the edits of a window of time that goes on.
"""

from __future__ import annotations

from dataclasses import replace

from wikibot.language import Language
from wikibot.overviews import Overview, Section
from wikibot.overviews.steady import steady
from wikibot.overviews.values import Block, Chart
from wikibot.render.overview.wikitext import MOST, wikitext

FEW = 15  # rows of a table beside many others
_IN_FULL = "glance"  # the section whose tables a page is for
_SEEN_ELSEWHERE = frozenset({"relations"})  # long, and nothing to act upon
_SLIDING = frozenset({"activity_figures", "months", "overdue_by_age", "quality_over_time"})


def published(overview: Overview, language: Language, *, whole: bool = False) -> tuple[str, str]:
    """Return the wikitext for a page and the line that says of when it is, apart.

    `whole`: every section, with long tables. Else neither what is folded nor what goes together,
    and the first rows of every table but those of pages at a glance.
    """
    sections = [_lasting(each) for each in steady(overview).sections]
    kept = [each for each in sections if each.blocks and (whole or not _is_left_out(each))]
    contents = [
        wikitext(
            replace(overview, sections=(each,)),
            language,
            most=MOST if whole or each.id == _IN_FULL else FEW,
        )[0]
        for each in kept
    ]
    return "\n\n".join(contents), wikitext(replace(overview, sections=()), language)[1]


def _is_left_out(section: Section) -> bool:
    return section.folded or section.id in _SEEN_ELSEWHERE


def _lasting(section: Section) -> Section:
    """Return a section without what counts until today."""
    blocks = tuple(block for block in section.blocks if _told_by(block) not in _SLIDING)
    return replace(section, blocks=blocks)


def _told_by(block: Block) -> str:
    return block.table if isinstance(block, Chart) else block.id
