"""Edits of a region: the part of a page that the bot keeps between its own markers.

The content may end in a line that says as of when it is. That line alone is no reason to write:
it is known by the comment `DATE_MARK` at its end.
"""

from __future__ import annotations

from wikibot.edits.change import KEPT, REGION, Change, PageEdit
from wikibot.edits.summary import harmless, summary
from wikibot.errors import InputError, SaveError, UnsafeValue
from wikibot.language import Text, same
from wikibot.page import Page, canonical
from wikibot.wikitext import FRENCH_WIKI, Syntax
from wikibot.wikitext.contained import self_contained
from wikibot.wikitext.regions import (
    NAME,
    Region,
    empty_region,
    find_region,
    put_region,
    take_region,
)

DATE_MARK = "<!-- date -->"
_NOBODY = same("")


def region_edit(
    page: Page | None,
    title: str,
    name: str,
    content: str,
    date_line: str = "",
    *,
    tail: str | None = None,
    syntax: Syntax = FRENCH_WIKI,
) -> PageEdit | None:
    """Return the edit that gives a region this content, None where it has it already.

    `page` is as it was just read; None: it does not exist, and is to be created. `content` is
    wikitext, "" takes the region away with its markers; `date_line` is put below it, and only
    written along with something else. A region that is not there goes to the end of the page, or
    between two empty markers that a person has put: `<!-- wikibot:NAME --><!-- /wikibot:NAME -->`.
    `tail` ends the summary.

    Raises:
        SaveError: a person wrote inside, or the markers are not as they should be; the code says
            which: `region-altered`, `-twice`, `-unpaired`, `-nested`, `-inside`.
        UnsafeValue: the content would reach beyond the region.
        AmbiguousWikitext: the page swallows what would be written.
        InputError: that cannot be the name of a region.
    """
    if not NAME.fullmatch(name):
        raise _no_name(name)
    new = dated(content, date_line)
    check_content(new, syntax)
    if page is None:
        text = put_region("", name, new, syntax) + "\n"
        words = harmless(f"Nouvelle page ; partie « {name} » tenue par le robot")
        return (
            PageEdit(title, 0, 0, (), words + (f" ({tail})" if tail else ""), text) if new else None
        )
    there = find_region(page.text, name, syntax)
    if there is not None and there.trouble:
        raise SaveError(*told_trouble(name, there.trouble), f"region-{there.trouble}")
    old = there.content if there else ""
    if alike(old, new):
        return None
    kept = KEPT if there is not None and not old else ()
    change = Change(REGION, 0, name, old, new, after=kept)
    write_region(page.text, change, syntax)  # what cannot be written is said now
    words = summary([(change, None)], tail)
    return PageEdit(str(page.title), page.id, page.revision.id, (change,), words)


def dated(content: str, date_line: str) -> str:
    """Return a content with its line of date, as it stands in a region."""
    body = canonical(content).strip("\n")
    line = " ".join(canonical(date_line).split())
    return f"{body}\n\n{line}{DATE_MARK}" if body and line else body


def undated(content: str) -> str:
    """Return a content without its line of date."""
    body, _, last = canonical(content).rpartition("\n")
    return body.rstrip("\n") if last.endswith(DATE_MARK) else canonical(content)


def alike(one: str, other: str) -> bool:
    """Return whether two contents are the same, whatever their dates."""
    return undated(one) == undated(other)


def check_content(content: str, syntax: Syntax) -> None:
    """Check that a content keeps to its region.

    Raises:
        UnsafeValue: it does not.
    """
    body = undated(content)
    self_contained(body, syntax)
    line = content[len(body) :].strip("\n").removesuffix(DATE_MARK)
    self_contained(line, syntax)
    if not canonical(content) == content == content.strip("\n"):
        raise UnsafeValue(_OUTER)


def region_in(text: str, change: Change, syntax: Syntax) -> Region | None:
    """Return the region that a change is of, None where it is not on the page."""
    return find_region(text, change.region, syntax)


def region_stands(text: str, change: Change, syntax: Syntax) -> bool:
    """Return whether a region holds what the change was to write."""
    there = region_in(text, change, syntax)
    content = there.content if there else ""
    return not (there and there.trouble) and alike(content, change.new)


def trouble_with(there: Region | None, change: Change) -> str:
    """Return what is in the way of a change that does not stand yet, "" where nothing is.

    Beside the troubles of a region: it is `gone`, or holds what the bot wrote `later`.
    """
    if there is not None and there.trouble:
        return there.trouble
    content = there.content if there else ""
    if alike(content, change.old):
        return ""
    return "later" if content else "gone"


