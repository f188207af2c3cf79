"""GitHub's issues as docs.github.com/en/rest/issues describes them (API version 2022-11-28)."""

from __future__ import annotations

import re
from typing import Any

from tests.trackers.forge_stub import (
    PEOPLE,
    TOKEN,
    Answer,
    ForgeStub,
    Record,
    Request,
    moment,
)

REPOSITORY = "equipe/actions"
_DOCS = "https://docs.github.com/rest"


class GitHubStub(ForgeStub):
    def same_label(self, one: str, two: str) -> bool:
        return one.casefold() == two.casefold()  # names of labels are not case-sensitive

    def route(self, request: Request) -> Answer:
        given = request.headers.get("Authorization")
        if given not in (None, f"Bearer {TOKEN}"):
            return self._no(401, "Bad credentials")
        home = f"/repos/{REPOSITORY}"
        if request.path == home and request.method == "GET":
            return Answer(200, self._repository(given is not None))
        found = re.fullmatch(rf"{home}/issues(?:/(\d+))?", request.path)
        if not found:
            return self._no(404, "Not Found")
        if request.method != "GET" and given is None:
            return self._no(401, "Requires authentication")
        if request.method != "GET" and self.archived:
            return self._no(403, "Repository was archived so is read-only.")
        number = int(found[1]) if found[1] else 0
        if request.method == "GET" and not number:
            return self._list(request)
        if request.method == "POST" and not number:
            return self._write(Record(0, ""), request, 201)
        if number in self.gone:
            return self.gone[number]
        record = self.issues.get(number)
        if record is None:
            return self._no(404, "Not Found")
        if request.method == "GET":
            return Answer(200, self._issue(record))
        return self._write(record, request, 200)

    def deleted(self, number: int) -> None:
        del self.issues[number]
        self.gone[number] = self._no(410, "This issue was deleted")

    def transferred(self, number: int) -> None:
        del self.issues[number]
        there = f"{self.root}/repositories/77/issues/5"
        told = {"message": "Moved Permanently", "url": there, "documentation_url": _DOCS}
        self.gone[number] = Answer(301, told, {"Location": there})

    def _list(self, request: Request) -> Answer:
        query = request.query
        found = [
            record
            for record in self.issues.values()
            if query.get("state", "open") == "all"
            or record.closed == (query.get("state") == "closed")
        ]
        assert query.get("sort", "created") == "created"
        found.sort(key=lambda r: (r.created, r.number), reverse=query.get("direction") != "asc")
        return self.paged(found, request, lambda record: self._issue(record, listed=True))

    def _write(self, record: Record, request: Request, status: int) -> Answer:
        body = request.body
        title = body.get("title", record.title).strip()
        if not title or len(title) > 256:
            return self._invalid("title", "title is too long (maximum is 256 characters)")
        if len(body.get("body") or "") > 65536:
            return self._invalid("body", "body is too long (maximum is 65536 characters)")
        if any(len(label) > 50 for label in body.get("labels", ())):
            return self._invalid("name", "name is too long (maximum is 50 characters)")
        if not record.number:
            record = self.add(title)
        record.title = title
        record.body = body.get("body", record.body)
        record.closed = body.get("state", "closed" if record.closed else "open") == "closed"
        if self.may_write:  # else dropped silently
            if "labels" in body:
                record.labels = list(dict.fromkeys(map(self.label, body["labels"])))
            if "assignees" in body:
                record.people = [name for name in body["assignees"] if name in PEOPLE]
        self.touch(record)
        headers = {"Location": self._at(f"issues/{record.number}")} if status == 201 else {}
        return Answer(status, self._issue(record), headers)

    def _invalid(self, name: str, message: str) -> Answer:
        error = {"resource": "Issue", "code": "custom", "field": name, "message": message}
        told = {"message": "Validation Failed", "errors": [error], "documentation_url": _DOCS}
        return Answer(422, told)

    def _no(self, status: int, message: str) -> Answer:
        return Answer(status, {"message": message, "documentation_url": _DOCS})

    # --- shapes ---

    def _at(self, path: str) -> str:
        return f"{self.root}/repos/{REPOSITORY}/{path}"

    def _repository(self, known: bool) -> dict[str, Any]:
        rights = ("admin", "maintain", "push", "triage", "pull")
        may = {
            right: right == "pull" or (self.may_write and right in rights[2:]) for right in rights
        }
        told = {
            "id": 42,
            "name": "actions",
            "full_name": REPOSITORY,
            "private": False,
            "has_issues": True,
            "archived": self.archived,
            "disabled": False,
        }
        return {**told, "permissions": may} if known else told

    def _issue(self, record: Record, *, listed: bool = False) -> dict[str, Any]:
        here = self._at(f"issues/{record.number}")
        page = f"https://github.example.org/{REPOSITORY}/issues/{record.number}"
        closed = moment(record.updated) if record.closed else None
        told: dict[str, Any] = {
            "id": 9000 + record.number,
            "node_id": f"I_{record.number}",
            "url": here,
            "repository_url": self._at("")[:-1],
            "labels_url": f"{here}/labels{{/name}}",
            "comments_url": f"{here}/comments",
            "events_url": f"{here}/events",
            "html_url": page,
            "number": record.number,
            "state": "closed" if record.closed else "open",
            "state_reason": "completed" if record.closed else None,
            "title": record.title,
            "body": record.body,
            "user": self._user("alix"),
            "labels": [self._label(name) for name in record.labels],
            "assignee": self._user(record.people[0]) if record.people else None,
            "assignees": [self._user(name) for name in record.people],
            "milestone": None,
            "locked": False,
            "active_lock_reason": None,
            "comments": 0,
            "closed_at": closed,
            "created_at": moment(record.created),
            "updated_at": moment(record.updated),
            "author_association": "COLLABORATOR",
        }
        if record.pull:
            told["pull_request"] = {"url": self._at(f"pulls/{record.number}"), "html_url": page}
        if not listed:
            told["closed_by"] = self._user("alix") if record.closed else None
        return told

    def _label(self, name: str) -> dict[str, Any]:
        number = self.labels.index(name) + 1
        return {
            "id": 700 + number,
            "node_id": f"L_{number}",
            "url": self._at(f"labels/{number}"),
            "name": name,
            "description": None,
            "color": "ededed",
            "default": False,
        }

    def _user(self, name: str) -> dict[str, Any]:
        return {
            "login": name,
            "id": PEOPLE[name],
            "node_id": f"U_{PEOPLE[name]}",
            "avatar_url": f"https://github.example.org/{name}.png",
            "url": f"{self.root}/users/{name}",
            "html_url": f"https://github.example.org/{name}",
            "type": "User",
            "site_admin": False,
        }
