from __future__ import annotations

import logging
from pathlib import Path

import pytest

from tests.cli.command import run
from wikibot.cli import logs
from wikibot.language import Text

EXPORT = """\
<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="fr">
<siteinfo><sitename>Essai</sitename><dbname>essai</dbname></siteinfo>
<page><title>Haies</title><ns>0</ns><id>1</id><revision><id>2</id>
<timestamp>2026-01-31T12:00:00Z</timestamp><model>wikitext</model>
<text>{{Ressource|licence=CC0}}</text></revision></page>
<page><title>Cachée</title><ns>0</ns><id>3</id><revision><id>4</id>
<timestamp>2026-01-31T12:00:00Z</timestamp><model>wikitext</model>
<text deleted="deleted" /></revision></page>
</mediawiki>
"""


def test_a_page_that_is_left_out_is_named_in_the_language(tmp_path: Path) -> None:
    (tmp_path / "export.xml").write_text(EXPORT, encoding="utf-8")
    done = run("--wiki", tmp_path / "export.xml", "check")
    assert done.code == 3
    place = tmp_path / "export.xml"
    assert done.err == f"Note : {place} : le texte de « Cachée » n'est pas dans l'export.\n"


def test_what_is_only_worth_knowing_is_for_debugging(capsys: pytest.CaptureFixture[str]) -> None:
    logger = logging.getLogger("wikibot.essai")
    logs.start(debug=False)
    logger.info("rien")
    logs.start(debug=True)
    logger.info("une\x1bligne %s", "a\nb")
    logger.warning(Text("Attention.", "Careful."))
    assert capsys.readouterr().err == "une\\u001bligne a\\u000ab\nNote : Attention.\n"
    logs.start(debug=False)
