"""A secret is found in every form in which it travels, and nothing else is touched."""

from __future__ import annotations

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wikibot import redaction
from wikibot.redaction import HIDDEN, SHORTEST, hide, redacted, redacted_data
from wikibot.visible import visible

SECRETS = {
    "a bot password": "canari0123456789abcdefghijklmnop",
    "a token of MediaWiki": "0f" * 20 + "+\\",
    "typed by a person": 'Mot d\'été "1" & <demi>/100 %+\\',
    "short": "a+b/",
    "another script": "пароль-секрет",
    "an emoji": "clé🔑clé🔑",
    "with a hidden character": "abc\u200bdef",
}
FORMS: dict[str, Callable[[str], str]] = {
    "as it is": str,
    "in an address": lambda s: quote(s, safe=""),
    "in a path": quote,
    "in a form": quote_plus,
    "in small letters": lambda s: quote(s, safe="").replace("%2B", "%2b").replace("%5C", "%5c"),
    "in an address in an address": lambda s: quote(quote(s, safe=""), safe=""),
    "in JSON": json.dumps,
    "in JSON with all letters": lambda s: json.dumps(s, ensure_ascii=False),
    "in JSON of PHP": lambda s: json.dumps(s).replace("/", "\\/"),
    "in JSON in JSON": lambda s: json.dumps(json.dumps(s)),
    "in HTML": html.escape,
    "in HTML in JSON": lambda s: json.dumps(html.escape(s)),
    "JSON in HTML": lambda s: html.escape(json.dumps(s)),
    "in numbers": lambda s: "".join(c if c.isalnum() else f"&#{ord(c)};" for c in s),
    "in a Python literal": repr,
    "in bytes of Python": lambda s: repr(s.encode()),
    "made visible": visible,
}


@pytest.fixture(autouse=True)
def unknown(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret is known yet."""
    _forget(monkeypatch)


def _forget(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redaction, "_lasting", {})
    monkeypatch.setattr(redaction, "_passing", redaction._passing.copy())
    redaction._passing.clear()
    monkeypatch.setattr(redaction, "_known", [])


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("form", FORMS.values(), ids=FORMS)
def test_a_secret_is_replaced_in_every_form(secret: str, form: Callable[[str], str]) -> None:
    assert hide(secret) == secret
    shown = redacted(f"avant {form(secret)} après")
    assert shown.strip("avntprès ").strip("b'\"\\&quot;") == HIDDEN


@pytest.mark.parametrize("secret", SECRETS.values(), ids=SECRETS)
@pytest.mark.parametrize("before", ["Robot@nuit:", "a:", "ab:", "abc:", ""])
def test_it_is_replaced_inside_base64(secret: str, before: str) -> None:
    hide(secret, user="Robot@nuit")
    header = base64.b64encode(f"{before}{secret}".encode()).decode()
    if before == "Robot@nuit:":
        assert redacted(f"Basic {header}") in (f"Basic {HIDDEN}{'=' * n}" for n in range(3))
    elif len(secret.encode()) >= 8:
        left = redacted(header).replace(HIDDEN, "")
        assert len(left) <= len(before) * 8 / 6 + 6  # the edges that also hold something else


def test_the_longest_goes_first() -> None:
    hide("canari"), hide("canari-long")
    assert redacted("canari-long canari") == f"{HIDDEN} {HIDDEN}"


def test_the_telling_part_of_a_token_is_enough() -> None:
    token = "0123456789abcdef" * 2
    hide(f"{token}+\\")
    assert redacted(f"{token}%2B%5C, {token}, {token[:20]}…") == (
        f"{HIDDEN}, {HIDDEN}, {token[:20]}…"
    )


def test_what_is_too_short_is_not_hidden() -> None:
    hide("abc"), hide(""), hide('"ab"')
    assert redacted('abc "ab"') == 'abc "ab"'
    hide("abcd")
    assert SHORTEST == 4
    assert redacted("abcd") == HIDDEN


def test_letters_are_known_however_they_are_composed() -> None:
    hide("Forêt été")
    assert redacted("Fore\u0302t e\u0301te\u0301 / Forêt été") == f"{HIDDEN} / {HIDDEN}"


def test_cookies_that_a_server_replaces_do_not_pile_up() -> None:
    hide("le mot de passe")
    for number in range(5000):
        hide(f"biscuit-{number:05d}", lasting=False)
    assert redacted("le mot de passe, biscuit-04999") == f"{HIDDEN}, {HIDDEN}"
    assert len(redaction._known) < 300


@pytest.mark.parametrize("secret", [*SECRETS.values(), 'abcd"', '"abcd', "abcd\\", 'ab"cd'])
def test_json_stays_json(secret: str) -> None:
    hide(secret)
    data = {"a": [f"x{secret}", f'{secret}"y', 3], secret: f'value="{secret}">'}
    shown = json.loads(json.dumps(redacted_data(data), ensure_ascii=False))
    assert secret not in str(shown)
    assert shown["a"][2] == 3
    for ascii_only in (True, False):
        assert secret not in str(json.loads(redacted(json.dumps(data, ensure_ascii=ascii_only))))


@given(
    st.text(st.characters(codec="utf-8"), min_size=SHORTEST, max_size=12).filter(
        lambda s: len(s.strip("\"'")) >= SHORTEST
    ),
    st.sampled_from(sorted(FORMS)),
)
def test_any_secret_is_found(secret: str, form: str) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        _forget(monkeypatch)
        hide(secret)
        assert HIDDEN in redacted(FORMS[form](secret))


@given(st.text())
def test_without_secrets_nothing_changes(text: str) -> None:
    assert redacted(text) == text
