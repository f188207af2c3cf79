"""What an account of a bot must be allowed to do on a MediaWiki, and what none should be.

Source: MediaWiki, Manual:User rights; `GrantPermissions` of MainConfigSchema tells which grant of
a bot password brings which right.
"""

from __future__ import annotations

NEEDED = frozenset({"read", "edit"})
"""Without these no page can be changed. Grants: basic, editpage."""

CREATING = frozenset({"createpage"})
"""Needed besides by a run that creates pages. Grant: createeditmovepage."""

FORBIDDEN = frozenset(
    {
        "block",
        "delete",
        "deleterevision",
        "editinterface",
        "editsitecss",
        "editsitejs",
        "editsitejson",
        "editusercss",
        "edituserjs",
        "hideuser",
        "import",
        "importupload",
        "oversight",
        "protect",
        "suppressrevision",
        "undelete",
        "userrights",
    }
)
"""What a stolen secret must never be able to do: a bot that edits pages needs none of these.

Every logged-in user may send mails (`sendemail`), hence that is not counted here.
"""