def made_of(there: Region | None, change: Change) -> Change:
    """Return what a change comes to on a page: what it replaces there, and whose markers stay."""
    content = there.content if there else ""
    kept = KEPT if there is not None and not content else change.after
    return Change(REGION, 0, change.region, content, change.new, after=kept)


def write_region(text: str, change: Change, syntax: Syntax) -> str:
    """Return the text with the new content in the region.

    Raises:
        UnsafeValue: the content would reach beyond the region.
        AmbiguousWikitext: the page swallows what would be written.
    """
    if change.new:
        check_content(change.new, syntax)
        return put_region(text, change.region, change.new, syntax)
    if change.after == KEPT:
        return empty_region(text, change.region, syntax)
    return take_region(text, change.region, syntax)


def told_trouble(name: str, trouble: str, by: Text = _NOBODY) -> tuple[Text, Text]:
    """Return what is the matter with a region, and what to do about it; `by` says who and when."""
    said, advice = _TOLD[trouble]
    return said.format(name=name, by=by), advice.format(name=name)


def _no_name(name: str) -> InputError:
    return InputError(
        Text(
            f"« {name} » ne peut pas nommer une partie de page.",
            f"“{name}” cannot be the name of a part of a page.",
        ),
        Text(
            "Il y faut des lettres minuscules sans accent, des chiffres ou des tirets.",
            "It takes small letters without accents, digits or hyphens.",
        ),
    )


_OUTER = Text(
    "Ce texte ne peut pas être écrit entre les repères du robot tel quel.",
    "This text cannot be written between the bot's markers as it is.",
)
_AGAIN = Text("Préparez le plan à nouveau.", "Make the plan again.")
_MARKERS = Text(
    "Gardez une seule fois, l'une au-dessus de l'autre et seules sur leur ligne, les lignes "
    "<!-- wikibot:{name} … --> et <!-- /wikibot:{name} -->, ou retirez-les toutes avec ce qu'elles "
    "entourent : le robot recommence à la fin de la page.",
    "Keep the lines <!-- wikibot:{name} … --> and <!-- /wikibot:{name} --> once, one above the "
    "other and alone on their lines, or remove them all with what they enclose: the bot begins "
    "anew at the end of the page.",
)
_TOLD: dict[str, tuple[Text, Text]] = {
    "altered": (
        Text(
            "Quelqu'un a écrit dans la partie « {name} », que le robot tient{by} : il n'y touche "
            "plus.",
            "Somebody wrote into the part “{name}”, which the bot keeps{by}: it leaves it alone.",
        ),
        Text(
            "Déplacez ce texte au-dessus ou en dessous, puis effacez ce qui reste entre les deux "
            "lignes « wikibot:{name} » : le robot y réécrit sa partie. Pour garder le tout à la "
            "main, retirez ces deux lignes : le robot recommence à la fin de la page.",
            "Move that text above or below, then delete what is left between the two lines "
            "“wikibot:{name}”: the bot writes its part there again. To keep it all by hand, "
            "remove these two lines: the bot begins anew at the end of the page.",
        ),
    ),
    "twice": (
        Text(
            "La partie « {name} » du robot est deux fois sur la page{by}.",
            "The bot's part “{name}” stands twice on the page{by}.",
        ),
        _MARKERS,
    ),
    "unpaired": (
        Text(
            "Il manque un des deux repères de la partie « {name} » du robot, ou ils sont dans le "
            "désordre{by}.",
            "One of the two markers of the bot's part “{name}” is missing, or they are in "
            "disorder{by}.",
        ),
        _MARKERS,
    ),
    "nested": (
        Text(
            "La partie « {name} » du robot se mêle à une autre de ses parties{by}.",
            "The bot's part “{name}” is mixed up with another of its parts{by}.",
        ),
        _MARKERS,
    ),
    "inside": (
        Text(
            "La partie « {name} » du robot est prise dans l'appel d'un modèle{by}.",
            "The bot's part “{name}” stands inside the call of a template{by}.",
        ),
        Text(
            "Sortez les deux lignes « wikibot:{name} » et ce qu'elles entourent de ce modèle.",
            "Move the two lines “wikibot:{name}” and what they enclose out of that template.",
        ),
    ),
    "gone": (
        Text(
            "La partie « {name} » du robot n'est plus sur la page{by}.",
            "The bot's part “{name}” is no longer on the page{by}.",
        ),
        _AGAIN,
    ),
    "later": (
        Text(
            "La partie « {name} » a été réécrite par le robot depuis que ce plan est prêt{by}.",
            "The part “{name}” was rewritten by the bot since this plan was made{by}.",
        ),
        _AGAIN,
    ),
}
