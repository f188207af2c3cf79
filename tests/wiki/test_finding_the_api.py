"""Finding api.php from whatever address of a wiki a person has at hand."""

from __future__ import annotations

import json
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.mediawiki.bench import MediaWikiBench
from tests.wiki.certificates import self_signed
from tests.wiki.loopback import LoopbackServer, SilentHandler
from tests.wiki.proxies import StubProxy
from wikibot.errors import AccessError, ConfigError, Unavailable, WikibotError
from wikibot.wiki.mediawiki.finding import FoundApi, find_api, looks_like_address

ANSWER = json.dumps({"query": {"general": {"generator": "MediaWiki 1.39.17", "lang": "fr"}}})
PAGE = '<html><head><link rel="EditURI" type="application/rsd+xml" href="{}"/></head></html>'
ENDLESS = "<!-- without end "


class OddServer(LoopbackServer):
    """Answers with what stands in `pages`, by path: (status, headers, body)."""

    def __init__(self, certificate: Path | None = None) -> None:
        super().__init__(_Handler)
        self.pages: dict[str, tuple[int, dict[str, str], bytes]] = {}
        self.seen: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.scheme = "http"
        if certificate is not None:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(certificate)
            self.socket = context.wrap_socket(self.socket, server_side=True)
            self.scheme = "https"

    def url(self, path: str = "", host: str = "127.0.0.1") -> str:
        return f"{self.scheme}://{host}:{self.server_port}{path}"

    def put(self, path: str, body: str = "", status: int = 200, **headers: str) -> None:
        self.pages[path] = (status, headers, body.encode())

    def api(self, path: str, body: str = ANSWER) -> None:
        self.pages[path] = (200, {}, body.encode())


class _Handler(SilentHandler):
    server: OddServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        self.server.seen.append(path)
        self.server.headers.append(dict(self.headers))
        status, headers, body = self.server.pages.get(path, (404, {}, b"nothing here"))
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        endless = body == ENDLESS.encode()
        self.send_header(
            *(("Connection", "close") if endless else ("Content-Length", str(len(body))))
        )
        self.end_headers()
        self.wfile.write(body)
        while endless:  # until nobody takes any more
            self.wfile.write(b"x" * 65536)


@pytest.fixture
def server() -> Iterator[OddServer]:
    with OddServer() as server:
        yield server


def failure(address: str) -> WikibotError:
    with pytest.raises(WikibotError) as raised:
        find_api(address)
    return raised.value


class TestOnARealWiki:
    @pytest.mark.parametrize(
        "path",
        ["", "/", "/index.php?title=Accueil", "/index.php/Accueil", "/index.php/Page_sans_texte"],
    )
    def test_any_page_names_it(self, fresh_mediawiki: MediaWikiBench, path: str) -> None:
        start = fresh_mediawiki.api.removesuffix("/api.php") + path
        assert find_api(start) == FoundApi(fresh_mediawiki.api, "page", language="fr")
        assert all(request.method == "GET" for request in fresh_mediawiki.requests_seen())

    @pytest.mark.parametrize("rest", ["", "?action=help", "#main"])
    def test_its_own_address_costs_one_request(
        self, fresh_mediawiki: MediaWikiBench, rest: str
    ) -> None:
        found = find_api(fresh_mediawiki.api + rest)
        assert found == FoundApi(fresh_mediawiki.api, "given", language="fr")
        assert len(fresh_mediawiki.requests_seen()) == 1

    def test_the_scheme_may_be_left_out(self, mediawiki: MediaWikiBench) -> None:
        host = urlsplit(mediawiki.api).netloc
        assert find_api(f" {host}/index.php ").url == mediawiki.api

    def test_a_wiki_for_members_is_told_as_such(self, fresh_mediawiki: MediaWikiBench) -> None:
        fresh_mediawiki.admin.rights("*", read=False)
        start = fresh_mediawiki.api.removesuffix("api.php")
        assert find_api(start) == FoundApi(fresh_mediawiki.api, "page", members_only=True)


class TestWhatAPageNames:
    @pytest.mark.parametrize(
        "link",
        [
            "{url}/deep/api.php?action=rsd",
            "//{host}/deep/api.php?action=rsd",
            "/deep/api.php?action=rsd",
            "deep/api.php",
        ],
    )
    def test_is_read_as_a_browser_would(self, server: OddServer, link: str) -> None:
        place = urlsplit(server.url())
        server.put("/x", PAGE.format(link.format(url=server.url(), host=place.netloc)))
        server.api("/deep/api.php")
        assert find_api(server.url("/x")) == FoundApi(
            server.url("/deep/api.php"), "page", language="fr"
        )

    def test_counts_on_an_error_page_too(self, server: OddServer) -> None:
        server.put("/wiki/Rien", PAGE.format("/deep/api.php"), status=404)
        server.api("/deep/api.php")
        assert find_api(server.url("/wiki/Rien")).how == "page"

    def test_is_not_believed_before_a_mediawiki_answers_there(self, server: OddServer) -> None:
        server.put("/", PAGE.format("/fake/api.php"))
        server.put("/fake/api.php", '{"query": {"general": {"generator": "Autre 1.0"}}}')
        server.api("/w/api.php")
        assert find_api(server.url()) == FoundApi(server.url("/w/api.php"), "usual", language="fr")

    def test_of_another_software_is_passed_over(self, server: OddServer) -> None:
        server.put("/", PAGE.format("/xmlrpc.php?rsd"))
        assert "Aucun MediaWiki" in failure(server.url()).message.fr
        assert "/xmlrpc.php" not in server.seen

    @pytest.mark.parametrize(
        "page",
        [
            "<link rel=EditURI>",
            PAGE.format("https://[::1"),
            PAGE.format("javascript:alert(1)"),
            "<link " * 40_000,
            "<" * 200_000,
            "\x00\xff<!--",
        ],
    )
    def test_may_be_nonsense(self, server: OddServer, page: str) -> None:
        server.put("/", page)
        server.api("/api.php")
        started = time.monotonic()
        assert find_api(server.url()).how == "usual"
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    ("start", "api"),
    [
        ("/", "/api.php"),
        ("/wiki/Accueil", "/w/api.php"),
        ("/wiki/Accueil", "/wiki/api.php"),
        ("/communs/index.php/Accueil", "/communs/api.php"),
        ("/communs/index.php", "/communs/api.php"),
        ("/communs/wiki/Accueil", "/communs/w/api.php"),
        ("/communs/wiki/Accueil", "/communs/api.php"),
        ("/Accueil", "/mediawiki/api.php"),
    ],
)
def test_a_page_that_names_nothing_leads_to_the_usual_places(
    server: OddServer, start: str, api: str
) -> None:
    server.put(start, "<html></html>")
    server.api(api)
    assert find_api(server.url(start)) == FoundApi(server.url(api), "usual", language="fr")


class TestRedirects:
    def test_within_the_host_are_followed(self, server: OddServer) -> None:
        server.put("/", status=301, Location="/wiki/")
        server.put("/wiki/", status=302, Location=server.url("/wiki/Accueil"))
        server.put("/wiki/Accueil", PAGE.format("/w/api.php"))
        server.api("/w/api.php")
        assert find_api(server.url()).url == server.url("/w/api.php")

    @pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
    def test_to_another_host_are_not_followed(self, server: OddServer, status: int) -> None:
        server.put("/", status=status, Location=server.url("/ailleurs?jeton=secret", "localhost"))
        server.api("/ailleurs")
        error = failure(server.url())
        assert isinstance(error, ConfigError)
        assert server.url("/ailleurs", "localhost") in error.message.fr
        assert "secret" not in error.message.fr
        assert "/ailleurs" not in server.seen

    def test_to_another_host_are_not_followed_for_its_encryption(
        self, server: OddServer, tmp_path: Path
    ) -> None:
        self_signed(tmp_path / "both.pem", 30)
        with OddServer(tmp_path / "both.pem") as secure:
            server.put("/", status=301, Location=secure.url("/api.php", "localhost"))
            error = failure(server.url())
        assert secure.url("/api.php", "localhost") in error.message.fr

    def test_neither_are_links_and_places_of_another_host(self, server: OddServer) -> None:
        server.put("/", PAGE.format(server.url("/w2/api.php", "localhost")))
        server.put("/api.php", status=302, Location=server.url("/w2/api.php", "localhost"))
        server.api("/w2/api.php")
        assert isinstance(failure(server.url()), ConfigError)
        assert "/w2/api.php" not in server.seen

    def test_that_lead_in_circles_end(self, server: OddServer) -> None:
        server.put("/", status=302, Location="/")
        assert isinstance(failure(server.url()), ConfigError)
        assert len(server.seen) <= 30

    def test_everywhere_end_too(self, server: OddServer) -> None:
        for path in ("/", "/a", "/api.php", "/w/api.php", "/wiki/api.php", "/mediawiki/api.php"):
            server.put(path, status=302, Location="/a")
        assert isinstance(failure(server.url()), ConfigError)
        assert len(server.seen) <= 30

    def test_from_http_to_https_of_the_same_host_are_followed(
        self, server: OddServer, tmp_path: Path
    ) -> None:
        certificate = tmp_path / "both.pem"
        self_signed(certificate, 30)
        with OddServer(certificate) as secure:
            server.put("/", status=301, Location=secure.url("/wiki/"))
            secure.put("/wiki/", PAGE.format(f"http://127.0.0.1:{secure.server_port}/w/api.php"))
            secure.api("/w/api.php")
            found = find_api(server.url(), ca_bundle=tmp_path / "cert.pem")
            assert urlsplit(found.url).scheme == "https"

    def test_a_certificate_that_nobody_vouches_for_ends_it(self, tmp_path: Path) -> None:
        self_signed(tmp_path / "both.pem", 30)
        with OddServer(tmp_path / "both.pem") as secure:
            secure.api("/api.php")
            error = failure(secure.url("/api.php"))
        assert isinstance(error, AccessError)
        assert (error.code, secure.seen) == ("certificate", [])


class TestAnAddress:
    def test_in_http_of_another_machine_is_asked_by_https(self) -> None:
        with StubProxy(403) as proxy:
            for start in ("http://wiki.example.org:80/wiki/A", "wiki.example.org"):
                with pytest.raises(Unavailable, match="proxy refuses"):
                    find_api(start, proxy=proxy.address())
        assert [seen[:2] for seen in proxy.seen] == [("CONNECT", "wiki.example.org:443")] * 2

    @pytest.mark.parametrize(
        "typed",
        [
            "https://",
            "ftp://wiki.example.org/",
            "https://[::1",
            "https://user:canari@wiki.example.org/",
            "https://wiki.example.org:x/",
            "file:///etc/passwd",
        ],
    )
    def test_that_is_none_is_refused(self, typed: str) -> None:
        error = failure(typed)
        assert isinstance(error, ConfigError)
        assert "canari" not in error.message.fr + (error.advice.fr if error.advice else "")

    @pytest.mark.parametrize(
        ("typed", "answer"),
        [
            ("wiki.example.org", True),
            ("localhost:8080/wiki", True),
            ("127.0.0.1", True),
            ("https://x", True),
            ("pages", False),
            ("mes pages.d", False),
            ("./pages", False),
            ("../pages", False),
            ("/srv/pages", False),
            ("", False),
        ],
    )
    def test_is_told_from_a_path(self, typed: str, answer: bool) -> None:
        assert looks_like_address(typed) is answer


class TestNoWiki:
    @pytest.mark.parametrize(
        ("status", "family"),
        [(404, ConfigError), (401, AccessError), (403, AccessError), (503, Unavailable)],
    )
    def test_is_told_by_what_the_server_says(
        self, server: OddServer, status: int, family: type[WikibotError]
    ) -> None:
        for path in ("/", "/api.php"):
            server.put(path, "no", status=status)
        assert isinstance(failure(server.url()), family)

    @pytest.mark.parametrize(
        "body", ["", "null", "[]", '{"error": "no"}', '{"error": {"code": "x"}}', "[" * 100_000]
    )
    def test_is_what_answers_without_sense(self, server: OddServer, body: str) -> None:
        server.put("/api.php", body)
        assert isinstance(failure(server.url("/api.php")), ConfigError)

    def test_a_silent_host_is_unavailable(self) -> None:
        assert isinstance(failure("http://127.0.0.1:9/"), Unavailable)

    def test_a_page_without_end_is_read_to_a_point(self, server: OddServer) -> None:
        server.put("/", ENDLESS)
        server.api("/api.php")
        started = time.monotonic()
        assert find_api(server.url()).how == "usual"
        assert time.monotonic() - started < 10


def test_nothing_of_ours_goes_along(
    server: OddServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".netrc").write_text("machine 127.0.0.1 login moi password canari\n")
    (tmp_path / ".netrc").chmod(0o600)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    server.pages["/"] = (200, {"Set-Cookie": "s=1"}, PAGE.format("/api.php").encode())
    server.api("/api.php")
    find_api(server.url(), contact="bot@example.org")
    for headers in server.headers:
        assert {"Authorization", "Cookie"}.isdisjoint(headers)
        assert headers["User-Agent"].startswith("wikibot/")
        assert "bot@example.org" in headers["User-Agent"]
