"""What is asked of GitHub and of GitLab, and what they answer, held against `contract/*.json`.

The files are written by us after the published documentation, each scenario with its address.
Our client has to send just these requests, the stub to answer just so, so that neither can drift
from what was read there.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import requests

import wikibot.errors
from tests.trackers.forge_stub import TOKEN, Exchange
from tests.trackers.forges import NAMES, ForgeBench, forge
from wikibot.actions.sync_values import Value
from wikibot.trackers import Wanted, Written

KINDS = ("github", "gitlab")
FOLDER = Path(__file__).parent / "contract"
FILES: dict[str, dict[str, Any]] = {
    kind: json.loads((FOLDER / f"{kind}.json").read_text("utf-8")) for kind in KINDS
}
SCENARIOS = [
    pytest.param(kind, scenario, id=f"{kind}: {scenario['name']}")
    for kind in KINDS
    for scenario in FILES[kind]["scenarios"]
]
LONG = "é" * 300


def filled(value: Any, stub_root: str) -> Any:
    """Return a value of a file with its placeholders filled."""
    if isinstance(value, str):
        found = value.replace("{root}", stub_root).replace("{token}", TOKEN)
        return found.replace("{long}", LONG)
    if isinstance(value, list):
        return [filled(each, stub_root) for each in value]
    if isinstance(value, dict):
        return {name: filled(each, stub_root) for name, each in value.items()}
    return value


def shape(kind: str, name: str) -> dict[str, Any]:
    found = dict(FILES[kind]["shapes"][name])
    also = found.pop("$also", None)
    return {**shape(kind, also), **found} if also else found


def differences(kind: str, got: Any, wanted: Any, where: str = "") -> list[str]:
    """Return where an answer is not as the file says: the keys, the values told, the types."""
    if isinstance(wanted, dict) and "$like" in wanted:
        told = {name: value for name, value in wanted.items() if name != "$like"}
        like = shape(kind, wanted["$like"])
        found = unlike(kind, got, like, where)
        for name, value in told.items():
            found += differences(kind, got.get(name), value, f"{where}.{name}")
        return found
    if isinstance(wanted, dict) and isinstance(got, dict) and wanted.keys() == got.keys():
        parts = [differences(kind, got[k], wanted[k], f"{where}.{k}") for k in wanted]
        return [each for part in parts for each in part]
    if isinstance(wanted, list) and isinstance(got, list) and len(wanted) == len(got):
        pairs = zip(got, wanted, strict=True)
        parts = [differences(kind, g, w, f"{where}[{n}]") for n, (g, w) in enumerate(pairs)]
        return [each for part in parts for each in part]
    return [] if got == wanted else [f"{where}: {got!r} and not {wanted!r}"]


def unlike(kind: str, got: Any, like: Any, where: str) -> list[str]:
    """Return where a value has other keys or types than a shape; nothing may be null."""
    if isinstance(like, dict) and "$like" in like:
        like = shape(kind, like["$like"])
    if got is None or like is None:
        return []
    if type(got) is not type(like):
        return [f"{where}: {type(got).__name__} and not {type(like).__name__}"]
    if isinstance(like, dict):
        if got.keys() != like.keys():
            return [f"{where}: {sorted(got.keys() ^ like.keys())}"]
        return [e for k in like for e in unlike(kind, got[k], like[k], f"{where}.{k}")]
    if isinstance(like, list) and like:
        return [e for n, g in enumerate(got) for e in unlike(kind, g, like[0], f"{where}[{n}]")]
    return []


def arranged(bench: ForgeBench, given: Mapping[str, Any]) -> None:
    for issue in given.get("issues", ()):
        bench.stub.add(**issue)
    for name in ("pages", "archived", "may_write"):
        if name in given:
            setattr(bench.stub, name, given[name])
    bench.token = given.get("token", TOKEN)


def later(bench: ForgeBench, given: Mapping[str, Any]) -> None:
    for what, number in given.get("then", {}).items():
        getattr(bench.stub, what)(number)


def values(new: Mapping[str, Any]) -> dict[str, Value]:
    told = filled(dict(new), "")
    return {k: tuple(v) if isinstance(v, list) else v for k, v in told.items()}


def performed(bench: ForgeBench, scenario: Mapping[str, Any]) -> None:
    """Have our client do what a scenario is about; what it asked is in the stub's log."""
    do = scenario["do"]
    tracker = bench.open()
    if isinstance(do.get("read"), str):
        with pytest.raises(getattr(wikibot.errors, do["read"])):
            tracker.read()
        return
    side = tracker.read()
    if "read" in do:
        assert [entry.values["summary"] for entry in side.entries] == do["read"]
        assert side.complete and side.writable is do.get("writable", True)
        return
    bench.stub.log.clear()
    later(bench, scenario["given"])
    told = do["write"]
    entries = {entry.key: entry for entry in side.entries}
    entry = entries.get(told.get("key", ""))
    new = values(told["new"])
    old = {name: entry.values.get(name) for name in new} if entry else {}
    etag = entry.etag if entry else ""
    wanted = Wanted(told.get("key", ""), told["page"], "s1", new, old, etag)
    (written,) = tracker.write([wanted])
    assert ended(written) == do["ends"]


