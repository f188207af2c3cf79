"""GitLab's issues as docs.gitlab.com/api/issues describes them (v4)."""

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

PROJECT = "equipe/actions"
# Lines that are carried out as commands, and are gone then (docs: «GitLab quick actions»).
_QUICK = re.compile(r"^/(close|reopen|confidential|assign|label|title|shrug)\b.*\n?", re.MULTILINE)


class GitLabStub(ForgeStub):
    base = "/api/v4"
    several_people = False  # assigned at once: Premium and Ultimate only

    def raw_path(self, path: str) -> str:
        return path.replace(PROJECT, "equipe%2Factions")

    def route(self, request: Request) -> Answer:
        given = request.headers.get("PRIVATE-TOKEN")
        if given not in (None, TOKEN):
            return Answer(401, {"message": "401 Unauthorized"})
        path, home = request.path.removeprefix(self.base), f"/projects/{PROJECT}"
        if path == home and request.method == "GET":
            return Answer(200, self._project(given is not None))
        if path == "/users" and request.method == "GET":
            name = request.query["username"].casefold()
            return Answer(200, [self._user(name)] if name in PEOPLE else [])
        found = re.fullmatch(rf"{home}/issues(?:/(\d+))?", path)
        if not found:
            return Answer(404, {"message": "404 Project Not Found"})
        if request.method != "GET" and given is None:
            return Answer(401, {"message": "401 Unauthorized"})
        if request.method != "GET" and self.archived:
            return Answer(403, {"message": "403 Forbidden"})
        number = int(found[1]) if found[1] else 0
        if request.method == "GET" and not number:
            return self._list(request)
        if request.method == "POST" and not number:
            return self._write(Record(0, ""), request, 201)
        if number in self.gone:
            return self.gone[number]
        record = self.issues.get(number)
        if record is None:
            return Answer(404, {"message": "404 Not found"})
        if request.method == "GET":
            return Answer(200, self._issue(record))
        return self._write(record, request, 200)

    def deleted(self, number: int) -> None:
        del self.issues[number]
        self.gone[number] = Answer(404, {"message": "404 Not found"})

    def transferred(self, number: int) -> None:
        """Move an issue to another project: it stays here, closed, and says where it went."""
        self.issues[number].moved, self.issues[number].closed = 4711, True
        self.touch(self.issues[number])

    def page_headers(self, request: Request, page: int, last: int, total: int) -> dict[str, str]:
        found = super().page_headers(request, page, last, total)
        found["X-Next-Page"] = f"{page + 1}" if page < last else ""
        found["X-Page"], found["X-Per-Page"] = f"{page}", request.query.get("per_page", "20")
        if self.totals:  # which is so up to 10,000 items
            found["X-Total"], found["X-Total-Pages"] = f"{total}", f"{last}"
        return found

    def _list(self, request: Request) -> Answer:
        found = list(self.issues.values())
        assert request.query.get("scope") == "all" and "state" not in request.query
        assert request.query.get("order_by", "created_at") == "created_at"
        backwards = request.query.get("sort", "desc") == "desc"
        found.sort(key=lambda r: (r.created, r.number), reverse=backwards)
        return self.paged(found, request, self._issue)

    def _write(self, record: Record, request: Request, status: int) -> Answer:
        body = request.body
        title = body.get("title", record.title).strip()
        if not title:
            return Answer(400, {"message": {"title": ["can't be blank"]}})
        if len(title) > 255:
            told = "is too long (maximum is 255 characters)"
            return Answer(400, {"message": {"title": [told]}})
        if not record.number:
            record = self.add(title)
        record.title = title
        if "description" in body:
            record.body = body["description"]
            for line in _QUICK.findall(record.body):
                record.closed |= line == "close"
                record.confidential |= line == "confidential"
            record.body = _QUICK.sub("", record.body)
        event = body.get("state_event")
        record.closed = record.closed if event is None else event == "close"
        if "labels" in body:
            record.labels = self._labels(body["labels"])
        removed = self._labels(body.get("remove_labels", ""))
        record.labels = [label for label in record.labels if label not in removed]
        record.labels += [
            label
            for label in self._labels(body.get("add_labels", ""))
            if label not in record.labels
        ]
        if "assignee_ids" in body:
            by_id = {number: name for name, number in PEOPLE.items()}
            people = [by_id[number] for number in body["assignee_ids"] if number in by_id]
            record.people = people if self.several_people else people[:1]
        if "due_date" in body:
            record.due = body["due_date"] or None
        self.touch(record)
        return Answer(status, self._issue(record))

    def _labels(self, written: str) -> list[str]:
        return [self.label(name.strip()) for name in written.split(",") if name.strip()]

    # --- shapes ---

    def _project(self, known: bool) -> dict[str, Any]:
        told = {
            "id": 42,
            "name": "actions",
            "path_with_namespace": PROJECT,
            "archived": self.archived,
            "issues_access_level": "enabled",
        }
        level = 30 if self.may_write else 10
        rights = {"project_access": {"access_level": level, "notification_level": 3}}
        return {**told, "permissions": {**rights, "group_access": None}} if known else told

    def _issue(self, record: Record) -> dict[str, Any]:
        here = f"{self.url}/projects/42/issues/{record.number}"
        people = [self._user(name) for name in record.people]
        return {
            "id": 9000 + record.number,
            "iid": record.number,
            "project_id": 42,
            "title": record.title,
            "description": record.body,
            "state": "closed" if record.closed else "opened",
            "created_at": moment(record.created, ".000Z"),
            "updated_at": moment(record.updated, ".000Z"),
            "closed_at": moment(record.updated, ".000Z") if record.closed else None,
            "closed_by": self._user("alix") if record.closed else None,
            "labels": sorted(record.labels),
            "milestone": None,
            "assignees": people,
            "assignee": people[0] if people else None,
            "author": self._user("alix"),
            "type": record.kind.upper(),
            "issue_type": record.kind,
            "user_notes_count": 0,
            "merge_requests_count": 0,
            "upvotes": 0,
            "downvotes": 0,
            "due_date": record.due,
            "confidential": record.confidential,
            "discussion_locked": None,
            "moved_to_id": record.moved,
            "web_url": f"https://gitlab.example.org/{PROJECT}/-/issues/{record.number}",
            "references": {
                "short": f"#{record.number}",
                "relative": f"#{record.number}",
                "full": f"{PROJECT}#{record.number}",
            },
            "has_tasks": False,
            "task_completion_status": {"count": 0, "completed_count": 0},
            "_links": {"self": here, "notes": f"{here}/notes"},
        }

    def _user(self, name: str) -> dict[str, Any]:
        return {
            "id": PEOPLE[name],
            "username": name,
            "name": name.title(),
            "state": "active",
            "avatar_url": None,
            "web_url": f"https://gitlab.example.org/{name}",
        }
