"""Whatever is wrong with what was given: one line, what to do, the right code, nothing written."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.command import ATLAS, PAGE, run, spawn

EXPORT = f"""\
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="fr">
  <siteinfo>
    <sitename>Essai</sitename>
    <dbname>essai</dbname>
    <base>https://wiki.example.org/Accueil</base>
    <generator>MediaWiki 1.39.0</generator>
    <case>first-letter</case>
    <namespaces>
      <namespace key="0" case="first-letter" />
      <namespace key="10" case="first-letter">Modèle</namespace>
    </namespaces>
  </siteinfo>
  <page>
    <title>{ATLAS}</title>
    <ns>0</ns>
    <id>3</id>
    <revision>
      <id>7</id>
      <timestamp>2026-01-31T12:00:00Z</timestamp>
      <contributor><username>Alix Imaginaire</username><id>2</id></contributor>
      <model>wikitext</model>
      <format>text/x-wiki</format>
      <text xml:space="preserve">{PAGE.replace("niveau=Idée", "niveau=idée")}</text>
    </revision>
  </page>
</mediawiki>
"""


@dataclass(frozen=True)
class Case:
    """A command, the code it ends with, and its two lines on standard error."""

    arguments: tuple[str, ...]
    message: str
    advice: str = ""
    code: int = 2
    before: Callable[[Path], object] = lambda here: None


def plan(change: Callable[[dict[str, object]], object] = lambda body: None) -> Callable[..., None]:
    """Prepare plan.json, with its content changed behind wikibot's back."""

    def prepare(here: Path) -> None:
        run("--wiki", "pages", "set", ATLAS, "tags+=mare", "--plan", "plan.json")
        body = json.loads((here / "plan.json").read_text())
        change(body)
        (here / "plan.json").write_text(json.dumps(body))

    return prepare


def text(name: str, content: str | bytes) -> Callable[[Path], object]:
    """Write a file beforehand."""
    data = content if isinstance(content, bytes) else content.encode()
    return lambda here: (here / name).write_bytes(data)


def elsewhere(here: Path) -> None:
    """Make a plan for another folder, with the same page in it."""
    shutil.copytree(here / "pages", here / "autre")
    run("--wiki", "autre", "set", ATLAS, "tags+=mare", "--plan", "plan.json")


def published(here: Path) -> None:
    run("--wiki", "pages", "set", ATLAS, "tags+=mare", "--apply")


def of_another_wiki(here: Path) -> None:
    published(here)
    shutil.copytree(here / "pages", here / "autre")
    shutil.rmtree(here / "autre" / ".wikibot")
    shutil.copytree(here / "pages" / ".wikibot", here / "state")
    (here / "autre.toml").write_text('[wiki]\nfolder = "autre"\nstate = "state"\n')


def damaged_journal(here: Path) -> None:
    published(here)
    journal = here / "pages/.wikibot/journal.sqlite"
    journal.with_name("journal.sqlite-wal").unlink(missing_ok=True)
    journal.write_bytes(b"ceci n'est pas un journal" * 200)


