"""Mail addresses and telephone numbers, wherever they stand in a text: found and masked."""

from __future__ import annotations

import re

_SIGN = r"[^\s«»“”\"<>()\[\]{},;|/]"
_MAIL = re.compile(  # begins where a word does: a long word is gone through once, not at each sign
    rf"(?<!{_SIGN}){_SIGN}+(?:@|\s?[(\[](?:at|a|à|arobase)[)\]]\s?){_SIGN}+", re.IGNORECASE
)
# A French number in pairs, else one that begins with a plus: dates, amounts, SIRET numbers and
# coordinates are written otherwise.
_PHONE = re.compile(
    r"(?<![\w/=.,-])(?:(?:(?:\+|00)33[\s.-]?(?:\(0\)[\s.-]?)?|0)[1-9]([\s.-]?)\d\d(?:\1\d\d){3}"
    r"|\+\d{1,3}(?:[\s.-]\d{2,4}){3,5}|\+\d{10,14})(?!\w)"
)
# Without these there surely is no mail, and no telephone: they are quick to look for.
_SPELT = re.compile(r"[(\[](?:at|a|à|arobase)[)\]]", re.IGNORECASE)
_MAY_PHONE = re.compile(r"\d\d[\s.-]?\d\d")


def without_contacts(text: str, mail: str, phone: str) -> str:
    """Return text in which `mail` stands for each mail address, `phone` for each telephone."""
    if "@" in text or (("(" in text or "[" in text) and _SPELT.search(text)):
        text = _MAIL.sub(mail.replace("\\", r"\\"), text)
    return _PHONE.sub(phone.replace("\\", r"\\"), text) if _MAY_PHONE.search(text) else text
