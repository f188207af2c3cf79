"""Issues of a GitHub repository.

Sources: docs.github.com/en/rest/issues/issues (pull requests are in the list, with a key of their
own; PATCH replaces the whole of labels and of assignees, and drops both silently without the right
to push; 301 moved, 404 or 410 gone), /rest/repos/repos#get-a-repository (permissions, archived),
/rest/using-the-rest-api/best-practices-for-using-the-rest-api (a second between two writes).
A label that is not there yet is made with the issue; that is not documented.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from wikibot.language import Text, same
from wikibot.trackers.forge_api import Api, Words
from wikibot.trackers.issue_tracker import issues_of
from wikibot.trackers.issues import Issue

if TYPE_CHECKING:
    from requests import Response

URL = "https://api.github.com"
FIELDS = ("summary", "stage", "labels", "assigned", "details")  # an issue has no due date
WORDS = Words(
    "GitHub",
    Text(
        "Vérifiez le jeton : il lui faut le droit « Issues : Read and write » sur ce dépôt.",
        "Check the token: it needs “Issues: Read and write” on that repository.",
    ),
)
_PUSHERS = ("admin", "maintain", "push", "triage")  # who may set labels
_ALL: Mapping[str, str | int] = {"state": "all", "sort": "created", "per_page": 100}


def headers(token: str | None) -> dict[str, str]:
    """Return the headers of every request."""
    found = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return {**found, "Authorization": f"Bearer {token}"} if token else found


@dataclass(frozen=True)
class GitHub:
    """The issues of `repository`: owner/name. Without a token they are only read."""

    api: Api
    repository: str
    has_token: bool = True
    pause: float = 1.0

    @property
    def place(self) -> str:
        """Return the address."""
        return f"{self.api.server.url}{self._path}"

    @property
    def _path(self) -> str:
        return f"/repos/{quote(self.repository, safe='/')}"

    def writable(self) -> bool:
        """Return whether we may set labels there."""
        told = self.api.get(self._path)
        rights = told.get("permissions")
        may = not isinstance(rights, dict) or any(rights.get(each) for each in _PUSHERS)
        return self.has_token and may and not told.get("archived")

    def listed(self) -> tuple[list[Issue], bool]:
        """Return all issues, the oldest first."""
        items, complete = self.api.pages(f"{self._path}/issues", {**_ALL, "direction": "asc"})
        return issues_of(self, [item for item in items if "pull_request" not in item]), complete

    def newest(self) -> list[Issue]:
        """Return the issues that were created last."""
        answer = self.api.ask("GET", f"{self._path}/issues", query={**_ALL, "direction": "desc"})
        items = self.api.items(answer)
        return issues_of(self, [item for item in items if "pull_request" not in item])

    def issue(self, data: Mapping[str, Any]) -> Issue:
        """Return an issue as the API tells it."""
        labels = [each if isinstance(each, str) else each["name"] for each in data["labels"]]
        return Issue(
            int(data["number"]),
            f"{data['title']}",
            data["body"] or "",
            data["state"] == "closed",
            tuple(labels),
            tuple(user["login"] for user in data["assignees"] or ()),
            trouble=_PULL if "pull_request" in data else None,
        )

    def one(self, number: int) -> Response:
        """Ask for an issue."""
        return self.api.ask("GET", f"{self._path}/issues/{number}")

    def create(self, issue: Issue) -> Response:
        """Make an issue; it is open."""
        body: dict[str, Any] = {"title": issue.title, "body": issue.body}
        body |= {"labels": [*issue.labels]} if issue.labels else {}
        body |= {"assignees": [*issue.people]} if issue.people else {}
        return self.api.ask("POST", f"{self._path}/issues", body)

    def update(self, before: Issue, after: Issue) -> Response:
        """Change what differs, all in one."""
        body: dict[str, Any] = {}
        if after.title != before.title:
            body["title"] = after.title
        if after.body != before.body:
            body["body"] = after.body
        if after.closed != before.closed:
            body["state"] = "closed" if after.closed else "open"
        if set(after.labels) != set(before.labels):
            body["labels"] = [*after.labels]
        if set(after.people) != set(before.people):
            body["assignees"] = [*after.people]
        return self.api.ask("PATCH", f"{self._path}/issues/{after.number}", body)


_PULL = same("pull request")
