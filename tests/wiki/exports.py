"""Builds exports as MediaWiki writes them, and as it does not."""

from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from wikibot.errors import InputError
from wikibot.wiki.dump import DumpWiki

SITE = """  <siteinfo>
    <sitename>Communs</sitename>
    <dbname>communs</dbname>
    <base>https://wiki.example.org/wiki/Accueil</base>
    <generator>MediaWiki 1.39.17</generator>
    <case>first-letter</case>
    <namespaces>
      <namespace key="-1" case="first-letter">Spécial</namespace>
      <namespace key="0" case="first-letter" />
      <namespace key="2" case="first-letter">Utilisateur</namespace>
      <namespace key="10" case="first-letter">Modèle</namespace>
      <namespace key="102" case="first-letter">Attribut</namespace>
      <namespace key="106" case="first-letter">Atelier</namespace>
      <namespace key="828" case="case-sensitive">Module</namespace>
    </namespaces>
  </siteinfo>
"""


def revision(
    number: int,
    text: str | None,
    *,
    minute: int = 0,
    parent: int = 0,
    comment: str = "",
    model: str = "wikitext",
    raw_text: str = "",
    contributor: str = "<contributor><username>Anne</username><id>2</id></contributor>",
    more: str = "",
) -> str:
    """Return a <revision>; `raw_text` replaces the whole <text> element."""
    size = len((text or "").encode())
    written = f'<text bytes="{size}" xml:space="preserve">{escape(text or "")}</text>'
    return f"""    <revision>
      <id>{number}</id>{f"<parentid>{parent}</parentid>" if parent else ""}
      <timestamp>2026-01-31T12:{minute:02}:00Z</timestamp>
      {contributor}
      {f"<comment>{escape(comment)}</comment>" if comment else ""}
      <model>{model}</model><format>text/x-wiki</format>
      {raw_text or written}
      <sha1>abc</sha1>{more}
    </revision>
"""


def page(title: str, *revisions: str, ns: int | None = 0, number: int = 1, more: str = "") -> str:
    """Return a <page> of these revisions, or with the text of the only one."""
    inside = "".join(r if "<revision>" in r else revision(number, r) for r in revisions)
    kind = "" if ns is None else f"<ns>{ns}</ns>"
    return f"""  <page>
    <title>{escape(title)}</title>{kind}
    <id>{number}</id>{more}
{inside}  </page>
"""


def export(*pages: str, site: str = SITE, version: str = "0.11", prolog: str = "") -> bytes:
    """Return a whole export."""
    return (
        f'{prolog}<mediawiki xmlns="http://www.mediawiki.org/xml/export-{version}/" '
        f'version="{version}" xml:lang="fr">\n{site}{"".join(pages)}</mediawiki>\n'
    ).encode()


def texts(path: Path) -> list[str]:
    """Return the texts of the pages of an export that call a template."""
    return [found.text for found in DumpWiki.open(path).pages_with(["Ressource"])]


def refusal(path: Path, data: bytes) -> str:
    """Return, in one line of French, why the export is refused."""
    path.write_bytes(data)
    with pytest.raises(InputError) as raised:
        texts(path)
    message = raised.value.message.fr
    assert message.startswith(f"Export « {path} » : ")
    assert message.count("\n") == 0
    return message.removeprefix(f"Export « {path} » : ")
