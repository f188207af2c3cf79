"""From the JSON of an answer to values: by its shape, and by the datatype where it is told."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

from wikibot.title import MAIN, Namespaces, Title
from wikibot.visible import visible
from wikibot.wiki.semantic import values
from wikibot.wiki.semantic.dates import DateValue
from wikibot.wiki.semantic.values import PageValue, Printout, Value

_INTEGER = re.compile(r"-?[0-9]{1,18}", re.ASCII)
_TRUTHS = {"t": True, "f": False}
_URIS = frozenset({"_uri", "_anu", "__typ", "__spu", "__imp"})


def read_value(sent: Any, datatype: str) -> Value:
    """Return one value of an answer of `ask`; what fits no shape is an `UnreadValue`."""
    try:
        if isinstance(sent, dict):
            return _structure(sent, datatype)
        if isinstance(sent, bool) or not isinstance(sent, str | int | float):
            raise ValueError("no value")
        if isinstance(sent, str):
            return _text(sent, datatype)
        return _number(sent, datatype)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        source = sent if isinstance(sent, str) else json.dumps(sent, ensure_ascii=False)
        return values.UnreadValue(visible(source, 200), datatype)


def read_dataitem(kind: object, sent: str, datatype: str, namespaces: Namespaces) -> Value:
    """Return one value of an answer of `browsebysubject`; `kind` is its DataItem number.

    `datatype` is that of its property, "" where it is not known. Source: Semantic MediaWiki,
    class SMWDataItem (TYPE_…) and the serialisations of its subclasses.
    """
    reader = _DATAITEMS.get(kind) if isinstance(kind, int) else None
    try:
        if kind == 9:
            return page_of_serialisation(sent, namespaces, datatype or "_wpg")
        if reader is None:
            raise ValueError("no such kind")
        return reader(sent, datatype)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError):
        return values.UnreadValue(visible(sent, 200), datatype)


def page_of_serialisation(sent: str, namespaces: Namespaces, datatype: str = "_wpg") -> PageValue:
    """Read `Titre_de_page#0#interwiki#sous-objet`.

    Raises:
        ValueError: it is none.
    """
    name, number, interwiki, fragment = (*sent.split("#", 3), "", "")[:4]
    name = name.replace("_", " ")
    if not name:
        raise ValueError(f"no page: {sent!r}")
    title = namespaces.title(int(number), f"{interwiki}:{name}" if interwiki else name)
    return PageValue(title, as_key(fragment), datatype=datatype)


def page_of_record(sent: dict[str, Any], datatype: str = "_wpg") -> PageValue:
    """Read a page as `ask` sends it: `fulltext`, `namespace`, `exists`, `displaytitle`.

    Raises:
        KeyError, TypeError, ValueError: it is none.
    """
    full, _, fragment = sent["fulltext"].partition("#")
    number = int(sent.get("namespace", MAIN))
    prefix, colon, name = full.partition(":") if number != MAIN else ("", ":", full)
    if not colon or not name:
        raise ValueError("no title")
    exists = None if "exists" not in sent else sent["exists"] in ("1", 1, True)
    shown = sent.get("displaytitle") or ""
    return PageValue(Title(number, name, prefix), as_key(fragment), exists, str(shown), datatype)


def as_key(fragment: str) -> str:
    """Return the name of a subobject or section as links write it: no blanks."""
    return fragment.replace(" ", "_")


def _structure(sent: dict[str, Any], datatype: str) -> Value:
    if "fulltext" in sent:
        return page_of_record(sent, datatype or "_wpg")
    if "raw" in sent:
        return DateValue.from_raw(sent["raw"])
    if "lat" in sent:
        altitude = sent.get("alt")
        return values.CoordinatesValue(
            float(sent["lat"]), float(sent["lon"]), None if altitude is None else float(altitude)
        )
    if "value" in sent and "unit" in sent:
        return values.QuantityValue(_finite(sent["value"]), str(sent["unit"]), datatype or "_qty")
    return record([_field(name, field) for name, field in sent.items()], datatype)


def record(fields: list[Printout], datatype: str) -> Value:
    """Return a record, or the text in one language that one of two such fields is."""
    by_key = {field.key: field for field in fields}
    if set(by_key) <= {"_TEXT", "_LCODE"} and "_TEXT" in by_key:
        text, code = (
            str(by_key[key].values[0]) if key in by_key and by_key[key].values else ""
            for key in ("_TEXT", "_LCODE")
        )
        return values.MonolingualValue(text, code)
    return values.RecordValue(tuple(fields), datatype or "_rec")


def _field(name: str, sent: dict[str, Any]) -> Printout:
    datatype = str(sent["typeid"])
    read = tuple(read_value(item, datatype) for item in sent["item"])
    return Printout(str(sent.get("label", name)), str(sent["key"]), datatype, read)


def _text(sent: str, datatype: str) -> Value:
    if datatype == "_boo":
        return values.BooleanValue(_TRUTHS[sent])
    if datatype == "_ema":
        return values.EmailValue(unquote(sent.removeprefix("mailto:")))
    if datatype == "_tel":
        return values.TelephoneValue(unquote(sent.removeprefix("tel:")))
    if datatype in _URIS:
        return values.UriValue(sent, datatype)
    if datatype == "_dat":
        return DateValue.from_timestamp(int(sent))
    if datatype in ("_num", "_qty", "_tem"):
        return _number(_parsed(sent), datatype)
    if datatype == "_geo":
        return _coordinates(sent, datatype)
    return values.TextValue(sent, datatype or "_txt")


def _number(sent: int | float, datatype: str) -> Value:
    number = _finite(sent)
    if datatype == "_qty":
        return values.QuantityValue(number, "")
    if datatype == "_tem":
        return values.TemperatureValue(number)
    if datatype == "_dat":
        return DateValue.from_timestamp(int(number))
    return values.NumberValue(number, datatype or "_num")


def _parsed(sent: str) -> int | float:
    return int(sent) if _INTEGER.fullmatch(sent) else float(sent)


def _finite(number: Any) -> int | float:
    if isinstance(number, str):
        number = _parsed(number)
    if isinstance(number, bool) or not isinstance(number, int | float) or not math.isfinite(number):
        raise ValueError("no number")
    return number


def _coordinates(sent: str, _: str) -> Value:
    parts = [float(part) for part in sent.split(",")]
    if len(parts) not in (2, 3) or not all(map(math.isfinite, parts)):
        raise ValueError("no coordinates")
    return values.CoordinatesValue(parts[0], parts[1], parts[2] if len(parts) > 2 else None)


def _uri(sent: str, datatype: str) -> Value:
    if not datatype:
        datatype = {"mailto": "_ema", "tel": "_tel"}.get(sent.partition(":")[0], "_uri")
    return _text(sent, datatype)


_DATAITEMS: dict[int, Callable[[str, str], Value]] = {
    1: lambda sent, datatype: _number(_parsed(sent), datatype or "_num"),
    2: lambda sent, datatype: values.TextValue(sent, datatype or "_txt"),
    4: lambda sent, _: values.BooleanValue(_TRUTHS[sent]),
    5: _uri,
    6: lambda sent, _: DateValue.from_raw(sent),
    7: _coordinates,
    11: lambda sent, datatype: values.TextValue(sent, datatype or "_wpp"),  # a property: its key
}
