"""Every word for people stands in French and in English, and each is written as it should be."""

from __future__ import annotations

import ast
import html
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import wikibot.errors
from tests.cli.command import environment, spawn
from tests.words import HOLE, ROOT, Said, calls, modules, sentences, shown
from wikibot.cli.spoken import PLACEHOLDERS

# Words that both languages spell alike.
SHARED = {
    "action",
    "actions",
    "code",
    "date",
    "dates",
    "latitude, longitude",
    "messages",
    "minute",
    "minutes",
    "options",
    "page",
    "pages",
    "point",
    "points",
    "signal",
    "url",
    "wiki",
}
LETTERS = re.compile(r"[^\W\d_]")
CODE = "▫"
SAID = sentences()


def literal(said: Said) -> bool:
    return all(isinstance(each, ast.Constant | ast.JoinedStr) for each in (said.fr, said.en))


def bare(words: str) -> str:
    """Return words without what is typed or quoted: code, names, other languages."""
    words = re.sub(r"\"[^\"]*\"", CODE, words)
    return re.sub(r"«[^»]*»|“[^”]*”|`[^`]*`|\[\[.*?\]\]|\bhttps?:\S+|(?<!\S)--[a-z-]+", HOLE, words)


def test_there_is_much_to_look_at() -> None:
    assert len(SAID) > 1000


def test_every_sentence_has_its_french_and_its_english() -> None:
    wrong = []
    for said in SAID:
        if not literal(said):
            continue
        fr, en = "".join(shown(said.fr)).strip(), "".join(shown(said.en)).strip()
        same = fr == en and LETTERS.search(fr) and fr.casefold().strip(f"{HOLE} ") not in SHARED
        if bool(fr) != bool(en) or same:
            wrong.append(f"{said.where} {fr!r} {en!r}")
    assert not wrong, "\n".join(["use language.same() for a name or a code", *wrong])


FRENCH = re.compile(r"\b(?:le|la|les|une|des|est|sont|dans|pour|qui|aux?)\b", re.IGNORECASE)
ENGLISH = re.compile(r"\b(?:the|is|are|of|with|has|been|which|this|from)\b", re.IGNORECASE)


def test_no_sentence_is_in_the_place_of_the_other_language() -> None:
    wrong = [
        f"{said.where} {words!r}"
        for said in SAID
        for node, other in ((said.fr, ENGLISH), (said.en, FRENCH))
        for words in map(bare, shown(node))
        if other.search(words)
    ]
    assert not wrong, "\n".join(wrong)


FRENCH_TYPOGRAPHY = {
    "a space before : ; ! ?": re.compile(rf"[^\s(«!?…\"{CODE}][:;!?](?=\s|$)"),
    "spaces inside « »": re.compile(r"«(?![ \u00a0\u202f])|(?<![ \u00a0\u202f])»"),
    "« » and not other quotes": re.compile("[“”„]"),
    "the straight apostrophe": re.compile("[’‘]"),
    "… and not three dots": re.compile(r"\.\.\."),
    "one space": re.compile(r"\S  +\S"),
    "no space before . and ,": re.compile(r"\w [.,](?=\s|$)"),
    "a plural that is said, not (s)": re.compile(r"\w\((?:s|es|e|x)\)"),
}
ENGLISH_TYPOGRAPHY = {
    "no space before : ; ! ?": re.compile(r"\w [:;!?](?=\s|$)"),
    "“ ” and not « »": re.compile("[«»]"),
    "the straight apostrophe": re.compile("[’‘]"),
    "… and not three dots": re.compile(r"\.\.\."),
    "one space": re.compile(r"\S  +\S"),
    "no space before . and ,": re.compile(r"\w [.,](?=\s|$)"),
    "a plural that is said, not (s)": re.compile(r"\w\((?:s|es)\)"),
}


def faults(words: str, rules: dict[str, re.Pattern[str]]) -> list[str]:
    """Return the rules that words break; before which signs a space stands, quotes aside."""
    return [
        name
        for name, wrong in rules.items()
        if wrong.search(bare(words) if " before : ; " in name else words)
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_sentences_are_written_as_the_language_writes_them(language: str) -> None:
    rules = FRENCH_TYPOGRAPHY if language == "fr" else ENGLISH_TYPOGRAPHY
    wrong = [
        f"{said.where} {', '.join(found)}: {words!r}"
        for said in SAID
        for words in shown(said.fr if language == "fr" else said.en)
        if (found := faults(words, rules))
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ("Voici: non", "a space before : ; ! ?"),
        ("Quoi? Rien", "a space before : ; ! ?"),
        ("le champ «licence»", "spaces inside « »"),
        ("l’eau", "the straight apostrophe"),
        ("et...", "… and not three dots"),
        ("deux  mots", "one space"),
        ("3 page(s)", "a plural that is said, not (s)"),
    ],
)
def test_a_fault_of_typography_is_seen(words: str, fault: str) -> None:
    assert faults(words, FRENCH_TYPOGRAPHY) == [fault]
    assert faults("« Voici : l'eau… » ; https://wiki.example.org ? Oui !", FRENCH_TYPOGRAPHY) == []


def test_the_rules_explain_themselves_in_careful_french() -> None:
    wrong = []
    for path, module in modules().items():
        for node in module.body:
            if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "FR":
                text = re.sub(r"`[^`]*`|\{\{.*?\}\}", HOLE, "".join(shown(node.value)))
                wrong += [f"{path} {fault}" for fault in faults(text, FRENCH_TYPOGRAPHY)]
    assert not wrong, "\n".join(wrong)


# --- nothing is said past the two languages ---

