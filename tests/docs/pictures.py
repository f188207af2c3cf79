"""Draws the pictures of the guides: `python -m tests.docs.pictures` (or `make pictures`).

They come from the demo wiki, as Chromium and LibreOffice show it, and go to docs/pictures/, one a
language. No test draws them: fonts differ from machine to machine. What would differ from day to
day does not: the date is always the same, and nothing else of them tells when they were drawn.
Beside `make programs`, this needs pdftoppm (Debian: poppler-utils).
"""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.browser import opened
from tests.docs.documents import ROOT, WIKI, run_wikibot
from wikibot.language import Language

FOLDER = ROOT / "docs" / "pictures"
MOST = 150_000  # bytes: a guide is read over slow lines too
_WIDTH, _HEIGHT = 960, 680
_DAY = {"fr": "31 janvier 2026", "en": "31 January 2026"}
_DATES = "day => document.querySelectorAll('time').forEach(each => each.textContent = day)"


def findings(folder: Path, language: Language) -> bytes:
    """The page of findings that `check --format html` writes."""
    _run(folder, language, "check", "--format", "html", "--output", "findings.html")
    return _page(folder / "findings.html", language)


def review(folder: Path, language: Language) -> bytes:
    """The page on which somebody looks a plan through."""
    _run(folder, language, "fix", "--plan", "plan.json")
    options = ("--format", "html", "--output", "review.html")
    _run(folder, language, "plan", "show", "plan.json", *options)
    return _page(folder / "review.html", language)


def sheet(folder: Path, language: Language) -> bytes:
    """The communs in a workbook, some of their fields."""
    fields = ("licence", "niveau", "tags", "referent")
    chosen = [word for field in fields for word in ("--field", field)]
    _run(folder, language, "sheet", "export", "sheet.xlsx", "--type", "commun", *chosen)
    _program(
        "soffice",
        "--headless",
        f"-env:UserInstallation={(folder / 'office').as_uri()}",
        *("--convert-to", "pdf", "--outdir", str(folder), str(folder / "sheet.xlsx")),
    )
    # the communs come behind the instructions; what is cut off is the paper around them
    number = next(n for n in range(1, 9) if "Tags" in _words(folder / "sheet.pdf", n))
    crop = ("-x", "70", "-y", "100", "-W", "1140", "-H", "275")
    page = ("-f", str(number), "-l", str(number), "-singlefile", "-r", "110", "-png")
    _program("pdftoppm", *page, *crop, str(folder / "sheet.pdf"), str(folder / "sheet"))
    return (folder / "sheet.png").read_bytes()


def _words(pdf: Path, page: int) -> str:
    """Return what stands on a page."""
    _program("pdftotext", "-f", str(page), "-l", str(page), str(pdf), str(pdf.with_suffix(".txt")))
    return pdf.with_suffix(".txt").read_text("utf-8")


PICTURES: tuple[Callable[[Path, Language], bytes], ...] = (findings, review, sheet)


def main() -> None:
    """Draw them all."""
    FOLDER.mkdir(exist_ok=True)
    languages: tuple[Language, ...] = ("fr", "en")
    for language in languages:
        with tempfile.TemporaryDirectory() as place:
            folder = Path(place)
            run_wikibot(["demo", WIKI], folder, language)
            for draw in PICTURES:
                drawn = draw(folder, language)
                file = FOLDER / f"{draw.__name__}.{language}.png"
                if len(drawn) > MOST:
                    raise SystemExit(f"{file.name}: {len(drawn)} bytes, at most {MOST}")
                file.write_bytes(drawn)
                print(file.relative_to(ROOT), len(drawn))


def _run(folder: Path, language: Language, *words: str) -> None:
    said = run_wikibot(["--wiki", WIKI, *words], folder, language)
    if said.returncode not in (0, 3):
        raise SystemExit(f"wikibot {' '.join(words)}: exit {said.returncode}\n{said.stdout}")


def _page(file: Path, language: Language) -> bytes:
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("there is no chromium here: make programs")
    text = file.read_text("utf-8")
    locale = "fr-FR" if language == "fr" else "en-GB"
    with opened(Path(chromium), text, file.parent, width=_WIDTH, locale=locale) as browser:
        browser.page.evaluate(_DATES, _DAY[language])
        return browser.page.screenshot(
            clip={"x": 0, "y": 0, "width": _WIDTH, "height": _HEIGHT}, animations="disabled"
        )


def _program(name: str, *words: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise SystemExit(f"there is no {name} here: make programs; for pdftoppm, poppler-utils")
    subprocess.run([program, *words], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
