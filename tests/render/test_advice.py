"""A page's own advice: French wikitext that does nothing on a talk page but speak."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.mediawiki.bench import MediaWikiBench
from tests.render.checks import HOSTILE, checked, finding, page, really
from wikibot.render.advice import advice, plain
from wikibot.title import USER
from wikibot.wikitext import transclusions

WIKITEXT = "{{Ressource\n|licence=cc0\n|Tags=étang, étang\n}}\n"
OWN = ("== Quelques points", "'''", "[[Special:", "~~~~", "<!-- À coller")


def test_it_can_be_pasted_as_it_is() -> None:
    found = [
        finding(severity="warning", field="referent", value="y"),
        finding(field="licence"),
        finding(severity="info", field="", value="z"),
    ]
    assert list(advice(checked(found, [page("Haies", WIKITEXT)]))) == [
        "<!-- À coller sur la page : Discussion:Haies -->",
        "== Quelques points à corriger sur cette page ==",
        "Bonjour, et merci pour cette page ! Une relecture automatique y a relevé 3 points à "
        "corriger. Rien ne presse : ce qui compte le plus est en tête.",
        "",
        "'''À corriger d'abord'''",
        "* '''Type de licence''' : Le champ contient « x ».",
        "",
        "'''À revoir'''",
        "* '''Référent du commun''' : Le champ contient « y ».",
        "",
        "'''Pour finir, quelques détails'''",
        "* Le champ contient « z ».",
        "",
        "Tout se corrige dans [[Special:FormEdit/Ressource/Haies|le formulaire de la page]]. Si un "
        "point vous paraît faux, ou voulu ainsi, dites-le ici : la relecture est faite par un "
        "programme, la décision vous revient. ~~~~",
    ]


def test_the_name_of_the_field_is_in_bold_where_the_message_says_it() -> None:
    lines = list(advice(really(page("Haies", WIKITEXT))))
    assert any(
        line.startswith("* Dans le champ « '''Type de licence''' », écrivez") for line in lines
    )


def test_each_page_has_its_own_and_is_told_where_it_goes() -> None:
    found = [finding("Haies"), finding("Action:1"), finding("Discussion:Haies")]
    lines = list(advice(checked(found)))
    assert [line for line in lines if line.startswith("<!--")] == [
        "<!-- À coller sur la page : Discussion:Haies -->",
        "<!-- À coller sur la page : Action talk:1 -->",
        "<!-- À coller sur la page : Discussion:Haies -->",
    ]
    assert "[[Special:EditPage/Action:1|modifiant la page]]" in "\n".join(lines)


def test_without_findings_it_says_so() -> None:
    assert list(advice(checked())) == ["<!-- Rien à signaler sur ces pages. -->"]


def test_no_mail_address_is_repeated() -> None:
    values = ("alix@example.org", "mailto:alix@example.org", "alix (at) example.org")
    text = "\n".join(advice(checked([finding(value=value) for value in values])))
    assert "alix" not in text
    assert text.count("(adresse masquée)") == 3


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_is_never_wikitext(value: str) -> None:
    written = plain(value.replace("\x00", ""))
    for mark in ("[", "]", "{", "}", "<", ">", "|", "~", "''", "__", "://", "mailto:x"):
        assert mark not in written
    assert "ISBN 0" not in written


@given(st.text(st.sampled_from("{}[]<>|'~_:&;#*= x\n")))
def test_no_text_calls_or_links_or_signs(text: str) -> None:
    written = plain(text)
    assert transclusions(f"* {written}") == ()
    assert not set("{}[]<>|~\n") & set(written)
    assert "''" not in written
    assert "__" not in written


def test_on_a_real_wiki_its_own_links_are_the_only_ones(mediawiki: MediaWikiBench) -> None:
    found = [finding(value=value.replace("\x00", ""), field="") for value in HOSTILE]
    text = "\n".join(advice(checked(found, [page("Haies", WIKITEXT)])))
    parsed = mediawiki.call(
        action="parse",
        text=text,
        title="Discussion:Haies",
        prop="links|templates|categories|externallinks|properties|sections|text",
        contentmodel="wikitext",
        pst=1,
    )["parse"]
    for kind in ("templates", "categories", "externallinks", "properties"):
        assert not parsed[kind], kind
    # those of the signature, and no other
    assert {link["ns"] for link in parsed["links"]} <= {USER, USER + 1}
    assert [each["line"] for each in parsed["sections"]] == [
        "Quelques points à corriger sur cette page"
    ]
    html = parsed["text"] if isinstance(parsed["text"], str) else parsed["text"]["*"]
    assert len(re.findall(r"<a [^>]*FormEdit/Ressource/Haies", html)) == 1
    assert html.count("<li>") == len(HOSTILE)
    for mark in ("<script", "<img", "<svg", "<ref", "<i>"):
        assert mark not in html
