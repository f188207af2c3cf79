"""One changed field, and one edit of a page (all changes of that page)."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Change:
    """One parameter of one call gets another value.

    `old` and `new` are wikitext without outer blanks; "" is an empty or an absent parameter,
    which are the same to a template. `index` counts the calls of `template` on the page from
    0. `after` names the parameters that the form puts before this one: where an absent
    parameter is added, it goes behind the last of them.
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

    @property
    def place(self) -> tuple[str, int, str]:
        """Return what tells this field from every other of the page."""
        return (self.template, self.index, self.parameter)


@dataclass(frozen=True)
class PageEdit:
    """The changes of one page, made for its revision `base_revid`, saved as one edit.

    Where `text` is given the page does not exist yet and is created with it; `pageid` and
    `base_revid` are 0 then, and there are no changes.
    """

    title: str
    pageid: int
    base_revid: int
    changes: tuple[Change, ...]
    summary: str = ""
    text: str | None = None
