"""Issues of a GitLab project.

Sources: docs.gitlab.com/api/issues (iid; add_labels and remove_labels; state_event; due_date;
assignee_ids; confidential; moved_to_id; a description of at most 1,048,576 characters),
/api/projects (permissions, archived), /api/users (by username), /user/project/quick_actions: a
line of a description that begins with «/» is carried out as a command, so it is written with a
backslash, which Markdown does not show. That an empty due date takes it away is not documented.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from wikibot.errors import SaveError
from wikibot.language import Text, same
from wikibot.trackers.forge_api import Api, Words, parsed
from wikibot.trackers.issue_tracker import issues_of
from wikibot.trackers.issues import Issue, mark_of
from wikibot.visible import visible

if TYPE_CHECKING:
    from requests import Response

URL = "https://gitlab.com/api/v4"
FIELDS = ("summary", "stage", "due", "labels", "assigned", "details")
WORDS = Words(
    "GitLab",
    Text(
        "Vérifiez le jeton : il lui faut la portée « api », et au moins le rôle Planner ou "
        "Reporter dans ce projet.",
        "Check the token: it needs the scope “api”, and at least the role Planner or Reporter in "
        "that project.",
    ),
)
_PLANNER = 15  # the least access level that may label and close the issues of others
_ALL: Mapping[str, str | int] = {"scope": "all", "order_by": "created_at", "per_page": 100}
_COMMAND = re.compile(r"^([ \t]*)(\\*)(?=/[A-Za-z])", re.MULTILINE)


def headers(token: str | None) -> dict[str, str]:
    """Return the headers of every request."""
    return {"PRIVATE-TOKEN": token} if token else {}


def safe(text: str) -> str:
    """Return a text of which no line is a command."""
    return _COMMAND.sub(lambda m: f"{m[1]}\\{m[2]}", text)


def plain(text: str) -> str:
    """Return a text as it was before `safe`."""
    return _COMMAND.sub(lambda m: f"{m[1]}{m[2][1:]}", text)


@dataclass(frozen=True)
class GitLab:
    """The issues of `project`: group/name, or its number. Without a token they are only read."""

    api: Api
    project: str
    has_token: bool = True
    pause: float = 0.0
    _ids: dict[str, int] = field(default_factory=dict, repr=False)

    @property
    def place(self) -> str:
        """Return the address, readable."""
        return f"{self.api.server.url}/projects/{self.project}"

    @property
    def _path(self) -> str:
        return f"/projects/{quote(self.project, safe='')}"

    def writable(self) -> bool:
        """Return whether we may label and close issues there; unknown access is taken for it."""
        told = self.api.get(self._path)
        rights = told.get("permissions") or {}
        levels = [each["access_level"] for each in rights.values() if each]
        may = not levels or max(levels) >= _PLANNER
        return self.has_token and may and not told.get("archived")

    def listed(self) -> tuple[list[Issue], bool]:
        """Return all issues, the oldest first.

        What was moved to another project is gone. What is no plain issue, or confidential, is
        none of ours; where it was, it stays, as one that is not followed.
        """
        items, complete = self.api.pages(f"{self._path}/issues", {**_ALL, "sort": "asc"})
        return self._followed(items), complete

    def newest(self) -> list[Issue]:
        """Return the issues that were created last."""
        answer = self.api.ask("GET", f"{self._path}/issues", query={**_ALL, "sort": "desc"})
        return self._followed(self.api.items(answer))

    def _followed(self, items: list[dict[str, Any]]) -> list[Issue]:
        there = [item for item in items if not item.get("moved_to_id")]
        found = issues_of(self, there)
        return [issue for issue in found if issue.trouble is None or mark_of(issue.body)[0]]

    def issue(self, data: Mapping[str, Any]) -> Issue:
        """Return an issue as the API tells it."""
        for user in data["assignees"]:
            self._ids[user["username"].casefold()] = int(user["id"])
        trouble = _CONFIDENTIAL if data["confidential"] else None
        if data.get("issue_type", "issue") != "issue":
            trouble = _OTHER_KIND
        return Issue(
            int(data["iid"]),
            f"{data['title']}",
            data["description"] or "",
            data["state"] == "closed",
            tuple(data["labels"]),
            tuple(user["username"] for user in data["assignees"]),
            data["due_date"] or "",
            trouble,
        )

    def one(self, number: int) -> Response:
        """Ask for an issue."""
        return self.api.ask("GET", f"{self._path}/issues/{number}")

    def create(self, issue: Issue) -> Response:
        """Make an issue; it is open."""
        body: dict[str, Any] = {"title": issue.title, "description": issue.body}
        body |= {"labels": _joined(issue.labels)} if issue.labels else {}
        body |= {"due_date": issue.due} if issue.due else {}
        body |= {"assignee_ids": self._ids_of(issue.people)} if issue.people else {}
        return self.api.ask("POST", f"{self._path}/issues", body)

    def update(self, before: Issue, after: Issue) -> Response:
        """Change what differs, all in one; a label that somebody adds meanwhile stays."""
        body: dict[str, Any] = {}
        if after.title != before.title:
            body["title"] = after.title
        if after.body != before.body:
            body["description"] = after.body
        if after.closed != before.closed:
            body["state_event"] = "close" if after.closed else "reopen"
        if added := [label for label in after.labels if label not in before.labels]:
            body["add_labels"] = _joined(added)
        if removed := [label for label in before.labels if label not in after.labels]:
            body["remove_labels"] = _joined(removed)
        if after.due != before.due:
            body["due_date"] = after.due
        if set(after.people) != set(before.people):
            body["assignee_ids"] = self._ids_of(after.people)
        return self.api.ask("PUT", f"{self._path}/issues/{after.number}", body)

    def _ids_of(self, people: tuple[str, ...]) -> list[int]:
        """Return the numbers of accounts.

        Raises:
            SaveError: there is no such account.
        """
        for name in people:
            if name.casefold() in self._ids:
                continue
            answer = self.api.ask("GET", "/users", query={"username": name})
            found = parsed(answer) if answer.status_code == 200 else None
            if not isinstance(found, list) or len(found) != 1:
                raise SaveError(_NO_ACCOUNT.format(name=same(visible(name, 60))))
            self._ids[name.casefold()] = int(found[0]["id"])
        return [self._ids[name.casefold()] for name in people]


def _joined(labels: tuple[str, ...] | list[str]) -> str:
    """Return labels as one text.

    Raises:
        SaveError: a comma in one of them would make two.
    """
    if odd := [label for label in labels if "," in label]:
        raise SaveError(_COMMA.format(label=same(visible(odd[0], 100))))
    return ",".join(labels)


_CONFIDENTIAL = Text(
    "L'issue est devenue confidentielle : elle n'est plus suivie, pour ne pas être publiée.",
    "The issue has become confidential: it is followed no more, so as not to be published.",
)
_OTHER_KIND = Text(
    "L'issue est devenue d'un autre type (tâche, incident) : elle n'est plus suivie.",
    "The issue has become one of another kind (task, incident): it is followed no more.",
)
_COMMA = Text(
    "L'étiquette « {label} » contient une virgule, que GitLab n'accepte pas.",
    "The label “{label}” has a comma, which GitLab does not take.",
)
_NO_ACCOUNT = Text(
    "GitLab n'a pas le compte « {name} » : vérifiez « people ».",
    "GitLab has no account “{name}”: check “people”.",
)
