"""What people read of findings that do not count: how many, and which are waived."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from wikibot.checks.sifting import Sifted
from wikibot.checks.waivers import Waiver
from wikibot.language import Language, Text, counted, day
from wikibot.render.text import finding_line
from wikibot.visible import visible

_REASONS = {
    "waiver": (Text("dispensé", "waived"), Text("dispensés", "waived")),
    "baseline": (Text("déjà connu", "known already"), Text("déjà connus", "known already")),
    "selection": (Text("non demandé", "not selected"), Text("non demandés", "not selected")),
}


def left_out(sifted: Sifted) -> Iterator[Text]:
    """Yield a line on what was left out and why, and one on what a baseline knows too much."""
    told = [counted(n, *_REASONS[why]) for why, n in sifted.left_out.items() if n]
    if told:
        yield Text(
            f"Mis de côté : {', '.join(part.fr for part in told)}.",
            f"Left out: {', '.join(part.en for part in told)}.",
        )
    if sifted.resolved:
        number = counted(
            sifted.resolved,
            Text("point connu", "known finding"),
            Text("points connus", "known findings"),
        )
        once = sifted.resolved == 1
        yield Text(
            f"{number.fr} {'est résolu' if once else 'sont résolus'} depuis : "
            f"« --write-baseline » {'le' if once else 'les'} retire de la liste.",
            f"{number.en} {'has' if once else 'have'} been resolved since: “--write-baseline” "
            f"takes {'it' if once else 'them'} off the list.",
        )


def waived(sifted: Sifted, language: Language) -> Iterator[str]:
    """Yield each finding that a waiver lets pass, under its page, with the reason."""
    if not sifted.waived:
        return
    yield Text("Dispensés :", "Waived:").into(language)
    for title, of_page in groupby(sifted.waived, key=lambda pair: pair[0].title):
        yield f"  {visible(title)}"
        for found, waiver in of_page:
            yield f"    {finding_line(found, language)}"
            yield f"      {visible(_why(waiver).into(language))}"
    yield ""


def _why(waiver: Waiver) -> Text:
    where = Text("sur la page", "on the page") if waiver.text else Text("par fichier", "by file")
    if waiver.until:
        end = day(waiver.until)
        where = Text(f"{where.fr}, jusqu'au {end.fr}", f"{where.en}, until {end.en}")
    return Text(f"({where.fr}) {waiver.reason}", f"({where.en}) {waiver.reason}")