def ended(written: Written) -> str:
    if written.error is not None:
        return written.error.code
    return "proven" if written.proven else "unproven"


def asked(exchange: Exchange) -> dict[str, Any]:
    request = exchange.request
    found = {"method": request.method, "path": request.raw, "query": dict(request.query)}
    return {**found, "body": request.body}


@pytest.mark.parametrize(("kind", "scenario"), SCENARIOS)
def test_our_client_asks_just_this_and_the_stub_answers_just_so(
    kind: str, scenario: Mapping[str, Any]
) -> None:
    with forge(kind, NAMES) as bench:
        arranged(bench, scenario["given"])
        performed(bench, scenario)
        wanted = filled(scenario["exchanges"], bench.stub.root)
        log = bench.stub.log
        assert [asked(each) for each in log] == [
            {"query": {}, "body": None, **{k: v for k, v in e["request"].items() if k != "headers"}}
            for e in wanted
        ]
        always = filled(FILES[kind]["headers"], bench.stub.root)
        for exchange, told in zip(log, wanted, strict=True):
            if "token" not in scenario["given"]:
                assert always.items() <= exchange.request.headers.items()
            assert set(told["request"].get("headers", ())) <= exchange.request.headers.keys()
            assert exchange.answer.status == told["response"]["status"]
            headers = told["response"].get("headers", {})
            assert headers.items() <= exchange.answer.headers.items()
            assert differences(kind, exchange.answer.body, told["response"]["body"]) == []


@pytest.mark.parametrize(("kind", "scenario"), SCENARIOS)
def test_the_stub_answers_just_so_whoever_asks(kind: str, scenario: Mapping[str, Any]) -> None:
    with forge(kind, NAMES) as bench:
        arranged(bench, scenario["given"])
        later(bench, scenario["given"])
        session = requests.Session()
        session.trust_env = False
        etag = ""
        for told in filled(scenario["exchanges"], bench.stub.root):
            request, response = told["request"], told["response"]
            headers = filled(FILES[kind]["headers"], bench.stub.root)
            if "token" in scenario["given"]:
                headers = {name: "un-autre" for name in headers}
            if "If-None-Match" in request.get("headers", ()):
                headers["If-None-Match"] = etag
            answer = session.request(
                request["method"],
                f"{bench.stub.root}{request['path']}",
                params=request.get("query"),
                json=request.get("body"),
                headers=headers,
                allow_redirects=False,
                timeout=20,
            )
            etag = etag or answer.headers.get("ETag", "")
            assert answer.status_code == response["status"]
            body = answer.json() if answer.content else None
            assert differences(kind, body, response["body"]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_every_scenario_says_where_it_was_read(kind: str) -> None:
    home = {"github": "https://docs.github.com/en/rest/", "gitlab": "https://docs.gitlab.com/"}
    for scenario in FILES[kind]["scenarios"]:
        assert scenario["source"].startswith(home[kind])


def test_an_answer_with_another_key_or_type_is_told() -> None:
    """Or the tests above could not fail."""
    label = FILES["github"]["shapes"]["label"]
    like = {"$like": "label"}
    assert differences("github", label, like) == []
    assert differences("github", {**label, "new": 1}, like)
    assert differences("github", {**label, "id": "701"}, like)
    assert differences("github", label, {**like, "name": "autre"})
