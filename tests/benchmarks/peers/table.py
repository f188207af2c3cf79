"""What was measured beside what was aimed at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Line:
    """One figure of one piece of work.

    `ours` and `best` in `unit`; `peer` is whose `best` is ("" where there is none). `value` is
    what the aim is about: a ratio of both, or `ours` itself; it may be `most` at most, or with
    `least` that at least.
    """

    work: str
    ours: float
    unit: str
    value: float
    most: float
    peer: str = ""
    best: float | None = None
    least: bool = False

    @property
    def reached(self) -> bool:
        """Whether the aim is reached."""
        return self.value >= self.most if self.least else self.value <= self.most

    def cells(self) -> tuple[str, ...]:
        """Return the line as it is shown."""
        ratio = self.best is not None
        aim = _number(self.most) if ratio else self._with_unit(self.most)
        return (
            self.work,
            self._with_unit(self.ours),
            f"{self._with_unit(self.best)}, {self.peer}" if self.best is not None else "",
            _number(self.value) if ratio else "",
            f"{'≥' if self.least else '≤'} {aim}",
            "reached" if self.reached else "NOT reached",
        )

    def _with_unit(self, value: float) -> str:
        return f"{_number(value)} {self.unit}".rstrip()


def ratio(
    work: str, ours: float, unit: str, most: float, peer: str, best: float, *, least: bool = False
) -> Line:
    """Return the line of a figure whose aim is a part of a peer's (with `least` a multiple)."""
    return Line(work, ours, unit, ours / best, most, peer, best, least)


def shown(lines: Sequence[Line]) -> str:
    """Return a table in Markdown."""
    head = ("work", "wikibot", "best peer", "ratio", "aim", "")
    rows = [head, *(line.cells() for line in lines)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(head))]
    told = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |"
        for row in rows
    ]
    told.insert(1, "| " + " | ".join("-" * width for width in widths) + " |")
    return "\n".join(told)


def _number(value: float) -> str:
    if float(value).is_integer() and abs(value) < 10_000:
        return f"{value:.0f}"
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value >= 1 else f"{value:.3f}"
