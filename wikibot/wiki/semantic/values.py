"""The values of properties, one class a shape; `datatype` is Semantic MediaWiki's own id.

`_txt` text, `_num` number, … (the ids are in `names.DATATYPES`). An answer of
`browsebysubject` does not tell the datatype of a property: there it is the plainest one of
the value's shape, unless the reader is told better.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from wikibot.title import Title
from wikibot.wiki.semantic.dates import DateValue
from wikibot.wiki.semantic.names import key_of


@dataclass(frozen=True)
class PageValue:
    """A page, or a part of one: a section, a subobject.

    `fragment` is written with underscores; a subobject without a name of its own begins with
    one. `exists` is what the wiki said when it answered, None where it said nothing.
    `displaytitle` is the name the page shows, where it shows another than its title.
    """

    title: Title
    fragment: str = ""
    exists: bool | None = None
    displaytitle: str = ""
    datatype: str = "_wpg"

    def __str__(self) -> str:
        """Return the full title, with its fragment."""
        return f"{self.title}#{self.fragment}" if self.fragment else str(self.title)


@dataclass(frozen=True)
class TextValue:
    """Text, code, a keyword, an external identifier: characters, as they are stored."""

    text: str
    datatype: str = "_txt"

    def __str__(self) -> str:
        """Return the text."""
        return self.text


@dataclass(frozen=True)
class NumberValue:
    """A number; whole ones are `int`."""

    number: int | float
    datatype: str = "_num"

    def __str__(self) -> str:
        """Return the number with a decimal point."""
        return str(self.number)


@dataclass(frozen=True)
class QuantityValue:
    """A number and its unit; "" where the wiki tells none."""

    number: int | float
    unit: str
    datatype: str = "_qty"

    def __str__(self) -> str:
        """Return number and unit."""
        return f"{self.number} {self.unit}".strip()


@dataclass(frozen=True)
class TemperatureValue:
    """A temperature, always kept in kelvins."""

    kelvins: int | float
    datatype: str = "_tem"

    @property
    def celsius(self) -> float:
        """The same in degrees Celsius."""
        return round(self.kelvins - 273.15, 9)

    def __str__(self) -> str:
        """Return the kelvins."""
        return f"{self.kelvins} K"


@dataclass(frozen=True)
class BooleanValue:
    """Yes or no."""

    truth: bool
    datatype: str = "_boo"

    def __str__(self) -> str:
        """Return "true" or "false", which wikis of all languages understand."""
        return "true" if self.truth else "false"


@dataclass(frozen=True)
class UriValue:
    """A web address or another URI, also those that only name something (annotation URI)."""

    uri: str
    datatype: str = "_uri"

    def __str__(self) -> str:
        """Return the URI."""
        return self.uri


@dataclass(frozen=True)
class EmailValue:
    """A mail address, without `mailto:`."""

    address: str
    datatype: str = "_ema"

    def __str__(self) -> str:
        """Return the address."""
        return self.address


@dataclass(frozen=True)
class TelephoneValue:
    """A telephone number, without `tel:`."""

    number: str
    datatype: str = "_tel"

    def __str__(self) -> str:
        """Return the number."""
        return self.number


@dataclass(frozen=True)
class CoordinatesValue:
    """A place: degrees north and east, metres of altitude where told."""

    latitude: float
    longitude: float
    altitude: float | None = None
    datatype: str = "_geo"

    def __str__(self) -> str:
        """Return latitude and longitude as a field of the wiki takes them."""
        return f"{self.latitude}, {self.longitude}"


@dataclass(frozen=True)
class MonolingualValue:
    """A text and the code of its language ("" where the wiki tells none)."""

    text: str
    language: str
    datatype: str = "_mlt_rec"

    def __str__(self) -> str:
        """Return the text as it is written into a field: `texte@fr`."""
        return f"{self.text}@{self.language}" if self.language else self.text


@dataclass(frozen=True)
class RecordValue:
    """A record or a reference: several fields that belong together.

    `ask` sends them in the order that the property declares (the first of a reference is its
    value, the others tell where it is from), `browsebysubject` by their names.
    """

    fields: tuple[Printout, ...]
    datatype: str = "_rec"

    def __getitem__(self, name: str) -> tuple[Value, ...]:
        """Return the values of a field, by its label or key."""
        return _named(self.fields, name)

    def __str__(self) -> str:
        """Return the values between semicolons, as a field of the wiki takes them."""
        return "; ".join(", ".join(map(str, field.values)) or "?" for field in self.fields)


@dataclass(frozen=True)
class UnreadValue:
    """A value that does not look like one of its datatype: shown, and used for nothing."""

    source: str
    datatype: str

    def __str__(self) -> str:
        """Return what the wiki sent."""
        return self.source


Value = (
    PageValue
    | TextValue
    | NumberValue
    | QuantityValue
    | TemperatureValue
    | BooleanValue
    | DateValue
    | UriValue
    | EmailValue
    | TelephoneValue
    | CoordinatesValue
    | MonolingualValue
    | RecordValue
    | UnreadValue
)


@dataclass(frozen=True)
class Printout:
    """The values of one property; none where the wiki knows none.

    `label` is how it was asked for or is shown, `key` the property itself: `_MDAT`,
    `Date_de_dépôt`; "" where it is none (the categories).
    """

    label: str
    key: str
    datatype: str
    values: tuple[Value, ...] = ()


@dataclass(frozen=True)
class Subject:
    """A page that Semantic MediaWiki lists, or a subobject of one, with what was asked of it.

    That some page is *not* listed says nothing about it: it may be new, protected from
    reading, waiting in the job queue, or without any property. Whether a page exists is asked
    of the wiki itself (`Wiki.page`), never concluded from here.
    """

    title: Title
    printouts: tuple[Printout, ...] = ()
    fragment: str = ""
    exists: bool | None = None
    displaytitle: str = ""

    def __getitem__(self, name: str) -> tuple[Value, ...]:
        """Return the values of a property: by label, key, or special name in either language.

        Raises:
            KeyError: it was not asked for, which is not the same as having no value.
        """
        return _named(self.printouts, name)

    def __iter__(self) -> Iterator[Printout]:
        """Yield the printouts."""
        return iter(self.printouts)

    def __str__(self) -> str:
        """Return the full title, with the name of the subobject."""
        return f"{self.title}#{self.fragment}" if self.fragment else str(self.title)


def _named(printouts: tuple[Printout, ...], name: str) -> tuple[Value, ...]:
    for printout in printouts:
        if printout.label == name:
            return printout.values
    key = key_of(name)
    for printout in printouts:
        if key in (printout.key, key_of(printout.label)):
            return printout.values
    raise KeyError(name)
