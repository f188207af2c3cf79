"""A forge in memory for `World`: our own tracker on its stub, without a line in between."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping, MutableMapping, Sequence
from urllib.parse import parse_qsl, unquote, urlsplit

import requests

from tests.trackers import forge_stub
from tests.trackers.benches import now
from tests.trackers.fake import FIELDS, FakeTracker, Item
from tests.trackers.forge_stub import TOKEN, Answer, Record, Request
from tests.trackers.forges import ADDRESS
from tests.trackers.github_stub import REPOSITORY, GitHubStub
from tests.trackers.gitlab_stub import PROJECT, GitLabStub
from wikibot.actions.sync import Side
from wikibot.actions.sync_values import Value
from wikibot.errors import Unavailable
from wikibot.language import same
from wikibot.trackers import Wanted, Written, github, gitlab
from wikibot.trackers.forge_api import Api
from wikibot.trackers.http import Server
from wikibot.trackers.issue_tracker import Forge, IssueTracker
from wikibot.trackers.issues import Columns, People, Rules, entry_of

COLUMNS = Columns(("A faire", "En cours", "Fait", "Close"))
CROWD = {f"Personne {n}": f"p{n}" for n in range(1, 300)}


class Items(MutableMapping[str, Item]):
    """The issues as `World` looks at them, and deletes them."""

    def __init__(self, fake: ForgeFake) -> None:
        self._fake = fake

    def __getitem__(self, key: str) -> Item:
        return self._fake.seen(self._fake.stub.issues[int(key)])

    def __setitem__(self, key: str, item: Item) -> None:
        raise NotImplementedError

    def __delitem__(self, key: str) -> None:
        self._fake.stub.deleted(int(key))

    def __iter__(self) -> Iterator[str]:
        return iter([f"{number}" for number in self._fake.stub.issues])

    def __len__(self) -> int:
        return len(self._fake.stub.issues)


class ForgeFake(FakeTracker):
    """`failing` is refused, or, where `drops`, goes lost undone; `lost` is done, and not told."""

    def __init__(self, kind: str) -> None:
        self.stub = GitHubStub() if kind == "github" else GitLabStub()
        super().__init__(items=Items(self))  # type: ignore[arg-type]
        forge_stub.PEOPLE.update({name: 1000 + int(name[1:]) for name in CROWD.values()})
        self.drops = False
        self._silent = 0
        module = github if kind == "github" else gitlab
        server = Server("https://forge.example.org", ADDRESS, module.headers(TOKEN))
        server.send = self._send  # type: ignore[method-assign]
        api = Api(server, module.WORDS, lambda seconds: None, now)
        fields = tuple(name for name in FIELDS if name in module.FIELDS)
        forge: Forge
        if isinstance(self.stub, GitLabStub):
            self.stub.several_people = True
            self.stub.base = ""
            forge = gitlab.GitLab(api, PROJECT)
            rules = Rules(fields, COLUMNS, People(CROWD), gitlab.plain, gitlab.safe)
        else:
            forge = github.GitHub(api, REPOSITORY)
            rules = Rules(fields, COLUMNS, People(CROWD))
        self.stub.root = self.stub.url = "https://forge.example.org"
        self.real = IssueTracker(forge, rules, lambda seconds: None)
        self.place = self.real.place

    @property
    def fields(self) -> frozenset[str]:
        return self.real.fields

    def read(self) -> Side:
        self.stub.archived = not self.writable
        side = self.real.read()
        entries = list(side.entries)
        random.Random(self.order).shuffle(entries)
        complete = side.complete and not self.hidden
        return Side(tuple(entries[self.hidden :]), complete, side.writable)

    def claim(self, keys: Sequence[str]) -> Mapping[str, str]:
        return self.real.claim(keys)

    def write(self, wanted: Sequence[Wanted]) -> Iterator[Written]:
        assert self.writable or not wanted, "I11: the tracker is read-only"
        return self.real.write(wanted)

    def kept(self, name: str, value: Value) -> Value:
        return value

    # --- the line ---

    def _send(
        self, method: str, url: str, body: bytes | None, headers: Mapping[str, str]
    ) -> requests.Response:
        parts = urlsplit(url)
        query = dict(parse_qsl(parts.query, keep_blank_values=True))
        data = json.loads(body) if body else None
        sent = {**self.real.forge.api.server.headers, **headers}
        request = Request(method, unquote(parts.path), parts.path, query, data, sent)
        if method == "GET":
            self._silent -= 1
            if self._silent == 0:
                raise Unavailable(same("timeout"))
            return response(self.stub.route(request))
        return self._written(request)

    def _written(self, request: Request) -> requests.Response:
        self.real.forge.api.server.requests = type(self.requests)(0, self.writes + 1)
        self.instant("before a write")
        self.before()
        self.failing -= 1
        self.lost -= 1
        if self.failing == 0:
            if self.drops:
                raise Unavailable(same("reset"))
            return response(Answer(422, {"message": "Validation Failed"}))
        before = {key: self.items[key].values for key in self.items}
        answer = self.stub.route(request)
        self.writes += 1
        for key in self.items:
            item = self.items[key]
            for name, value in item.values.items():
                if key not in before or before[key][name] != value:
                    self.wrote(key, item.page, name, value)
        self.instant("written, not answered")
        if self.lost == 0:
            self._silent = 1  # nor is the question what became of it
            raise Unavailable(same("timeout"))
        found = response(answer)
        self.instant("after a write")
        return found

    def seen(self, record: Record) -> Item:
        issue = self.real.forge.issue(self.stub._issue(record))
        entry = entry_of(issue, self.real.rules)
        return Item({**dict.fromkeys(FIELDS), **entry.values}, entry.page, entry.stamp)

    # --- what people do ---

    def edit(self, key: str, name: str, value: Value | None) -> None:
        record = self.stub.issues[int(key)]
        self.stub.touch(record)
        if name == "stage":
            columns = ("A faire", "En cours") if value is None else (f"{value}",)
            record.closed = value == "Close"
            kept = [each for each in record.labels if COLUMNS.of(each) is None]
            if not record.closed:
                record.labels = kept + [self.stub.label(each) for each in columns if each]
        elif name == "assigned":
            people = ["bo"] if value is None else [CROWD[each] for each in value]
            record.people = people  # nobody knows who «bo» is
        elif isinstance(value, str) and name == "summary" and value:
            record.title = value
        elif isinstance(value, str) and name == "details":
            mark = (record.body or "").rpartition("<!--")
            record.body = f"{value}\n\n{mark[1]}{mark[2]}" if mark[1] else value
        elif isinstance(value, str) and name == "due":
            record.due = value or None

    def touch(self, key: str) -> None:
        self.stub.touch(self.stub.issues[int(key)])

    def add(self, **values: Value | None) -> str:
        record = self.stub.add(f"{values['summary']}")
        if values.get("stage"):
            record.labels = [self.stub.label(f"{values['stage']}")]
        return f"{record.number}"

    def copy(self, key: str) -> str:
        record = self.stub.issues[int(key)]
        more = {"body": record.body, "labels": [*record.labels], "people": [*record.people]}
        return f"{self.stub.add(record.title, **more, due=record.due).number}"


def response(answer: Answer) -> requests.Response:
    found = requests.Response()
    found.status_code = answer.status
    found.headers.update(answer.headers)
    found._content = b"" if answer.body is None else json.dumps(answer.body).encode()
    return found
