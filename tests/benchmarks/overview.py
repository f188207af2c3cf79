"""What the overview of a large wiki costs: `python -m tests.benchmarks.overview [SIZE]`.

Invented commons in an export, their words as unequal as those of a language, their fields as the
vocabularies have them. Each form comes from a process of its own: wall time of its parts, bytes,
peak memory. Then Chromium opens the page, and somebody types into the filter of the pages at a
glance.
"""

from __future__ import annotations

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from itertools import accumulate
from pathlib import Path

import wikibot
from tests.browser import opened
from tests.checks.planted import MAPPING
from tests.wiki.exports import export, page, revision
from wikibot.jobs.overview.collecting import collect
from wikibot.jobs.overview.making import in_one_go
from wikibot.overviews.compose import SECTIONS, overview
from wikibot.render.overview.forms import Form, filled
from wikibot.wiki import open_wiki

_WORDS, _LONG = 20_000, 250  # different words; words of a long text
_LETTERS = "aabcdeeefghiilmnooprrsstuuv"
# The filter has answered when the number of rows shown has changed, and the page was drawn again.
_TYPED = """async ([id, words]) => {
  const table = document.getElementById(id);
  const field = table.querySelector('input[type=search]');
  const status = table.querySelector('[role=status]');
  const told = [];
  for (const typed of words) {
    const before = status.textContent;
    const start = performance.now();
    field.value = typed;
    field.dispatchEvent(new Event('input', {bubbles: true}));
    while (status.textContent === before && performance.now() - start < 5000)
      await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    told.push([performance.now() - start, status.textContent]);
  }
  return told;
}"""
_TABLE, _WORDS_TYPED = "table-glance_commun", ("Commun 09", "Commun 091", "Commun 0915", "Idée")


def commons(size: int) -> dict[str, str]:
    """Return the texts of that many commons, by their titles; always the same."""
    chance = random.Random(8)
    words = ["".join(chance.choices(_LETTERS, k=chance.randint(3, 10))) for _ in range(_WORDS)]
    weights = list(accumulate(1 / rank for rank in range(1, _WORDS + 1)))

    known = {each.id: [term.label for term in each.terms] for each in MAPPING.vocabularies}

    def prose(number: int) -> str:
        return " ".join(chance.choices(words, cum_weights=weights, k=number))

    def terms(name: str, most: int) -> str:
        return ", ".join(chance.sample(known[name], chance.randint(1, most)))

    return {
        f"Commun {number:05}": f"""{{{{Ressource
|shortDescription={prose(15)}
|description={prose(_LONG)}
|from=Porteur {number % 700}
|contributeurs=Alix Imaginaire, Robin Maquette
|challenge={terms("defis", 2)}
|communs_proches=Commun {chance.randrange(size):05}
|needs={terms("richesses", 3)}
|licence={terms("licences", 1)}
|niveau={terms("niveaux", 1)}
|Coordonnées géo={chance.uniform(42.5, 50.5):.4f}, {chance.uniform(-2, 7):.4f}
|Tags={", ".join(chance.choices(words[200:3000], k=5))}
|commonscategorie={terms("categories", 2)}
|Theme={terms("themes", 4)}
|montant={chance.randrange(100_000)}
|referent=Alix Imaginaire
|details_financement={prose(_LONG)}
}}}}
"""
        for number in range(size)
    }


def made(file: Path, form: Form, target: Path) -> None:
    """Make an overview of an export in one form; print what each part takes."""
    with in_one_go():
        _made(file, form, target)


def _made(file: Path, form: Form, target: Path) -> None:
    start, busy = time.perf_counter(), time.process_time()
    wiki = open_wiki(file)
    pages = list(wikibot.pages_to_read(wiki, MAPPING, ()))
    read = time.perf_counter()
    collection = collect(wiki, MAPPING, pages=pages)
    del pages
    collected = time.perf_counter()
    whole = overview(collection)
    composed = time.perf_counter()
    target.write_bytes(filled(whole, form, "fr", lambda title: f"https://wiki.example/{title}"))
    done, busy = time.perf_counter(), time.process_time() - busy
    print(
        f"{form}: read {read - start:.1f} s, collect {collected - read:.1f} s, "
        f"sections {composed - collected:.1f} s, write {done - composed:.1f} s, "
        f"together {done - start:.1f} s, {busy:.1f} s of processors; "
        f"{target.stat().st_size / 1e6:.1f} MB, peak {_peak():.0f} MB",
        flush=True,
    )
    if form == "html":
        parts = {}
        for name in SECTIONS:
            begun = time.perf_counter()
            overview(collection, sections=(name,))
            parts[name] = time.perf_counter() - begun
        told = ", ".join(f"{name} {seconds:.1f}" for name, seconds in parts.items())
        print(f"  sections, s each alone: {told}", flush=True)


def typed(file: Path) -> None:
    """Open a page, type into the filter of the pages at a glance, print what an answer takes."""
    chromium = shutil.which("chromium")
    if chromium is None:
        print("filter: there is no chromium here")
        return
    with opened(Path(chromium), file.read_text("utf-8"), file.parent) as browser:
        told = browser.page.evaluate(_TYPED, [_TABLE, _WORDS_TYPED])
        height = browser.page.evaluate("document.documentElement.scrollHeight")
    shown = ", ".join(f"{milliseconds:.0f} ms ({rows})" for milliseconds, rows in told)
    slowest = max(milliseconds for milliseconds, _ in told)
    print(f"filter: slowest {slowest:.0f} ms; {shown}; the page is {height} px high")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Print the figures, each form from a process of its own."""
    if sys.argv[1:2] == ["made"]:
        name, form, target = json.loads(sys.argv[2])
        made(Path(name), form, Path(target))
        return
    size = int(sys.argv[1]) if sys.argv[1:] else 10_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        texts = commons(size)
        export_of = (
            page(title, revision(n, text), number=n)
            for n, (title, text) in enumerate(texts.items(), 1)
        )
        (folder / "export.xml").write_bytes(export(*export_of))
        mean = sum(map(len, texts.values())) / size
        print(f"{size} commons of {mean:.0f} characters", flush=True)
        for form in ("html", "xlsx"):
            target = folder / f"overview.{form}"
            told = json.dumps([str(folder / "export.xml"), form, str(target)])
            command = [sys.executable, "-m", "tests.benchmarks.overview", "made", told]
            subprocess.run(command, check=True)
        typed(folder / "overview.html")


if __name__ == "__main__":
    main()
