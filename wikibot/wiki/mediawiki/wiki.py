"""A wiki on a MediaWiki server, through its API."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from wikibot.edits import Requests
from wikibot.language import Text
from wikibot.page import Page, Revision, Saved, Standing
from wikibot.title import Title
from wikibot.wiki import fault
from wikibot.wiki.chronicle import Edits
from wikibot.wiki.following import Listing
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.api import Api
from wikibot.wiki.mediawiki.ask import Asker
from wikibot.wiki.mediawiki.chronicle import edits
from wikibot.wiki.mediawiki.cookies import Keeper
from wikibot.wiki.mediawiki.entering import Login, enter
from wikibot.wiki.mediawiki.examination import Examination, examine
from wikibot.wiki.mediawiki.explore import explored
from wikibot.wiki.mediawiki.listing import listing, veiled
from wikibot.wiki.mediawiki.members import members, titles_in
from wikibot.wiki.mediawiki.orders import Orders
from wikibot.wiki.mediawiki.past import histories
from wikibot.wiki.mediawiki.proxy import proxies
from wikibot.wiki.mediawiki.read import Reader
from wikibot.wiki.mediawiki.save import Saver
from wikibot.wiki.mediawiki.site import Site, meet
from wikibot.wiki.mediawiki.standings import standings
from wikibot.wiki.mediawiki.titles import titles_with
from wikibot.wiki.mediawiki.transport import Transport
from wikibot.wiki.patience import Patience, sleep_scale
from wikibot.wikitext.syntax import Syntax


class MediaWiki:
    """The `Wiki` of a server. Opened by `connect`; closes its connections as a context."""

    writable = True

    def __init__(self, api: Api, site: Site, token: str) -> None:
        self._api = api
        self._reader = Reader(api, site)
        self._orders = Orders(api, site)
        self._saver = Saver(api, site, token, self._orders)
        self.site = site

    @classmethod
    def connect(
        cls,
        api_url: str,
        account: str | None = None,
        password: str | None = None,
        *,
        login: Login = "bot-password",
        contact: str = "",
        ca_bundle: Path | None = None,
        proxy: str | None = None,
        keep_session: bool = False,
        state: Path | None = None,
        patience: Patience | None = None,
        environment: Mapping[str, str] = os.environ,
    ) -> Self:
        """Open the wiki whose api.php is at `api_url`, logged in where an account is given.

        Costs one request, and two more to log in with a bot password. `login` says what
        `password` is. `contact` is a mail address or a page where the keeper of the bot is
        reached; it goes into the User-Agent. `ca_bundle` is a file of certificates to trust in
        place of the usual ones, `proxy` a way through, `http://[user:password@]host:port`.
        `keep_session` keeps the cookies of a bot password in `state`, or in the user's state
        folder. `environment` is looked at for WIKIBOT_SLEEP_SCALE and WIKIBOT_FAULT alone, and
        only where the wiki is on this machine.

        Raises:
            ConfigError: no usable address, proxy or password, no MediaWiki there.
            AccessError: login refused, certificate not trusted, redirected elsewhere.
            Unavailable: no answer within the patience.
        """
        address = Address.parse(api_url)
        scale = sleep_scale(environment, loopback=address.loopback)
        patience = dataclasses.replace(patience or Patience(), scale=scale)
        who = contact or (account or "").partition("@")[0]
        fault.arm(environment, loopback=address.loopback)
        transport = Transport(address, who, ca_bundle, patience.clock, proxies(proxy))
        api = Api(transport, patience)
        try:
            if account or login != "bot-password":
                name = account or ""
                keeper = Keeper.at(state, address, name) if keep_session else None
                site, token = enter(api, name, password or "", login, keeper)
            else:
                site, token = meet(api, logged_in=False)
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
    def user(self) -> str | None:
        """The user whose edits ours are, without the name of the bot password."""
        return self.site.account.name if self.site.account else None

    @property
    def requests(self) -> Requests:
        """The requests of this session."""
        return self._api.requests

    @property
    def settling(self) -> float:
        """Ten seconds where replicas may hide a revision just saved, else none."""
        return 10.0 if self.site.replicas else 0.0

    @property
    def edit_limit(self) -> tuple[int, int] | None:
        """What `uiprop=ratelimits` allows; None with the right noratelimit."""
        return self.site.account.edit_limit if self.site.account else None

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

    def pages_by_id(self, ids: Iterable[int]) -> Iterator[Page]:
        """Yield the pages that exist among `ids`, under whatever title they bear now."""
        return self._reader.pages_by_id(ids)

    def pages_with(self, templates: Iterable[str]) -> Iterator[Page]:
        """Yield the pages that the wiki lists as calling one of the templates, each once."""
        return self._reader.pages_with(templates)

    def titles_with(self, templates: Iterable[str]) -> Iterator[Title]:
        """Yield the titles of the pages that the wiki lists as calling one of the templates."""
        return titles_with(self._api, self.site, templates)

    def listing(self, templates: Iterable[str], since: str = "") -> Listing:
        """Return what there is and what was touched since. Raises as `Followed.listing`."""
        return listing(self._api, self.site, templates, since)

    def veiled(self) -> frozenset[int]:
        """Return the pages that had a hidden revision. Raises as `Followed.veiled`."""
        return veiled(self._api)

    def members(self, categories: Iterable[str]) -> dict[str, tuple[Title, ...]]:
        """Return the pages of the categories, without redirects. Raises as `Shelved`."""
        return members(self._api, self.site, categories)

    def titles_in(self, namespaces: Iterable[int]) -> Iterator[Title]:
        """Yield the titles of namespaces, without redirects. Raises as `Shelved`."""
        return titles_in(self._api, self.site, namespaces)

    def address(self, title: Title) -> str:
        """Return the address of a page, to be opened in a browser."""
        encrypted = self._api.transport.address.scheme == "https"
        return self.site.url(str(title), encrypted=encrypted)

    def standing(self, titles: Iterable[str]) -> dict[str, Standing]:
        """Return what the wiki says of titles, one request a batch. Raises as `Wiki.standing`."""
        return standings(self._api, self.site, titles)

    def callers(self, templates: Iterable[str]) -> dict[str, tuple[int, ...]]:
        """Return the ids of the pages that the wiki lists as calling each of the templates."""
        return self._reader.callers(templates)

    def pages_in(self, namespaces: Iterable[int]) -> Iterator[Page]:
        """Yield every page of the namespaces, redirects included."""
        return self._reader.pages_in(namespaces)

    def revisions(self, page: Page, since: int) -> tuple[Revision, ...]:
        """Return the revisions of a page after revision `since`, oldest first."""
        return self._reader.revisions(page, since)

    def histories(
        self, pages: Iterable[Page], since: datetime, most: int
    ) -> Iterator[tuple[Page, ...]]:
        """Yield the versions of each page since a moment. Raises as `Archive.histories`."""
        return histories(self._api, pages, since, most)

    def edits(self, namespaces: Iterable[int], since: datetime) -> Edits:
        """Return the saves of pages of the namespaces. Raises as `Chronicle.edits`."""
        return edits(self._api, self.site, namespaces, since)

    def text_of(self, revid: int) -> str:
        """Return the text of any revision that is not hidden. Raises as `Wiki.text_of`."""
        return self._reader.text_of(revid)

    def prepare(self, *, creates: bool, tag: str | None, allow: frozenset[str]) -> None:
        """Check that a run may write here. Raises as `Wiki.prepare`."""
        self._saver.prepare(creates=creates, tag=tag, allow=allow)

    def stop_order(self, page: str | None, *, talk: bool) -> Text | None:
        """Return why the bot shall stop, or None. Raises as `Wiki.stop_order`."""
        return self._orders.stop(page, talk=talk)

    def saved_lately(self, seconds: float) -> tuple[str, ...]:
        """Return the comments of our account's latest saves."""
        return self._orders.saved_lately(seconds)

    def examine(
        self, stop_page: str | None, templates: Iterable[str], now: Callable[[], datetime]
    ) -> Examination:
        """Return what a doctor wants to know of the wiki and of our account. Raises as it."""
        return examine(self._api, self.site, stop_page, templates, now)

    def asker(self) -> Asker:
        """Return who asks the Semantic MediaWiki of this wiki, in the same session."""
        return Asker(self._api, self.site)

    def explored(self, properties: Iterable[str]) -> dict[str, tuple[str, ...]]:
        """Return the values in use of properties, where the wiki's Explore tells them."""
        return explored(self._api, properties)

    def save(self, page: Page, text: str, summary: str) -> Saved:
        """Replace the text of `page`, once; a server may merge. Raises as `Wiki.save`."""
        return self._saver.save(page, text, summary)

    def create(self, title: str, text: str, summary: str) -> Saved:
        """Create a page that does not exist yet. Raises as `Wiki.create`."""
        return self._saver.create(title, text, summary)

    def close(self) -> None:
        """Close the connections and forget the session, which may be kept in a file."""
        self._api.close()

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
