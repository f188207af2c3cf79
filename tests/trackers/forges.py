"""Forges to try: their stubs, our trackers on them, and people who work in their own way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.trackers.benches import FOREIGN, STAGES, now
from tests.trackers.forge_stub import TOKEN, ForgeStub
from tests.trackers.github_stub import REPOSITORY, GitHubStub
from tests.trackers.gitlab_stub import PROJECT, GitLabStub
from wikibot.trackers import github, gitlab
from wikibot.trackers.forge_api import Api
from wikibot.trackers.http import Server
from wikibot.trackers.issue_tracker import Forge, IssueTracker
from wikibot.trackers.issues import Columns, People, Rules

ADDRESS = github.WORDS.token
NAMES = {"Alix Imaginaire": "alix", "Bo Maquette": "bo"}


@dataclass
class ForgeBench:
    """`longest` is the longest title that the forge takes."""

    kind: str
    stub: ForgeStub
    longest: int
    people: Mapping[str, str] = field(default_factory=dict)
    given: Mapping[str, str] = field(default_factory=dict)
    token: str | None = TOKEN
    ca_bundle: str | None = None
    slept: list[float] = field(default_factory=list)

    def open(self) -> IssueTracker:
        module = github if self.kind == "github" else gitlab
        server = Server(
            self.stub.url, ADDRESS, module.headers(self.token), ca_bundle=self.ca_bundle
        )
        api = Api(server, module.WORDS, self.slept.append, now)
        columns, people = Columns(STAGES, self.given), People(self.people)
        fields = tuple(each for each in module.FIELDS if self.people or each != "assigned")
        forge: Forge
        if self.kind == "github":
            forge = github.GitHub(api, REPOSITORY, self.token is not None)
            return IssueTracker(forge, Rules(fields, columns, people), self.slept.append)
        forge = gitlab.GitLab(api, PROJECT, self.token is not None)
        rules = Rules(fields, columns, people, gitlab.plain, gitlab.safe)
        return IssueTracker(forge, rules, self.slept.append)

    def add(self, summary: str) -> None:
        self.stub.add(summary, body=f"{FOREIGN}\r\n", labels=["bug"])

    def edit(self, summary: str, new: str) -> None:
        (record,) = [r for r in self.stub.issues.values() if r.title == summary]
        record.title = new
        self.stub.touch(record)

    def foreign(self) -> bool:
        return all(
            f"{FOREIGN}\r\n" in (record.body or "") and "bug" in record.labels
            for record in self.stub.issues.values()
            if "bug" in record.labels or FOREIGN in (record.body or "")
        )


@contextmanager
def forge(kind: str, people: Mapping[str, str] | None = None) -> Iterator[ForgeBench]:
    """Give a forge that listens on loopback until the end."""
    stub = GitHubStub() if kind == "github" else GitLabStub()
    with stub.serve():
        yield ForgeBench(kind, stub, 256 if kind == "github" else 255, people or {})
