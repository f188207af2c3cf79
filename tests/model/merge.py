"""The three-way merge that a MediaWiki makes of an edit with those saved meanwhile: diff3's.

Lines that both sides changed, and lines beside one another of which each side changed one, are
a conflict; the same change on both sides is none. Source: MediaWiki, wfMerge (GNU diff3
--overlap-only, then --merge).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_BLANKS = " \t\n\r\0\x0b"  # what PHP's rtrim takes away


@dataclass(frozen=True)
class _Hunk:
    """Lines `start` to `end` (not included) of the old text are lines `into` of the new one."""

    start: int
    end: int
    into: range


def merge(old: str, mine: str, yours: str) -> str | None:
    """Return `mine` with the changes that `yours` made to `old`, or None where they conflict."""
    before, left, right = (text.rstrip(_BLANKS).split("\n") for text in (old, mine, yours))
    ours, theirs = _hunks(before, left), _hunks(before, right)
    merged: list[str] = []
    done = shift_left = shift_right = 0
    while ours or theirs:
        start, end, our, their = _block(ours, theirs)
        merged += before[done:start]
        in_left = left[start + shift_left : end + shift_left + _growth(our)]
        in_right = right[start + shift_right : end + shift_right + _growth(their)]
        if our and their and in_left != in_right:
            return None
        merged += in_left if our else in_right
        shift_left += _growth(our)
        shift_right += _growth(their)
        done = end
        ours, theirs = ours[len(our) :], theirs[len(their) :]
    merged += before[done:]
    return "\n".join(merged)


def _block(
    ours: Sequence[_Hunk], theirs: Sequence[_Hunk]
) -> tuple[int, int, Sequence[_Hunk], Sequence[_Hunk]]:
    """Return the lines that the next hunks take, together with all that touch one another."""
    start = min(hunks[0].start for hunks in (ours, theirs) if hunks)
    end, taken, grew = start, [0, 0], True
    while grew:
        grew = False
        for side, hunks in enumerate((ours, theirs)):
            while taken[side] < len(hunks) and hunks[taken[side]].start <= end:
                end = max(end, hunks[taken[side]].end)
                taken[side] += 1
                grew = True
    return start, end, ours[: taken[0]], theirs[: taken[1]]


def _growth(hunks: Sequence[_Hunk]) -> int:
    return sum(len(hunk.into) - (hunk.end - hunk.start) for hunk in hunks)


def _hunks(old: Sequence[str], new: Sequence[str]) -> list[_Hunk]:
    """Return what changed, as long a common sequence of lines as can be left alone."""
    hunks = []
    start = into = 0
    for at, there in (*_common(old, new), (len(old), len(new))):
        if at > start or there > into:
            hunks.append(_Hunk(start, at, range(into, there)))
        start, into = at + 1, there + 1
    return hunks


def _common(old: Sequence[str], new: Sequence[str]) -> Iterator[tuple[int, int]]:
    longest = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            longest[i][j] = (
                1 + longest[i + 1][j + 1]
                if old[i] == new[j]
                else max(longest[i + 1][j], longest[i][j + 1])
            )
    i = j = 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            yield i, j
            i, j = i + 1, j + 1
        elif longest[i + 1][j] >= longest[i][j + 1]:
            i += 1
        else:
            j += 1
