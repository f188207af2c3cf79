"""The tables of one wiki, of the limits and of the stop in `wikibot.toml`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, StringConstraints
from pydantic import Field as Key

Guard = Literal["shrink", "privileged", "reverted", "other-run", "unknown"]
Line = Annotated[str, StringConstraints(min_length=1, pattern=r"^[^\n\r]+$")]

SOURCES = ("password_file", "password_command", "credential", "keyring")


class Table(BaseModel):
    """A table of the file: what it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class WikiTable(Table):
    """One wiki: an address, a folder or a dump. Paths start at the file's own folder."""

    api: Line | None = Key(default=None, description="The address of the wiki's api.php.")
    folder: Line | None = Key(default=None, description="A folder of pages instead.")
    dump: Line | None = Key(default=None, description="An XML export instead, read-only.")
    account: Line | None = Key(
        default=None, description="User@name of a bot password; with OAuth, the user's name."
    )
    login: Literal["bot-password", "oauth1", "oauth2"] = Key(
        default="bot-password", description="How to log in; OAuth means owner-only consumers."
    )
    password_file: Line | None = Key(
        default=None, description="A file with the secret, readable by its owner only."
    )
    password_command: tuple[Line, ...] = Key(
        default=(), strict=False, description="A command that prints the secret."
    )
    credential: Line | None = Key(
        default=None, description="The name of a systemd credential that holds the secret."
    )
    keyring: bool = Key(default=False, description="Take the secret from the user's keyring.")
    keep_session: bool = Key(
        default=False, description="Keep the session's cookies in the state folder between runs."
    )
    proxy: Line | None = Key(default=None, description="A proxy to go through: http://host:port.")
    tag: Line | None = Key(default=None, description="The change tag that every edit must bear.")
    contact: Line | None = Key(
        default=None, description="Address or page the wiki's administrators can write to."
    )
    ca_bundle: Line | None = Key(default=None, description="Certificates to trust (PEM).")
    mapping: Line = Key(default="resilience", description="A packaged mapping, or a folder.")
    state: Line | None = Key(default=None, description="Folder of the journal and the lock.")


class Limits(Table):
    """How much one run may do."""

    edits_per_minute: int = Key(default=6, ge=0, description="On a server; 0: without a pause.")
    edits_per_run: int = Key(
        default=500, ge=1, description="Pages a run; a longer plan is refused as a whole."
    )
    deadline_minutes: int = Key(
        default=120, ge=1, description="A run stops after that time; the next one goes on."
    )
    allow: tuple[Guard, ...] = Key(
        default=(),
        strict=False,
        description="Guards that are lifted for good, by their names.",
    )


class Stop(Table):
    """How the people of the wiki stop the bot."""

    page: Line | None = Key(
        default=None, description='A page of the wiki; any other text than "go" stops the bot.'
    )
    talk: bool = Key(default=True, description="A new message on the bot's talk page stops it.")
    templates: tuple[Line, ...] = Key(
        default=("En travaux",),
        strict=False,
        description="A page that calls one of these is left alone.",
    )