ERRORS = {
    name
    for name, each in vars(wikibot.errors).items()
    if isinstance(each, type) and issubclass(each, Exception)
} | {"ClickException", "UsageError", "BadParameter", "BadArgumentUsage", "BadOptionUsage"}


def test_nothing_is_printed_or_raised_in_one_language() -> None:
    wrong = []
    for where, name, call in calls():
        looked = call.args[:1] if name in {"echo", "secho", "prompt", "confirm"} | ERRORS else []
        looked += [k.value for k in call.keywords if k.arg in ("help", "short_help", "epilog")]
        for node in looked:
            words = shown(node)[0] if isinstance(node, ast.Constant | ast.JoinedStr) else ""
            if LETTERS.search(words.replace(HOLE, "")):
                wrong.append(f"{where} {words!r}")
    assert not wrong, "\n".join(wrong)


def test_templates_take_their_words_from_the_source() -> None:
    wrong = []
    for path in sorted((ROOT / "templates" / "report").glob("*.j2")):
        text = re.sub(
            r"\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}|<!--.*?-->", "", path.read_text(), flags=re.S
        )
        told = re.findall(r"\b(?:alt|title|placeholder|aria-label)=\"([^\"]*)\"", text)
        told += re.sub(r"<[^<>]*>", "\n", html.unescape(text)).split("\n")
        wrong += [f"{path.name}: {words.strip()}" for words in told if LETTERS.search(words)]
    assert not wrong, "\n".join(wrong)


# --- help, and what click says by itself ---

_TREE = """
import json, click, wikibot.cli as cli
found = {}
def walk(command, path):
    options = [p for p in command.params if p.param_type_name == "option"]
    found[path] = [command.help, {p.name: p.help for p in options}]
    for name, each in getattr(command, "commands", {}).items():
        walk(each, f"{path} {name}")
walk(cli.wikibot, "wikibot")
print(json.dumps(found))
"""


def tree(locale: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-c", _TREE],
        env=environment({"LC_ALL": locale}),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def test_every_command_and_option_explains_itself_in_both_languages() -> None:
    french, english = tree("fr_FR.UTF-8"), tree("en_GB.UTF-8")
    assert set(french) == set(english)
    assert len(french) > 15
    for path, (told, options) in french.items():
        other, others = english[path]
        assert told and other and told != other, path
        assert set(options) == set(others), path
        for name, words in options.items():
            assert words and others[name] and words != others[name], (path, name)


# What help may show in capitals, in French: words of French, or of both languages.
CAPITALS = {"ACTION", "CODE", "CONDITION", "DATE", "N", "OPTIONS", "PAGE", "TYPE", "URL"}
CAPITALS |= set(PLACEHOLDERS.values())


def test_what_stands_for_a_value_is_french_in_french_help() -> None:
    strange = {}
    for path in tree("fr_FR.UTF-8"):
        told = spawn(*path.split()[1:], "--help", env={"LC_ALL": "fr_FR.UTF-8"}).out
        named = re.findall(r"^(?:Usage :|  -).*?(?=   |$)", told, re.MULTILINE)
        words = set(re.findall(r"(?<![-\w])[A-ZÀ-Ý]+(?![-\w])", "\n".join(named)))
        if words - CAPITALS:
            strange[path] = words - CAPITALS
    assert not strange, f"wikibot/cli/spoken.py has their French: {strange}"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--nope",), "l'option --nope n'existe pas."),
        (("nope",), "la commande « nope » n'existe pas."),
        (("chek",), "la commande « chek » n'existe pas."),
        (("plan", "nope"), "la commande « nope » n'existe pas."),
        (("check", "--output"), "l'option --output attend une valeur."),
        (("--version=3",), "l'option --version ne prend pas de valeur."),
        (("check", "--show-waived=oui"), "l'option --show-waived ne prend pas de valeur."),
        (("explain", "a", "b"), "c'est trop : « b »."),
        (("explain", "a", "b", "c"), "c'est trop : « b c »."),
        (("show",), "il manque PAGE."),
        (("undo",), "il manque EXÉCUTION."),
        (("apply",), "il manque FICHIER."),
        (("trend", "--last", "x"), "--last : « x » n'est pas un nombre entier."),
        (("trend", "--last", "0"), "--last : 0 est hors des limites (x>=1)."),
        (
            ("check", "--format", "nope"),
            "--format : « nope » n'est pas l'un de text, json, sarif, html, xlsx, advice, todo.",
        ),
        (("--lang", "de", "check"), "--lang : « de » n'est pas l'un de fr, en."),
        (("-x",), "l'option -x n'existe pas."),
    ],
    ids=" ".join,
)
def test_what_click_objects_to_is_said_in_french(
    tmp_path: Path, arguments: tuple[str, ...], message: str
) -> None:
    done = spawn(*arguments, env={"LC_ALL": "fr_FR.UTF-8"}, cwd=tmp_path)
    first, *rest = done.err.splitlines()
    assert (done.code, done.out, first) == (2, "", f"Erreur : {message}")
    assert len(rest) == 1
    assert not ENGLISH.search(bare(rest[0]))


@pytest.mark.parametrize("path", [(), ("plan",), ("check",), ("mapping", "suggest")])
def test_no_word_of_clicks_own_is_left_in_french_help(path: tuple[str, ...]) -> None:
    told = spawn(*path, "--help", env={"LC_ALL": "fr_FR.UTF-8"}).out
    assert told.startswith("Usage : wikibot ")
    for word in ("Usage:", "Options:", "Commands", "Show this", "COMMAND ", "required", "default"):
        assert word not in told
    for line in told.splitlines():
        assert not re.search(r"(?:«|\b-)$|^\s*[:;!?»]", line), "a line breaks where it may not"
