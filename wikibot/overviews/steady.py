"""An overview without what changes by the mere passing of a day.

A page of the wiki that is written by night says from when it is: it is written again when
something has changed on the wiki, not because another day has come.
"""

from __future__ import annotations

from dataclasses import replace

from wikibot.overviews.values import Block, Overview, Row, Table

_AGES = {"overdue": "days"}  # table → a column that counts days until today
_DAILY = frozenset({"quality_over_time"})  # tables of a row a day, which is the first cell


def steady(overview: Overview) -> Overview:
    """Return the overview without days counted until today and days on which nothing differs."""
    sections = tuple(
        replace(section, blocks=tuple(map(_steady, section.blocks)))
        for section in overview.sections
    )
    return replace(overview, sections=sections)


def _steady(block: Block) -> Block:
    if not isinstance(block, Table):
        return block
    if block.id in _AGES:
        place = block.column(_AGES[block.id])
        rows = tuple((*row[:place], *row[place + 1 :]) for row in block.rows)
        columns = (*block.columns[:place], *block.columns[place + 1 :])
        return replace(block, columns=columns, rows=rows)
    if block.id in _DAILY:
        kept: list[Row] = []
        for row in block.rows:
            if not kept or row[1:] != kept[-1][1:]:
                kept.append(row)
        return replace(block, rows=tuple(kept))
    return block