PAGES = ("--wiki", "pages")
SET = (*PAGES, "set", ATLAS)
CASES = {
    # --- what to work on ---
    "no wiki at all": Case(
        ("check",), "quel wiki ? Aucun n'est nommé.", "Donnez --wiki DOSSIER, --wiki EXPORT.xml"
    ),
    "an empty name": Case(("--wiki", "", "check"), "quel wiki ?", "Donnez --wiki DOSSIER"),
    "no such folder": Case(
        ("--wiki", "nulle-part", "check"),
        "« nulle-part » n'est ni un dossier, ni un fichier, ni une adresse.",
        "Donnez un dossier de pages",
    ),
    "an empty folder": Case(
        ("--wiki", "vide", "check"),
        "Aucune page de vide n'appelle un modèle de la correspondance « resilience »",
        "Vérifiez",
        before=lambda here: (here / "vide").mkdir(),
    ),
    "no address of an API": Case(
        ("--wiki", "https://wiki.example.org/Accueil", "check"),
        "« https://wiki.example.org/Accueil » n'est pas l'adresse de l'API d'un wiki.",
        "L'adresse de l'API commence par https:// et finit d'ordinaire par api.php",
    ),
    "an address without encryption": Case(
        ("--wiki", "http://wiki.example.org/api.php", "check"),
        "L'adresse « http://wiki.example.org/api.php » n'est pas chiffrée (http)",
        "Écrivez https://",
    ),
    "a password in the address": Case(
        ("--wiki", "https://moi:secret@wiki.example.org/api.php", "check"),
        "L'adresse du wiki contient un nom ou un mot de passe.",
        "Donnez le compte et son secret à part",
    ),
    "a page that is not UTF-8": Case(
        (*PAGES, "check"),
        "Fichier « Mares.wikitext » : il n'est pas en UTF-8 (octet 11, ligne 1).",
        "Enregistrez-le en UTF-8.",
        before=text("pages/Mares.wikitext", b"{{Ressource\xff}}"),
    ),
    "a broken index": Case(
        (*PAGES, "check"),
        "Fichier « index.json » : ce n'est pas du JSON (ligne 1:2).",
        before=text("pages/index.json", "{"),
    ),
    "no configuration": Case(
        ("--config", "rien.toml", "check"),
        "Le fichier de configuration rien.toml n'existe pas.",
        "Vérifiez ce que donne --config.",
    ),
    "a site without a configuration": Case(
        ("--site", "essai", "check"),
        "aucun fichier wikibot.toml où chercher le wiki « essai ».",
        "Donnez-le avec --config.",
    ),
    "no such mapping": Case(
        ("--mapping", "autre", *PAGES, "check"),
        "Aucune correspondance « autre » : il n'y a pas de fichier wiki.toml.",
        "Donnez un dossier qui en contient un, ou l'un de : resilience.",
    ),
    # --- pages, fields, values, rules ---
    "an unknown page": Case(
        (*PAGES, "show", "Atlas des haie"),
        "Aucune page « Atlas des haie » dans pages.",
        "Vouliez-vous dire « Atlas des haies » ?",
    ),
    "an unknown page among others": Case(
        (*PAGES, "check", ATLAS, "Atlas des haie"), "Aucune page « Atlas des haie » dans pages."
    ),
    "no title": Case((*PAGES, "show", "Atlas [des] haies"), "« Atlas [des] haies » n'est pas un"),
    "a page of another kind": Case(
        (*PAGES, "check", "Accueil"),
        "La page « Accueil » n'appelle aucun modèle de la correspondance « resilience »",
        "Commencez la page avec le formulaire du wiki.",
        before=text("pages/Accueil.wikitext", "Bienvenue."),
    ),
    "an unknown field": Case(
        (*SET, "lisences=CC0"),
        "La fiche « Commun » n'a pas de champ « lisences ».",
        "Vouliez-vous dire : licence",
    ),
    "an unknown field in a condition": Case(
        (*PAGES, "pages", "zzz=1"), "Aucune fiche n'a de champ « zzz »."
    ),
    "a condition that is none": Case(
        (*PAGES, "pages", "tags+=mare"),
        "« tags+=mare » n'est pas une condition.",
        "Écrivez CHAMP=VALEUR",
    ),
    "an unknown term": Case(
        (*SET, "licence=CC BY-SA 9.0"),
        "Type de licence : « CC BY-SA 9.0 » n'est pas dans le vocabulaire.",
        "Valeurs proches : Creative Commons BY 4.0 · Creative Commons BY SA 4.0",
    ),
    "a term like no other": Case(
        (*SET, "licence=xyzzy"),
        "Type de licence : « xyzzy » n'est pas dans le vocabulaire.",
        "Par exemple : ",
    ),
    "no value": Case(
        (*SET, "licence"),
        "« licence » n'est pas de la forme CHAMP=VALEUR.",
        'Par exemple : licence="CC BY-SA 4.0"',
    ),
    "no field": Case((*SET, "=CC0"), "« =CC0 » n'est pas de la forme CHAMP=VALEUR."),
    "adding to what is no list": Case(
        (*SET, "licence+=CC0"), "Type de licence : ce n'est pas une liste : += n'y a pas de sens"
    ),
    "two lines in a line": Case(
        (*SET, "localisation=Ici\nLà"), "Localisation : il tient sur une seule ligne."
    ),
    "a control character": Case(
        (*SET, "localisation=Ici\x1b[31m"),
        "La valeur contient un caractère de contrôle (U+001B).",
        "Retirez-le et recommencez.",
    ),
    "a control character where wikitext is written": Case(
        (*SET, "description=Ici\x07"), "La valeur contient un caractère de contrôle (U+0007)."
    ),
    "a value of another kind": Case((*SET, "chat=pas une adresse"), "Echanger, Poser des"),
    "wikitext that would leave its field": Case((*SET, "description=a}} b"), ""),
    "an unknown rule": Case(("explain", "ZZZ999"), "Aucune règle « ZZZ999 ».", "« explain »"),
    "an unknown rule for fix": Case((*PAGES, "fix", "--rule", "VOC9"), "Aucune règle « VOC9 »."),
    # --- commands and options ---
    "an unknown command": Case(
        ("chekc",), "la commande « chekc » n'existe pas.", "Vouliez-vous dire « wikibot check » ?"
    ),
    "a command like no other": Case(
        ("zzz",), "la commande « zzz » n'existe pas.", "« wikibot --help » l'explique."
    ),
    "no command": Case(PAGES, "il manque une commande.", "« wikibot --help »"),
    "an unknown option": Case(
        (*PAGES, "check", "--formt"), "l'option --formt n'existe pas.", "« wikibot check --help »"
    ),
    "a global option behind the command": Case(
        ("check", "--wiki", "pages"),
        "l'option --wiki n'existe pas.",
        "Elle se place avant la commande : wikibot --wiki … check",
    ),
    "an option without its value": Case(("--wiki",), "l'option --wiki attend une valeur."),
    "a value that is no choice": Case(
        (*PAGES, "check", "--format", "xml"),
        "--format : « xml » n'est pas l'un de text, json, sarif, html, xlsx, advice, todo.",
    ),
    "a word missing": Case((*PAGES, "show"), "il manque PAGE."),
    "a word too much": Case((*PAGES, "runs", "un", "deux"), "c'est trop : « deux »."),
    # --- plans ---
    "no such plan": Case(
        (*PAGES, "apply", "rien.json"), "Le plan rien.json n'existe pas.", "Préparez-le avec"
    ),
    "a folder for a plan": Case((*PAGES, "apply", "pages"), "Impossible de lire le plan pages : "),
    "a plan to a folder that is not there": Case(
        (*SET, "tags+=mare", "--plan", "rien/plan.json"),
        "Impossible d'écrire le plan rien/plan.json : ",
    ),
    "a plan that is no JSON": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire (ce n'est pas du JSON).",
        "Préparez-le avec",
        before=text("plan.json", "{"),
    ),
    "a plan that is no text": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire (ce n'est pas de l'UTF-8).",
        before=text("plan.json", b"\xff\xfe"),
    ),
    "a plan of endless depth": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire",
        before=text("plan.json", "[" * 200_000),
    ),
    "another JSON": Case(
        (*PAGES, "plan", "show", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire (format ≠ 1).",
        before=text("plan.json", "[]"),
    ),
    "a plan of a later format": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire (format ≠ 1).",
        before=plan(lambda body: body.update(format=2)),
    ),
    "a plan without its edits": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire",
        before=plan(lambda body: body.pop("edits")),
    ),
    "a plan with an odd number": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce n'est pas un plan que wikibot peut lire",
        before=plan(lambda body: body["edits"][0].update(pageid=-1)),  # type: ignore[index]
    ),
    "a plan that somebody edited": Case(
        (*PAGES, "apply", "plan.json"),
        "plan.json : ce plan a été modifié depuis qu'il a été écrit.",
        "Préparez le plan à nouveau.",
        before=plan(lambda body: body["edits"][0].update(title="Mares")),  # type: ignore[index]
    ),
    "a plan of another wiki": Case(
        (*PAGES, "apply", "plan.json"),
        "Ce plan est fait pour un autre wiki (folder:",
        "Préparez un plan sur ce wiki-ci.",
        before=elsewhere,
    ),
    # --- runs ---
    "an unknown run": Case(
        (*PAGES, "undo", "zzzzzz", "--apply"),
        "Aucune exécution « zzzzzz » dans le journal de pages.",
        "« wikibot runs » les liste.",
    ),
    "an unknown run among others": Case(
        (*PAGES, "undo", "zzzzzz", "--apply"),
        "Aucune exécution « zzzzzz » dans le journal de pages.",
        before=published,
    ),
    "no run": Case((*PAGES, "undo", ""), "Aucune exécution «  »", before=published),
    "the journal of another wiki": Case(
        ("--config", "autre.toml", "set", ATLAS, "tags-=haie", "--apply"),
        "est le journal d'un autre wiki (folder:",
        "Donnez à chaque wiki son propre dossier « state ».",
        before=of_another_wiki,
    ),
    "a journal that is none": Case(
        (*SET, "tags-=haie", "--apply"),
        "Journal illisible : pages/.wikibot/journal.sqlite",
        "Ne le supprimez pas",
        before=damaged_journal,
    ),
    # --- dumps ---
    "a dump cut short": Case(
        ("--wiki", "export.xml", "check"),
        "export.xml",
        before=text("export.xml", EXPORT[:-120]),
    ),
    "a file that is no dump": Case(
        ("--wiki", "export.xml", "check"), "export.xml", before=text("export.xml", "bonjour")
    ),
    "setting a field of a dump": Case(
        ("--wiki", "export.xml", "set", ATLAS, "tags+=mare", "--apply"),
        "export.xml est un export : il se lit, il ne s'écrit pas.",
        "Donnez l'adresse du wiki ou un dossier de pages avec --wiki.",
        before=text("export.xml", EXPORT),
    ),
    "fixing a dump": Case(
        ("--wiki", "export.xml", "fix", "--apply"),
        "export.xml est un export",
        before=text("export.xml", EXPORT),
    ),
    "taking back on a dump": Case(
        ("--wiki", "export.xml", "undo", "abc123", "--apply"),
        "export.xml est un export",
        before=text("export.xml", EXPORT),
    ),
    # --- the demo ---
    "a demo where something is": Case(("demo", "pages"), "Le dossier pages n'est pas vide."),
    "a demo in a file": Case(
        ("demo", "plein"), "Impossible d'écrire dans plein : ", before=text("plein", "")
    ),
}


