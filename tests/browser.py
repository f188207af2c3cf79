"""Opens one of our pages in a browser without a network, and looks at it as people would."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from playwright.sync_api import Error, Page, sync_playwright

Scheme = Literal["light", "dark"]
_LIMIT = 30_000  # milliseconds for anything


@dataclass
class Opened:
    """A page in the browser.

    `asked` are the addresses that it wanted beside itself, `dialogs` what it asked of who looks,
    `complaints` what the browser said against it: of its policy, of its script.
    """

    page: Page
    asked: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)

    def barriers(self) -> list[str]:
        """Return what axe finds to be in people's way: rule, and where."""
        self.page.evaluate(_axe())
        found: Any = self.page.evaluate("axe.run()")
        return [
            f"{wrong['id']}: {node['target']} {node['failureSummary']}"
            for wrong in found["violations"]
            for node in wrong["nodes"]
        ]

    def harmless(self) -> None:
        """Assert that the page has run nothing but its own, and reached out for nothing."""
        assert self.page.evaluate("window.pwned === undefined")
        assert self.page.evaluate("window.violations") == []
        assert (self.asked, self.dialogs, self.complaints) == ([], [], [])


@contextmanager
def opened(
    chromium: Path,
    html: str,
    folder: Path,
    *,
    scheme: Scheme = "light",
    width: int = 1200,
    locale: str = "fr-FR",
) -> Iterator[Opened]:
    """Open a page as somebody does who got it as a file; there is no network at all."""
    file = folder / "page.html"
    file.write_text(html, "utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=str(chromium), args=["--no-sandbox"], timeout=_LIMIT
        )
        try:
            context = browser.new_context(
                offline=True,
                color_scheme=scheme,
                locale=locale,
                viewport={"width": width, "height": 900},
            )
            context.set_default_timeout(_LIMIT)
            seen = Opened(context.new_page())
            _listen(seen, file.as_uri())
            seen.page.goto(file.as_uri())
            yield seen
        finally:
            browser.close()


def _listen(seen: Opened, own: str) -> None:
    page = seen.page
    # set by the browser before anything of the page runs; axe is let in by evaluate, not by it
    page.add_init_script(
        "window.violations = [];"
        "addEventListener('securitypolicyviolation', (e) => window.violations.push(e.blockedURI));"
    )
    page.on("request", lambda r: seen.asked.append(r.url) if r.url != own else None)
    page.on("console", lambda said: seen.complaints.append(said.text))
    page.on("pageerror", lambda error: seen.complaints.append(f"{error}"))

    def dismiss(dialog: Any) -> None:
        seen.dialogs.append(dialog.message)
        with suppress(Error):  # it may have gone by itself
            dialog.dismiss()

    page.on("dialog", dismiss)


def _axe() -> str:
    return files("axe_core_python").joinpath("axe.min.js").read_text("utf-8")
