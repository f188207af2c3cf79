"""Pages as the API tells them: each is a page with its wikitext, or the reason why not."""

from __future__ import annotations

from datetime import datetime

from wikibot.errors import InputError, InvalidTitle, PageMissing, WikibotError
from wikibot.language import Text
from wikibot.page import Page, Revision
from wikibot.visible import visible
from wikibot.wiki.mediawiki.api import Record
from wikibot.wiki.mediawiki.site import Site


def outcome(record: Record, site: Site) -> Page | WikibotError:
    """Return the page of a whole record, or why it has no wikitext to read.

    Raises:
        KeyError, IndexError, TypeError, ValueError, AttributeError: it is not whole.
    """
    obstacle = _obstacle(record)
    if obstacle:
        return obstacle
    row = record["revisions"][0]
    title = site.title(int(record["ns"]), str(record["title"]))
    return Page(int(record["pageid"]), title, revision_of(row), str(_slot(record)["content"]))


def _slot(record: Record) -> Record:
    rows = record.get("revisions") or [{}]
    slot: Record = rows[0].get("slots", {}).get("main", {})
    return slot


def lacks_text(record: Record) -> bool:
    """Tell whether the answer holds a page of which it should hold the text too."""
    if "pageid" not in record or record.get("missing") or _slot(record).get("texthidden"):
        return False
    text = _slot(record).get("content")
    # `length` is of the latest revision, in bytes: "" is believed of an empty page alone.
    return not isinstance(text, str) or (not text and bool(record.get("length")))


def revision_of(row: Record) -> Revision:
    """Return a row of `prop=revisions`. Raises KeyError, ValueError or TypeError."""
    return Revision(
        id=int(row["revid"]),
        parent_id=int(row.get("parentid", 0)),
        timestamp=datetime.fromisoformat(row["timestamp"]),
        user=None if row.get("userhidden") else row.get("user"),
        comment=None if row.get("commenthidden") else row.get("comment"),
    )


def _obstacle(record: Record) -> WikibotError | None:
    """Return why a page has no wikitext to read, or None."""
    title = visible(record.get("title"))
    if record.get("invalid"):
        reason = visible(record.get("invalidreason", ""), 200)
        return InvalidTitle(
            Text(
                f"« {title} » n'est pas un titre de page ({reason}).",
                f"“{title}” is no page title ({reason}).",
            )
        )
    if record.get("special") or int(record.get("ns", 0)) < 0:
        return InvalidTitle(
            Text(
                f"« {title} » est une page spéciale : elle n'a pas de texte.",
                f"“{title}” is a special page: it has no text.",
            )
        )
    if record.get("missing"):
        return missing(title)
    slot = _slot(record)
    if slot.get("texthidden"):
        return InputError(
            Text(
                f"Le texte de la page « {title} » est masqué.",
                f"The text of the page “{title}” is hidden.",
            ),
            code="texthidden",
        )
    model = slot.get("contentmodel", record.get("contentmodel"))
    if model != "wikitext":
        return InputError(
            Text(
                f"La page « {title} » n'est pas en wikitexte ({visible(model, 80)}).",
                f"The page “{title}” is not wikitext ({visible(model, 80)}).",
            ),
            code="contentmodel",
        )
    if lacks_text(record):  # asked twice: damaged storage, or a page this account may not read
        return InputError(
            Text(
                f"Le wiki ne donne pas le texte de la page « {title} ».",
                f"The wiki does not give the text of the page “{title}”.",
            ),
            code="no-text",
        )
    return None


def missing(title: str) -> PageMissing:
    """Return the error of a page that is not there."""
    return PageMissing(
        Text(f"La page « {title} » n'existe pas.", f"The page “{title}” does not exist."),
        Text(
            "Vérifiez le titre, tel qu'il s'affiche en haut de la page.",
            "Check the title, as it stands at the top of the page.",
        ),
    )