def everything(here: Path) -> dict[str, bytes]:
    """Return the bytes of every file that is not only a lock or a cache of SQLite."""
    return {
        str(path.relative_to(here)): path.read_bytes()
        for path in here.rglob("*")
        if path.is_file() and path.suffix not in (".sqlite-shm", ".sqlite-wal", ".lock")
    }


@pytest.mark.parametrize("name", CASES)
def test_one_line_what_to_do_the_code_and_nothing_written(folder: Path, name: str) -> None:
    case, here = CASES[name], folder.parent
    case.before(here)
    before = everything(here)
    done = run(*case.arguments)
    assert done.code == case.code, done
    lines = done.err.splitlines()
    assert lines[0].startswith("Erreur : ")
    assert case.message in lines[0]
    assert len(lines) <= 2
    if case.advice:
        assert lines[1].startswith(f"→ {case.advice}")
    assert done.out == ""
    assert everything(here) == before
    assert not any("\x1b" in line or "\x07" in line for line in lines)


class TestInAProcess:
    """What this process cannot show: bytes that are no text, another locale, a wiki away."""

    def test_a_word_that_is_no_text(self, folder: Path) -> None:
        for words in (
            ("show", "\udcff"),
            ("set", ATLAS, "localisation=\udcff"),
            ("undo", "\udcff"),
        ):
            done = spawn("--wiki", folder, *words)
            assert done.code == 2
            assert done.err.startswith("Erreur : ")
            assert "Traceback" not in done.err
        done = spawn("--wiki", folder, "set", ATLAS, "description=\udcff", "--plan", "plan.json")
        assert done.code == 2
        assert not Path("plan.json").exists()

    def test_a_wiki_that_does_not_answer_is_exit_5(self, folder: Path) -> None:
        env = {"WIKIBOT_SLEEP_SCALE": "0"}
        done = spawn("--wiki", "http://127.0.0.1:9/api.php", "check", env=env)
        assert done.code == 5
        assert "Traceback" not in done.err
        assert "127.0.0.1:9" in done.err

    def test_an_english_locale_has_the_same_in_english(self, folder: Path) -> None:
        done = spawn("--wiki", "nulle-part", "check", env={"LC_ALL": "en_GB.UTF-8"})
        assert done.err.splitlines() == [
            "Error: “nulle-part” is neither a folder nor a file nor an address.",
            "→ Name a folder of pages, an XML export or the full address of api.php "
            "(https://…/api.php).",
        ]
