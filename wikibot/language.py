"""Words for people, in French and in English, side by side.

Both languages of a sentence stand at the place that says it, so that a change of one is
seen beside the other and no catalogue can lag behind. Callers use `Text` and `Language`.

Days and numbers are written here too: twelve names of months and two signs do it, and CLDR (as
Babel has it) writes neither « 1er mars » nor « 14 h 05 ».
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

Language = Literal["fr", "en"]
NO_BREAK, NARROW_NO_BREAK = "\u00a0", "\u202f"


@dataclass(frozen=True)
class Text:
    """One sentence or label in both languages."""

    fr: str
    en: str

    def into(self, language: Language) -> str:
        """Return the words in `language`."""
        return self.fr if language == "fr" else self.en

    def format(self, **values: object) -> Text:
        """Return the text with `{name}` replaced; a `Text` value is put in its own language.

        Raises:
            KeyError: a placeholder has no value.
        """
        return Text(
            self.fr.format(**{k: v.fr if isinstance(v, Text) else v for k, v in values.items()}),
            self.en.format(**{k: v.en if isinstance(v, Text) else v for k, v in values.items()}),
        )

    def __str__(self) -> str:
        """Return the English words: what logs and tracebacks show."""
        return self.en


def same(words: object) -> Text:
    """Return a text that reads the same in both languages (a name, a number, a code)."""
    return Text(str(words), str(words))


def number(of: int | Decimal) -> Text:
    """Return a number with its thousands apart: «12 345,5», “12,345.5”.

    In French by a narrow no-break space. Source: CLDR, numbers of fr and en.
    """
    english = f"{of:,}" if isinstance(of, int) else f"{of:,f}"
    return Text(english.replace(",", NARROW_NO_BREAK).replace(".", ","), english)


def counted(count: int, singular: Text, plural: Text) -> Text:
    """Return «number + noun»: in French 0 and 1 are singular, in English only 1 is.

    Source: French grammar (zéro page), CLDR plural rules for fr and en.
    """
    written = number(count)
    return Text(
        f"{written.fr} {(singular if abs(count) < 2 else plural).fr}",
        f"{written.en} {(singular if count == 1 else plural).en}",
    )


_MONTHS = (
    Text("janvier", "January"),
    Text("février", "February"),
    Text("mars", "March"),
    Text("avril", "April"),
    Text("mai", "May"),
    Text("juin", "June"),
    Text("juillet", "July"),
    Text("août", "August"),
    Text("septembre", "September"),
    Text("octobre", "October"),
    Text("novembre", "November"),
    Text("décembre", "December"),
)


def day(of: date) -> Text:
    """Return a day as people write it: «1er mars 2026», “1 March 2026”."""
    month = _MONTHS[of.month - 1]
    first = "1er" if of.day == 1 else f"{of.day}"
    return Text(f"{first} {month.fr} {of.year}", f"{of.day} {month.en} {of.year}")


def moment(at: datetime) -> Text:
    """Return a day and an hour: «3 mars 2026 à 14 h 05», “3 March 2026 at 14:05”.

    The hour is that of this machine's clock; a moment without a zone is taken to be so already.
    """
    here = at.astimezone()
    on = day(here)
    return Text(
        f"{on.fr} à {here.hour}{NO_BREAK}h{NO_BREAK}{here.minute:02}",
        f"{on.en} at {here.hour}:{here.minute:02}",
    )
