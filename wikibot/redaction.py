"""Secrets of this process, and text without them: whatever is shown or kept goes through here.

A secret is known by its value, so that it is found wherever it stands: in a message of a
library, in an address, in a body that a server sends back. It is found in every form in which
it travels: as it is; percent-encoded, once or more; escaped as in JSON, HTML, a Python literal
or a text made visible; inside base64, as basic authentication sends it.

A secret of fewer than `SHORTEST` characters is *not* hidden: its characters stand in half of all
words, and the gaps would tell it rather than keep it. No password that MediaWiki makes, no token
and no session id is nearly as short. One that is a word of everyday is hidden, word and all.
"""

from __future__ import annotations

import base64
import re
import unicodedata
from collections import deque
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

SHORTEST = 4  # characters
HIDDEN = "***"
_TELLING = 16  # letters and digits in a row that are a secret by themselves, whatever is around
_MOST_PASSING = 200

_lasting: dict[str, None] = {}
_passing: deque[str] = deque(maxlen=_MOST_PASSING)
_known: list[tuple[str, str]] = []  # (what stands in every form, the secret), the longest first


def hide(value: str, *, user: str = "", lasting: bool = True) -> str:
    """Remember a secret from now on, and return it.

    `user` is the name that is sent with it in basic authentication. What is not `lasting`, such
    as cookies that a server replaces with every answer, is forgotten when 200 newer ones came.
    """
    for form in _forms(value, user):
        if lasting:
            _lasting[form] = None
        elif form not in _lasting and form not in _passing:
            _passing.append(form)
    known = sorted({*_lasting, *_passing}, key=len, reverse=True)
    _known[:] = [(_core(secret), secret) for secret in known]
    return value


def redacted(text: str) -> str:
    """Return the text with every known secret replaced, in whatever form it stands there."""
    for core, secret in tuple(_known):
        if core in text:
            text = _expression(secret).sub(HIDDEN, text)
    return text


def redacted_data(value: Any) -> Any:
    """Return a value of JSON with every known secret replaced in its texts.

    Text that is already JSON could be no JSON any more once redacted; data stay data.
    """
    if isinstance(value, str):
        return redacted(value)
    if isinstance(value, dict):
        return {redacted_data(key): redacted_data(inside) for key, inside in value.items()}
    if isinstance(value, list | tuple):
        return [redacted_data(inside) for inside in value]
    return value


def _forms(value: str, user: str) -> Iterator[str]:
    """Yield what is looked for: the secret as typed and as wikis store it, and its base64."""
    for form in {value, unicodedata.normalize("NFC", value), unicodedata.normalize("NFD", value)}:
        # A quote at an end is no secret, but might be the one that closes a text of JSON.
        bare = form.strip("\"'")
        if len(bare) < SHORTEST:
            continue
        yield bare
        if len(_core(bare)) >= _TELLING:
            yield _core(bare)
        data = form.encode("utf-8", "surrogatepass")
        whole = base64.b64encode(f"{user}:".encode() + data).decode() if user else ""
        for encoded in (whole, *_base64_inside(data)):
            if len(encoded) >= 2 * SHORTEST:
                yield encoded.rstrip("=")
                yield encoded.rstrip("=").translate(_URL_SAFE)


_URL_SAFE = str.maketrans("+/", "-_")


def _base64_inside(data: bytes) -> Iterator[str]:
    """Yield what of the base64 of any text around `data` depends on `data` alone.

    Three bytes make four characters, so there are three ways, by where `data` begins.
    """
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + data).decode()
        first = (0, 2, 3)[before]  # a character that also holds bits of what is before it
        last = (before + len(data)) * 8 // 6  # likewise of what is behind it
        yield encoded[first:last]


@lru_cache(maxsize=4 * _MOST_PASSING)
def _core(secret: str) -> str:
    """Return the longest run of letters and digits: no encoding changes it."""
    return max(re.findall(r"[A-Za-z0-9]+", secret), key=len, default="")


_LETTERS = dict(zip("\b\t\n\v\f\r", "btnvfr", strict=True))


@lru_cache(maxsize=2048)
def _expression(secret: str) -> re.Pattern[str]:
    return re.compile("".join(map(_any_form, secret)))


def _any_form(character: str) -> str:
    """Return the expression of a character in all its encodings; those may be nested."""
    if re.fullmatch(r"[A-Za-z0-9]", character):
        return character
    from html.entities import codepoint2name

    point = ord(character)
    name = codepoint2name.get(point, "apos" if character == "'" else "")
    data = character.encode("utf-8", "surrogatepass")
    units = character.encode("utf-16-be", "surrogatepass").hex()
    forms = [
        "".join(f"%(?:25)*{byte:02x}" for byte in data),
        "".join(rf"\\+x{byte:02x}" for byte in data),
        "".join(rf"\\+u{units[start : start + 4]}" for start in range(0, len(units), 4)),
        rf"\\+U{point:08x}",
        rf"\\+u{point:04x}",  # `visible`
        rf"&(?:amp;)*\#0*{point};",
        rf"&(?:amp;)*\#x0*{point:x};",
    ]
    if point < 256:
        forms.append(rf"\\+x{point:02x}")
    if character in _LETTERS:
        forms.append(rf"\\+{_LETTERS[character]}")
    if name:
        forms.append(f"&(?:amp;)*{name};")
    encoded = "|".join(f"(?i:{form})" for form in forms)
    if character == "\\":
        # In JSON two, in JSON within JSON four; a third may belong to a quote that follows.
        return rf"(?:\\{{4}}|\\{{2}}|\\|{encoded})"
    if character == " ":
        return f"(?:[ +]|{encoded})"
    return rf"\\*(?:{re.escape(character)}|{encoded})"
