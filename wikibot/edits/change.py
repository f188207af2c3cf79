"""One changed field or region, and one edit of a page (all changes of that page)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass

Place = tuple[str, int, str]  # template, index of the call, parameter
REGION = "<!-- wikibot -->"  # in place of a template, which none can be called
KEPT = ("markers",)


@dataclass(frozen=True)
class Change:
    """One parameter of one call gets another value, or another name, or both.

    `old` and `new` are wikitext without outer blanks; "" is an empty or an absent parameter,
    which are the same to a template. `index` counts the calls of `template` on the page from
    0. `after` names the parameters that the form puts before this one: where an absent
    parameter is added, it goes behind the last of them.

    With `renamed_from` the value moves: `old` stands under that name, `new` is to stand under
    `parameter`, and both are filled.

    Or the region that belongs to the bot gets another content (`edits.regions`): `template` is
    `REGION` then, `parameter` the region's name; "" is a region that is not there. `after` is
    `KEPT` where a person has put the markers, so that they stay when the content goes.
    """

    template: str
    index: int
    parameter: str
    old: str
    new: str
    field: str = ""
    rule: str = ""
    safe: bool = True
    reason: str = ""
    after: tuple[str, ...] = ()
    renamed_from: str = ""

    @property
    def place(self) -> Place:
        """Return what tells this field from every other of the page."""
        return (self.template, self.index, self.parameter)

    @property
    def places(self) -> tuple[Place, ...]:
        """Return every place that it writes: of a value that moves, the one it leaves too."""
        if not self.renamed_from:
            return (self.place,)
        return (self.place, (self.template, self.index, self.renamed_from))

    @property
    def region(self) -> str:
        """Return the name of the region that gets another content, "" where it is a field."""
        return self.parameter if self.template == REGION else ""

    @property
    def mark(self) -> str:
        """Return letters that the same change has, whoever asks for it, and no other change.

        They tell its values to nobody who does not know them: they outlast a purge.
        """
        told = json.dumps([*self.place, self.renamed_from, self.old, self.new])
        return hashlib.blake2b(told.encode("ascii"), digest_size=12).hexdigest()


@dataclass(frozen=True)
class PageEdit:
    """The changes of one page, made for its revision `base_revid`, saved as one edit.

    Where `text` is given the page does not exist yet and is created with it; `pageid` and
    `base_revid` are 0 then, and there are no changes. Where it is `numbered` too, its title is a
    number, and the next free one will do where somebody else has taken it meanwhile.
    """

    title: str
    pageid: int
    base_revid: int
    changes: tuple[Change, ...]
    summary: str = ""
    text: str | None = None
    numbered: bool = False
