"""Words for people, in French and in English, side by side.

Both languages of a sentence stand at the place that says it, so that a change of one is
seen beside the other and no catalogue can lag behind. Callers use `Text` and `Language`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Language = Literal["fr", "en"]


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


def counted(number: int, singular: Text, plural: Text) -> Text:
    """Return «number + noun»: in French 0 and 1 are singular, in English only 1 is.

    Source: French grammar (zéro page), CLDR plural rules for fr and en.
    """
    return Text(
        f"{number} {(singular if abs(number) < 2 else plural).fr}",
        f"{number} {(singular if number == 1 else plural).en}",
    )
