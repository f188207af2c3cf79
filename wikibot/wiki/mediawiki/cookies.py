"""A session kept between two runs: the cookies of one account on one host, for our eyes only."""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import tempfile
from dataclasses import dataclass
from http.cookiejar import Cookie
from pathlib import Path
from typing import Any

from requests.cookies import create_cookie

from wikibot.language import Text, same
from wikibot.secret import NotPrivate, read_private
from wikibot.wiki.mediawiki.address import Address
from wikibot.wiki.mediawiki.transport import Transport

log = logging.getLogger(__name__)

FILE = "session.json"
_FORMAT = 1
_KEPT = ("name", "value", "path", "secure", "expires")  # of each cookie


@dataclass(frozen=True)
class Keeper:
    """The file in which the session of `account` at `address` is kept."""

    file: Path
    address: Address
    account: str

    @classmethod
    def at(cls, state: Path | None, address: Address, account: str) -> Keeper:
        """Return the keeper of a state folder; None means the user's own, by the wiki's host."""
        return cls((state or _users_folder(address)) / FILE, address, account)

    def load(self, transport: Transport) -> str | None:
        """Put the cookies kept into the session; return the user they are of, or None.

        A file that is not ours alone is left aside, with a note; so is one that nobody
        understands. One of another host or account says nothing.
        """
        try:
            kept: dict[str, Any] = json.loads(read_private(self.file))
            if {key: kept.get(key) for key in self._bond} != self._bond:
                return None
            user = str(kept["user"])
            cookies = [self._cookie(row) for row in kept["cookies"]]
        except NotPrivate as error:
            if os.path.lexists(self.file):
                self._note(error.why)
            return None
        except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
            self._note(Text("il est abîmé", "it is damaged"))
            return None
        if not cookies or not user:
            return None
        for cookie in cookies:
            transport.session.cookies.set_cookie(cookie)
        transport.hide_cookies()
        return user

    def save(self, transport: Transport, user: str) -> None:
        """Write the cookies of the session down, all or nothing; failing is no more than a note."""
        rows = [
            {name: getattr(cookie, name) for name in _KEPT}
            for cookie in transport.session.cookies
            if cookie.value is not None
        ]
        kept = {**self._bond, "user": user, "cookies": rows}
        try:
            self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            _write_private(self.file, json.dumps(kept, indent=1))
        except OSError as error:
            why = same(error.strerror or type(error).__name__)
            log.warning(
                Text(
                    f"La session n'a pas pu être gardée dans {self.file} ({why.fr}).",
                    f"The session could not be kept in {self.file} ({why.en}).",
                )
            )

    @property
    def _bond(self) -> dict[str, object]:
        """What a file must say for its cookies to be ours."""
        origin = f"{self.address.scheme}://{self.address.host}"
        return {"format": _FORMAT, "host": origin, "account": self.account}

    def _cookie(self, row: dict[str, Any]) -> Cookie:
        # The domain is the wiki's host, whatever the file says, in the spelling of cookielib.
        host = re.sub(r":\d+$", "", self.address.host).lower()
        cookie: Cookie = create_cookie(  # type: ignore[no-untyped-call]
            str(row["name"]),
            str(row["value"]),
            domain=host if "." in host else f"{host}.local",
            path=str(row["path"]),
            secure=bool(row["secure"]),
            expires=None if row["expires"] is None else int(row["expires"]),
        )
        return cookie

    def _note(self, why: Text) -> None:
        log.warning(
            Text(
                f"Session gardée laissée de côté : {self.file} ({why.fr}). Le robot se reconnecte.",
                f"The kept session is left aside: {self.file} ({why.en}). The bot logs in again.",
            )
        )


def _users_folder(address: Address) -> Path:
    """Return the folder of a host in the user's state folder: the wikiid is not known yet."""
    from platformdirs import user_state_path

    return user_state_path("wikibot") / re.sub(r"[^A-Za-z0-9._-]+", "-", address.host)


def _write_private(file: Path, text: str) -> None:
    # mkstemp makes a file that only we can read; the rename replaces a link, not its target.
    number, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with open(number, "w", encoding="utf-8") as new:
            new.write(text)
            new.flush()
            os.fsync(new.fileno())
        os.replace(name, file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise
