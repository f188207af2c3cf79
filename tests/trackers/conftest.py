"""Radicale, a real CalDAV server, on a port of this machine for as long as the tests run."""

from __future__ import annotations

import itertools
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from tests.trackers.benches import ServerBench

ACCOUNT = ("alix", "secret-du-serveur")
_NUMBERS = itertools.count(1)
_LIST = """<?xml version="1.0" encoding="utf-8"?>
<create xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><set><prop>
<resourcetype><collection/><C:calendar/></resourcetype>
<C:supported-calendar-component-set><C:comp name="VTODO"/></C:supported-calendar-component-set>
<displayname>Actions</displayname></prop></set></create>""".replace("create", "mkcol", 2)


@pytest.fixture(scope="session")
def radicale(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a server of its own; it is ended with the tests."""
    folder: Path = tmp_path_factory.mktemp("radicale")
    users = folder / "users"
    users.write_text(f"{ACCOUNT[0]}:{ACCOUNT[1]}\n")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    settings = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": f"{users}",
        "auth-htpasswd-encryption": "plain",
        "auth-delay": "0",
        "storage-filesystem-folder": f"{folder / 'storage'}",
        "storage-_filesystem-fsync": "False",
    }
    options = [f"--{key}={value}" for key, value in settings.items() if "_" not in key]
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "radicale", "--config", "", *options], stdout=log, stderr=log
    )
    address = f"http://127.0.0.1:{port}/"
    try:
        for _ in range(200):
            with socket.socket() as knock:
                knock.settimeout(0.1)
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            if process.poll() is not None:
                break
            try:
                process.wait(0.1)
            except subprocess.TimeoutExpired:
                continue
        else:
            pytest.fail("Radicale does not begin")
        assert process.poll() is None, (folder / "log").read_text()
        yield address
    finally:
        process.terminate()
        process.wait(20)
        log.close()


@pytest.fixture
def task_list(radicale: str) -> ServerBench:
    """Return a new list on the server."""
    url = f"{radicale}{ACCOUNT[0]}/liste{next(_NUMBERS)}/"
    session = requests.Session()
    session.trust_env = False
    answer = session.request("MKCOL", url, data=_LIST.encode(), auth=ACCOUNT, timeout=20)
    assert answer.status_code == 201, answer.text
    return ServerBench(url, ACCOUNT)
