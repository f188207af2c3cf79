"""The actions that a plan written in prose asks for, each with the words that ask for it.

They are proposals, for a person to accept one by one: what is told, explained or asked is left
out, and what may be no action is marked so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest

from wikibot.actions.prose_blocks import Block, blocks
from wikibot.actions.prose_dates import Due, Mention, due_of, mentions, period_of
from wikibot.actions.prose_sections import BOLD, LIST, PHASE, Sections, begins_phase, section
from wikibot.actions.prose_summary import COLON, LONGEST, is_date, short
from wikibot.actions.prose_tasks import (
    State,
    Task,
    asks_nothing,
    state_of,
    task_in,
    without_state,
)
from wikibot.edits.boards import column_meant
from wikibot.language import Text
from wikibot.mapping import Board, Vocabulary, fold

_NO_STATE: State = ""
_A_WORD = re.compile(r"[^\W\d_]{3}")
_ADDRESS = re.compile(r"(?:https?:)?//\S+|\bwww\.\S+|\S+@\S+\.\w+")


@dataclass(frozen=True)
class Proposed:
    """An action that a text asks for.

    `source` is a piece of the wikitext, `words` the same as its readers see it. `due` is None
    where no day can be told; `due_words` is what is written of it. `section` is the heading or the
    phase that it stands in, "" for none. `doubt` says why it may be no action; `notes` what is to
    be known of its date.
    """

    summary: str
    due: date | None
    due_words: str
    column: str
    source: str
    words: str
    section: str = ""
    doubt: Text | None = None
    notes: tuple[Text, ...] = ()


def proposals(
    wikitext: str, board: Board, vocabulary: Vocabulary | None = None
) -> tuple[Proposed, ...]:
    """Return the actions that the text of a field asks for, in its order.

    `vocabulary` is that of the field that holds the column. No two have the same summary.
    """
    reader = _Reader(board, vocabulary, Sections())
    lines = blocks(wikitext)
    found = [
        proposed
        for line, below in zip_longest(lines, lines[1:])
        if line is not None
        for proposed in reader.read(line, below)
    ]
    return tuple(_apart(found))


@dataclass(frozen=True)
class _Found:
    """A sentence without what says its state, and the dates that it names."""

    text: str
    source: str
    words: str
    state: State
    dates: tuple[Mention, ...]


@dataclass(frozen=True)
class _Reader:
    """Reads line by line, below the sections that are open."""

    board: Board
    vocabulary: Vocabulary | None
    sections: Sections

    def read(self, line: Block, below: Block | None) -> Iterator[Proposed]:
        """Yield what a line asks for; `below` is the next one."""
        if line.kind == "heading":
            self.sections.enter(section(line.level, line.text))
        elif line.kind == "row":
            self.sections.leave(LIST)
            yield from self._row(line)
        elif line.kind == "item":
            self.sections.leave(LIST + line.level)
            listed = below is not None and below.kind == "item" and below.level > line.level
            if listed and _is_title(line.text):
                self.sections.enter(section(LIST + line.level, line.text))
            else:
                yield from self._sentences(line, LIST + line.level, listed=listed)
        else:
            self.sections.leave(LIST)
            if line.kind == "bold" or _is_title(line.text):
                phase = begins_phase(line.text) or period_of(line.text) is not None
                self.sections.enter(section(PHASE if phase else BOLD, line.text))
            elif begins_phase(line.text):
                yield from self._phase(line, below)
            else:
                near = below is not None and (below.close or line.text.endswith(":"))
                listed = near and below is not None and below.kind == "item"
                yield from self._sentences(line, LIST, listed=listed)

    def _sentences(self, line: Block, level: int, *, listed: bool) -> Iterator[Proposed]:
        """Yield what the sentences of a line ask for; `listed`: it is the head of a list."""
        sentences = line.sentences[:-1] if line.text.endswith(":") else line.sentences
        alone = len(line.sentences) == 1 and not line.text.endswith(".")
        for text, source in sentences:
            for one in self._sentence(text, source, line=alone or line.kind == "item"):
                yield replace(one, doubt=one.doubt or HEAD) if listed else one
        if listed:
            self.sections.enter(section(level, line.sentences[-1][0]))

    def _phase(self, line: Block, below: Block | None) -> Iterator[Proposed]:
        """Yield what a line asks for that begins a phase; its title, where nothing else does."""
        title, *rest = line.sentences
        self.sections.enter(section(PHASE, title[0]))
        empty = below is None or below.kind in ("heading", "bold") or begins_phase(below.text)
        if empty and not rest:
            for goal in COLON.split(title[0], maxsplit=1)[1:]:
                for one in self._sentence(goal, title[1], line=True):
                    yield replace(one, doubt=one.doubt or TITLE)
        for text, source in rest:
            yield from self._sentence(text, source, line=False)

    def _row(self, line: Block) -> Iterator[Proposed]:
        """Yield the action of a row: a cell may say when, another one how far it is."""
        cells = [cell for cell in line.cells if cell]
        state = next((known for cell in cells if (known := state_of(cell))), _NO_STATE)
        when = [cell for cell in cells if is_date(cell)]
        told = [cell for cell in cells if not state_of(cell) and cell not in when]
        dates = mentions(" ; ".join(when))
        for text in told if when or state else ():
            if task_in(text, line=True, dated=bool(when), planned=True):
                found = _Found(text, line.source, line.text, state, dates)
                yield from self._proposed(found, line=True)
                return

    def _sentence(self, words: str, source: str, *, line: bool) -> Iterator[Proposed]:
        text, state = without_state(_ADDRESS.sub("", words).strip(" :"))
        dates = mentions(text)
        head, *rest = COLON.split(text, maxsplit=1)
        if head and all(rest):
            for tail in rest:
                if state_of(head):
                    text, state = tail, state or state_of(head)
                elif is_date(head):
                    text = tail
                elif is_date(tail):
                    text = head
        yield from self._proposed(_Found(text, source, words, state, dates), line=line)

    def _proposed(self, found: _Found, *, line: bool) -> Iterator[Proposed]:
        above = self.sections
        state = found.state or above.state
        if above.aside or not _A_WORD.search(found.text):
            return
        task = _task(found, line=line, planned=above.period is not None or state != "")
        summary = short(task.summary) if task else ""
        if task is None or not summary:
            return
        due = due_of(found.dates, above.period)
        if above.period and not found.dates and state != "done":
            due = Due(above.period.last, above.period_title, (OF_PHASE,))
        yield Proposed(
            summary,
            due.day,
            due.words,
            _column(state, self.board, self.vocabulary),
            found.source,
            found.words,
            above.title,
            task.doubt or (ONE_WORD if " " not in summary else None),
            due.notes,
        )


def _is_title(text: str) -> bool:
    """Return whether a line is no more than a date or a state, which those below have then."""
    return bool(state_of(text)) or is_date(text)


def _task(found: _Found, *, line: bool, planned: bool) -> Task | None:
    """Return what a sentence asks for: the whole of it, or what stands behind its colon."""
    dated = bool(found.dates)
    task = task_in(found.text, line=line, dated=dated, planned=planned)
    if task is not None or not line or asks_nothing(found.text):
        return task
    for tail in COLON.split(found.text, maxsplit=1)[1:]:
        task = task_in(tail, line=line, dated=dated, planned=planned)
        if task is not None and len(found.text) <= LONGEST:
            return replace(task, summary=found.text)
    return task


def _column(state: State, board: Board, vocabulary: Vocabulary | None) -> str:
    """Return the column that a state means; without any, the first one."""
    for words in _STATE_WORDS.get(state, ()):
        column = column_meant(words, board, vocabulary)
        if column:
            return column
    if state == "done":
        return board.columns[-1]
    return board.columns[1] if state == "doing" and len(board.columns) > 2 else board.columns[0]


_STATE_WORDS: dict[State, tuple[str, ...]] = {
    "to do": ("A faire", "To do"),
    "doing": ("En cours", "In progress"),
    "done": ("Fait", "Terminé", "Done"),
}


def _apart(found: Sequence[Proposed]) -> Iterator[Proposed]:
    """Yield them with summaries that differ: of two in two phases, the later one says its phase."""
    seen: dict[str, Proposed] = {}
    for one in found:
        first = seen.get(fold(one.summary))
        if first is not None and one.section and fold(one.section) != fold(first.section):
            another = replace(one, summary=f"{one.summary} ({one.section})")
        else:
            another = one
        if fold(another.summary) not in seen:
            seen[fold(another.summary)] = another
            yield another


HEAD = Text("le chapeau d'une liste", "the head of a list")
TITLE = Text("l'intitulé d'une phase", "the title of a phase")
ONE_WORD = Text("un seul mot", "one word only")
OF_PHASE = Text("la fin de la phase", "the end of the phase")
