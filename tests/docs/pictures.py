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
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.browser import Opened, Scheme, opened
from tests.docs.documents import ROOT, WIKI, run_wikibot
from wikibot.language import Language

FOLDER = ROOT / "docs" / "pictures"
MOST = 150_000  # bytes: a guide is read over slow lines too
_WIDTH, _HEIGHT = 960, 680
_BROAD = 1280  # of a page with its contents beside it
_NARROW = 390  # of a phone
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


def overview(folder: Path, language: Language) -> bytes:
    """The top of the overview, as a committee sees it."""
    return page_at(_overview(folder, language), language)


def overview_counts(folder: Path, language: Language) -> bytes:
    """Counts as charts, further down."""
    return page_at(_overview(folder, language), language, section="section-counts")


def overview_dark(folder: Path, language: Language) -> bytes:
    """The board of actions, on a screen that is set to dark."""
    page = _overview(folder, language)
    return page_at(page, language, section="section-tracked", scheme="dark")


def overview_phone(folder: Path, language: Language) -> bytes:
    """The same page on a phone."""
    return page_at(_overview(folder, language), language, width=_NARROW)


def overview_print(folder: Path, language: Language) -> bytes:
    """The first sheet of paper."""
    pdf = folder / "overview.pdf"
    with _browsed(_overview(folder, language), language) as browser:
        browser.page.pdf(path=pdf, prefer_css_page_size=True)
    page = ("-f", "1", "-l", "1", "-singlefile", "-r", "80", "-png")
    _program("pdftoppm", *page, str(pdf), str(folder / "overview"))
    return (folder / "overview.png").read_bytes()


def _overview(folder: Path, language: Language) -> Path:
    """Return the page that `overview` writes, written once."""
    file = folder / "overview.html"
    if not file.exists():
        _run(folder, language, "overview", "--output", file.name)
    return file


PICTURES: tuple[Callable[[Path, Language], bytes], ...] = (
    findings,
    review,
    sheet,
    overview,
    overview_counts,
    overview_dark,
    overview_phone,
    overview_print,
)


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
    with _browsed(file, language, width=_WIDTH) as browser:
        return browser.page.screenshot(
            clip={"x": 0, "y": 0, "width": _WIDTH, "height": _HEIGHT}, animations="disabled"
        )


def page_at(
    file: Path,
    language: Language,
    section: str = "",
    *,
    width: int = _BROAD,
    scheme: Scheme = "light",
) -> bytes:
    """Draw a page that stands in a file, from the top or from the heading of a section on."""
    with _browsed(file, language, width=width, scheme=scheme) as browser:
        if section:
            browser.page.locator(f"#{section}").evaluate(
                "each => each.scrollIntoView({behavior: 'instant'})"
            )
        return browser.page.screenshot(animations="disabled")


@contextmanager
def _browsed(
    file: Path, language: Language, *, width: int = _BROAD, scheme: Scheme = "light"
) -> Iterator[Opened]:
    """Open a page that stands in a file, its dates those of every picture."""
    chromium = shutil.which("chromium")
    if chromium is None:
        raise SystemExit("there is no chromium here: make programs")
    text = file.read_text("utf-8")
    locale = "fr-FR" if language == "fr" else "en-GB"
    with opened(
        Path(chromium), text, file.parent, width=width, locale=locale, scheme=scheme
    ) as browser:
        browser.page.evaluate(_DATES, _DAY[language])
        yield browser


def _program(name: str, *words: str) -> None:
    program = shutil.which(name)
    if program is None:
        raise SystemExit(f"there is no {name} here: make programs; for pdftoppm, poppler-utils")
    subprocess.run([program, *words], check=True, capture_output=True, timeout=120)


if __name__ == "__main__":
    main()
