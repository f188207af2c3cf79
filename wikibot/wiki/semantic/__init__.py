"""What Semantic MediaWiki says of pages: pure readers of its answers, with typed values.

Semantic MediaWiki's tables follow the pages at a distance. What they do not list is not
thereby gone, and what they say is never the base of an edit: that is the page itself.
"""

from wikibot.wiki.semantic.browsing import Browsed, Entry, Info, read_browsed, read_info
from wikibot.wiki.semantic.dates import DateValue
from wikibot.wiki.semantic.facts import Facts, Improper, note_of, read_facts
from wikibot.wiki.semantic.listed import Listed, read_listed
from wikibot.wiki.semantic.names import DATATYPES, datatype_of, key_of, names_of
from wikibot.wiki.semantic.questions import Question
from wikibot.wiki.semantic.refusals import Malformed, Refusal, refusal, warnings
from wikibot.wiki.semantic.values import (
    BooleanValue,
    CoordinatesValue,
    EmailValue,
    MonolingualValue,
    NumberValue,
    PageValue,
    Printout,
    QuantityValue,
    RecordValue,
    Subject,
    TelephoneValue,
    TemperatureValue,
    TextValue,
    UnreadValue,
    UriValue,
    Value,
)

__all__ = [
    "DATATYPES",
    "BooleanValue",
    "Browsed",
    "CoordinatesValue",
    "DateValue",
    "EmailValue",
    "Entry",
    "Facts",
    "Improper",
    "Info",
    "Listed",
    "Malformed",
    "MonolingualValue",
    "NumberValue",
    "PageValue",
    "Printout",
    "QuantityValue",
    "Question",
    "RecordValue",
    "Refusal",
    "Subject",
    "TelephoneValue",
    "TemperatureValue",
    "TextValue",
    "UnreadValue",
    "UriValue",
    "Value",
    "datatype_of",
    "key_of",
    "names_of",
    "note_of",
    "read_browsed",
    "read_facts",
    "read_info",
    "read_listed",
    "refusal",
    "warnings",
]
