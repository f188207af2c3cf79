"""A wiki on a MediaWiki server, through its API."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self

from wikibot.page import Page, Revision, Saved
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.login import log_in
from wikibot.wiki.mediawiki.patience import Patience, sleep_scale
from wikibot.wiki.mediawiki.read import Reader
from wikibot.wiki.mediawiki.save import Saver
from wikibot.wiki.mediawiki.site import Site, meet
from wikibot.wiki.mediawiki.transport import Transport
from wikibot.wikitext.syntax import Syntax


class MediaWiki:
    """The `Wiki` of a server. Opened by `connect`; closes its connections as a context."""

    writable = True

    def __init__(self, api: Api, site: Site, token: str) -> None:
        self._api = api
        self._reader = Reader(api, site)
        self._saver = Saver(api, site, token)
        self.site = site

    @classmethod
    def connect(
        cls,
        api_url: str,
        account: str | None = None,
        password: str | None = None,
        *,
        contact: str = "",
        ca_bundle: Path | None = None,
        patience: Patience | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Self:
        """Open the wiki whose api.php is at `api_url`, logged in where an account is given.

        Costs one request, and two more to log in. `contact` is a mail address or a page where
        the keeper of the bot is reached; it goes into the User-Agent. `ca_bundle` is a file of
        certificates to trust in place of the usual ones. `environment` is looked at for
        WIKIBOT_SLEEP_SCALE alone, and only where the wiki is on this machine.

        Raises:
            ConfigError: no usable address, no password, no MediaWiki there.
            AccessError: login refused, certificate not trusted, redirected elsewhere.
            Unavailable: no answer within the patience.
        """
        address = Address.parse(api_url)
        scale = sleep_scale(environment, loopback=address.loopback)
        patience = dataclasses.replace(patience or Patience(), scale=scale)
        who = contact or (account or "").partition("@")[0]
        transport = Transport(address, who, ca_bundle, patience.clock)
        api = Api(transport, patience)
        try:
            if account:
                log_in(api, account, password or "")
                api.assertion = {"assert": "user"}
            site, token = meet(api, logged_in=bool(account))
            if "bot" in site.rights and site.account:
                api.assertion = {"assert": "bot"}
            return cls(api, site, token)
        except BaseException:
            transport.close()
            raise

    @property
    def wikiid(self) -> str:
        """What the wiki calls itself (`general.wikiid`), whatever its address."""
        return self.site.wikiid

    @property
    def place(self) -> str:
        """The address of the API."""
        return self._api.place

    @property
    def pauses(self) -> float:
        """Pauses between writes are kept; a test wiki on this machine may scale them."""
        return self._api.patience.scale

    @property
    def home(self) -> None:
        """A server has no place for the bot's state."""
        return None

    @property
    def syntax(self) -> Syntax:
        """The namespaces and the extension tags, as the wiki told them."""
        return self.site.syntax

    def page(self, title: str) -> Page:
        """Return one page; a redirect is returned itself. Raises as `Wiki.page`."""
        return self._reader.page(title)

    def pages(self, titles: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that exist among `titles`, each once, in their order."""
        return self._reader.pages(titles)

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that the wiki lists as calling one of the templates, each once."""
        return self._reader.pages_with(templates)

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions of a page after revision `since`, oldest first."""
        return self._reader.revisions(page, since)

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of `page`, once; a server may merge. Raises as `Wiki.save`."""
        return self._saver.save(page, text, summary)

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page that does not exist yet. Raises as `Wiki.create`."""
        return self._saver.create(title, text, summary)

    def close(self) -> None:
        """Close the connections and forget the session."""
        self._api.transport.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"MediaWiki({self.place!r})"
