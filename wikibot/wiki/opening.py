"""Opens a wiki by its address or its path."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from wikibot.errors import InputError
from wikibot.language import Text
from wikibot.wiki.protocol import Wiki


def open_wiki(
    place: str | Path,
    *,
    account: str | None = None,
    password: str | None = None,
    login: Literal["bot-password", "oauth1", "oauth2"] = "bot-password",
    contact: str | None = None,
    ca_bundle: Path | None = None,
    proxy: str | None = None,
    keep_session: bool = False,
    state: Path | None = None,
) -> Wiki:
    """Return the wiki at `place`: the address of an api.php, a folder of pages, an XML export.

    `account` (User@name of a bot password; with OAuth the user's name) and the others serve a
    server only; without an account it is read anonymously. `password` is the bot password, the
    four words of an OAuth 1 consumer or the access token of OAuth 2, as `login` says.
    `keep_session` keeps the session's cookies for the next time, in the folder `state`.

    Raises:
        InputError: nothing readable is there.
        ConfigError, AccessError, Unavailable: the server cannot be reached or entered.
    """
    if "://" in str(place):
        from wikibot.wiki.mediawiki import MediaWiki

        return MediaWiki.connect(
            str(place),
            account,
            password,
            login=login,
            contact=contact or "",
            ca_bundle=ca_bundle,
            proxy=proxy,
            keep_session=keep_session,
            state=state,
        )
    path = Path(place).expanduser()
    if path.is_dir():
        from wikibot.wiki.folder import FolderWiki

        return FolderWiki.open(path)
    if path.is_file():
        from wikibot.wiki.dump import DumpWiki

        return DumpWiki.open(path)
    raise InputError(
        Text(
            f"« {place} » n'est ni un dossier, ni un fichier, ni une adresse.",
            f"“{place}” is neither a folder nor a file nor an address.",
        ),
        Text(
            "Donnez un dossier de pages, un export XML ou l'adresse complète de l'api.php "
            "(https://…/api.php).",
            "Name a folder of pages, an XML export or the full address of api.php "
            "(https://…/api.php).",
        ),
    )
